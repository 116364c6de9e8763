"""Operations of learning over HTTP: one's own courses, quizzes, practice and tasks; enrolling and assessing."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from ninja import File, Form, Router, UploadedFile

from pendamping.access.endpoints import endpoint
from pendamping.access.verbs import Verb
from pendamping.core.images.door import admit
from pendamping.core.languages import in_language
from pendamping.core.moments import day
from pendamping.facilitators.api.appointments import who
from pendamping.facilitators.rules.exams import as_kept
from pendamping.regions.models import Region
from pendamping.training import asking
from pendamping.training.enums.curriculum import QuizPurpose
from pendamping.training.enums.learning import EnrolmentState
from pendamping.training.models import Activity, Attempt, CourseVersion, Enrolment, PracticeCard, Submission
from pendamping.training.queries import learning as queries
from pendamping.training.queries import quizzes as quiz_queries
from pendamping.training.rules.learning import PHOTOS_MOST
from pendamping.training.rules.pass_rule import Item, Unreadable, checklist
from pendamping.training.schemas import learning as schemas
from pendamping.training.services import enrolments, opinions, practice, progress, quizzes, tasks

router = Router(tags=["learning"])
MANAGE, ASSESS = Verb.TRAINING_MANAGE, Verb.TASK_ASSESS
PAGE = 50
STEP = "/learning/{code}/{module}/{step}"


@endpoint(router, "GET", "/learning", own=True, response=list[schemas.EnrolmentOut])
def my_learning(request: HttpRequest) -> Any:
    """The courses one learns or has passed."""
    return [_enrolment(one) for one in queries.enrolments_of(_me(request))]


@endpoint(router, "GET", "/learning/{code}", own=True, response=schemas.LearningOut)
def get_learning(request: HttpRequest, code: str) -> Any:
    """How far one is, what comes next, and what is still missing."""
    mine, language = _mine(request, code), get_language() or "id"
    how = queries.standing(mine, language)
    ahead = how.next_step(mine.last_activity_id)
    try:
        missing = checklist(mine.version.pass_rule, how.facts)
    except Unreadable:
        missing = []
    return {
        **_enrolment(mine), "title": in_language(mine.version.course.title, language),
        "steps": [_step_out(one, language) for one in how.steps], "next": _step_out(ahead, language) if ahead else None,
        "missing": [_requirement(item) for item in missing],
    }  # fmt: skip


@endpoint(router, "PUT", f"{STEP}/reading", own=True, response=schemas.ReadingOut)
def keep_reading(request: HttpRequest, code: str, module: str, step: str, facts: schemas.ReadingIn) -> Any:
    """Keep how far down a page one is, or that it is done."""
    mine = _mine(request, code)
    given = {"by": _me(request), "at": timezone.now(), "enrolment": mine, "activity": _step(mine, module, step)}
    if facts.is_done:
        return progress.mark_read(**given)
    return progress.keep_place(**given, place=facts.place or 0)


@endpoint(router, "POST", f"{STEP}/attempts", own=True, response=schemas.AttemptOut)
def begin_attempt(request: HttpRequest, code: str, module: str, step: str) -> Any:
    """Begin a quiz, or come back to the attempt under way."""
    mine = _mine(request, code)
    made = quizzes.begin_attempt(**who(request), enrolment=mine, activity=_step(mine, module, step))
    return 201, _attempt_out(_attempt(request, made.uid))


@endpoint(router, "GET", "/quiz-attempts/{attempt}", own=True, response=schemas.AttemptOut)
def get_attempt(request: HttpRequest, attempt: uuid.UUID) -> Any:
    """The questions with what is answered; once handed in, the result and why."""
    return _attempt_out(_attempt(request, attempt))


@endpoint(router, "PUT", "/quiz-attempts/{attempt}/answers/{number}", own=True, response=schemas.QuizAnswerOut)
def save_answer(request: HttpRequest, attempt: uuid.UUID, number: int, facts: schemas.QuizAnswerIn) -> Any:
    """Keep one answer. Send it again until it is acknowledged: it is kept once."""
    at = timezone.now()
    answer = quizzes.save_answer(
        by=_me(request), at=at, attempt=_attempt(request, attempt), position=number, given=facts.answer,
        sequence=facts.sequence,
    )  # fmt: skip
    return quizzes.acknowledged(answer, at)


@endpoint(router, "POST", "/quiz-attempts/{attempt}/hand-in", own=True, response=schemas.AttemptOut)
def hand_in(request: HttpRequest, attempt: uuid.UUID) -> Any:
    """End an attempt; the answer tells what was right."""
    quizzes.hand_in(**who(request), attempt=_attempt(request, attempt))
    return 201, _attempt_out(_attempt(request, attempt))


@endpoint(router, "GET", "/practice", own=True, response=list[schemas.PracticeQuestionOut])
def my_practice(request: HttpRequest) -> Any:
    """The questions due today, at most ten."""
    return [_card(one) for one in quiz_queries.due_cards(_me(request), timezone.now())]


@endpoint(router, "POST", "/practice/{card}", own=True, response=schemas.PracticedOut)
def practise(request: HttpRequest, card: uuid.UUID, facts: schemas.PracticeAnswerIn) -> Any:
    """Answer a question due."""
    cards = PracticeCard.objects.select_related("question").filter(account=_me(request))
    found = get_object_or_404(cards, uid=card)
    question, order = found.question, practice.order_of(found, facts.review)
    done = practice.practise(**who(request), card=found, review=facts.review, given=facts.answer)
    choice = as_kept(kind=question.kind, order=order, given=facts.answer)
    said = asking.explained(question, number=1, choice=choice, share=asking.share_of(question, choice))
    return 201, {
        "is_right": said.is_right, "right": list(said.right), "why": list(said.why), "due_at": done.due_at
    }  # fmt: skip


@endpoint(router, "POST", f"{STEP}/tasks", own=True, response=schemas.TaskOut)
def hand_in_task(
    request: HttpRequest,
    code: str,
    module: str,
    step: str,
    facts: Form[schemas.TaskIn],
    photos: File[list[UploadedFile]] = [],  # noqa: B006
) -> Any:
    """Hand in a field task; sent twice under one Idempotency-Key it is one."""
    mine = _mine(request, code)
    admitted = [admit(photo) for photo in photos[: PHOTOS_MOST + 1]]
    made = tasks.hand_in_task(
        **who(request), enrolment=mine, activity=_step(mine, module, step), text=facts.text, photos=admitted
    )
    return 201, _task(made)


@endpoint(router, "POST", "/learning/{code}/opinion", own=True, response=schemas.OpinionOut)
def give_opinion(request: HttpRequest, code: str, facts: schemas.OpinionIn) -> Any:
    """Say once what one thinks of a course passed. An Idempotency-Key is not kept: it would lead back to you."""
    done = opinions.give_opinion(by=_me(request), at=timezone.now(), enrolment=_mine(request, code), **facts.dict())
    return 201, {"has_opined": done.has_opined}


@endpoint(router, "GET", "/enrolments", verb=Verb.TRAINING_SEE, response=list[schemas.EnrolmentOut])
def list_enrolments(request: HttpRequest, before: str = "") -> Any:
    """The learners of one's area, newest first; `before` is the code of the last one seen."""
    found = request.scope.narrow(queries.enrolments(), Verb.TRAINING_SEE)  # type: ignore[attr-defined]
    if before:
        found = found.filter(pk__lt=get_object_or_404(Enrolment, code=before).pk)
    return [_enrolment(one) for one in found[:PAGE]]


