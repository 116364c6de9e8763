"""Unit prices: a version is begun, filled, put in force."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from pendamping.access.duties import office_of
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.personal import mask_goods, mask_to
from pendamping.deliberation.enums.unit_prices import PriceListState, PriceReason
from pendamping.deliberation.models import PriceList, UnitPrice
from pendamping.deliberation.queries import unit_prices as queries
from pendamping.deliberation.rules import unit_prices as rules
from pendamping.regions.models import Region


@act("deliberation.price_list_begun")
def begin_price_list(
    *, by: Account | None, at: datetime, city: Region, fiscal_year: int, title: str, legal_basis: str,
    copy: bool = False,
) -> PriceList:  # fmt: skip
    """Begin a version of the unit prices of a year (id: menyusun standar harga satuan); with `copy`, from the last one.

    Refuses one without the decree it rests on, and a second one while a version of that year is being prepared.
    """
    Region.objects.select_for_update().get(pk=city.pk)  # two who begin at once wait here
    same = PriceList.objects.filter(region=city, fiscal_year=fiscal_year)
    open_one = same.filter(state=PriceListState.DRAFT).first()
    rules.may_begin(
        open_version=open_one.version if open_one else None, year=fiscal_year, legal_basis=legal_basis
    ).or_raise()
    last = same.aggregate(last=Max("version"))["last"] or 0
    made = PriceList.add(
        at=at, region=city, fiscal_year=fiscal_year, version=last + 1, title=mask_to(title.strip(), 160),
        legal_basis=mask_to(legal_basis.strip(), 200),
    )  # fmt: skip
    before = queries.list_for(city.path, fiscal_year) if copy else None
    if before is not None:
        _copy(before, made, at)
    _tell("deliberation.price_list_begun", made, by=by, at=at, public=False)
    return made


def _copy(before: PriceList, made: PriceList, at: datetime) -> None:
    names = ("item_code", "name", "specification", "unit", "price", "kind", "region_id", "words")
    rows = before.items.order_by("id").values(*names)
    UnitPrice.objects.bulk_create(
        (UnitPrice(prices=made, created_at=at, **row) for row in rows.iterator(chunk_size=2000)), batch_size=500
    )


@act("deliberation.unit_price_kept")
def keep_unit_price(
    *, by: Account | None, at: datetime, prices: PriceList, item_code: str, name: str, unit: str, price: int,
    specification: str = "", kind: str = "", region: Region | None = None,
) -> UnitPrice:  # fmt: skip
    """Keep one item of a list being prepared (id: menulis harga satuan); the same code at the same place replaces it.

    `price` is in rupiah for one `unit`. A list being prepared is nobody's word yet: the journal tells of the whole of
    it, with a digest, when it is put in force. Refuses one in force, and an item without code, name, unit or price.
    """
    prices = PriceList.objects.select_for_update(of=("self",)).get(pk=prices.pk)
    rules.may_keep(state=prices.state, code=item_code, name=name, unit=unit, price=price).or_raise()
    if region is not None and not region.path.startswith(prices.region_path):
        raise Refused(PriceReason.PLACE_OUTSIDE, field="region")
    name, specification = mask_to(name.strip(), 300, mask_goods), mask_goods(specification.strip()).text
    facts = {
        "name": name, "specification": specification, "unit": unit.strip(), "price": price, "kind": kind.strip(),
        "words": rules.searched(f"{name} {specification} {item_code}"),
    }  # fmt: skip
    found, _made = UnitPrice.objects.update_or_create(
        prices=prices, item_code=item_code.strip(), region=region, defaults=facts,
        create_defaults={**facts, "created_at": at},
    )  # fmt: skip
    return found


@act("deliberation.price_list_fixed")
def fix_price_list(*, by: Account | None, at: datetime, prices: PriceList) -> PriceList:
    """Put a list in force (id: memberlakukan standar harga satuan); from then on it stays as it is.

    The version before is replaced and stays readable; checks keep the one they rest on. Refuses an empty list.
    """
    prices = PriceList.objects.select_for_update(of=("self",)).get(pk=prices.pk)
    items = prices.items.count()
    rules.may_fix(state=prices.state, items=items).or_raise()
    earlier = PriceList.objects.filter(region_id=prices.region_id, fiscal_year=prices.fiscal_year)
    earlier.filter(state=PriceListState.IN_FORCE).update(state=PriceListState.REPLACED)
    prices.state, prices.fixed_at, prices.fixed_by = PriceListState.IN_FORCE, at, by
    prices.items_count, prices.digest = items, rules.digest_of(queries.facts_of_items(prices))
    prices.save(update_fields=["state", "fixed_at", "fixed_by", "items_count", "digest"])
    _tell("deliberation.price_list_fixed", prices, by=by, at=at, rows=items, digest=prices.digest)
    return prices


def _tell(
    verb: str, prices: PriceList, *, by: Account | None, at: datetime, public: bool = True, **more: object
) -> None:
    office = office_of(by, Verb.RULES_MANAGE, prices, at) if by is not None else None
    changes = {
        "fiscal_year": prices.fiscal_year, "version": prices.version, "legal_basis": prices.legal_basis, **more
    }  # fmt: skip
    journal.record(
        verb, subject=prices, region=prices.region_path, by=by, at=at, office=office, changes=changes, public=public
    )
