"""Unit prices: versions, items, the file with its traps, search, and the real list of a district."""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from time import monotonic

import pytest

from pendamping.core.errors import Refused
from pendamping.core.imports import plan
from pendamping.core.imports.sheet import read
from pendamping.core.models import JournalEntry
from pendamping.deliberation import services
from pendamping.deliberation.enums.unit_prices import PriceListState, PriceReason
from pendamping.deliberation.models import PriceList, UnitPrice
from pendamping.deliberation.price_files import UnitPrices
from pendamping.deliberation.queries import unit_prices as queries
from pendamping.deliberation.tests.before import BASIS, city_of, planner, price, price_draft, prices_in_force
from pendamping.deliberation.tests.factories import YEAR
from pendamping.needs.tests.factories import NOW
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
OURS = Path(__file__).parent / "data" / "unit_prices.csv"
SHARED = Path(os.environ.get("PENDAMPING_SHARED_DATA", Path(__file__).resolve().parents[4] / "shared" / "data"))
REAL = SHARED / "real" / "pangandaran-ssh-2023" / "ssh_2023.csv"


@pytest.fixture
def ward() -> Region:
    return places.ward()


def refusal(service: object, **facts: object) -> object:
    with pytest.raises(Refused) as caught:
        service(at=NOW, **facts)  # type: ignore[operator]
    return caught.value.reason


def test_a_version_is_begun_filled_and_put_in_force(ward: Region) -> None:
    prices = prices_in_force(ward)
    assert (prices.version, prices.state, prices.items_count) == (1, PriceListState.IN_FORCE, 2)
    entry = JournalEntry.objects.get(verb="deliberation.price_list_fixed")
    assert (entry.changes["digest"], entry.is_public, entry.region_path) == (prices.digest, True, ward.city_path)
    facts = {"by": planner(ward), "prices": prices, "item_code": "7", "name": "Pasir", "unit": "M3", "price": 300_000}
    assert refusal(services.keep_unit_price, **facts) == PriceReason.NOT_DRAFT
    assert refusal(services.fix_price_list, by=planner(ward), prices=prices) == PriceReason.NOT_DRAFT


def test_a_later_version_takes_its_place_and_the_earlier_stays_readable(ward: Region) -> None:
    first = prices_in_force(ward)
    second = price_draft(ward, copy=True)
    assert (second.version, second.items.count()) == (2, 2)
    price(second, amount=1_100_000)
    done = services.fix_price_list(by=planner(ward), at=NOW, prices=second)
    first.refresh_from_db()
    assert (first.state, first.items.get(item_code="5").price) == (PriceListState.REPLACED, 1_000_000)
    assert (queries.list_for(ward.path, YEAR), done.digest == first.digest) == (done, False)


def test_the_prices_of_the_latest_year_up_to_the_budget_year_hold(ward: Region) -> None:
    earlier = prices_in_force(ward, YEAR - 1)
    assert queries.list_for(ward.path, YEAR) == earlier
    assert queries.list_for(ward.path, YEAR - 2) is None
    assert queries.list_for(places.foreign_ward().path, YEAR) is None
    here = prices_in_force(ward)
    assert queries.list_for(ward.path, YEAR + 1) == here


def test_one_version_at_a_time_with_its_decree(ward: Region) -> None:
    price_draft(ward)
    facts = {"by": planner(ward), "city": city_of(ward), "title": "x", "legal_basis": BASIS}
    assert refusal(services.begin_price_list, fiscal_year=YEAR, **facts) == PriceReason.DRAFT_OPEN
    other = {**facts, "legal_basis": " "}
    assert refusal(services.begin_price_list, fiscal_year=YEAR + 1, **other) == PriceReason.BASIS_MISSING
    assert services.begin_price_list(at=NOW, fiscal_year=YEAR + 1, **facts).version == 1


def test_an_empty_list_and_half_items_are_refused(ward: Region) -> None:
    prices = price_draft(ward)
    assert refusal(services.fix_price_list, by=None, prices=prices) == PriceReason.LIST_EMPTY
    facts = {"by": None, "prices": prices, "item_code": "1", "name": "Pasir", "unit": "M3", "price": 1}
    for field, value, reason in (
        ("item_code", " ", PriceReason.CODE_MISSING), ("name", " ", PriceReason.NAME_MISSING),
        ("unit", " ", PriceReason.UNIT_MISSING), ("price", 0, PriceReason.PRICE_MISSING),
        ("region", places.foreign_ward(), PriceReason.PLACE_OUTSIDE),
    ):  # fmt: skip
        assert refusal(services.keep_unit_price, **{**facts, field: value}) == reason
    assert not UnitPrice.objects.exists()


