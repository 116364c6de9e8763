"""May a plan or a report of a month be sent, and who says yes to it in which order? Values in, a verdict out."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.facilitators.enums.months import DecisionKind, MonthOffice, MonthState, Reason
from pendamping.facilitators.enums.rounds import PostKind

LADDER = (MonthOffice.AREA, MonthOffice.CITY, MonthOffice.SECRETARIAT)
ABOVE = {
    PostKind.WARD_FACILITATOR: LADDER,
    PostKind.AREA_COORDINATOR: LADDER[1:],
    PostKind.CITY_COORDINATOR: LADDER[2:],
}
RANKS = (PostKind.WARD_FACILITATOR, PostKind.AREA_COORDINATOR, PostKind.CITY_COORDINATOR)
ON_THE_WAY = (MonthState.SENT, MonthState.RECOMMENDED)


def is_above(offices: Iterable[str], role: str) -> bool:
    """Does one of these offices stand above a role? The secretariat stands above all, nobody above their own kind."""
    return bool(set(offices) & set(ABOVE[PostKind(role)]))


@dataclass(frozen=True)
class Terms:
    """What holds for a month in a city (id: ketentuan bulan), from the rules in force or, without any, a proposal."""

    plan_day: int = 25
    correction_days: int = 3
    pay_day: int = 10
    legal_basis: str = ""
    pays_suspension: bool = False


@dataclass(frozen=True)
class Service:
    """The days somebody serves in a month, in their highest role (id: masa tugas dalam bulan)."""

    spans: tuple[tuple[date, date], ...]  # the days of each assignment; between them nothing is expected
    role: str
    over_on: date  # the last day of the month on which they may still be placed anywhere

    @property
    def since(self) -> date:
        return min(first for first, _last in self.spans)

    @property
    def until(self) -> date:
        return max(last for _first, last in self.spans)


def first_day(year: int, month: int) -> date:
    return date(year, month, 1)


def last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def month_before(year: int, month: int) -> tuple[int, int]:
    return (year - 1, 12) if month == 1 else (year, month - 1)


def month_after(year: int, month: int) -> tuple[int, int]:
    return (year + 1, 1) if month == 12 else (year, month + 1)


def plan_due_on(year: int, month: int, terms: Terms) -> date:
    """The last day for the plan of a month."""
    before_year, before = month_before(year, month)
    return date(before_year, before, terms.plan_day)


def closes_on(year: int, month: int, terms: Terms) -> date:
    """The last day of the correction window of a month."""
    return last_day(year, month) + timedelta(days=terms.correction_days)


def pay_expected_on(year: int, month: int, terms: Terms) -> date:
    """Until when the pay of a month is expected."""
    after_year, after = month_after(year, month)
    return date(after_year, after, terms.pay_day)


def highest(roles: Iterable[str]) -> str:
    """The highest of some roles."""
    return max(roles, key=lambda role: RANKS.index(PostKind(role)))


@dataclass(frozen=True)
class Planned:
    """One line of a plan as sent (id: baris rencana)."""

    what: str
    region_path: str
    region_label: str
    activity: str
    wanted: int


def may_plan(
    *, year: int, month: int, today: date, known: bool, lines: Sequence[Planned], places: Iterable[str], shown: str,
) -> Verdict:  # fmt: skip
    """May a plan be sent? Before the month as often as wished; once it has begun, once, if there was none."""
    if today > last_day(year, month):
        return refused(Reason.PLAN_OVER, month=shown)
    if known and today >= first_day(year, month):
        return refused(Reason.PLAN_FIXED, month=shown)
    if not lines:
        return refused(Reason.PLAN_EMPTY)
    places = tuple(places)
    for line in lines:
        if not any(line.region_path.startswith(place) for place in places):
            return refused(Reason.PLAN_OUTSIDE, place=line.region_label, month=shown)
    return ALLOWED


def may_send(
    *, service: Service, state: str | None, today: date, sent_back: Sequence[str], shown: str
) -> Verdict:  # fmt: skip
    """May the report of a month be sent? On its last day or later, earlier only when the appointment ends in it.

    Lines that were `sent_back` (their codes) are mended first: once the month is closed they could not be.
    """
    if state == MonthState.APPROVED:
        return refused(Reason.APPROVED_ALREADY, month=shown)
    if state in ON_THE_WAY:
        return refused(Reason.SENT_ALREADY, month=shown)
    if today < service.over_on:
        return refused(Reason.TOO_EARLY, month=shown, day=service.over_on)
    if sent_back:
        return refused(Reason.LINES_SENT_BACK, month=shown, codes=", ".join(sent_back))
    return ALLOWED


def is_closed(*, state: str | None, today: date | None, closes: date) -> bool:
    """May the log of a month no longer be changed? While its report is on the way or approved, and after the window.

    A report sent back opens the log again until it is sent anew. Without `today` the window is not asked.
    """
    if state is not None:
        return state != MonthState.RETURNED
    return today is not None and today > closes


def ladder(role: str, staffed: Iterable[str]) -> tuple[MonthOffice, ...]:
    """The offices a report of this role passes, from below: coordinators only where there are any."""
    there = set(staffed)
    above = ABOVE[PostKind(role)]
    return tuple(office for office in above if office == MonthOffice.SECRETARIAT or office in there)


@dataclass(frozen=True)
class Said:
    """An office's word on one sending (id: keputusan)."""

    sending: int
    office: str
    kind: str
    person: int


