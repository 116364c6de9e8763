"""What becomes of a sitting: closed and scored under seal, questions taken out, released for all at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.acts import act
from pendamping.core.personal import mask_to
from pendamping.core.verdicts import Verdict
from pendamping.facilitators import letters
from pendamping.facilitators.enums.exams import Finish, SittingState
from pendamping.facilitators.enums.rankings import Cause
from pendamping.facilitators.enums.rounds import ApplicationState, RoundStage, Stage
from pendamping.facilitators.models import Answer, Question, Round, Seat, Sitting, StageResult, VoidedQuestion
from pendamping.facilitators.queries import exams as found
from pendamping.facilitators.rules import exams as rules
from pendamping.facilitators.services.rankings import rank_anew
from pendamping.facilitators.services.sittings import can_still_be_drawn, clock, locked_round, locked_sitting, tell

RELEASED = gettext_noop("The result of your computer test is there.")


@act("facilitators.sitting_closed")
def close_sitting(*, by: Account | None, at: datetime, sitting: Sitting) -> Sitting:
    """End a sitting and score everybody, under seal (id: menutup sesi). Who did not begin is marked absent, not passed.

    Refuses while answers of somebody still count and while somebody may still begin. After the ranking, when an
    objection let somebody in late, the result is told at once, the seed with it, and the ranking is made anew.
    """
    is_late = locked_round(sitting.round).stage == RoundStage.RANKED
    sitting = locked_sitting(sitting)
    seats = list(
        Seat.objects.select_for_update(of=("self",)).filter(sitting=sitting).select_related("sitting", "application")
    )
    close_verdict(sitting, at=at).or_raise()
    for seat in seats:
        if seat.finished_at is None:
            seat.finished_at = seat.ends_at or at
            seat.finish = Finish.TIME if seat.started_at else Finish.ABSENT
    Seat.objects.bulk_update(seats, ["finished_at", "finish"])
    sitting.state, sitting.closed_at, sitting.closed_by = SittingState.CLOSED, at, by
    sitting.save(update_fields=["state", "closed_at", "closed_by"])
    _score(sitting.round, seats, by=by, at=at)
    if is_late:
        StageResult.objects.filter(application__seat__in=seats, stage=Stage.EXAM).update(released_at=at)
        for seat in seats:
            if seat.application.state == ApplicationState.SUBMITTED:
                letters.send_news(seat.application, RELEASED)
    finishes = [seat.finish for seat in seats]
    tell(
        "facilitators.sitting_closed", sitting, sitting, Verb.EXAM_RUN, by=by, at=at, public=True,
        changes={
            "state": [SittingState.OPEN, SittingState.CLOSED], **{end.value: finishes.count(end) for end in Finish},
            **({"seeds": {sitting.code: sitting.seed}} if is_late else {}),
        },
    )  # fmt: skip
    if is_late:
        with override("id"):
            why = _("A computer test was held after an objection.")
        rank_anew(sitting.round, by=by, at=at, cause=Cause.EXAM, reason=why)
    return sitting


def close_verdict(sitting: Sitting, *, at: datetime) -> Verdict:
    """May this sitting be closed now? The verdict that pages show and the act raises."""
    running, expected = found.running_seats(sitting, at), found.expected_seats(sitting, at)
    ends = [*(seat.counts_until for seat in running), *([sitting.last_entry] if expected else [])]
    until = clock(max(end for end in ends if end) + timedelta(minutes=1)) if ends else ""
    return rules.may_close(state=sitting.state, running=len(running), expected=len(expected), until=until)


@act("facilitators.question_voided")
def void_question(*, by: Account | None, at: datetime, round: Round, question: Question, reason: str) -> VoidedQuestion:
    """Take a question out of everybody's score and score anew (id: menganulir soal); only before the release,

    and not while somebody still to be tested would get fewer questions than the others.
    """
    round = locked_round(round)
    asked = Answer.objects.filter(seat__sitting__round=round)
    voided = found.voided_in(round)
    with_it = asked.filter(question=question).values("seat")
    left = asked.filter(seat__in=with_it).exclude(question__in=[*voided, question.pk]).values("seat").distinct().count()
    rules.may_void(
        is_released=found.is_released(round), is_voided=question.pk in voided, was_asked=with_it.exists(),
        leaves_some=left == with_it.count(), is_spare=_is_spare(round, question), reason=reason,
    ).or_raise()  # fmt: skip
    row = VoidedQuestion.objects.create(
        created_at=at, round=round, question=question, reason=mask_to(reason, 300), by=by
    )
    seats = list(
        Seat.objects.filter(sitting__round=round, sitting__state=SittingState.CLOSED).select_related("application")
    )
    changed = _score(round, seats, by=by, at=at)
    tell(
        "facilitators.question_voided", round, round, Verb.SELECTION_MANAGE, by=by, at=at, reason=row.reason,
        changes={"question": str(question.uid), "rescored": len(seats), "passes_changed": changed},
    )  # fmt: skip
    return row


def _is_spare(round: Round, question: Question) -> bool:
    """Is nobody left to be tested, or does the bank hold enough without this question?"""
    to_test = found.sittings_left().filter(round=round).exists() or found.applications_waiting_for_seat(round).exists()
    return not to_test or bool(can_still_be_drawn(round, without=question))


@act("facilitators.exam_released")
def release_exam(*, by: Account | None, at: datetime, round: Round) -> Round:
    """Break the seal for all at once (id: mengumumkan hasil ujian) and tell each; the draw's seeds become public."""
    round = locked_round(round)
    release_verdict(round).or_raise()
    results = StageResult.objects.filter(application__round=round, stage=Stage.EXAM)
    passed, failed = results.filter(passed=True).count(), results.filter(passed=False).count()
    results.update(released_at=at)
    for result in results.filter(application__state=ApplicationState.SUBMITTED).select_related("application"):
        letters.send_news(result.application, RELEASED)
    seeds = {sitting.code: sitting.seed for sitting in Sitting.objects.filter(round=round).order_by("id")}
    tell(
        "facilitators.exam_released", round, round, Verb.SELECTION_MANAGE, by=by, at=at, public=True,
        changes={"passed": passed, "failed": failed, "seeds": seeds},
    )  # fmt: skip
    return round


