"""What people write while they teach and learn leaves no number or name of a person, and is kept as declared."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest
from django.apps import apps

from pendamping.core import journal
from pendamping.regions.tests import factories as places
from pendamping.training import services
from pendamping.training.enums.learning import Aspect
from pendamping.training.enums.sessions import AttendanceChannel, Presence
from pendamping.training.models import Enrolment
from pendamping.training.privacy import PERSONAL
from pendamping.training.services import (
    attendance,
    certificates,
    curriculum,
    enrolments,
    opinions,
    sessions,
    tasks,
)
from pendamping.training.tests import certificate_factories as certified
from pendamping.training.tests import factories as make
from pendamping.training.tests.learning_factories import assessed, handed_in
from tests.journey import test_no_person_stays as road
from tests.journey.planting import plant

pytestmark = pytest.mark.django_db

# Chosen from a list, made by the machine, an expression, or the name a certificate is there for.
CHOSEN = {
    "presence", "channel", "device", "code", "secret", "city_path", "name", "key", "kind", "verb", "role", "module_key",
    "pass_rule", "url", "language",
}  # fmt: skip
TAUGHT = {"keep_competency", "keep_material"}  # what everybody is taught: an example may name an invented person
MASKED = sorted(name for name, entry in PERSONAL.items() if entry.kind == "masked")


def written(act: Callable[..., Any]) -> list[str]:
    """The arguments in which a person writes what they like."""
    given = inspect.signature(act).parameters.values()
    return [one.name for one in given if one.annotation in ("str", str) and one.name not in CHOSEN]


def acts() -> Iterator[tuple[Any, str, Callable[..., Any]]]:
    for found in iter_modules(services.__path__):
        module = import_module(f"{services.__name__}.{found.name}")
        for name, act in vars(module).items():
            own = hasattr(act, "verb") and act.__module__ == module.__name__
            if own and name not in TAUGHT and written(act):
                yield module, name, act


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Every act gets the words of a person in front of whatever is written; which acts were done."""
    return plant(monkeypatch, acts(), written)


def test_no_number_or_name_of_a_person_stays_in_training(planted: set[str]) -> None:
    version = make.version(make.course(valid_months=24))
    by: dict[str, Any] = {"by": make.manager(), "at": make.NOW}
    draft = curriculum.draft_version(course=version.course, what_changed="Lebih jelas", **by)
    curriculum.change_version(version=draft, pass_rule=make.PASS_RULE, what_changed="Lebih singkat", **by)
    certified.gate()
    mine = meet(version)
    tasks.return_task(by=make.trainer(), at=make.NOW, submission=handed_in(mine), remark="Fotonya mana?")
    assessed(handed_in(mine))
    prove(certified.passed("wati", places.ward(2), version))
    enrolments.leave(enrolment=mine, reason="Pindah tugas", **by)
    curriculum.withdraw_version(version=version, reason="Sudah usang", **by)
    assert planted == {name for _module, name, _act in acts()}, "do these too"
    assert [f"{where}: {told[:60]}" for where, told in road.every_text() if road.is_of_a_person(told)] == []
    assert road.too_long() == []
    assert list(journal.verify()) == []
    assert [name for name in MASKED if not is_kept(name)] == []  # also of who has left, and of what is over


def meet(version: Any) -> Enrolment:
    """A session planned, moved and held, in which somebody is excused; another one cancelled. Gives who learns."""
    facts: dict[str, Any] = {"by": make.manager(), "at": make.NOW}
    when = {"starts_at": make.STARTS, "ends_at": make.STARTS + timedelta(hours=2)}
    later = {"ends_at": make.STARTS + timedelta(hours=3)}
    held, spare = (
        sessions.plan_session(
            version=version, region=places.city(), title="Tatap muka", place=place, capacity=5, trainer_office="Camat",
            materials="Bawa ponsel", **when, **facts,
        )
        for place in ("Aula", "Balai")
    )  # fmt: skip
    sessions.move_session(session=held, place="Balai warga", reason="Aula bocor", **(when | later), **facts)
    sessions.cancel_session(session=spare, reason="Listrik padam", **facts)
    place = make.placed(held)
    attendance.mark(
        by=make.trainer(),
        at=make.STARTS,
        place=place,
        presence=Presence.EXCUSED,
        channel=AttendanceChannel.LIST,
        note="Sakit",
    )
    return place.enrolment


def prove(passed: Enrolment) -> None:
    """An opinion; a certificate whose name is corrected, renewed near its end, then revoked."""
    by: dict[str, Any] = {"by": make.manager(), "at": make.NOW}
    marks = {str(aspect): 4 for aspect in Aspect}
    opinions.give_opinion(by=passed.account, at=make.NOW, enrolment=passed, marks=marks, words="Waktunya kurang")
    one = certificates.issue_certificate(enrolment=passed, **by)
    one = certificates.correct_certificate(certificate=one, name="Wati Contoh, S.Sos.", reason="Gelar", **by)
    by["at"] += timedelta(days=700)
    one = certificates.renew_certificate(certificate=one, reason="Penyegaran", **by)
    certificates.revoke_certificate(certificate=one, reason="Tugas orang lain", **by)


def is_kept(name: str) -> bool:
    """Does some row still hold words in this field?"""
    model, field = name.split(".")
    return apps.get_model("training", model).objects.exclude(**{field: ""}).exists()
