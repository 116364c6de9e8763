"""Which stage may be reported, who may verify it, and when a tranche may be paid."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.delivery.enums import Reason, ReportState
from pendamping.planning.enums import ProjectState

STAGES = (0, 50, 100)  # physical work in percent: the photo set of domain D19
FINISHED = (ProjectState.COMPLETED, ProjectState.HANDED_OVER)


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


def due(plan: Sequence[Tranche], paid: Mapping[int, int]) -> Tranche | None:
    """The tranche to be paid next, with the most it may be: the last one takes all that is left of the budget."""
    found = next((tranche for tranche in plan if tranche.number not in paid), None)
    if found is None or found.number < len(plan):
        return found
    budget = sum(tranche.amount for tranche in plan)
    return Tranche(found.number, budget - sum(paid.values()), found.needs)


def next_stage(live: Mapping[int, str]) -> int | None:
    """The first stage without a report that waits or is verified."""
    return next((stage for stage in STAGES if stage not in live), None)


def may_write(*, project_state: str, live: Mapping[int, str]) -> Verdict:
    """May anything be reported on this project now? `live` maps a stage to the state of its unreturned report."""
    if project_state == ProjectState.PREPARED:
        return refused(Reason.PROJECT_NOT_APPROVED)
    if project_state in FINISHED:
        return refused(Reason.PROJECT_FINISHED)
    stage = next_stage(live)
    if stage is None:
        return refused(Reason.STAGE_ALREADY, stage=STAGES[-1])
    return _in_order(stage, live)


def _in_order(stage: int, live: Mapping[int, str]) -> Verdict:
    for before in STAGES:
        if before < stage and live.get(before) != ReportState.VERIFIED:
            return refused(Reason.STAGE_TOO_EARLY, field="stage", before=before)
    return ALLOWED


def may_report(
    *,
    project_state: str,
    stage: int,
    live: Mapping[int, str],
    photos: int,
    spent: int,
    spent_before: int,
    budget: int,
    paid: int,
    plan: Sequence[Tranche],
) -> Verdict:
    """May this stage be reported with this sum spent to date?"""
    if project_state == ProjectState.PREPARED:
        return refused(Reason.PROJECT_NOT_APPROVED)
    if project_state in FINISHED:
        return refused(Reason.PROJECT_FINISHED)
    if stage in live:
        return refused(Reason.STAGE_ALREADY, field="stage", stage=stage)
    in_order = _in_order(stage, live)
    if not in_order:
        return in_order
    if photos < 1:
        return refused(Reason.PHOTO_MISSING, field="photos")
    if spent > budget:
        return refused(Reason.SPENT_OVER_BUDGET, field="spent", spent_rupiah=spent, over_rupiah=spent - budget)
    if spent < spent_before:
        return refused(Reason.SPENT_LESS_THAN_BEFORE, field="spent", before_rupiah=spent_before)
    limit = spendable(stage=stage, paid=paid, budget=budget, plan=plan)
    if spent > limit:
        return refused(Reason.SPENT_OVER_PAID, field="spent", spent_rupiah=spent, over_rupiah=spent - limit)
    return ALLOWED


def spendable(*, stage: int, paid: int, budget: int, plan: Sequence[Tranche]) -> int:
    """The most that can have been spent at a stage.

    Nothing beyond what was paid out, except while the rules release no tranche before this stage, and except the
    tranche that only the final report releases: the group has spent that before it is paid.
    """
    if not any(tranche.needs < stage for tranche in plan):
        return budget
    last = sum(tranche.amount for tranche in plan if tranche.needs >= STAGES[-1]) if stage == STAGES[-1] else 0
    return min(budget, paid + last)


def may_judge(*, state: str) -> Verdict:
    """Is this report waiting for somebody to verify or return it?"""
    return ALLOWED if state == ReportState.REPORTED else refused(Reason.NOT_WAITING)


def may_return(*, state: str, reason: str) -> Verdict:
    """A report goes back only with words that help to mend it."""
    waiting = may_judge(state=state)
    if not waiting:
        return waiting
    return ALLOWED if reason.strip() else refused(Reason.REASON_MISSING, field="reason")


def may_pay(*, plan: Sequence[Tranche], tranche: int, paid: Collection[int], verified: int | None) -> Verdict:
    """Is this tranche the next one, and does the work stand where the rules want it? `paid` holds the numbers paid."""
    if not 1 <= tranche <= len(plan):
        return refused(Reason.TRANCHE_UNKNOWN, field="tranche", count=len(plan))
    if tranche in paid:
        return refused(Reason.TRANCHE_ALREADY, field="tranche", number=tranche)
    first = next(number for number in range(1, len(plan) + 1) if number not in paid)
    if tranche != first:
        return refused(Reason.TRANCHE_ORDER, field="tranche", number=first)
    needs = plan[tranche - 1].needs
    if verified is None or verified < needs:
        return refused(Reason.TRANCHE_TOO_EARLY, field="tranche", number=tranche, needed=needs)
    return ALLOWED


def may_pay_amount(*, tranche: int, amount: int, limit: int, paid_on: date, today: date) -> Verdict:
    """Never more than the tranche; the day of payment has come."""
    if amount <= 0:
        return refused(Reason.AMOUNT_NEEDED, field="amount")
    if amount > limit:
        return refused(
            Reason.OVER_TRANCHE, field="amount", number=tranche, limit_rupiah=limit, over_rupiah=amount - limit
        )
    return refused(Reason.PAID_IN_FUTURE, field="paid_on") if paid_on > today else ALLOWED
