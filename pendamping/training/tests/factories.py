"""A course with two modules, published, and people learning it, for every test of this app. Rows are made directly."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.facilitators.models import QuestionBank
from pendamping.facilitators.tests import exam_factories as banks
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places
from pendamping.training.enums.curriculum import ActivityKind, VersionState
from pendamping.training.models import (
    Activity,
    Course,
    CourseVersion,
    Enrolment,
    Module,
    Place,
    Programme,
    Quiz,
    Session,
)

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
STARTS = NOW + timedelta(days=1)  # of a session
PASS_RULE = "attendance >= 80 and quizzes >= 70 and tasks == all"


def both(words: str) -> dict[str, str]:
    """The same in two languages, told apart by a mark."""
    return {"id": words, "en": f"{words} (en)"}


def manager() -> Account:
    return personas.secretariat(places.city())


def trainer() -> Account:
    return personas.person("trainer", places.city(), "pelatih")


def bank() -> QuestionBank:
    return banks.bank(name="Bank pelatihan")


def course(key: str = "dasar", city: Region | None = None, **changes: Any) -> Course:
    city = city or places.city()
    known = Course.objects.filter(region=city, key=key).first()
    if known is not None:
        return known
    programme, _made = Programme.objects.get_or_create(
        city=city, key="pendamping", defaults={"created_at": NOW, "title": both("Pelatihan pendamping")}
    )
    facts: dict[str, Any] = {
        "programme": programme, "key": key, "title": both("Dasar pendampingan"), "bank": bank(), **changes,
    }  # fmt: skip
    return Course.add(at=NOW, region=city, **facts)


def version(of: Course | None = None, *, published: bool = True, modules: int = 2, **changes: Any) -> CourseVersion:
    """A version with modules m1, m2, …: each a page, a quiz of three questions and a field task."""
    of = of or course()
    number = of.versions.count() + 1
    facts: dict[str, Any] = {"pass_rule": PASS_RULE, **changes}
    if published:
        facts |= {"state": VersionState.PUBLISHED, "published_at": NOW, "digest": "0" * 64}
    made = CourseVersion.objects.create(created_at=NOW, course=of, number=number, made_by=manager(), **facts)
    for place in range(1, modules + 1):
        module(made, f"m{place}", place)
    return made


def module(of: CourseVersion, key: str, position: int, *, hours: str = "2") -> Module:
    made = Module.objects.create(
        created_at=NOW, version=of, position=position, key=key, title=both(f"Modul {position}"), hours=hours
    )
    activity(made, 1, "baca", ActivityKind.PAGE, body=both("# Bacaan\n\nKalimat pertama."))
    quiz = activity(made, 2, "kuis", ActivityKind.QUIZ)
    Quiz.objects.create(created_at=NOW, activity=quiz, topics=[key], number=3)
    rubric = [
        {"key": "lengkap", "title": both("Lengkap"), "levels": [
            {"points": 0, "text": both("Kosong")}, {"points": 1, "text": both("Sebagian")},
            {"points": 2, "text": both("Semua")},
        ]},
    ]  # fmt: skip
    activity(made, 3, "tugas", ActivityKind.TASK, body=both("Datangi satu RT."), rubric=rubric)
    return made


def activity(of: Module, position: int, key: str, kind: str, **changes: Any) -> Activity:
    facts: dict[str, Any] = {"title": both(f"{of.key} {key}"), **changes}
    return Activity.objects.create(created_at=NOW, module=of, position=position, key=key, kind=kind, **facts)


def questions(topic: str = "m1", number: int = 5) -> None:
    """So many single-choice questions in the bank whose first option is right."""
    for place in range(1, number + 1):
        banks.question(bank(), f"{topic}: soal {place}?", topic=topic, feedback=f"Karena {place}.")


def enrolled(ward: Region | None = None, name: str = "", of: CourseVersion | None = None, **changes: Any) -> Enrolment:
    """A facilitator of a ward (Sari where none is named) in a published version."""
    ward = ward or places.ward()
    learner = personas.person("ward_facilitator", ward, name or "sari")
    of = of or CourseVersion.objects.filter(state=VersionState.PUBLISHED).first() or version()
    return Enrolment.add(at=NOW, region=ward, account=learner, version=of, **changes)


def session(of: CourseVersion | None = None, **changes: Any) -> Session:
    """A session a day after NOW, at 08.00 WIB, for ten people, held by the trainer."""
    of = of or CourseVersion.objects.filter(state=VersionState.PUBLISHED).first() or version()
    facts: dict[str, Any] = {
        "title": "Tatap muka 1", "place": "Aula kecamatan", "starts_at": STARTS, "ends_at": STARTS + timedelta(hours=3),
        "capacity": 10, "trainer": trainer(), "secret": "rahasia-sesi", "changed_at": NOW, "region": places.city(),
        **changes,
    }  # fmt: skip
    return Session.add(at=NOW, version=of, **facts)


def placed(of: Session, name: str = "sari", ward: Region | None = None, **changes: Any) -> Place:
    """Somebody who learns the session's version and has a place in it."""
    known = Enrolment.objects.filter(account__username=name, version=of.version).first()
    learner = known or enrolled(ward, name, of.version)
    row = of.places.count() + 1
    made = Place.objects.create(created_at=NOW, session=of, enrolment=learner, row=row, **changes)
    Session.objects.filter(pk=of.pk).update(taken=row)
    return made
