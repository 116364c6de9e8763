"""What waits for one person in their places, most urgent first; as many queries as kinds of work, whatever waits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from pendamping.access.rules import Done, separate
from pendamping.access.scope import Scope
from pendamping.access.verbs import Verb
from pendamping.core import counters, formats
from pendamping.core.models import Counter
from pendamping.core.moments import day
from pendamping.core.money import rupiah
from pendamping.delivery import queries as delivery
from pendamping.insight.queries import kinds as road
from pendamping.insight.queries import selected, served, trained
from pendamping.insight.queries.kinds import Kind
from pendamping.needs.models import Voice
from pendamping.needs.queries.gateway import secret_senders, without_place
from pendamping.regions.models import WIDTHS, Level, Region

KINDS = (*road.KINDS, *selected.SELECTED, *served.SERVED, *trained.TRAINED)
LISTED = {**road.LISTED, **selected.LISTED, **served.LISTED, **trained.LISTED}
SHOWN = 5
WARD = WIDTHS["ward"]


@dataclass(frozen=True)
class Item:
    """One thing that waits (id: yang menunggu); `refusal` says why it waits for somebody else."""

    title: str
    href: str
    meta: str
    since: date | None
    due: date | None = None
    late: bool = False
    refusal: str = ""
    amount: str = ""

    @property
    def note(self) -> str:
        if self.refusal or self.due or self.since is None:
            return self.refusal
        return _("waiting since %(day)s") % {"day": formats.day(self.since)}


@dataclass(frozen=True)
class Group:
    """All that waits for one act."""

    key: str
    title: str
    items: list[Item]
    more: int  # how many beyond those shown
    has_more: bool

    @property
    def listed(self) -> str:
        """The working list where the rest of them stands."""
        name, query = LISTED[self.key]
        return reverse(name) + query

    @property
    def urgency(self) -> tuple[bool, date, date]:
        """Late first, then what is due, then the oldest."""
        first = min((item.due for item in self.items if item.due), default=date.max)
        return (
            not any(item.late for item in self.items),
            first,
            min((i.since for i in self.items if i.since), default=date.max),
        )


def waiting(scope: Scope, today: date) -> list[Group]:
    """Every kind of work this person's rights ask for, the most urgent first."""
    held = [kind for kind in KINDS if scope.can_anywhere(kind.verb) and not _is_private(kind, scope)]
    wards = _wards(scope, [kind.verb for kind in held if kind.reach == "ward"])
    sums = _sums(held, wards)
    groups = [_group(kind, scope, today, wards.get(kind.verb, []), sums.get(kind.key)) for kind in held]
    groups += _tranches(scope, today)
    groups += _messages(scope)
    return sorted((group for group in groups if group.items), key=lambda group: group.urgency)


def _wards(scope: Scope, verbs: Iterable[Verb]) -> dict[Verb, list[str]]:
    """The wards each right reaches: a list of wards reads the index on ward and state, a range of places would not."""
    wanted = {verb: scope.paths(verb) for verb in verbs}
    paths = {path for held in wanted.values() for path in held if len(path) <= WARD}
    below = Q(pk__in=[])
    for path in sorted(paths):
        below |= Q(path__gte=path, path__lt=counters.after(path))
    known = list(Region.objects.filter(below, level=Level.WARD).values_list("path", flat=True)) if paths else []
    return {verb: [ward for ward in known if ward.startswith(tuple(p for p in held))] for verb, held in wanted.items()}


def _sums(kinds: Iterable[Kind], wards: dict[Verb, list[str]]) -> dict[str, int]:
    """How many records wait in all, from the counters, in one query."""
    counted = [kind for kind in kinds if kind.measure and wards.get(kind.verb)]
    wanted = Q(pk__in=[])
    for kind in counted:
        wanted |= Q(measure=kind.measure, dimension=kind.state, region_path__in=wards[kind.verb])
    if not counted:
        return {}
    rows = Counter.objects.filter(wanted).order_by().values_list("measure", "dimension").annotate(sum=Sum("value"))
    sums = {(measure, state): total for measure, state, total in rows}
    return {kind.key: sums.get((kind.measure, kind.state), 0) for kind in counted}


def _group(kind: Kind, scope: Scope, today: date, wards: list[str], total: int | None) -> Group:
    found = _reached(kind, scope, today, wards).select_related("region__parent__parent", *kind.related)
    order = [F(kind.due).asc(nulls_last=True), "pk"] if kind.due else [F(kind.since).asc(nulls_last=True), "pk"]
    others = [path for _name, path in kind.duties] + [kind.coded_by, kind.named_by]
    others = [path for path in others if "__" in path]
    records = list(found.annotate(**{_column(path): F(path) for path in others}).order_by(*order)[: SHOWN + 1])
    items = [_item(kind, record, scope, today) for record in records[:SHOWN]]
    items.sort(key=lambda item: bool(item.refusal))
    has_more = len(records) > SHOWN
    return Group(kind.key, str(kind.title), items, max(0, (total or 0) - SHOWN) if has_more else 0, has_more)


