"""Which module treats what went wrong in the field: for one person, and for a place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pendamping.access.models import Account
from pendamping.core.moments import day
from pendamping.training import errors
from pendamping.training.enums.curriculum import ActivityKind, QuizPurpose, VersionState
from pendamping.training.models import Attempt, Enrolment, Module
from pendamping.training.queries import effect
from pendamping.training.rules.effect import Since, told_apart
from pendamping.training.rules.small_groups import is_small

DAYS = 90
HOUR_MINUTES = 45  # a learning hour (JP)


@dataclass(frozen=True)
class Treatment:
    """A module that treats an error (id: modul yang dianjurkan), and the person's errors by the day they passed it."""

    module: Module
    passed_on: date | None
    apart: Since
    enrolment: str  # the code of the enrolment in which the person finds it; "" while they have none

    @property
    def minutes(self) -> int:
        return minutes_of(self.module)

    @property
    def is_settled(self) -> bool:
        """Passed, and nothing of the kind since."""
        return self.passed_on is not None and self.apart.since == 0


@dataclass(frozen=True)
class Suggestion:
    """An error of one person and what treats it (id: saran belajar)."""

    key: str
    label: str
    count: int
    example: str
    treatments: list[Treatment]

    @property
    def is_settled(self) -> bool:
        return bool(self.treatments) and all(one.is_settled for one in self.treatments)


@dataclass(frozen=True)
class AreaLine:
    """An error of a place (id: kesalahan tersering). `count` is None where so few are meant that they were known."""

    key: str
    label: str
    count: int | None
    wards: int | None
    modules: list[Module]


def minutes_of(module: Module) -> int:
    """How long a module takes."""
    return round(module.hours * HOUR_MINUTES)


def since(today: date) -> date:
    """The first day of the last three months."""
    return today - timedelta(days=DAYS)


def of_person(account: Account, today: date) -> list[Suggestion]:
    """What somebody's last three months ask for: open ones first, most frequent first. A constant number of queries."""
    served = effect.spans([account.pk], today)
    paths = tuple(sorted({span.path for span in served[account.pk] if span.until >= since(today)}))
    window = errors.Window(since(today), today, paths, (account.pk,))
    mine: dict[str, list[errors.Seen]] = defaultdict(list)
    for _who, one in effect.attributed(errors.read(window), served):
        mine[one.key].append(one)
    enrolled = list(Enrolment.objects.filter(account=account).select_related("version").order_by("id"))
    cities = {span.path[:4] for span in served[account.pk]} | {one.region_path[:4] for one in enrolled}
    modules, passed = _modules(cities), _passed(account, enrolled)
    places = _places(enrolled)
    labels = errors.known()
    found = []
    for key, seen in mine.items():
        treatments = [
            Treatment(
                module, passed_on := passed.get((module.version.course_id, module.key)),
                told_apart((one.on for one in seen), passed_on), places.get((module.version.course_id, module.key), ""),
            )
            for module in modules if errors.is_treated(key, module.serves)
        ]  # fmt: skip
        last = max(seen, key=lambda one: one.on)
        found.append(Suggestion(key, labels[key], len(seen), last.code, sorted(treatments, key=_open_first)))
    return sorted(found, key=lambda one: (one.is_settled, -one.count, one.label))


def of_places(paths: Sequence[str], today: date) -> list[AreaLine]:
    """What went wrong most often in some places in the last three months, with what treats it; no names.

    A constant number of queries. What is about persons themselves is told from five persons on.
    """
    window = errors.Window(since(today), today, tuple(paths))
    every: dict[str, list[errors.Seen]] = defaultdict(list)
    for one in errors.read(window):
        every[one.key].append(one)
    modules, labels = _modules({path[:4] for path in paths}), errors.known()
    found = []
    for key, seen in every.items():
        people = {one.account_id for one in seen}
        hidden = seen[0].is_about_person and is_small(len(people))
        wards = len({one.path[:10] for one in seen if len(one.path) >= 10})
        treats = [module for module in modules if errors.is_treated(key, module.serves)]
        found.append(
            AreaLine(key, labels[key], None if hidden else len(seen), None if hidden else wards, treats)
        )  # fmt: skip
    return sorted(found, key=lambda one: (-(one.count or 0), one.label))


def uncounted(paths: Iterable[str]) -> list[str]:
    """Keys that modules in use name and that no app counts. One query."""
    named = {key for module in _modules({path[:4] for path in paths}) for key in module.serves}
    return sorted(key for key in named if errors.label_of(key) is None)


def _modules(cities: Iterable[str]) -> list[Module]:
    """The modules in use that treat something."""
    found = Module.objects.filter(version__state=VersionState.PUBLISHED, version__course__region__path__in=set(cities))
    found = found.select_related("version__course").order_by("version__course__key", "position")
    return [module for module in found if module.serves]


def _places(enrolled: Iterable[Enrolment]) -> dict[tuple[int, str], str]:
    """In which enrolment somebody finds a module; the version they learn may be older than that in use. One query."""
    codes = {one.version_id: one.code for one in enrolled if one.ended_at is None}
    rows = Module.objects.filter(version__in=codes).order_by("version__number")
    return {
        (course, key): codes[version]
        for course, key, version in rows.values_list("version__course_id", "key", "version_id")
    }


def _passed(account: Account, enrolled: Iterable[Enrolment]) -> dict[tuple[int, str], date]:
    """When somebody first passed each module, in any version of its course: its quiz, else the course. Two queries."""
    attempts = Attempt.objects.filter(
        enrolment__account=account, finished_at__isnull=False, activity__kind=ActivityKind.QUIZ,
        activity__quiz__purpose=QuizPurpose.CHECK,
    ).select_related("activity__module__version")  # fmt: skip
    found: dict[tuple[int, str], datetime] = {}
    for one in attempts:
        if one.is_passed and one.finished_at is not None:
            _keep(found, one.activity.module, one.finished_at)
    done = {one.version_id: one.completed_at for one in enrolled if one.completed_at is not None}
    for module in Module.objects.filter(version__in=done).select_related("version"):
        _keep(found, module, done[module.version_id])
    return {key: day(at) for key, at in found.items()}


def _keep(found: dict[tuple[int, str], datetime], module: Module, at: datetime) -> None:
    key = (module.version.course_id, module.key)
    found[key] = min(at, found.get(key, at))


def _open_first(one: Treatment) -> tuple[bool, bool, int]:
    return one.is_settled, one.passed_on is not None, one.module.position