@endpoint(router, "POST", "/enrolments", verb=MANAGE, response=schemas.EnrolmentOut)
def enrol(request: HttpRequest, facts: schemas.EnrolIn) -> Any:
    """Put one person who holds a role in the city of a course into it."""
    version, given = _version(request, facts.course), who(request)
    people = queries.people_of(version.course.region_path, day(given["at"]))
    learner = get_object_or_404(people, username=facts.username)
    return 201, _enrolment(enrolments.enrol(**given, version=version, account=learner))


@endpoint(router, "POST", "/enrolments/area", verb=MANAGE, response=schemas.EnrolledAllOut)
def enrol_all(request: HttpRequest, facts: schemas.EnrolAllIn) -> Any:
    """Put all who serve an area today into a course."""
    region = request.scope.get_or_404(Region.objects.all(), MANAGE, path=facts.region)  # type: ignore[attr-defined]
    version = enrolments.enrol_all(**who(request), version=_version(request, facts.course), region=region)
    return 201, {"learners": Enrolment.objects.filter(version=version).exclude(state=EnrolmentState.WITHDRAWN).count()}


@endpoint(router, "POST", "/enrolments/{code}/leave", verb=MANAGE, response=schemas.EnrolmentOut)
def leave(request: HttpRequest, code: str, facts: schemas.EnrolmentLeaveIn) -> Any:
    """Take somebody out of a course."""
    found = request.scope.get_or_404(queries.enrolments(), MANAGE, code=code)  # type: ignore[attr-defined]
    return 201, _enrolment(enrolments.leave(**who(request), enrolment=found, reason=facts.reason))


@endpoint(router, "GET", "/field-tasks", verb=ASSESS, response=list[schemas.TaskOut])
def waiting_tasks(request: HttpRequest) -> Any:
    """Field tasks of one's area that wait to be assessed, the oldest first."""
    scope = request.scope  # type: ignore[attr-defined]
    learners = scope.narrow(queries.with_waiting_tasks(scope.account), ASSESS).order_by().values("pk")
    return [_task(one) for one in queries.waiting_tasks().filter(enrolment__in=learners)[:PAGE]]


