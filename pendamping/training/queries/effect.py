"""What courses added: who learns, attendance, quizzes, gain, opinions, certificates, errors before and after."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Left

from pendamping.access.scope import Scope
from pendamping.access.verbs import Verb
from pendamping.core.moments import day
from pendamping.facilitators.models import Assignment
from pendamping.facilitators.queries.assignments import LAST_DAY
from pendamping.facilitators.queries.item_analysis import Analysed, analysed
from pendamping.facilitators.rules.indicators import Span
from pendamping.facilitators.rules.item_analysis import Limits
from pendamping.regions.models import Region
from pendamping.training import errors
from pendamping.training.enums.certificates import CertificateState
from pendamping.training.enums.curriculum import ActivityKind, QuizPurpose, VersionState
from pendamping.training.enums.learning import EnrolmentState
from pendamping.training.enums.sessions import Presence, SessionState
from pendamping.training.models import (
    Activity,
    Attempt,
    AttemptAnswer,
    Certificate,
    CourseVersion,
    Enrolment,
    Module,
    Opinion,
    Place,
)
from pendamping.training.rules import effect as rules
from pendamping.training.rules.certificates import standing

SEE = Verb.TRAINING_SEE
ITEMS = Limits()  # as a computer test begins with; a course has no blueprint


def versions_seen(scope: Scope) -> QuerySet[CourseVersion]:
    """Published and withdrawn versions of the cities in which somebody sees training, newest first."""
    cities = {path[:4] for path in scope.paths(SEE)}
    found = CourseVersion.objects.filter(course__region__path__in=cities).exclude(state=VersionState.DRAFT)
    return found.select_related("course__region").order_by("course__key", "-number")


def learners_seen(scope: Scope, version: CourseVersion) -> QuerySet[Enrolment]:
    """Who learns a version at the places of somebody."""
    return scope.narrow(Enrolment.objects.filter(version=version), SEE)


def counted(scope: Scope) -> QuerySet[CourseVersion]:
    """The versions with the numbers of their learners at the places of somebody. One query."""
    mine = Q(pk__in=scope.narrow(Enrolment.objects.all(), SEE).values("version"))
    seen = scope.narrow(Enrolment.objects.order_by(), SEE).values("pk")
    inside = Q(enrolments__in=seen)
    return versions_seen(scope).annotate(
        enrolled=Count("enrolments", filter=inside),
        active=Count("enrolments", filter=inside & Q(enrolments__state=EnrolmentState.ACTIVE)),
        completed=Count("enrolments", filter=inside & Q(enrolments__state=EnrolmentState.COMPLETED)),
    ).filter(mine | Q(state=VersionState.PUBLISHED))  # fmt: skip


@dataclass(frozen=True)
class DistrictLine:
    """How many learn in a district (id: peserta per kecamatan)."""

    path: str
    label: str
    active: int
    completed: int
    left: int

    @property
    def enrolled(self) -> int:
        return self.active + self.completed + self.left


def by_district(learners: QuerySet[Enrolment]) -> list[DistrictLine]:
    """Two queries. Whoever serves the whole city stands under the city."""
    rows = learners.order_by().annotate(at=Left("region_path", 6)).values_list("at", "state").annotate(n=Count("pk"))
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for path, state, number in rows:
        found[path][state] += number
    names = {place.path: place.label for place in Region.objects.filter(path__in=found)}
    return [
        DistrictLine(
            path, names.get(path, path), states[EnrolmentState.ACTIVE], states[EnrolmentState.COMPLETED],
            states[EnrolmentState.WITHDRAWN],
        )
        for path, states in sorted(found.items())
    ]  # fmt: skip


@dataclass(frozen=True)
class AttendanceLine:
    """Places in sessions that were held (id: kehadiran): who came, was excused, stayed away."""

    expected: int
    came: int
    excused: int

    @property
    def share(self) -> Decimal | None:
        """Of those expected and not excused, 0 to 1."""
        return Decimal(self.came) / (self.expected - self.excused) if self.expected > self.excused else None


def attendance(learners: QuerySet[Enrolment]) -> AttendanceLine:
    """One query."""
    places = Place.objects.filter(
        enrolment__in=learners.order_by(), session__state=SessionState.HELD, given_up_at__isnull=True
    )
    kinds = Counter(dict(places.order_by().values_list("presence").annotate(n=Count("pk"))))
    return AttendanceLine(kinds.total(), kinds[Presence.PRESENT] + kinds[Presence.LATE], kinds[Presence.EXCUSED])


@dataclass(frozen=True)
class QuizLine:
    """How a quiz went (id: hasil kuis), in percent."""

    activity: Activity
    purpose: QuizPurpose
    learners: int
    first: Decimal | None
    best: Decimal | None
    passed: int


@dataclass(frozen=True)
class Learner:
    """What one learner knew before and after (id: hasil sebelum dan sesudah)."""

    enrolment: int
    before: Decimal
    after: Decimal

    @property
    def gain(self) -> Decimal | None:
        return rules.gain(self.before, self.after)


@dataclass(frozen=True)
class Tests:
    """All quizzes of a version: each by itself, and those before and after set side by side."""

    quizzes: list[QuizLine]
    pairs: list[Learner]

    @property
    def gains(self) -> rules.Gains:
        return rules.gains((one.before, one.after) for one in self.pairs)


def tests(version: CourseVersion, learners: QuerySet[Enrolment]) -> Tests:
    """Two queries. Before: the first attempt; after: the best or the first, as settings say.

    A test before the course that was handed in when the one after it had begun tells nothing of the time before.
    """
    quizzes = list(_quizzes(version))
    taken: dict[int, dict[int, list[Attempt]]] = defaultdict(lambda: defaultdict(list))
    for one in Attempt.objects.filter(enrolment__in=learners.order_by(), finished_at__isnull=False):
        taken[one.activity_id][one.enrolment_id].append(one)
    before = _means(quizzes, taken, QuizPurpose.BEFORE, "first")
    after = _means(quizzes, taken, QuizPurpose.AFTER, settings.TRAINING_GAIN_BY)
    both = sorted(before.keys() & after.keys())
    pairs = [Learner(who, before[who], after[who]) for who in both if _is_in_order(quizzes, taken, who)]
    return Tests([_quiz_line(one, taken[one.pk].values()) for one in quizzes], pairs)


def _quizzes(version: CourseVersion) -> QuerySet[Activity]:
    found = Activity.objects.filter(module__version=version, kind=ActivityKind.QUIZ, quiz__isnull=False)
    return found.select_related("quiz", "module").order_by("module__position", "position")


Taken = dict[int, dict[int, list[Attempt]]]


def _means(quizzes: Iterable[Activity], taken: Taken, purpose: QuizPurpose, by: str) -> dict[int, Decimal]:
    """The percent of each learner over all tests of a purpose; whoever has not taken every one has none."""
    wanted = [one.pk for one in quizzes if one.quiz.purpose == purpose]
    whole: dict[int, list[Decimal]] = defaultdict(list)
    for key in wanted:
        for who, attempts in taken[key].items():
            whole[who].append(_percent(attempts, by))
    return {
        who: sum(values, Decimal(0)) / len(values) for who, values in whole.items() if len(values) == len(wanted)
    }  # fmt: skip


def _is_in_order(quizzes: Iterable[Activity], taken: Taken, who: int) -> bool:
    """Was every test before the course handed in before the first one after it began?"""
    first: dict[str, list[Attempt]] = defaultdict(list)
    for one in quizzes:
        first[one.quiz.purpose] += sorted(taken[one.pk].get(who, ()), key=lambda attempt: attempt.number)[:1]
    ended = max(one.finished_at for one in first[QuizPurpose.BEFORE] if one.finished_at)
    return ended <= min(one.created_at for one in first[QuizPurpose.AFTER])


def _percent(attempts: Iterable[Attempt], by: str) -> Decimal:
    every = sorted(attempts, key=lambda one: one.number)
    chosen = every[0] if by == "first" else max(every, key=lambda one: one.percent or 0)
    return chosen.percent or Decimal(0)


def _quiz_line(activity: Activity, taken: Iterable[list[Attempt]]) -> QuizLine:
    people = list(taken)
    return QuizLine(
        activity, QuizPurpose(activity.quiz.purpose), len(people),
        rules.mean(_percent(one, "first") for one in people), rules.mean(_percent(one, "best") for one in people),
        sum(1 for one in people if any(attempt.is_passed for attempt in one)),
    )  # fmt: skip


def items(version: CourseVersion, learners: QuerySet[Enrolment]) -> list[tuple[Activity, list[Analysed]]]:
    """How the questions of each quiz did, from everybody's first attempt: a second one remembers the first.

    Three queries.
    """
    quizzes = list(_quizzes(version))
    first = Attempt.objects.filter(enrolment__in=learners.order_by(), finished_at__isnull=False, number=1)
    answers = AttemptAnswer.objects.filter(attempt__in=first.order_by()).select_related("question", "attempt")
    papers: dict[int, dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for one in answers.order_by("attempt_id", "position"):
        row = (one.question, one.choice, 1.0, float(one.share or 0))
        papers[one.attempt.activity_id][one.attempt_id].append(row)
    return [(quiz, analysed(papers[quiz.pk].values(), voided=(), limits=ITEMS)) for quiz in quizzes if papers[quiz.pk]]


def to_look_at(found: Iterable[tuple[Activity, list[Analysed]]]) -> list[tuple[Activity, Analysed]]:
    """The questions in which something is striking."""
    return [(quiz, one) for quiz, every in found for one in every if one.item.flags]


def opinions(version: CourseVersion) -> rules.Satisfaction:
    """Two queries, over the whole city: an opinion knows no place. Asked is whoever has passed the course."""
    marks = list(Opinion.objects.filter(version=version).values_list("marks", flat=True))
    asked = version.enrolments.filter(state=EnrolmentState.COMPLETED).count()
    return rules.satisfaction(marks, asked)


def opinion_words(version: CourseVersion) -> list[str]:
    """What learners wrote, of the whole city, by the alphabet: the order in which it came would tell who wrote it.

    One query. Nothing while there are fewer opinions than marks are shown from.
    """
    told = list(Opinion.objects.filter(version=version).values_list("words", flat=True))
    return sorted(filter(None, told), key=str.casefold) if len(told) >= rules.OPINIONS_LEAST else []


def certificates(learners: QuerySet[Enrolment], today: date) -> Counter[str]:
    """How many certificates by standing; one that was replaced is not counted twice. One query."""
    found = Certificate.objects.filter(enrolment__in=learners.order_by()).exclude(state=CertificateState.SUPERSEDED)
    days = found.order_by().values_list("state", "valid_until").annotate(n=Count("pk"))
    counted: Counter[str] = Counter()
    for state, until, number in days:
        counted[standing(state=state, valid_until=until, today=today)] += number
    return counted


@dataclass(frozen=True)
class ErrorLine:
    """One kind of field error before and after passing."""

    key: str
    label: str
    effect: rules.Effect


@dataclass(frozen=True)
class InTheField:
    """What a course changed in the field (id: dampak di lapangan), and which of its keys nobody counts."""

    whole: rules.Effect
    lines: list[ErrorLine]
    uncounted: list[str]


def in_the_field(version: CourseVersion, learners: QuerySet[Enrolment], today: date) -> InTheField:
    """Errors that the modules treat, of those who passed. A constant number of queries.

    What an evaluation says is left out: it speaks of a half-year, not of a day.
    """
    serves = {key for keys in Module.objects.filter(version=version).values_list("serves", flat=True) for key in keys}
    rows = learners.filter(state=EnrolmentState.COMPLETED).order_by().values_list("account_id", "completed_at")
    passed = {account: day(at) for account, at in rows if at is not None}
    seen = _seen_of(passed, serves, today)
    by_key: dict[str, list[tuple[int, date]]] = defaultdict(list)
    for who, one in seen:
        if not one.is_about_person:
            by_key[one.key].append((who, one.on))
    lines = [
        ErrorLine(key, label, rules.effect(passed, by_key[key], today))
        for key, label in errors.known().items() if errors.is_treated(key, serves) and not key.startswith("indicator.")
    ]  # fmt: skip
    whole = rules.effect(passed, [one for found in by_key.values() for one in found], today)
    return InTheField(whole, lines, sorted(key for key in serves if errors.label_of(key) is None))


def _seen_of(passed: dict[int, date], keys: set[str], today: date) -> list[tuple[int, errors.Seen]]:
    if not passed:
        return []
    since = date.fromordinal(min(passed.values()).toordinal() - rules.EFFECT_DAYS)
    served = spans(passed, today)
    paths = tuple(sorted({span.path for found in served.values() for span in found}))
    window = errors.Window(since, today, paths, tuple(sorted(passed)))
    return attributed(errors.read(window, keys), served)


def spans(accounts: Iterable[int], until: date) -> dict[int, list[Span]]:
    """Where some people served, and when, up to a day. One query."""
    found: dict[int, list[Span]] = defaultdict(list)
    rows = Assignment.objects.filter(account__in=list(accounts), starts_on__lte=until).annotate(last=LAST_DAY)
    for account, path, first, last in rows.order_by("id").values_list("account_id", "region_path", "starts_on", "last"):
        if first <= last:
            found[account].append(Span(path, first, min(last, until)))
    return found


def attributed(seen: Iterable[errors.Seen], served: dict[int, list[Span]]) -> list[tuple[int, errors.Seen]]:
    """Each error with whose it is: by name, or of everybody who served its place on its day."""
    found = []
    for one in seen:
        if one.account_id is not None:
            found.append((one.account_id, one))
            continue
        found += [
            (who, one) for who, mine in served.items()
            if any(one.path.startswith(span.path) and one.on in span for span in mine)
        ]  # fmt: skip
    return found


@dataclass(frozen=True)
class Report:
    """Everything that is told of a version (id: laporan pelatihan)."""

    version: CourseVersion
    on: date
    districts: list[DistrictLine]
    attendance: AttendanceLine
    tests: Tests
    striking: list[tuple[Activity, Analysed]]
    opinions: rules.Satisfaction
    certificates: Counter[str]  # by standing
    field: InTheField

    @property
    def enrolled(self) -> int:
        return sum(one.enrolled for one in self.districts)

    @property
    def active(self) -> int:
        return sum(one.active for one in self.districts)

    @property
    def completed(self) -> int:
        return sum(one.completed for one in self.districts)

    @property
    def left(self) -> int:
        return sum(one.left for one in self.districts)


def report(version: CourseVersion, learners: QuerySet[Enrolment], today: date) -> Report:
    """A version as it stands today, over the learners of some places."""
    return Report(
        version, today, by_district(learners), attendance(learners), tests(version, learners),
        to_look_at(items(version, learners)), opinions(version), certificates(learners, today),
        in_the_field(version, learners, today),
    )  # fmt: skip