def test_the_same_begin_sent_twice_makes_one_list(ward: Region) -> None:
    op = uuid.uuid4()
    facts = {"fiscal_year": YEAR, "title": "Standar", "legal_basis": BASIS, "city": city_of(ward)}
    once, twice = (services.begin_price_list(by=planner(ward), at=NOW, op=op, **facts) for _time in range(2))
    assert once == twice
    assert PriceList.objects.count() == 1


def test_a_price_of_one_place_stands_beside_that_of_the_city(ward: Region) -> None:
    prices = price_draft(ward)
    price(prices)
    price(prices, amount=1_200_000, region=ward)
    price(prices, amount=1_250_000, region=ward)
    assert [one.price for one in queries.items_found(prices, "beton", ward.path)] == [1_000_000, 1_250_000]
    assert [one.price for one in queries.items_found(prices, "beton", places.ward(2).path)] == [1_000_000]


def test_our_file_with_the_traps_of_real_ones(ward: Region) -> None:
    city, prices = city_of(ward), price_draft(ward)
    dry = plan.run(UnitPrices(city), read(OURS), mode="good", dry_run=True, by=planner(ward), at=NOW)
    assert (dry.added, UnitPrice.objects.count()) == (7, 0)
    report = plan.run(UnitPrices(city), read(OURS), mode="good", dry_run=False, by=planner(ward), at=NOW)
    problems = sorted((one.row, one.code) for one in report.problems)
    assert problems == [
        (8, "missing"), (10, "price_missing"), (12, "twice_in_file"), (13, "not_an_amount"), (14, "price_no_draft"),
    ]  # fmt: skip
    kept = dict(prices.items.values_list("item_code", "price"))
    assert kept == {"1": 43489, "2": 20233, "3": 62500, "4": 64000, "5": 1250000, "7": 495, "9": 175000}
    assert queries.told_twice(prices) == 1
    again = plan.run(UnitPrices(city), read(OURS), mode="good", dry_run=False, by=planner(ward), at=NOW)
    assert (again.added, again.already) == (0, 7)
    assert {one.item_code for one in queries.items_found(prices, 'pipa 3/4"')} == {"1"}
    assert {one.item_code for one in queries.items_found(prices, "semen 40")} == {"3", "4"}
    assert queries.items_found(prices, "beton 90").get().item_code == "5"


def test_a_corrected_row_corrects_the_draft(ward: Region, tmp_path: Path) -> None:
    prices = price_draft(ward)
    file = tmp_path / "harga.csv"
    for amount in ("310000", "325000"):
        file.write_text(f"kode,nama,satuan,harga\nX1,Pasir,M3,{amount}\n", "utf-8")
        plan.run(UnitPrices(city_of(ward)), read(file), mode="all", dry_run=False, by=planner(ward), at=NOW)
    assert prices.items.get().price == 325_000


def test_without_a_list_being_prepared_nothing_is_taken_in(ward: Region) -> None:
    report = plan.run(UnitPrices(city_of(ward)), read(OURS), mode="all", dry_run=False, by=None, at=NOW)
    assert {one.code for one in report.problems} >= {"price_no_draft"}
    assert not UnitPrice.objects.exists()


def test_rows_without_a_year_ask_which_list_when_there_are_several(ward: Region, tmp_path: Path) -> None:
    price_draft(ward), price_draft(ward, YEAR + 1)
    file = tmp_path / "harga.csv"
    file.write_text("kode,nama,satuan,harga\nX1,Pasir,M3,310000\n", "utf-8")
    report = plan.run(UnitPrices(city_of(ward)), read(file), mode="good", dry_run=False, by=None, at=NOW)
    assert [one.code for one in report.problems] == ["price_year_missing"]


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.skipif(not REAL.exists(), reason="the real list is not here")
def test_the_real_list_of_a_district(ward: Region, record_property: object) -> None:
    """10,708 rows of Kabupaten Pangandaran 2023: read, kept, searched; two rows have no unit and are named."""
    prices, importer = price_draft(ward, 2023), UnitPrices(city_of(ward))
    began = monotonic()
    report = plan.run(importer, read(REAL), mode="good", dry_run=False, by=planner(ward), at=NOW)
    record_property("seconds_import", monotonic() - began)  # type: ignore[operator]
    assert (report.rows, report.added, [one.code for one in report.problems]) == (10_708, 10_706, ["missing"] * 2)
    assert queries.told_twice(prices) == 296
    began = monotonic()
    found = list(queries.items_found(prices, "elbow maspion 90 3/4")[:20])
    record_property("seconds_search", monotonic() - began)  # type: ignore[operator]
    assert found
    assert all("elbow" in one.words for one in found)
    assert prices.items.get(item_code="1").price == 43_489
