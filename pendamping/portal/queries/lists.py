"""The public lists: any kind of record by place, state and month; page 400 costs what page 1 costs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Sum
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendamping.assets.enums import Condition
from pendamping.assets.models import Asset
from pendamping.benefits.models import Reach
from pendamping.core import counters, formats
from pendamping.core.money import rupiah
from pendamping.core.trace import Step, Trace
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.models import Meeting
from pendamping.delivery.enums import ReportState
from pendamping.delivery.models import Payment, ProgressReport
from pendamping.needs.enums.menu import Stream
from pendamping.needs.enums.needs import NeedState
from pendamping.needs.enums.proposals import ProposalState
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.models import Need, Proposal, Voice
from pendamping.needs.queries import search
from pendamping.needs.queries.visible import public_voices
from pendamping.planning.enums import ProjectState
from pendamping.planning.models import Project
from pendamping.portal import rules
from pendamping.portal.enums import PublicList
from pendamping.regions.models import RegionBound

SIZE = 25
_CUTS = {4: "city_path", 6: "district_path", 10: "ward_path"}


def _of_state(name: str) -> Callable[[Any], Trace]:
    """Where a record stands, by its own state and those of the records that grew from it."""

    def standing(record: Any) -> Trace:
        later = {grown: getattr(record, f"{grown}_state", None) or "" for grown in ("need", "proposal", "project")}
        done = getattr(record, "is_done", False)  # empowerment, counted: it leaves no asset to wait for
        return rules.standing(rules.Facts(**{**later, name: record.state}, leaves_asset=not done, is_counted=done))

    return standing


def _passed(step: Step, *, complete: bool = False) -> Callable[[Any], Trace]:
    return lambda _record: Trace(step, complete=complete)


def _of_meeting(meeting: Meeting) -> Trace:
    return meeting.trace


@dataclass(frozen=True)
class Kind:
    """What a public list is made of (id: jenis daftar)."""

    model: type[RegionBound]
    state_field: str  # the state, empty when there is none
    states: Any
    measure: str  # the counter that says how many there are
    standing: Callable[[Any], Trace]
    waiting: frozenset[str] = frozenset()
    stopped: frozenset[str] = frozenset()
    amount: str = ""
    broken: frozenset[str] = frozenset()  # states that warn
    day: str = ""  # another day that matters beside the one it was recorded on
    day_words: Promise | str = ""  # how that day is told
    related: tuple[str, ...] = ()
    grown: Mapping[str, Any] = field(default_factory=dict)  # states of what grew from it, asked with the rows

    def records(self) -> QuerySet[Any]:
        """What everyone may know of."""
        known = public_voices() if self.model is Voice else self.model._default_manager
        return known.select_related("region__parent__parent", *self.related).annotate(**self.grown)


def _last(model: Any, path: str, of: str) -> Subquery:
    """The state of the newest record of a model that grew from this one."""
    standing = model._default_manager.exclude(state="cancelled")  # a project given up leaves its proposal as it was
    return Subquery(standing.filter(**{path: OuterRef(of)}).order_by("-id").values("state")[:1])


def _done(path: str, of: str) -> Exists:
    """Did an empowerment project grow from this record, and were those reached counted?"""
    counted = Reach.objects.filter(project__stream=Stream.EMPOWERMENT, project__state=ProjectState.COMPLETED)
    return Exists(counted.filter(**{f"project__{path}" if path else "project": OuterRef(of)}))


_PROPOSAL, _NEED = "decision__item__proposal", "decision__item__proposal__need"

KINDS: dict[str, Kind] = {
    PublicList.VOICES: Kind(
        Voice, "state", VoiceState, "voice.state", _of_state("voice"), frozenset({VoiceState.HEARD}),
        day="heard_at", day_words=gettext_lazy("heard on %(day)s"), related=("menu_item", "category"),
        grown={
            "need_state": F("gathering__need__state"),
            "proposal_state": _last(Proposal, "need", "gathering__need"),
            "project_state": _last(Project, _NEED, "gathering__need"),
            "is_done": _done(_NEED, "gathering__need"),
        },
    ),
    PublicList.NEEDS: Kind(
        Need, "state", NeedState, "need.state", _of_state("need"), frozenset({NeedState.OPEN}),
        frozenset({NeedState.ANSWERED}),
        grown={
            "proposal_state": _last(Proposal, "need", "pk"), "project_state": _last(Project, _NEED, "pk"),
            "is_done": _done(_NEED, "pk"),
        },
    ),
    PublicList.PROPOSALS: Kind(
        Proposal, "state", ProposalState, "proposal.state", _of_state("proposal"),
        frozenset({ProposalState.SUBMITTED, ProposalState.RETURNED}),
        rules.STOPPED_PROPOSALS | {ProposalState.WITHDRAWN}, "estimated_cost",
        grown={"project_state": _last(Project, _PROPOSAL, "pk"), "is_done": _done(_PROPOSAL, "pk")},
    ),
    PublicList.MEETINGS: Kind(
        Meeting, "state", MeetingState, "meeting.state", _of_meeting, stopped=frozenset({MeetingState.CANCELLED}),
        day="held_on", day_words=gettext_lazy("held on %(day)s"),
    ),
    PublicList.PROJECTS: Kind(
        Project, "state", ProjectState, "project.state", _of_state("project"),
        frozenset({ProjectState.PREPARED, ProjectState.RETURNED}), frozenset({ProjectState.CANCELLED}), "budget",
        grown={"is_done": _done("", "pk")},
    ),
    PublicList.REPORTS: Kind(
        ProgressReport, "state", ReportState, "report.state", _passed(Step.PROGRESS),
        frozenset({ReportState.REPORTED, ReportState.RETURNED}), amount="spent", related=("project",),
    ),
    PublicList.PAYMENTS: Kind(
        Payment, "", None, "", _passed(Step.PROGRESS), amount="amount", day="paid_on",
        day_words=gettext_lazy("paid on %(day)s"), related=("project",),
    ),
    PublicList.ASSETS: Kind(
        Asset, "condition", Condition, "asset.condition", _passed(Step.ASSET, complete=True),
        stopped=frozenset({Condition.GONE}), broken=frozenset({Condition.LIGHT_DAMAGE, Condition.HEAVY_DAMAGE}),
        amount="value", day="built_on", day_words=gettext_lazy("built on %(day)s"),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A record as one line of a list."""

    title: str
    href: str
    code: str
    place: str
    when: date | datetime
    at: Trace
    badge: str = ""
    state: str = "neutral"
    amount: str = ""
    day: str = ""

    @property
    def meta(self) -> str:
        """The code and the day it was recorded: lists stand in this order, by key, and count in its month."""
        return f"{self.code} · {formats.day(self.when)}"

    @property
    def note(self) -> str:
        return " · ".join(part for part in (self.place, self.day) if part)


