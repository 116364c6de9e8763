"""What waits in training stands in My work: sessions to hold, field tasks, one's own courses and what came back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from pendamping.access.models import Account
from pendamping.access.scope import scope_of
from pendamping.access.tests import personas
from pendamping.core.moments import day
from pendamping.insight.queries.waiting import waiting
from pendamping.regions.tests import factories as places
from pendamping.training.services import enrolments, tasks
from pendamping.training.tests import factories as make
from pendamping.training.tests.learning_factories import handed_in

pytestmark = pytest.mark.django_db
KEYS = {"sessions", "field_tasks", "returned_tasks", "courses"}


def waits(who: Account) -> dict[str, list[str]]:
    with translation.override("en"):
        found: list[Any] = waiting(scope_of(who, day(make.NOW)), day(make.NOW))
        return {group.key: [item.title for item in group.items] for group in found if group.key in KEYS}


def test_field_tasks_wait_for_those_who_assess_there_and_not_for_their_learner() -> None:
    mine = make.enrolled()
    one = handed_in(mine)
    near = personas.person("area_coordinator", mine.region.parent, "dekat")
    far = personas.person("area_coordinator", places.district(2), "jauh")
    trainer = make.trainer()
    own = enrolments.enrol(by=make.manager(), at=make.NOW, version=mine.version, account=trainer)
    handed_in(own)
    assert waits(near) == {"field_tasks": ["Sari"]}
    assert waits(far) == {}
    assert waits(trainer)["field_tasks"] == ["Sari"]  # not their own
    assert waits(mine.account) == {"courses": ["Dasar pendampingan (en)"]}
    tasks.return_task(by=trainer, at=make.NOW, submission=one, remark="Berapa warga?")
    assert waits(near) == {}
    assert waits(mine.account) == {
        "courses": ["Dasar pendampingan (en)"], "returned_tasks": ["Dasar pendampingan (en)"]
    }  # fmt: skip


def test_a_session_waits_for_its_trainer_from_its_day_until_it_is_closed() -> None:
    tomorrow = make.session(title="Besok")
    hours = {"starts_at": make.NOW, "ends_at": make.NOW + timedelta(hours=3)}
    make.session(title="Hari ini", **hours)
    make.session(title="Batal", state="cancelled", closed_at=make.NOW, reason="Banjir", **hours)
    assert waits(tomorrow.trainer) == {"sessions": ["Hari ini"]}
    assert waits(make.manager()) == {}  # holds none of them