def awaited(steps: Sequence[MonthOffice], said: Iterable[Said], sending: int) -> MonthOffice:
    """Which office is next: the first above the highest that said yes to this sending."""
    done = [LADDER.index(MonthOffice(one.office)) for one in said if _yes(one, sending)]
    height = max(done, default=-1)
    return next((step for step in steps if LADDER.index(step) > height), MonthOffice.SECRETARIAT)


def _yes(one: Said, sending: int) -> bool:
    return one.sending == sending and one.kind == DecisionKind.RECOMMENDED


def may_speak(*, person: int | None, office: str, said: Iterable[Said], sending: int) -> bool:
    """May somebody who holds an office still speak for it? Once in a sending, and in all of them for one office."""
    return not any(one.person == person and (one.sending == sending or one.office != office) for one in said)


def may_decide(
    *, state: str, state_label: str, actor: int | None, owner: int, offices: Iterable[str], next_office: MonthOffice,
    said: Iterable[Said], sending: int, seen: int | None,
) -> Verdict:  # fmt: skip
    """May this person, holding `offices` here, take the step that waits?

    Nobody decides on their own report, nor twice: in one sending for two offices, or for another office in a later
    one. `seen` is the sending that was read; None where it is not known.
    """
    if state not in ON_THE_WAY:
        return refused(Reason.NOT_OPEN, state=state_label)
    if actor == owner:
        return refused(Reason.OWN_REPORT)
    if seen is not None and seen != sending:
        return refused(Reason.CHANGED_MEANWHILE)
    if not may_speak(person=actor, office=next_office, said=said, sending=sending):
        return refused(Reason.TWICE)
    return ALLOWED if next_office in set(offices) else refused(Reason.WAITS_FOR, office=next_office.label)


def may_reopen(
    *, state_label: str, actor: int | None, owner: int, offices: Iterable[str], on_list: bool, sending: int,
    seen: int | None,
) -> Verdict:  # fmt: skip
    """May this person send an approved report back? The secretariat, while no list of honoraria has it."""
    if MonthOffice.SECRETARIAT not in set(offices):
        return refused(Reason.NOT_OPEN, state=state_label)
    if actor == owner:
        return refused(Reason.OWN_REPORT)
    if seen is not None and seen != sending:
        return refused(Reason.CHANGED_MEANWHILE)
    return refused(Reason.ON_LIST) if on_list else ALLOWED


def may_return(decide: Verdict, *, reason: str) -> Verdict:
    """Whoever may decide may send back, with a reason."""
    missing = ALLOWED if reason.strip() else refused(Reason.REASON_MISSING, field="reason")
    return first_refusal(decide, missing)