@dataclass(frozen=True)
class Asked:
    """The filters of a list, already checked (id: saringan)."""

    path: str
    states: tuple[str, ...] = ()
    since: int = 0
    until: int = 999999
    before: str = ""
    voices: search.Asked = field(
        default_factory=search.Asked
    )  # what else is asked of voices: words, category, part of a map

    @property
    def has_period(self) -> bool:
        return self.since > 0


@dataclass(frozen=True)
class Listed:
    """One page of a list."""

    rows: list[Row] = field(default_factory=list)
    last: str = ""  # the code after which the next page begins, empty on the last page


def filtered(kind: Kind, asked: Asked) -> QuerySet[Any]:
    """The records asked for, newest first."""
    found = kind.records().filter(**within(asked.path))
    if asked.states and kind.state_field:
        found = found.filter(**{f"{kind.state_field}__in": asked.states})
    if asked.has_period:
        found = found.filter(period__gte=asked.since, period__lte=asked.until)
    if kind.model is Voice and asked.voices != search.Asked():
        found = search.search_public(asked.voices, found)
    return found.order_by("-id")


def within(path: str) -> Mapping[str, str]:
    """One equality for a city, district or ward; a range for RW and RT."""
    cut = _CUTS.get(len(path))
    return {cut: path} if cut else {"region_path__gte": path, "region_path__lt": counters.after(path)}