def release_verdict(round: Round) -> Verdict:
    """May the result of this round be released now?"""
    results = StageResult.objects.filter(application__round=round, stage=Stage.EXAM)
    return rules.may_release(
        stage=round.stage, results=results.count(), unclosed=found.sittings_left().filter(round=round).count(),
        unseated=found.applications_waiting_for_seat(round).count(), is_released=found.is_released(round),
    )  # fmt: skip


def _score(round: Round, seats: list[Seat], *, by: Account | None, at: datetime) -> int:
    """Write everybody's result; gives back for how many it changed whether they passed."""
    marks = found.scores([seat.pk for seat in seats], found.voided_in(round))
    known = {
        result.application_id: result
        for result in StageResult.objects.filter(application__in=[s.application_id for s in seats], stage=Stage.EXAM)
    }
    changed, fresh = 0, []
    for seat in seats:
        score = marks.get(seat.pk) if seat.started_at else None
        passed = score is not None and score >= round.exam_pass
        result = known.get(seat.application_id)
        if result is None:
            result = StageResult(application=seat.application, stage=Stage.EXAM, created_at=at)
            fresh.append(result)
        else:
            changed += result.passed != passed
        result.score, result.passed, result.by = score, passed, by
        result.reason = _reason(score, round.exam_pass, passed)
    StageResult.objects.bulk_create(fresh)
    StageResult.objects.bulk_update(known.values(), ["score", "passed", "reason", "by"])
    return changed


def _reason(score: Decimal | None, least: Decimal, passed: bool) -> str:
    """Said to the applicant in full, in the language of the papers."""
    with override("id"):
        if score is None:
            return _("You did not begin the computer test, so it is not passed.")
        words = {"score": formats.number(score, 3), "least": formats.number(least, 2)}
        if passed:
            return _("Computer test: %(score)s of 100. The pass mark of %(least)s is reached.") % words
        return _("Computer test: %(score)s of 100. The pass mark of %(least)s is not reached.") % words