def _is_private(kind: Kind, scope: Scope) -> bool:
    """One's own cases and papers are not for whoever looks through one's eyes."""
    return (kind.is_private or kind.reach == "own") and scope.viewer is not None


def _reached(kind: Kind, scope: Scope, today: date, wards: list[str]) -> QuerySet[Any]:
    """The records of a kind as far as this person's right reaches."""
    records, paths = kind.records(scope.account, today), scope.paths(kind.verb)
    if kind.reach == "own":
        return records
    if kind.reach == "inside":
        return scope.narrow(records, kind.verb)
    if kind.reach == "city":
        return records.filter(region_path__in=paths)
    return _inside(records, paths, wards, scope.own_paths(kind.verb))


def _inside(records: QuerySet[Any], paths: Iterable[str], wards: list[str], own: Sequence[str]) -> QuerySet[Any]:
    wanted = Q(ward_path__in=wards)
    if own:  # held for that very place, as the district head holds it for the meetings of the district
        wanted |= Q(region_path__in=own)
    for path in paths:
        if len(path) > WARD:
            wanted |= Q(ward_path=path[:WARD], region_path__gte=path, region_path__lt=counters.after(path))
    return records.filter(wanted)


def _column(path: str) -> str:
    return f"of_{path}" if "__" in path else path


def _item(kind: Kind, record: Any, scope: Scope, today: date) -> Item:
    due = getattr(record, kind.due) if kind.due else None
    since = getattr(record, kind.since)
    code = getattr(record, _column(kind.coded_by)) if kind.coded_by else ""
    return Item(
        title=_title(kind, record),
        href=reverse(kind.address, args=[code] if code else None),
        meta=f"{code or record.code} · {record.region.place_label}",
        since=day(since) if isinstance(since, datetime) else since,
        due=due,
        late=due is not None and due < today,
        refusal=_refusal(kind, record, scope),
    )


def _title(kind: Kind, record: Any) -> str:
    """What it is called: the words of a voice, what the kind names it by, else its own name."""
    if isinstance(record, Voice) and record.is_confidential:
        return _("A voice about a person")
    if isinstance(record, Voice):
        return Truncator(record.text).chars(100)
    return str(getattr(record, _column(kind.named_by)) if kind.named_by else record)


def _refusal(kind: Kind, record: Any, scope: Scope) -> str:
    """Four eyes: what this person already did on the record, in the words the act itself would use."""
    mine = scope.account.pk if scope.account else None
    if kind.takes is None:
        return ""
    earlier = [Done(duty, getattr(record, _column(path))) for duty, path in kind.duties]
    return separate(actor=mine, takes=kind.takes, earlier=earlier).message


def _tranches(scope: Scope, today: date) -> list[Group]:
    """Tranches that the rules allow to be paid now."""
    due = [item for path in scope.paths(Verb.PAYMENT_RECORD) for item in delivery.tranches_due(path)]
    due.sort(key=lambda item: (item.since is None, item.since))
    items = [
        Item(
            title=item.project.title,
            href=reverse("delivery:pay", args=[item.project.code]),
            meta=f"{item.project.code} · {item.project.region.place_label} · "
            + _("tranche %(n)s") % {"n": item.tranche.number},
            since=day(item.since) if item.since else None,
            amount=rupiah(item.tranche.amount),
        )
        for item in due[:SHOWN]
    ]
    return [Group("payments", _("Tranches to pay"), items, max(0, len(due) - SHOWN), len(due) > SHOWN)]


def _messages(scope: Scope) -> list[Group]:
    """Messages of the phone that nobody has given a place yet; not for whoever looks through somebody's eyes."""
    if scope.viewer is not None or not scope.can_anywhere(Verb.LISTENING_MANAGE):
        return []
    oldest = list(without_place().order_by("id")[: SHOWN + 1])
    secret = secret_senders(oldest) if oldest else set()
    items = [
        Item(
            title=_("A voice about a person") if one.contact_id in secret else Truncator(one.text).chars(100),
            href=reverse("needs:inbox"),
            meta=_("By phone, without a place"),
            since=day(one.sent_at),
        )
        for one in oldest[:SHOWN]
    ]
    has_more = len(oldest) > SHOWN
    more = without_place().count() - SHOWN if has_more else 0
    return [Group("messages", _("Messages without a place"), items, more, has_more)]
