"""A member declares, scores and locks; scores are revealed together; striking ones get a note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, override

from pendamping.access.models import Account
from pendamping.access.scope import scope_of
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.acts import act
from pendamping.core.moments import day
from pendamping.core.personal import mask, mask_to
from pendamping.facilitators import letters
from pendamping.facilitators.enums.rankings import Cause
from pendamping.facilitators.enums.rounds import RoundStage, Stage
from pendamping.facilitators.models import (
    Application,
    ConflictDeclaration,
    Criterion,
    Interview,
    PanelMember,
    ScoreSheet,
    StageResult,
)
from pendamping.facilitators.queries import interviews as found
from pendamping.facilitators.rules import interviews as rules
from pendamping.facilitators.services.applications import locked
from pendamping.facilitators.services.rankings import rank_anew
from pendamping.facilitators.services.rounds import locked as locked_round
from pendamping.facilitators.services.telling import tell

SCORED = gettext_noop("The result of your interview is there.")


@act("facilitators.conflict_declared")
def declare_conflict(
    *, by: Account, at: datetime, application: Application, has_conflict: bool, kind: str = "", reason: str = ""
) -> ConflictDeclaration:
    """Say whether one has a conflict of interest with an applicant (id: menyatakan benturan kepentingan).

    Anew until one's scores are locked; a conflict found late takes back what was entered and not locked. A conflict
    follows the person into every later seat, and they cannot take it back.
    """
    locked_round(application.round)
    application = locked(application)
    seat = found.seat_of(by, application.round)
    reason = mask_to(reason.strip(), 400) if has_conflict else ""
    rules.may_declare(found.facts_of(application, seat), has_conflict=has_conflict, kind=kind, reason=reason).or_raise()
    facts = {"has_conflict": has_conflict, "kind": kind if has_conflict else "", "reason": reason, "declared_at": at}
    said, _made = ConflictDeclaration.objects.update_or_create(
        member=seat,
        application=application,
        lifted_at=None,
        defaults=facts,
        create_defaults={**facts, "created_at": at},
    )
    if has_conflict:
        ScoreSheet.objects.filter(member=seat, application=application, locked_at__isnull=True).delete()
    _tell("facilitators.conflict_declared", application, by=by, at=at,
          changes={"member": str(by.uid), "has_conflict": has_conflict, "kind": facts["kind"]})  # fmt: skip
    reveal_complete(application, at=at)
    return said


@act("facilitators.conflict_lifted")
def lift_conflict(
    *, by: Account | None, at: datetime, application: Application, member: PanelMember, reason: str
) -> ConflictDeclaration:
    """Lift a conflict declared by mistake (id: mencabut benturan kepentingan); somebody else does, and its words stay.

    The member then declares anew. Why it was lifted is not in the journal.
    """
    locked_round(application.round)
    application = locked(application)
    reason = mask_to(reason.strip(), 400)
    lift_verdict(application, member, by=by, reason=reason).or_raise()
    said = found.conflicts(application).get(member__account=member.account_id, lifted_at__isnull=True)
    said.lifted_at, said.lifted_by, said.lifted_reason = at, by, reason
    said.save(update_fields=["lifted_at", "lifted_by", "lifted_reason"])
    _tell("facilitators.conflict_lifted", application, by=by, at=at, right=Verb.SELECTION_MANAGE,
          changes={"member": str(member.account.uid)})  # fmt: skip
    return said


def lift_verdict(application: Application, member: PanelMember, *, by: Account | None, reason: str = "-") -> Any:
    """May this person lift the conflict of a member? The verdict that pages show and the act raises."""
    is_own = by is not None and member.account_id == by.pk
    facts = replace(found.facts_of(application, member), is_seated=True)  # also of a seat that ended
    return rules.may_lift(facts, is_own=is_own, reason=reason)


@act("facilitators.scores_saved")
def save_scores(
    *, by: Account, at: datetime, application: Application, marks: Sequence[int], note: str = ""
) -> ScoreSheet:
    """Keep one's scores of an applicant (id: menyimpan nilai wawancara), a mark for each criterion in their order.

    Not journaled: until they are locked they are nobody's decision. Only the member sees them.
    """
    application = locked(application)
    seat = found.seat_of(by, application.round)
    criteria = found.criteria_of(application.round)
    rules.may_score(found.facts_of(application, seat), marks=list(marks), criteria=len(criteria)).or_raise()
    facts = {"marks": list(marks), "total": _total(marks, criteria), "note": mask(note.strip()).text, "saved_at": at}
    sheet, _made = ScoreSheet.objects.update_or_create(
        member=seat, application=application, defaults=facts, create_defaults={**facts, "created_at": at}
    )
    return sheet


def _total(marks: Sequence[int], criteria: Sequence[Criterion]) -> Any:
    return rules.total_of(list(marks), [one.weight for one in criteria])


@act("facilitators.scores_locked")
def lock_scores(*, by: Account, at: datetime, application: Application) -> ScoreSheet:
    """Lock one's scores (id: mengunci nilai); they never change again. The last one to lock reveals all."""
    locked_round(application.round)  # a late interview makes the ranking anew: the round, then the application
    application = locked(application)
    seat = found.seat_of(by, application.round)
    rules.may_lock(found.facts_of(application, seat)).or_raise()
    sheet = ScoreSheet.objects.get(member=seat, application=application)
    sheet.locked_at = at
    sheet.save(update_fields=["locked_at"])
    _tell("facilitators.scores_locked", application, by=by, at=at, changes={"member": str(by.uid)})
    reveal_complete(application, at=at)
    return sheet


