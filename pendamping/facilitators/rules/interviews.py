"""May somebody sit, declare, score, lock, close? What do the scores come to, and which are striking? Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.facilitators.enums.interviews import MemberStep, Reason
from pendamping.facilitators.enums.rounds import ApplicationState, RoundStage

FIXED_FROM = (RoundStage.INTERVIEWING, RoundStage.RANKED, RoundStage.FINAL, RoundStage.CANCELLED)
OVER = (RoundStage.FINAL, RoundStage.CANCELLED)
_THOUSANDTH = Decimal("0.001")


@dataclass(frozen=True)
class Facts:
    """What decides whether a member may act on an applicant now. `has_conflict` None: nothing declared yet."""

    stage: str
    stage_label: str
    state: str  # of the application
    is_invited: bool  # passed everything before the interview
    is_seated: bool
    is_revealed: bool = False
    is_missed: bool = False  # revealed without scores: the applicant did not come
    has_conflict: bool | None = None
    has_sheet: bool = False
    is_locked: bool = False


def may_set(*, stage: str, criteria: Sequence[tuple[str, int]], least: int) -> Verdict:
    """May criteria and rules be fixed like this? `criteria` are names and weights in percent."""
    if stage in FIXED_FROM:
        return refused(Reason.RULES_FIXED)
    if not criteria:
        return refused(Reason.NO_CRITERIA)
    names = [name.strip().lower() for name, _weight in criteria]
    twice = next((name for name, _weight in criteria if names.count(name.strip().lower()) > 1), None)
    if twice is not None:
        return refused(Reason.CRITERION_TWICE, name=twice)
    together = sum(weight for _name, weight in criteria)
    if together != 100:
        return refused(Reason.CRITERIA_WEIGHTS, sum=together)
    return ALLOWED if least >= 1 else refused(Reason.LEAST, field="least")


def may_seat(
    *, stage: str, stage_label: str, holds_right: bool, is_seated: bool, is_chair: bool, has_chair: bool
) -> Verdict:
    """May somebody be seated on the panel? Also mid-way, as a replacement."""
    if stage in OVER:
        return refused(Reason.PANEL_ENDED, stage=stage_label)
    if not holds_right:
        return refused(Reason.NO_SUCH_MEMBER, field="account")
    if is_seated:
        return refused(Reason.SEATED_ALREADY, field="account")
    return refused(Reason.CHAIR_TAKEN, field="is_chair") if is_chair and has_chair else ALLOWED


def may_end_seat(*, stage: str, stage_label: str, is_ended: bool, reason: str) -> Verdict:
    """May a seat end? With a reason; locked scores stay and count."""
    if is_ended:
        return refused(Reason.SEAT_ENDED)
    if stage in OVER:
        return refused(Reason.PANEL_ENDED, stage=stage_label)
    return ALLOWED if reason.strip() else refused(Reason.REASON_MISSING, field="reason")


def _may_act(facts: Facts) -> Verdict:
    if not facts.is_seated:
        return refused(Reason.NOT_SEATED)
    if facts.state != ApplicationState.SUBMITTED:
        return refused(Reason.WITHDRAWN)
    if facts.stage not in (RoundStage.INTERVIEWING, RoundStage.RANKED):
        return refused(Reason.NOT_INTERVIEWING, stage=facts.stage_label)
    if not facts.is_invited:
        return refused(Reason.NOT_INVITED)
    if facts.is_revealed:
        return refused(Reason.REVEALED)
    return refused(Reason.LOCKED) if facts.is_locked else ALLOWED


def may_declare(facts: Facts, *, has_conflict: bool, kind: str, reason: str) -> Verdict:
    """May a member declare this? Anew until their scores are locked, but no conflict away; a conflict is said whole."""
    allowed = _may_act(facts)
    if allowed and facts.has_conflict:
        return refused(Reason.CONFLICT_STANDS)
    if allowed and has_conflict and not (kind and reason.strip()):
        return refused(Reason.CONFLICT_WHOLE, field="reason" if kind else "kind")
    return allowed


def may_lift(facts: Facts, *, is_own: bool, reason: str) -> Verdict:
    """May a conflict declared by mistake be lifted? By somebody else, with a reason."""
    allowed = _may_act(facts)
    if not allowed:
        return allowed
    if not facts.has_conflict:
        return refused(Reason.NO_CONFLICT)
    if is_own:
        return refused(Reason.OWN_CONFLICT)
    return ALLOWED if reason.strip() else refused(Reason.REASON_MISSING, field="reason")


def may_score(facts: Facts, *, marks: Sequence[int], criteria: int) -> Verdict:
    """May a member keep these scores? Declared without conflict, each criterion from 0 to 100."""
    declared = may_open_sheet(facts)
    if not declared:
        return declared
    if not criteria or len(marks) != criteria or not all(0 <= mark <= 100 for mark in marks):
        return refused(Reason.MARKS, count=criteria)
    return ALLOWED


def may_open_sheet(facts: Facts) -> Verdict:
    """May a member score this applicant at all?"""
    allowed = _may_act(facts)
    if not allowed:
        return allowed
    if facts.has_conflict is None:
        return refused(Reason.UNDECLARED)
    return refused(Reason.CONFLICTED) if facts.has_conflict else ALLOWED


def may_lock(facts: Facts) -> Verdict:
    """May a member lock their scores?"""
    allowed = may_open_sheet(facts)
    if not allowed:
        return allowed
    return ALLOWED if facts.has_sheet else refused(Reason.NOTHING_TO_LOCK)


def step_of(facts: Facts) -> MemberStep:
    """What a member has to do next about an applicant."""
    if facts.state != ApplicationState.SUBMITTED:
        return MemberStep.WITHDRAWN
    if facts.is_revealed:
        return MemberStep.MISSED if facts.is_missed else MemberStep.REVEALED
    if facts.stage not in (RoundStage.INTERVIEWING, RoundStage.RANKED):
        return MemberStep.LATER
    if facts.has_conflict is None:
        return MemberStep.DECLARE
    if facts.has_conflict:
        return MemberStep.CONFLICT
    if facts.is_locked:
        return MemberStep.LOCKED
    return MemberStep.LOCK if facts.has_sheet else MemberStep.SCORE


def is_complete(*, locked: int, least: int, waiting: int) -> bool:
    """Are an applicant's scores revealed by themselves? Nobody seated is waited for and enough have scored."""
    return waiting == 0 and locked >= least


