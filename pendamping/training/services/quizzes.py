"""A learner's way through a quiz: begin, answer one question after another, hand in, see what was right.

Beginning and handing in go into the journal; a saved answer does not, its row is its record.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from pendamping.access.models import Account
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.facilitators.enums.exams import Finish
from pendamping.facilitators.rules import draw
from pendamping.facilitators.rules import exams as choices
from pendamping.facilitators.rules.draw import Line
from pendamping.facilitators.rules.questions import share
from pendamping.training.enums.curriculum import ActivityKind, QuizPurpose
from pendamping.training.enums.learning import Reason
from pendamping.training.models import Activity, Attempt, AttemptAnswer, Enrolment, PracticeCard, Quiz
from pendamping.training.queries import quizzes as queries
from pendamping.training.rules import learning as rules
from pendamping.training.rules import practice
from pendamping.training.services.learners import learning, locked, settle, tell, tick


@act("training.attempt_begun")
def begin_attempt(*, by: Account, at: datetime, enrolment: Enrolment, activity: Activity) -> Attempt:
    """Draw the questions and start the clock (id: memulai kuis). One under way is come back to, not begun anew; where
    its time is up meanwhile it is counted, and comes back with its result.

    What is drawn is kept with the attempt: changing the quiz or its bank afterwards touches nothing of it.
    """
    enrolment = learning(enrolment, activity)
    made = list(queries.attempts_at(enrolment, activity)[:1])
    last = made[0] if made else None
    if last is not None and last.finished_at is None:
        is_over = rules.is_over(ends_at=last.ends_at, at=at)
        return _finish(last, enrolment, by=by, at=at) if is_over else last
    number, most = last.number if last else 0, activity.quiz.attempts_most if activity.kind == ActivityKind.QUIZ else 0
    rules.may_begin(kind=activity.kind, made=number, most=most).or_raise()
    return _begun(enrolment, activity, activity.quiz, number + 1, by=by, at=at)


@act("training.answer_saved")
def save_answer(
    *, by: Account, at: datetime, attempt: Attempt, position: int, given: Sequence[str], sequence: int | None
) -> AttemptAnswer:
    """Keep one answer (id: menyimpan jawaban); nothing given clears it. Sent twice, kept once.

    The answer with the highest `sequence` stays, in whatever order they arrive; the answer returned is the one that
    stands. A plain form has no counter (None): it counts as later than what it found. Whether it is in time is told by
    the server's clock alone.
    """
    held = Attempt.objects.select_for_update(of=("self",)).only("ends_at", "finished_at").get(pk=attempt.pk)
    rules.may_answer(is_finished=held.finished_at is not None, ends_at=held.ends_at, at=at).or_raise()
    answer = queries.answers_of(held).filter(position=position).first()
    if answer is None:
        raise Refused(Reason.NO_SUCH_QUESTION)
    kind = answer.question.kind
    choices.is_possible_choice(kind=kind, options=len(answer.order), given=given).or_raise()
    sequence = answer.sequence + 1 if sequence is None else sequence
    if sequence > answer.sequence:
        answer.choice = choices.as_kept(kind=kind, order=answer.order, given=given)
        answer.sequence, answer.saved_at = sequence, at
        answer.save(update_fields=["choice", "sequence", "saved_at"])
    answer.attempt = held
    return answer


@act("training.attempt_finished")
def hand_in(*, by: Account, at: datetime, attempt: Attempt) -> Attempt:
    """End an attempt and count it (id: menyerahkan kuis); handed in twice, it is counted once. After its time, what
    was saved in time counts."""
    enrolment = locked(attempt.enrolment)
    found = Attempt.objects.select_for_update(of=("self",)).select_related("activity__quiz").get(pk=attempt.pk)
    if found.finished_at is not None:
        return found
    return _finish(found, enrolment, by=by, at=at)


def seconds_left(attempt: Attempt, at: datetime) -> int | None:
    """How long somebody may still answer; None without a limit."""
    return None if attempt.ends_at is None else max(0, int((attempt.ends_at - at).total_seconds()))


def acknowledged(answer: AttemptAnswer, at: datetime) -> dict[str, Any]:
    """What the sender of an answer learns: the counter of the answer that stands, and the seconds left."""
    return {
        "number": answer.position, "sequence": answer.sequence, "answered": answer.choice is not None,
        "saved_at": answer.saved_at.isoformat() if answer.saved_at else None,
        "seconds_left": seconds_left(answer.attempt, at),
    }  # fmt: skip


def _begun(enrolment: Enrolment, activity: Activity, quiz: Quiz, number: int, *, by: Account, at: datetime) -> Attempt:
    pool = queries.pool(enrolment.version.course.bank_id, quiz.topics)
    held = Counter(card.topic for card in pool)
    asked = rules.evenly(quiz.number, {topic: held[topic] for topic in quiz.topics})
    seed = secrets.token_hex(16)
    paper = draw.draw(
        seed=seed, code=f"{enrolment.code}/{number}", lines=[Line(topic, count) for topic, count in asked.items()],
        pool=pool,
    )  # fmt: skip
    if not paper:
        raise Refused(Reason.NO_QUESTIONS)
    made = Attempt.objects.create(
        created_at=at, enrolment=enrolment, activity=activity, number=number, seed=seed,
        pass_percent=quiz.pass_percent, ends_at=at + timedelta(minutes=quiz.minutes) if quiz.minutes else None,
    )  # fmt: skip
    AttemptAnswer.objects.bulk_create(
        AttemptAnswer(attempt=made, position=place, question_id=drawn.card.id, order=list(drawn.order))
        for place, drawn in enumerate(paper, start=1)
    )
    enrolment.last_activity, enrolment.last_at = activity, at
    enrolment.save(update_fields=["last_activity", "last_at"])
    facts = {"activity": activity.key, "number": number, "questions": len(paper)}
    tell("training.attempt_begun", enrolment, by=by, at=at, changes=facts)
    return made


def _finish(attempt: Attempt, enrolment: Enrolment, *, by: Account, at: datetime) -> Attempt:
    """Count an open attempt of a held enrolment."""
    answers, activity = list(queries.answers_of(attempt)), attempt.activity
    for one in answers:
        one.share = share(kind=one.question.kind, options=one.question.options, choice=one.choice)
    AttemptAnswer.objects.bulk_update(answers, ["share"])
    if attempt.ends_at is not None and rules.is_over(ends_at=attempt.ends_at, at=at):
        attempt.finished_at, attempt.finish = attempt.ends_at, Finish.TIME  # whenever somebody looks at it again
    else:
        attempt.finished_at, attempt.finish = at, Finish.HANDED_IN
    attempt.percent = rules.percent([one.share for one in answers if one.share is not None])
    attempt.save(update_fields=["finished_at", "finish", "percent"])
    purpose = activity.quiz.purpose
    if rules.is_quiz_done(purpose=purpose, percent=attempt.percent, pass_percent=attempt.pass_percent):
        tick(enrolment, activity, at)
    if purpose != QuizPurpose.BEFORE:  # what nobody has taught them yet is nothing to repeat
        _remember(enrolment.account, [one for one in answers if one.share is not None and one.share < 1], at)
    facts = {"activity": activity.key, "number": attempt.number, "finish": attempt.finish}
    tell("training.attempt_finished", enrolment, by=by, at=at, changes=facts)
    settle(enrolment, by=by, at=at)
    return attempt


def _remember(account: Account, wrong: Sequence[AttemptAnswer], at: datetime) -> None:
    """Put questions answered wrong among the cards of daily practice; those there already keep their schedule."""
    memory, due_at = practice.first(at.astimezone(UTC))
    PracticeCard.objects.bulk_create(
        [
            PracticeCard(created_at=at, account=account, question_id=one.question_id, due_at=due_at, memory=memory)
            for one in wrong
        ],
        ignore_conflicts=True,
    )