@endpoint(router, "POST", "/field-tasks/{task}/assessment", verb=ASSESS, response=schemas.TaskOut)
def assess_task(request: HttpRequest, task: uuid.UUID, facts: schemas.TaskAssessIn) -> Any:
    """Give points by the rubric."""
    return 201, _task(tasks.assess_task(**who(request), submission=_submission(request, task), **facts.dict()))


@endpoint(router, "POST", "/field-tasks/{task}/return", verb=ASSESS, response=schemas.TaskOut)
def return_task(request: HttpRequest, task: uuid.UUID, facts: schemas.TaskReturnIn) -> Any:
    """Send a field task back with what is missing."""
    return 201, _task(tasks.return_task(**who(request), submission=_submission(request, task), remark=facts.remark))


def _me(request: Any) -> Any:
    return request.auth


def _mine(request: HttpRequest, code: str) -> Enrolment:
    return get_object_or_404(queries.enrolments_of(_me(request)), code=code)


def _step(mine: Enrolment, module: str, step: str) -> Activity:
    steps = Activity.objects.filter(module__version=mine.version_id).select_related("module", "quiz")
    return get_object_or_404(steps, module__key=module, key=step)


def _attempt(request: HttpRequest, uid: uuid.UUID) -> Attempt:
    known = Attempt.objects.filter(enrolment__account=_me(request)).select_related("enrolment", "activity__quiz")
    return get_object_or_404(known.exclude(enrolment__state=EnrolmentState.WITHDRAWN), uid=uid)


def _version(request: HttpRequest, course: str) -> CourseVersion:
    known = CourseVersion.objects.filter(state="published").select_related("course__region")
    found: CourseVersion = request.scope.get_or_404(known, MANAGE, course__code=course)  # type: ignore[attr-defined]
    return found


def _submission(request: HttpRequest, uid: uuid.UUID) -> Submission:
    known = Submission.objects.select_related("enrolment", "activity__module")
    found: Submission = request.scope.get_or_404(known, ASSESS, uid=uid)  # type: ignore[attr-defined]
    return found


def _enrolment(one: Enrolment) -> dict[str, Any]:
    return {
        "code": one.code, "course": one.version.course.code, "version": one.version.number, "state": one.state,
        "region": one.region_path, "completed_at": one.completed_at,
    }  # fmt: skip


def _step_out(one: queries.Step, language: str) -> dict[str, Any]:
    return {
        "module": one.activity.module.key, "step": one.activity.key, "kind": one.activity.kind,
        "title": in_language(one.activity.title, language), "is_required": one.activity.is_required,
        "is_done": one.is_done, "is_waiting": one.is_waiting,
    }  # fmt: skip


def _requirement(item: Item) -> dict[str, Any]:
    return {
        "what": item.what, "have": item.have, "need": item.need, "is_met": item.is_met,
        "sign": str(item.sign) if item.need is not None else "",
        "ways": [[_requirement(one) for one in way] for way in item.ways],
    }  # fmt: skip


def _attempt_out(attempt: Attempt) -> dict[str, Any]:
    answers = list(quiz_queries.answers_of(attempt))
    is_over = attempt.finished_at is not None
    tells = is_over and attempt.activity.quiz.purpose != QuizPurpose.BEFORE
    return {
        "attempt": attempt.uid, "number": attempt.number, "finished_at": attempt.finished_at,
        "seconds_left": None if is_over else quizzes.seconds_left(attempt, timezone.now()),
        "percent": attempt.percent, "is_passed": attempt.is_passed,
        "questions": [] if is_over else [_question(one) for one in answers],
        "explained": [
            asking.explained(one.question, number=one.position, choice=one.choice, share=one.share)
            for one in answers if one.share is not None
        ] if tells else [],
    }  # fmt: skip


def _question(answer: Any) -> dict[str, Any]:
    put = asking.put_answer(answer)
    return {
        "number": put.number, "kind": put.asked.kind, "text": put.text, "options": put.asked.texts,
        "matches": list(put.asked.matches), "answer": put.asked.given, "sequence": answer.sequence,
    }  # fmt: skip


def _card(card: PracticeCard) -> dict[str, Any]:
    put = asking.put(card.question, number=1, order=practice.order_of(card), choice=None)
    return {
        "card": card.uid, "review": card.reviews, "kind": put.asked.kind, "text": put.text,
        "options": put.asked.texts, "matches": list(put.asked.matches),
    }  # fmt: skip


def _task(one: Submission) -> dict[str, Any]:
    return {
        "task": one.uid, "enrolment": one.enrolment.code, "module": one.activity.module.key, "step": one.activity.key,
        "number": one.number, "state": one.state, "text": one.text, "photos": one.photos.count(),
        "scores": one.scores, "percent": one.percent, "remark": one.remark,
    }  # fmt: skip