@act("facilitators.interview_closed")
def close_interview(*, by: Account | None, at: datetime, application: Application, reason: str) -> Interview:
    """Close an interview before everybody has scored (id: menutup wawancara), with a reason and enough scorers.

    The reason may be an illness: it stays with the interview until the retention day, not in the journal.
    """
    locked_round(application.round)
    application = locked(application)
    reason = mask_to(reason.strip(), 400)
    close_verdict(application, reason=reason).or_raise()
    return _reveal(application, by=by, at=at, reason=reason)


def close_verdict(application: Application, *, reason: str = "-") -> Any:
    """May this interview be closed now? The verdict that pages show and the act raises."""
    round_ = application.round
    return rules.may_close(
        stage=round_.stage, stage_label=str(round_.get_stage_display()), state=application.state,
        is_invited=found.is_invited(application),
        is_revealed=Interview.objects.filter(application=application).exists(),
        locked=found.locked_sheets(application).count(), least=round_.interview_least,
        waiting=found.waited_for(application), reason=reason,
    )  # fmt: skip


@act("facilitators.interview_missed")
def record_absence(*, by: Account | None, at: datetime, application: Application, reason: str) -> Interview:
    """Somebody invited did not come (id: tidak hadir wawancara): not passed, and no score is made up.

    Scores entered and not locked go. The reason stays with the interview until the retention day, not in the journal.
    """
    locked_round(application.round)
    application = locked(application)
    reason = mask_to(reason.strip(), 400)
    absence_verdict(application, reason=reason).or_raise()
    ScoreSheet.objects.filter(application=application).delete()
    with override("id"):
        said = _("You did not come to the interview, so it is not passed.")
    made = _ended(application, by=by, at=at, scorers=0, reason=reason)
    _result(application, by=by, at=at, passed=False, score=None, said=said)
    _tell("facilitators.interview_missed", application, by=by, at=at, right=Verb.SELECTION_MANAGE)
    _rank_if_late(application, by=by, at=at)
    return made


def absence_verdict(application: Application, *, reason: str = "-") -> Any:
    """May it be recorded that this applicant did not come? The verdict that pages show and the act raises."""
    round_ = application.round
    return rules.may_record_absence(
        stage=round_.stage, stage_label=str(round_.get_stage_display()), state=application.state,
        is_invited=found.is_invited(application),
        is_revealed=Interview.objects.filter(application=application).exists(),
        locked=found.locked_sheets(application).count(), reason=reason,
    )  # fmt: skip


def reveal_complete(application: Application, *, at: datetime) -> None:
    """Reveal an applicant's scores when nobody is waited for any more; inside the act that made it so."""
    application = locked(application)
    if Interview.objects.filter(application=application).exists():
        return
    count = found.locked_sheets(application).count()
    waiting = found.waited_for(application)
    if rules.is_complete(locked=count, least=application.round.interview_least, waiting=waiting):
        _reveal(application, by=None, at=at)


