"""May rules be set, a project be prepared, how much room is left? Values in, a verdict or a number out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.needs.enums.menu import Stream
from pendamping.planning.enums import UNAPPROVED, ProjectState, Reason

WHOLE = 10_000  # shares are kept in hundredths of a percent
OTHER = {
    Stream.INFRASTRUCTURE: Stream.EMPOWERMENT,
    Stream.EMPOWERMENT: Stream.INFRASTRUCTURE,
}
NEXT = {
    ProjectState.APPROVED: ProjectState.PREPARED,
    ProjectState.RUNNING: ProjectState.APPROVED,
    ProjectState.COMPLETED: ProjectState.RUNNING,
    ProjectState.HANDED_OVER: ProjectState.COMPLETED,
    ProjectState.RETURNED: ProjectState.PREPARED,
}
OUT_OF_STEP = {
    ProjectState.APPROVED: Reason.NOT_PREPARED,
    ProjectState.RUNNING: Reason.NOT_APPROVED,
    ProjectState.COMPLETED: Reason.NOT_RUNNING,
    ProjectState.HANDED_OVER: Reason.NOT_COMPLETED,
    ProjectState.RETURNED: Reason.NOT_PREPARED,
}


@dataclass(frozen=True)
class Share:
    """The least and the most a stream may take, in hundredths of a percent of the ceiling."""

    least: int = 0
    most: int = WHOLE


@dataclass(frozen=True)
class Room:
    """What a ward may plan in a year and what it has planned, by stream, in rupiah."""

    ceiling: int
    planned: Mapping[str, int] = field(default_factory=dict)
    shares: Mapping[str, Share] = field(default_factory=dict)

    @property
    def planned_total(self) -> int:
        return sum(self.planned.values())

    @property
    def left(self) -> int:
        """Rupiah left under the ceiling; below zero when the ceiling was lowered after planning."""
        return self.ceiling - self.planned_total

    def most_share(self, stream: str) -> int:
        """The largest share of a stream: its own most, and never what the other stream must at least have."""
        other = self.shares.get(OTHER[Stream(stream)], Share())
        return min(self.shares.get(stream, Share()).most, WHOLE - other.least)

    def limit(self, stream: str) -> int:
        """The most rupiah a stream may take of the ceiling."""
        return self.ceiling * self.most_share(stream) // WHOLE

    def least(self, stream: str) -> int:
        """The rupiah a stream should at least have when the ceiling is planned in full."""
        return self.ceiling * self.shares.get(stream, Share()).least // WHOLE

    def left_for(self, stream: str) -> int:
        """What the next project of a stream may cost at most."""
        return max(0, min(self.left, self.limit(stream) - self.planned.get(stream, 0)))

    def without(self, stream: str, budget: int) -> Room:
        """The room as it would be without one project."""
        planned = {**self.planned, stream: self.planned.get(stream, 0) - budget}
        return Room(self.ceiling, planned, self.shares)


@dataclass(frozen=True)
class Tranche:
    """One part of the budget and the verified progress it needs (id: termin)."""

    number: int
    amount: int
    needs: int


def tranches(pattern: Sequence[Sequence[int]], budget: int) -> tuple[Tranche, ...]:
    """The pattern of a rule set in rupiah: rounded half up, the last takes what rounding left."""
    amounts = [(2 * budget * percent + 100) // 200 for percent, _needs in pattern[:-1]]
    amounts.append(budget - sum(amounts))
    rows = zip(amounts, pattern, strict=True)
    return tuple(Tranche(place, amount, row[1]) for place, (amount, row) in enumerate(rows, start=1))


def percent(share: int) -> str:
    """6000 → "60 %", 3350 → "33.5 %"."""
    return f"{share / 100:g} %"


def may_set_rules(
    *, level: str, legal_basis: str, valid_from: date, holds_from: date | None, default_ceiling: int,
    shares: Mapping[str, Share], tranches: Sequence[Sequence[int]],
) -> Verdict:  # fmt: skip
    """May these rules be the next version? `holds_from` is the start of the version in force, if any."""
    return first_refusal(
        ALLOWED if level == "city" else refused(Reason.NOT_A_CITY, field="city"),
        ALLOWED if legal_basis.strip() else refused(Reason.BASIS_MISSING, field="legal_basis"),
        ALLOWED if default_ceiling >= 0 else refused(Reason.AMOUNT_NEGATIVE, field="default_ceiling"),
        _follows(valid_from, holds_from),
        are_possible(shares),
        is_whole(tranches),
    )


def _follows(valid_from: date, holds_from: date | None) -> Verdict:
    if holds_from is not None and valid_from <= holds_from:
        return refused(Reason.RULES_OVERLAP, field="valid_from", day=holds_from)
    return ALLOWED


def are_possible(shares: Mapping[str, Share]) -> Verdict:
    """Can all shares be kept at once, and the whole ceiling be planned?"""
    ordered = all(0 <= share.least <= share.most <= WHOLE for share in shares.values())
    fits = sum(share.least for share in shares.values()) <= WHOLE <= sum(share.most for share in shares.values())
    return ALLOWED if ordered and fits else refused(Reason.SHARES_IMPOSSIBLE, field="infrastructure_min")


def is_whole(tranches: Sequence[Sequence[int]]) -> Verdict:
    """Do the tranches pay the whole budget, each after no less progress than the one before?"""
    total = sum(part for part, _needed in tranches)
    if total != 100:
        return refused(Reason.TRANCHES_NOT_WHOLE, field="tranches", sum=total)
    needed = [progress for _part, progress in tranches]
    if min(part for part, _needed in tranches) <= 0 or needed != sorted(needed) or needed[0] < 0 or needed[-1] > 100:
        return refused(Reason.TRANCHES_OUT_OF_ORDER, field="tranches")
    return ALLOWED


def may_set_ceiling(*, level: str, amount: int) -> Verdict:
    """May this be the ceiling? It may lie below what is planned already: budgets are cut in the middle of a year."""
    if level != "ward":
        return refused(Reason.NOT_A_WARD, field="ward")
    return ALLOWED if amount >= 0 else refused(Reason.AMOUNT_NEGATIVE, field="amount")


def is_funded(*, outcome: str, is_closed: bool, is_planned: bool) -> Verdict:
    """Can a project be born from this decision?"""
    if outcome != "funded" or not is_closed:
        return refused(Reason.NOT_FUNDED)
    return refused(Reason.ALREADY_PLANNED) if is_planned else ALLOWED


def may_take_over(*, is_closed: bool, waiting: int) -> Verdict:
    """Is there anything of this meeting to make projects of?"""
    if not is_closed:
        return refused(Reason.MEETING_NOT_CLOSED)
    return ALLOWED if waiting else refused(Reason.NOTHING_TO_TAKE_OVER)


def has_lines(*, streams: Sequence[str], lines: Sequence[str]) -> Verdict:
    """Is a budget line chosen for each stream that money goes to?"""
    missing = next((stream for stream in streams if stream not in lines), None)
    if missing is None:
        return ALLOWED
    return refused(Reason.LINE_MISSING, field=f"line_{missing}", stream=Stream(missing).label)


def is_dated(*, starts_on: date, ends_on: date, fiscal_year: int) -> Verdict:
    """Do the days lie in order and in the budget year?"""
    if ends_on < starts_on:
        return refused(Reason.DATES_REVERSED, field="ends_on")
    if not starts_on.year == ends_on.year == fiscal_year:
        return refused(Reason.OUTSIDE_YEAR, field="starts_on", year=fiscal_year)
    return ALLOWED


def is_in_stream(*, stream: str, sub_activity_stream: str) -> Verdict:
    """Does the budget line pay for this stream? Lines without a stream pay for both."""
    if sub_activity_stream and sub_activity_stream != stream:
        return refused(Reason.WRONG_SUB_ACTIVITY, field="sub_activity", stream=Stream(stream).label)
    return ALLOWED


def fits(*, budget: int, agreed: int, stream: str, room: Room) -> Verdict:
    """Does a budget fit what the meeting agreed, the ceiling and the share of its stream? If not: by how much."""
    if budget <= 0:
        return refused(Reason.BUDGET_NEEDED, field="budget")
    if budget > agreed:
        return refused(
            Reason.OVER_DECISION,
            field="budget",
            agreed_rupiah=agreed,
            over_rupiah=budget - agreed,
        )
    if budget > room.left:
        return refused(
            Reason.OVER_CEILING, field="budget", ceiling_rupiah=room.ceiling, planned_rupiah=room.planned_total,
            over_rupiah=budget - room.left,
        )  # fmt: skip
    planned, limit = room.planned.get(stream, 0), room.limit(stream)
    if planned + budget > limit:
        return refused(
            Reason.OVER_SHARE, field="budget", stream=Stream(stream).label, share=percent(room.most_share(stream)),
            limit_rupiah=limit, planned_rupiah=planned, over_rupiah=planned + budget - limit,
        )  # fmt: skip
    return ALLOWED


def is_told(**words: str) -> Verdict:
    """Are all these words given?"""
    missing = next((name for name, text in words.items() if not text.strip()), None)
    return refused(Reason.WORDS_MISSING, field=missing) if missing else ALLOWED


def may_move(*, state: str, to: str) -> Verdict:
    """May a project go on to this state? One step at a time, never back but for repair."""
    goal = ProjectState(to)
    return ALLOWED if state == NEXT[goal] else refused(OUT_OF_STEP[goal])


def is_unapproved(*, state: str) -> Verdict:
    """Can the plan of this project still be repaired or given up?"""
    return ALLOWED if state in UNAPPROVED else refused(Reason.APPROVED_ALREADY)
