"""Who learns what, how far they are, what they may do next, and what their pass rule counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import Coalesce

from pendamping.access.models import Account, Grant
from pendamping.access.queries import below, in_force
from pendamping.core.counters import after
from pendamping.core.languages import in_language
from pendamping.facilitators.queries.assignments import serving_on
from pendamping.training.enums.curriculum import ActivityKind, QuizPurpose, VersionState
from pendamping.training.enums.learning import EnrolmentState, TaskState
from pendamping.training.enums.sessions import Presence, SessionState
from pendamping.training.models import (
    Activity,
    Attempt,
    CourseVersion,
    Enrolment,
    Module,
    Place,
    Progress,
    Session,
    Submission,
)
from pendamping.training.rules import learning as rules
from pendamping.training.rules.pass_rule import Facts

CAME = (Presence.PRESENT, Presence.LATE)


def enrolments() -> QuerySet[Enrolment]:
    """Enrolments with everything a list shows, newest first."""
    return Enrolment.objects.select_related("account", "region__parent", "version__course__region").order_by("-id")


def enrolments_of(account: Account) -> QuerySet[Enrolment]:
    """What somebody learns or has passed, what is under way first, the last touched on top."""
    mine = enrolments().filter(account=account).exclude(state=EnrolmentState.WITHDRAWN)
    return mine.order_by("state", Coalesce("last_at", "created_at").desc(), "-id")


def versions_in_use(city_path: str) -> QuerySet[CourseVersion]:
    """What can be learned in a city now."""
    found = CourseVersion.objects.filter(state=VersionState.PUBLISHED, course__region_path=city_path)
    return found.select_related("course__region").order_by("course__programme", "course_id")


def is_learning(account: Account, version: CourseVersion) -> bool:
    """Is somebody in this version, or under way in another of the same course?"""
    known = Enrolment.objects.filter(account=account, version__course_id=version.course_id)
    known = known.exclude(state=EnrolmentState.WITHDRAWN)
    return known.filter(Q(version=version) | Q(state=EnrolmentState.ACTIVE)).exists()


def serving_under(path: str, on: date) -> list[Account]:
    """The people who serve an area on a day, each once, by name."""
    found = serving_on(on).filter(region_path__gte=path, region_path__lt=after(path), account__is_active=True)
    return list({one.account_id: one.account for one in found.order_by("account__name", "id")}.values())


def people_of(path: str, on: date) -> QuerySet[Account]:
    """Who holds a role in an area on a day: whom its office can put into a course."""
    return Account.objects.filter(pk__in=Grant.objects.filter(below((path,)), in_force(on)).values("account"))


@dataclass(frozen=True)
class Step:
    """One activity as a learner sees it in a list (id: langkah)."""

    activity: Activity
    is_done: bool
    is_waiting: bool = False  # handed in, not assessed


@dataclass(frozen=True)
class Part:
    """A module with its steps."""

    module: Module
    steps: tuple[Step, ...]

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def is_done(self) -> bool:
        return all(step.is_done for step in self.steps if step.activity.is_required)


@dataclass(frozen=True)
class Standing:
    """How far somebody is in a course: its modules, and what the pass rule counts."""

    parts: tuple[Part, ...]
    facts: Facts

    @property
    def steps(self) -> list[Step]:
        return [step for part in self.parts for step in part.steps]

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    def next_step(self, last: int | None = None) -> Step | None:
        """What to do next: the step left open last, else the first that is not done and does not wait for others."""
        open_ones = [step for step in self.steps if not step.is_done and not step.is_waiting]
        return next((step for step in open_ones if step.activity.pk == last), next(iter(open_ones), None))


def standing(enrolment: Enrolment, language: str = "id") -> Standing:
    """How far somebody is. Seven queries at most, however many modules there are."""
    modules = list(Module.objects.filter(version=enrolment.version_id).order_by("position"))
    steps = Activity.objects.filter(module__version=enrolment.version_id).select_related("quiz", "module")
    of_module: dict[int, list[Activity]] = defaultdict(list)
    for one in steps.order_by("module__position", "position"):
        of_module[one.module_id].append(one)
    activities = [one for module in modules for one in of_module[module.pk]]
    ticked = set(
        Progress.objects.filter(enrolment=enrolment, done_at__isnull=False).values_list("activity_id", flat=True)
    )
    came, expected = _sessions(enrolment, activities)
    latest = _latest(enrolment)
    waiting = {key for key, (state, _percent) in latest.items() if state == TaskState.SUBMITTED}
    done = ticked | {one.pk for one in activities if one.kind == ActivityKind.SESSION and one.pk in came}
    parts = tuple(
        Part(module, tuple(Step(one, one.pk in done, one.pk in waiting) for one in of_module[module.pk]))
        for module in modules
    )
    return Standing(
        parts,
        _facts(
            parts,
            activities,
            _best(enrolment),
            latest,
            came,
            _attendance(enrolment, came, expected),
            language,
        ),
    )


def facts_of(enrolment: Enrolment, language: str = "id") -> Facts:
    """What the pass rule counts of one learner, with the titles of modules in a language."""
    return standing(enrolment, language).facts


def _facts(
    parts: Iterable[Part], activities: list[Activity], best: dict[int, Decimal],
    latest: dict[int, tuple[str, Decimal | None]], came: set[int | str], attendance: Attendance, language: str,
) -> Facts:  # fmt: skip
    quizzes = {
        purpose: [one for one in activities if one.kind == ActivityKind.QUIZ and one.quiz.purpose == purpose]
        for purpose in QuizPurpose
    }
    tasks = [one for one in activities if one.kind == ActivityKind.TASK]
    required = [best.get(one.pk, Decimal(0)) for one in quizzes[QuizPurpose.CHECK] if one.is_required]
    assessed = {key: percent for key, (_state, percent) in latest.items() if percent is not None}
    return Facts(
        attendance=attendance.percent,
        quizzes=rules_mean(required) if required else Decimal(100),
        tasks=sum(one.pk in assessed for one in tasks if one.is_required),
        tasks_all=sum(one.is_required for one in tasks),
        hours=sum((part.module.hours for part in parts if part.is_done), Decimal(0)),
        before=_of_all(quizzes[QuizPurpose.BEFORE], best), after=_of_all(quizzes[QuizPurpose.AFTER], best),
        quiz=_by_module(quizzes[QuizPurpose.CHECK], best), task=_by_module(tasks, assessed),
        attended=frozenset(one.module.key for one in activities if one.pk in came),
        titles={part.module.key: in_language(part.module.title, language) for part in parts},
    )  # fmt: skip


def rules_mean(percents: list[Decimal]) -> Decimal:
    """The mean of percents, two decimals."""
    return (sum(percents, Decimal(0)) / len(percents)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _of_all(tests: Iterable[Activity], best: dict[int, Decimal]) -> Decimal | None:
    """The mean of some tests once all of them are taken."""
    got = [best.get(one.pk) for one in tests]
    whole = [one for one in got if one is not None]
    return rules_mean(whole) if whole and len(whole) == len(got) else None


def _by_module(activities: Iterable[Activity], percents: dict[int, Decimal]) -> dict[str, Decimal]:
    """The percent of each module once all of its activities have one: the mean of them."""
    found: dict[str, list[Decimal | None]] = defaultdict(list)
    for one in activities:
        found[one.module.key].append(percents.get(one.pk))
    whole = {key: [one for one in got if one is not None] for key, got in found.items()}
    return {key: rules_mean(got) for key, got in whole.items() if len(got) == len(found[key])}


def _best(enrolment: Enrolment) -> dict[int, Decimal]:
    """The best percent of each quiz."""
    rows = Attempt.objects.filter(enrolment=enrolment, finished_at__isnull=False).order_by()
    return dict(rows.values_list("activity_id").annotate(best=Max("percent")))


def _latest(enrolment: Enrolment) -> dict[int, tuple[str, Decimal | None]]:
    """Of each task what was handed in last: its state and result."""
    rows = Submission.objects.filter(enrolment=enrolment).order_by("number")
    return {key: (state, percent) for key, state, percent in rows.values_list("activity_id", "state", "percent")}


class Attendance(NamedTuple):
    """How much of their sessions somebody attended (id: kehadiran peserta); percent cut to two places."""

    expected: int
    attended: int
    percent: Decimal


def attendance_of(enrolment: Enrolment) -> Attendance:
    """Sessions expected so far, those attended (present or late), and the share. As the pass rule counts them."""
    asked = Activity.objects.filter(module__version=enrolment.version_id, kind=ActivityKind.SESSION)
    return _attendance(enrolment, *_sessions(enrolment, asked))


def _attendance(enrolment: Enrolment, came: set[int | str], expected: set[int | str]) -> Attendance:
    percent = rules.attendance(expected, came)
    if not expected and _has_sessions(enrolment):  # the first lies ahead
        percent = Decimal(0)
    return Attendance(len(expected), len(expected & came), percent)


def _has_sessions(enrolment: Enrolment) -> bool:
    planned = Session.objects.filter(version=enrolment.version_id).exclude(state=SessionState.CANCELLED)
    return planned.exists()


def _sessions(enrolment: Enrolment, activities: Iterable[Activity]) -> tuple[set[int | str], set[int | str]]:
    """What somebody came to and what was expected of them: session activities by key, other sessions by code.

    An activity counts once, whichever of its sessions was visited; a session counts once it was marked or closed.
    Excused and cancelled ones are not expected; a required activity is from the beginning.
    """
    came: set[int | str] = set()
    excused: set[int | str] = set()
    known: set[int | str] = set()
    rows = Place.objects.filter(enrolment=enrolment, given_up_at=None).exclude(presence="")
    rows = rows.exclude(session__state=SessionState.CANCELLED)
    for activity, code, presence in rows.values_list("session__activity_id", "session__code", "presence"):
        key = activity or code
        known.add(key)
        if presence in CAME:
            came.add(key)
        elif presence == Presence.EXCUSED:
            excused.add(key)
    asked = {one.pk for one in activities if one.kind == ActivityKind.SESSION and one.is_required}
    return came, (known | asked) - (excused - came)


def waiting_tasks() -> QuerySet[Submission]:
    """Field tasks that wait to be assessed, the oldest first."""
    found = Submission.objects.filter(state=TaskState.SUBMITTED)
    return found.select_related("enrolment__account", "enrolment__region", "activity__module").order_by("id")


def with_waiting_tasks(account: Account) -> QuerySet[Enrolment]:
    """Learners whose field tasks wait for this person: never one's own, nor of whoever has left the course."""
    waiting = Q(submissions__state=TaskState.SUBMITTED)
    found = Enrolment.objects.exclude(account=account).exclude(state=EnrolmentState.WITHDRAWN)
    found = found.select_related("account", "region")
    return found.annotate(
        waiting=Count("submissions", filter=waiting), handed_in_at=Max("submissions__created_at", filter=waiting)
    ).filter(waiting__gt=0)


def with_returned_tasks(account: Account) -> QuerySet[Enrolment]:
    """One's own courses in which a field task came back."""
    sent_on = Submission.objects.filter(enrolment__account=account).order_by("enrolment", "activity", "-number")
    last: dict[tuple[int, int], tuple[str, int]] = {}
    for enrolment, activity, state in sent_on.values_list("enrolment_id", "activity_id", "state"):
        last.setdefault((enrolment, activity), (state, enrolment))
    back = {enrolment for state, enrolment in last.values() if state == TaskState.RETURNED}
    returned = Max("submissions__assessed_at", filter=Q(submissions__state=TaskState.RETURNED))
    return Enrolment.objects.filter(pk__in=back, state=EnrolmentState.ACTIVE).annotate(returned_at=returned)