def may_close(
    *, stage: str, stage_label: str, state: str, is_invited: bool, is_revealed: bool, locked: int, least: int,
    waiting: int, reason: str,
) -> Verdict:  # fmt: skip
    """May an interview be closed before all have scored? With a reason and the least number of scorers."""
    facts = Facts(stage, stage_label, state, is_invited, is_seated=True, is_revealed=is_revealed)
    allowed = _may_act(facts)
    if not allowed:
        return allowed
    if locked < least:
        return refused(Reason.TOO_FEW_SCORES, scorers=locked, least=least)
    if not waiting:
        return refused(Reason.COMPLETE_ALREADY)
    return ALLOWED if reason.strip() else refused(Reason.REASON_MISSING, field="reason")


def may_record_absence(
    *, stage: str, stage_label: str, state: str, is_invited: bool, is_revealed: bool, locked: int, reason: str
) -> Verdict:
    """May it be recorded that an applicant did not come? Not once a member has locked scores, and with a reason."""
    allowed = _may_act(Facts(stage, stage_label, state, is_invited, is_seated=True, is_revealed=is_revealed))
    if not allowed:
        return allowed
    if locked:
        return refused(Reason.CAME, scorers=locked)
    return ALLOWED if reason.strip() else refused(Reason.REASON_MISSING, field="reason")


def total_of(marks: Sequence[int], weights: Sequence[int]) -> Decimal:
    """A member's total of 100: each criterion by its weight in percent, three decimals."""
    parts = sum(mark * weight for mark, weight in zip(marks, weights, strict=True))
    return (Decimal(parts) / 100).quantize(_THOUSANDTH, ROUND_HALF_UP)


def score_of(totals: Sequence[Decimal]) -> Decimal:
    """The score of the interview: the mean of the locked totals, three decimals. A striking score counts in full."""
    return (sum(totals, Decimal(0)) / len(totals)).quantize(_THOUSANDTH, ROUND_HALF_UP)


def outliers(totals: Sequence[Decimal], *, over: Decimal) -> list[bool]:
    """Which totals lie further from the median than the threshold. With fewer than three nobody can be told apart."""
    if len(totals) < 3:
        return [False] * len(totals)
    middle = median(totals)
    return [abs(total - middle) > over for total in totals]


def may_note(
    *, is_outlier: bool, is_noted: bool, is_own: bool, may_write: bool, stage: str, stage_label: str, note: str
) -> Verdict:
    """May this note about a striking score be written? By the chair or the secretariat, never about one's own."""
    if stage in OVER:
        return refused(Reason.PANEL_ENDED, stage=stage_label)
    if not may_write:
        return refused(Reason.NOT_CHAIR)
    if not is_outlier:
        return refused(Reason.NO_OUTLIER)
    if is_own:
        return refused(Reason.OWN_OUTLIER)
    if is_noted:
        return refused(Reason.NOTED_ALREADY)
    return ALLOWED if note.strip() else refused(Reason.REASON_MISSING, field="note")
