"""Due process, step by step: nobody judged unheard, no grade skipped without a reason. Values in, a verdict out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.facilitators.enums.ethics import CaseState, Reason, Sanction

GRADES: tuple[str, ...] = tuple(Sanction.values)
OPEN = frozenset({CaseState.RECEIVED, CaseState.CALLED, CaseState.HEARD, CaseState.PROPOSED})
UNDECIDED = frozenset({CaseState.CALLED, CaseState.HEARD, CaseState.PROPOSED})
HEAVY = frozenset({Sanction.SUSPENSION, Sanction.TERMINATION})  # never by one member alone


def may_sign(*, is_own: bool, is_over: bool, is_signed: bool, is_in_force: bool) -> Verdict:
    """May the code be signed? By the person appointed, the version in force, once."""
    if not is_own:
        return refused(Reason.NOT_YOURS)
    if is_over:
        return refused(Reason.APPOINTMENT_OVER)
    if not is_in_force:
        return refused(Reason.OTHER_VERSION)
    return refused(Reason.SIGNED_ALREADY) if is_signed else ALLOWED


def may_publish(*, text: str, reason: str) -> Verdict:
    """Is this a whole new version?"""
    if not text.strip():
        return refused(Reason.TEXT_MISSING, field="text_id")
    return ALLOWED if reason.strip() else refused(Reason.CHANGE_REASON_MISSING, field="reason")


@dataclass(frozen=True)
class Nominee:
    """Somebody proposed for a panel (id: calon anggota majelis)."""

    key: int
    name: str
    holds_office: bool
    is_active: bool


def may_sit(nominee: Nominee, *, accused: int | None, left: Iterable[int]) -> Verdict:
    """May this person sit? Never the one the case is about, never somebody who left it."""
    if not nominee.holds_office or not nominee.is_active:
        return refused(Reason.NOT_A_PANELIST, field="members")
    if nominee.key == accused or nominee.key in set(left):
        return refused(Reason.CANNOT_SIT, field="members", name=nominee.name)
    return ALLOWED


def may_name(*, state: str, state_label: str, seated: int, named: int, least: int) -> Verdict:
    """May a panel be named or filled up?"""
    if state not in OPEN:
        return refused(Reason.NOT_OPEN, state=state_label)
    if seated >= least:
        return refused(Reason.PANEL_NAMED)
    if seated + named < least:
        return refused(Reason.PANEL_SMALL, field="members", least=least, count=seated + named)
    return ALLOWED


def is_at(*, state: str, state_label: str, wanted: Iterable[str]) -> Verdict:
    """Does the case stand at a step where this is done?"""
    return ALLOWED if state in set(wanted) else refused(Reason.NOT_OPEN, state=state_label)


def is_member(*, actor: int | None, seated: Iterable[int]) -> Verdict:
    """Does this person sit on the panel now?"""
    return ALLOWED if actor is not None and actor in set(seated) else refused(Reason.NOT_A_MEMBER)


def may_call(*, has_person: bool, allegation: str, answer_by: date, today: date, days: int) -> Verdict:
    """May the person be asked to answer? Known, told what for, with time enough."""
    if not has_person:
        return refused(Reason.WHO_MISSING, field="about")
    if not allegation.strip():
        return refused(Reason.ALLEGATION_MISSING, field="allegation")
    earliest = today + timedelta(days=days)
    if answer_by < earliest:
        return refused(Reason.ANSWER_TOO_SOON, field="answer_by", days=days, day=earliest)
    return ALLOWED


def may_answer(*, is_own: bool, state: str, state_label: str, has_answered: bool) -> Verdict:
    """May the person answer? In their own words, once, until the panel has decided."""
    if not is_own:
        return refused(Reason.NOT_YOURS)
    if state not in UNDECIDED:
        return refused(Reason.NOT_OPEN, state=state_label)
    return refused(Reason.ANSWERED_ALREADY) if has_answered else ALLOWED


def may_note_silence(*, answer_by: date, today: date) -> Verdict:
    """May the panel record that no answer came?"""
    return ALLOWED if today > answer_by else refused(Reason.STILL_TIME, day=answer_by)


def next_grade(earlier: Iterable[str]) -> str:
    """The highest sanction that follows earlier ones without skipping a grade."""
    highest = max((GRADES.index(one) for one in earlier), default=0)
    return GRADES[min(highest + 1, len(GRADES) - 1)]


def is_ripe(*, state: str, has_answered: bool, answer_by: date | None, today: date) -> Verdict:
    """May the panel decide now? Not before the person has answered themselves, or let their time pass.

    A hearing the panel recorded does not end that time: what it says are the panel's words.
    """
    if state != CaseState.HEARD:
        return refused(Reason.NOT_HEARD)
    if not has_answered and answer_by is not None and today <= answer_by:
        return refused(Reason.MAY_STILL_ANSWER, day=answer_by)
    return ALLOWED


def may_decide(
    *, seated: int, least: int, sanction: str, reason: str, skip_reason: str, earlier: Iterable[str],
    suspended_from: date | None, suspended_until: date | None, today: date,
) -> Verdict:  # fmt: skip
    """Is this a decision the panel may take?"""
    return first_refusal(
        refused(Reason.PANEL_SMALL, least=least, count=seated) if seated < least else ALLOWED,
        ALLOWED if reason.strip() else refused(Reason.REASON_MISSING, field="reason"),
        keeps_grade(sanction, skip_reason=skip_reason, earlier=earlier),
        has_dates(sanction, suspended_from, suspended_until, today=today),
    )


def may_confirm(
    *, actor: int, proposer: int | None, seated: Collection[int], least: int, sanction: str,
    suspended_from: date | None, suspended_until: date | None, today: date,
) -> Verdict:  # fmt: skip
    """May this member confirm it? Never whoever recorded it; both sit on the panel now."""
    if actor == proposer:
        return refused(Reason.SECOND_MEMBER)
    if proposer not in seated:
        return refused(Reason.PROPOSER_LEFT)
    if len(seated) < least:
        return refused(Reason.PANEL_SMALL, least=least, count=len(seated))
    return has_dates(sanction, suspended_from, suspended_until, today=today)


def keeps_grade(sanction: str, *, skip_reason: str, earlier: Iterable[str]) -> Verdict:
    """Does a sanction follow the earlier ones, or say why a grade is skipped?"""
    next_one = next_grade(earlier)
    if GRADES.index(sanction) <= GRADES.index(next_one) or skip_reason.strip():
        return ALLOWED
    return refused(Reason.GRADE_SKIPPED, field="skip_reason", next=Sanction(next_one).label)


def has_dates(sanction: str, since: date | None, until: date | None, *, today: date) -> Verdict:
    """A suspension has its days, in order, none of them past; nothing else has any."""
    if sanction != Sanction.SUSPENSION:
        return refused(Reason.DATES_UNWANTED, field="suspended_from") if since or until else ALLOWED
    if since is None or until is None or not today <= since <= until:
        return refused(Reason.DATES_MISSING, field="suspended_from")
    return ALLOWED
