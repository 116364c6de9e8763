"""Which stage may be reported, who may verify it, and when a tranche may be paid."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.delivery.enums import Reason, ReportState
from pendamping.planning.enums import ProjectState
from pendamping.planning.rules import Tranche

STAGES = (0, 50, 100)  # physical work in percent: the photo set of domain D19
WORKING = (ProjectState.APPROVED, ProjectState.RUNNING)
FINISHED = (ProjectState.COMPLETED, ProjectState.HANDED_OVER)


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
    if project_state not in (*WORKING, *FINISHED):
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
    paid: Collection[int],
    plan: Sequence[Tranche],
) -> Verdict:
    """May this stage be reported with this sum spent to date?"""
    if project_state not in (*WORKING, *FINISHED):
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
    limit = spendable(stage=stage, paid=paid, plan=plan)
    if spent > limit:
        return refused(Reason.SPENT_OVER_RELEASED, field="spent", spent_rupiah=spent, over_rupiah=spent - limit)
    return ALLOWED


def spendable(*, stage: int, paid: Collection[int], plan: Sequence[Tranche]) -> int:
    """The most that can have been spent at a stage: the budget without the tranches that still wait for a later one.

    What a stage itself releases may be spent before it is paid (the group buys on credit), and a tranche paid in part
    does not lower it. It never falls from one stage to the next, so what was once reported can always be reported on.
    """
    return sum(tranche.amount for tranche in plan if tranche.number in paid or tranche.needs <= stage)


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


def may_pay_amount(
    *, tranche: int, amount: int, limit: int, paid_on: date, approved_on: date, today: date, reference: str
) -> Verdict:
    """Never more than the tranche; the day of payment has come, and not before the project was approved."""
    if amount <= 0:
        return refused(Reason.AMOUNT_NEEDED, field="amount")
    if amount > limit:
        return refused(
            Reason.OVER_TRANCHE, field="amount", number=tranche, limit_rupiah=limit, over_rupiah=amount - limit
        )
    if paid_on > today:
        return refused(Reason.PAID_IN_FUTURE, field="paid_on")
    if paid_on < approved_on:
        return refused(Reason.PAID_BEFORE_APPROVAL, field="paid_on", day=approved_on)
    return ALLOWED if reference.strip() else refused(Reason.REFERENCE_MISSING, field="reference")


def may_void(*, tranche: int, paid: Collection[int], is_voided: bool, reason: str) -> Verdict:
    """May a payment recorded by mistake be struck? The latest first, and with its reason."""
    if is_voided:
        return refused(Reason.VOIDED_ALREADY)
    if tranche != max(paid):
        return refused(Reason.VOID_ORDER, number=max(paid))
    return ALLOWED if reason.strip() else refused(Reason.VOID_REASON_MISSING, field="reason")