def listed(kind: Kind, asked: Asked) -> Listed:
    """One page, in one query."""
    found = filtered(kind, asked)
    if asked.before:
        found = found.filter(pk__lt=kind.model._default_manager.filter(code=asked.before).values("pk"))
    records = list(found[: SIZE + 1])
    more = len(records) > SIZE
    return Listed(rows(kind, records[:SIZE]), records[SIZE - 1].code if more else "")


def counted(kind: Kind, asked: Asked) -> int | None:
    """How many records the filters find, from the counters; None where none is kept."""
    if not kind.measure or len(asked.path) > 10 or asked.voices != search.Asked():
        return None
    cells = counters.cells([kind.measure], under=asked.path, since=asked.since, until=asked.until)
    if asked.states:
        cells = cells.filter(dimension__in=asked.states)
    return cells.aggregate(sum=Sum("value"))["sum"] or 0


def latest(kind_name: str, path: str, most: int = 5, states: Iterable[str] = ()) -> list[Row]:
    """The newest records of a kind in a place."""
    kind = KINDS[kind_name]
    return rows(kind, filtered(kind, Asked(path, tuple(states)))[:most])


def rows(kind: Kind, records: Iterable[Any]) -> list[Row]:
    """Records as lines of a list."""
    return [_row(kind, record) for record in records]


def _row(kind: Kind, record: Any) -> Row:
    state = getattr(record, kind.state_field) if kind.state_field else ""
    standing = kind.standing(record)
    amount = getattr(record, kind.amount) if kind.amount else None
    struck = getattr(record, "voided_at", None) is not None
    return Row(
        title=title_of(record),
        href=reverse("portal:journey", args=[record.code]),
        code=record.code,
        place=short_place(record.region),
        when=record.created_at,
        at=standing,
        badge=_("Struck as a mistake") if struck else str(kind.states(state).label) if state else "",
        state="stopped" if struck else _tone(kind, state, standing),
        amount=rupiah(amount) if amount is not None else "",
        day=_other_day(kind, record),
    )


def _other_day(kind: Kind, record: Any) -> str:
    """The day it happened, where that is not the day it was recorded."""
    on = getattr(record, kind.day) if kind.day else None
    written = formats.day(on)
    return "" if on is None or written == formats.day(record.created_at) else str(kind.day_words) % {"day": written}


def title_of(record: Any) -> str:
    """What a record is called in public. A voice speaks in its own words once an official has read them."""
    if isinstance(record, Voice):
        return record.subject if record.state == VoiceState.HEARD else Truncator(record.text).chars(100)
    if isinstance(record, Payment):
        return _("%(project)s · tranche %(number)s") % {"project": record.project, "number": record.tranche}
    return str(record)


def _tone(kind: Kind, state: str, standing: Trace) -> str:
    if state in kind.stopped:
        return "stopped"
    if state in kind.broken:
        return "warning"
    if state in kind.waiting:
        return "waiting"
    return "done" if standing.complete or standing.over else "stopped" if standing.stopped else "active"


def short_place(region: Any) -> str:
    """ "RT 002 RW 005, Kelurahan Sukajaya", as far as its parents are loaded."""
    names, step = [], region
    while step is not None and step.level in ("rt", "rw"):
        names.append(step.label)
        step = step.parent
    ward = step.label if step is not None and step.level in ("ward", "district", "city") else ""
    return ", ".join(part for part in (" ".join(names), ward) if part)