def _reveal(application: Application, *, by: Account | None, at: datetime, reason: str = "") -> Interview:
    round_, sheets = application.round, list(found.locked_sheets(application))
    flags = rules.outliers([one.total for one in sheets], over=round_.outlier_over)
    for sheet, flag in zip(sheets, flags, strict=True):
        sheet.is_outlier = flag
    ScoreSheet.objects.bulk_update(sheets, ["is_outlier"])
    score = rules.score_of([one.total for one in sheets])
    passed = score >= round_.interview_pass
    made = _ended(application, by=by, at=at, scorers=len(sheets), reason=reason)
    said = _reason(score, len(sheets), round_.interview_pass, passed)
    _result(application, by=by, at=at, passed=passed, score=score, said=said)
    verb = "facilitators.interview_closed" if reason else "facilitators.interview_revealed"
    _tell(verb, application, by=by, at=at, right=Verb.SELECTION_MANAGE,
          changes={"scorers": len(sheets), "score": str(score), "striking": sum(flags)})  # fmt: skip
    _rank_if_late(application, by=by, at=at)
    return made


def _ended(application: Application, *, by: Account | None, at: datetime, scorers: int, reason: str) -> Interview:
    return Interview.objects.create(
        application=application, revealed_at=at, scorers=scorers, closed_by=by, closed_reason=reason, created_at=at
    )


def _is_late(application: Application) -> bool:
    """After an objection: the result is public already."""
    return application.round.stage == RoundStage.RANKED


def _result(application: Application, *, by: Account | None, at: datetime, passed: bool, score: Any, said: str) -> None:
    StageResult.objects.create(
        application=application, stage=Stage.INTERVIEW, passed=passed, score=score, by=by, created_at=at, reason=said,
        released_at=at if _is_late(application) else None,
    )  # fmt: skip


def _rank_if_late(application: Application, *, by: Account | None, at: datetime) -> None:
    if not _is_late(application):
        return
    letters.send_news(application, SCORED)
    with override("id"):
        why = _("An interview was held after an objection.")
    rank_anew(application.round, by=by, at=at, cause=Cause.INTERVIEW, reason=why)


def _reason(score: Any, scorers: int, least: Any, passed: bool) -> str:
    """Said to the applicant in full, in the language of the papers."""
    with override("id"):
        words = {"score": formats.number(score, 3), "least": formats.number(least, 2), "scorers": scorers}
        said = ngettext(
            "Interview: %(score)s of 100, the mean of %(scorers)d member.",
            "Interview: %(score)s of 100, the mean of %(scorers)d members.", scorers,
        ) % words  # fmt: skip
        if passed:
            return f"{said} " + _("The pass mark of %(least)s is reached.") % words
        return f"{said} " + _("The pass mark of %(least)s is not reached.") % words


@act("facilitators.outlier_noted")
def note_outlier(*, by: Account | None, at: datetime, sheet: ScoreSheet, note: str) -> ScoreSheet:
    """Explain a striking score (id: mencatat nilai mencolok); the score itself is never changed."""
    locked(sheet.application)
    sheet = ScoreSheet.objects.select_related("member__round__region", "application").get(pk=sheet.pk)
    note = mask(note.strip()).text
    note_verdict(sheet, by=by, at=at, note=note).or_raise()
    sheet.outlier_note, sheet.noted_at, sheet.noted_by = note, at, by
    sheet.save(update_fields=["outlier_note", "noted_at", "noted_by"])
    _tell("facilitators.outlier_noted", sheet.application, by=by, at=at, right=Verb.SELECTION_MANAGE,
          changes={"member": str(sheet.member.account.uid)})  # fmt: skip
    return sheet


def note_verdict(sheet: ScoreSheet, *, by: Account | None, at: datetime, note: str = "-") -> Any:
    """May this person write the note?"""
    round_ = sheet.member.round
    own_seat: PanelMember | None = found.seat_of(by, round_)
    manages = by is None or scope_of(by, day(at)).can(Verb.SELECTION_MANAGE, round_)
    return rules.may_note(
        is_outlier=sheet.is_outlier, is_noted=sheet.noted_at is not None,
        is_own=by is not None and sheet.member.account_id == by.pk,
        may_write=manages or (own_seat is not None and own_seat.is_chair), stage=round_.stage,
        stage_label=str(round_.get_stage_display()), note=note,
    )  # fmt: skip


def _tell(verb: str, application: Application, *, right: Verb = Verb.INTERVIEW_SCORE, **facts: Any) -> None:
    tell(verb, application, right=right, **facts)
