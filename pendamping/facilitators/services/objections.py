"""An applicant objects, the secretariat answers, a score is corrected and the ranking made anew."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import counters, formats
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.personal import mask
from pendamping.facilitators import letters
from pendamping.facilitators.enums.objections import ObjectionState, Reason
from pendamping.facilitators.enums.rankings import Cause
from pendamping.facilitators.enums.rounds import Stage
from pendamping.facilitators.models import Application, Objection, StageResult
from pendamping.facilitators.queries import objections as found
from pendamping.facilitators.queries.applications import lines_of
from pendamping.facilitators.rules import objections as rules
from pendamping.facilitators.services.applications import locked
from pendamping.facilitators.services.rankings import rank_anew
from pendamping.facilitators.services.rounds import locked as locked_round
from pendamping.facilitators.services.telling import tell

ANSWERED = gettext_noop("Your objection is answered.")


@act("facilitators.objection_lodged")
def lodge_objection(*, by: Account | None, at: datetime, application: Application, stage: str, text: str) -> Objection:
    """An applicant objects to the result of a stage (id: mengajukan sanggahan), inside the window.

    With `by`, at the counter on the applicant's behalf.
    """
    locked_round(application.round)
    application = locked(application)
    text = mask(text.strip()).text
    found.verdict_to_object(application, at=at, stage=stage, text=text).or_raise()
    round_ = application.round
    try:
        with transaction.atomic():
            made = Objection.add(
                at=at, region=application.region, round=round_, application=application, stage=stage,
                version=round_.ranking_version, text=text,
            )  # fmt: skip
    except IntegrityError:
        raise Refused(Reason.OPEN_ALREADY, field="stage") from None
    counters.moved("objection.state", made, None, made.state)
    tell("facilitators.objection_lodged", made, right=Verb.APPLICATION_RECEIVE, by=by, at=at,
         on_behalf_of="applicant" if by else "",
         changes={"application": application.code, "stage": stage, "version": made.version})  # fmt: skip
    return made


@act("facilitators.objection_answered")
def answer_objection(
    *, by: Account | None, at: datetime, objection: Objection, is_upheld: bool, reason: str,
    new_score: Decimal | None = None,
) -> Objection:  # fmt: skip
    """Answer an objection (id: menjawab sanggahan): rejected or upheld, with the reason.

    Upheld, it may correct the score of its stage; upheld against a failed file check, that counts as passed. Then a
    new version of the ranking is made and who moved is told.
    """
    locked_round(objection.round)
    application = locked(objection.application)
    answered = found.objections().select_for_update(of=("self",)).get(pk=objection.pk)
    reason = mask(reason.strip()).text
    rules.may_answer(
        state=answered.state, decided_by=found.deciders(answered), by=by.pk if by else None, reason=reason
    ).or_raise()
    answered.state = ObjectionState.UPHELD if is_upheld else ObjectionState.REJECTED
    answered.answer, answered.answered_at, answered.answered_by = reason, at, by
    moved: list[Any] = []
    result = found.result_of(application, answered.stage)
    said: dict[str, Any] = {"by": by, "at": at, "application": application, "objection": answered.code}
    if new_score is not None:
        answered.old_score, answered.new_score = result.score if result else None, new_score
        rules.may_correct(is_upheld=is_upheld, stage=answered.stage, old=answered.old_score, new=new_score).or_raise()
        correct_score(stage=answered.stage, new_score=new_score, reason=reason, **said)
        moved = _rank_anew(answered, by=by, at=at)
    elif is_upheld and answered.stage == Stage.FILES and result is not None and not result.passed:
        pass_files(reason=reason, **said)
        moved = _rank_anew(answered, by=by, at=at)
    answered.save()
    counters.moved("objection.state", answered, ObjectionState.OPEN, answered.state)
    letters.send_news(application, ANSWERED)
    tell(
        "facilitators.objection_answered", answered, right=Verb.SELECTION_MANAGE, by=by, at=at,
        changes={
            "state": [ObjectionState.OPEN, answered.state], "stage": answered.stage,
            "version": [answered.version, answered.new_version], "moved": moved[:50],
        },
    )  # fmt: skip
    return answered


def _rank_anew(answered: Objection, *, by: Account | None, at: datetime) -> list[Any]:
    """The ranking after an upheld objection; gives back who moved."""
    with override("id"):
        why = _("Objection %(code)s to the %(stage)s was upheld.") % {
            "code": answered.code, "stage": Stage(answered.stage).label,
        }  # fmt: skip
    made = rank_anew(answered.round, by=by, at=at, cause=Cause.OBJECTION, reason=why)
    answered.new_version = made.version if made else answered.round.ranking_version
    return made.moves if made else []


@act("facilitators.file_check_corrected")
def pass_files(
    *, by: Account | None, at: datetime, application: Application, reason: str, objection: str
) -> StageResult:
    """A failed file check counts as passed after an objection (id: memperbaiki hasil berkas); why stays with it.

    Refuses while a requirement or an independent check was never looked at, or when one of these has failed since.
    Who was not tested or interviewed because of it still is: the round does not end before.
    """
    result = StageResult.objects.select_for_update(of=("self",)).get(application=application, stage=Stage.FILES)
    lines = lines_of(application)
    rules.may_pass_files(
        unlooked=[line.requirement.text for line in lines if line.checked.is_unlooked],
        failed_since=[line.requirement.text for line in lines if line.is_failed_since(result.created_at)],
    ).or_raise()
    result.passed = True
    with override("id"):
        said = _("Passed after objection %(code)s: %(why)s") % {"code": objection, "why": mask(reason.strip()).text}
    result.reason = f"{result.reason}\n{said}"
    result.save(update_fields=["passed", "reason"])
    tell(
        "facilitators.file_check_corrected", application, right=Verb.SELECTION_MANAGE, by=by, at=at,
        changes={"passed": [False, True], "objection": objection},
    )  # fmt: skip
    return result


@act("facilitators.score_corrected")
def correct_score(
    *, by: Account | None, at: datetime, application: Application, stage: str, new_score: Decimal, reason: str,
    objection: str,
) -> StageResult:  # fmt: skip
    """The one way in which a released score changes (id: memperbaiki nilai): old and new stay in the reason."""
    result = StageResult.objects.select_for_update(of=("self",)).get(application=application, stage=stage)
    round_, old = application.round, result.score
    rules.may_correct(is_upheld=bool(objection), stage=stage, old=old, new=new_score).or_raise()
    result.score = new_score
    result.passed = new_score >= (round_.exam_pass if stage == Stage.EXAM else round_.interview_pass)
    with override("id"):
        said = _("Corrected from %(old)s to %(new)s after objection %(code)s: %(why)s") % {
            "old": formats.number(old, 3), "new": formats.number(new_score, 3), "code": objection,
            "why": mask(reason.strip()).text,
        }  # fmt: skip
    result.reason = f"{result.reason}\n{said}"
    result.save(update_fields=["score", "passed", "reason"])
    tell(
        "facilitators.score_corrected", application, right=Verb.SELECTION_MANAGE, by=by, at=at,
        changes={
            "stage": stage, "score": [str(old), str(new_score)], "passed": result.passed, "objection": objection,
        },
    )  # fmt: skip
    return result
