"""Two planners at the same moment: the ceiling of the ward still holds. On an SQLite file, or on PostgreSQL."""

from __future__ import annotations

from typing import Any

import pytest

from pendamping.access.tests import personas
from pendamping.deliberation.models import Decision
from pendamping.deliberation.tests.factories import AT, YEAR, funded
from pendamping.planning import queries, services
from pendamping.planning.models import Ceiling, Project
from pendamping.planning.tests.factories import plan, rules
from pendamping.regions.tests import factories as places
from tests.harness.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_projects_prepared_at_once_cannot_break_the_ceiling(shared: Any) -> None:
    ward = places.ward()
    rules()
    pptk = personas.pptk(ward)
    plans = [plan(funded(ward, 60_000_000)) for _each in range(4)]  # 4 × 60 of the 150 million the stream may take
    assert not Ceiling.objects.exists()
    shared()

    def preparing(facts: dict[str, Any]) -> Any:
        return lambda: type(services.prepare_project(by=pptk, at=AT, **facts)).__name__

    results = at_once(*(preparing(facts) for facts in plans))
    assert sorted(results, key=str) == ["Project", "Project", "over_share", "over_share"]

    def seen() -> tuple[int, int, int]:
        return Project.objects.count(), Ceiling.objects.count(), queries.ceiling_state(ward, YEAR).planned

    assert at_once(seen) == [(2, 1, 120_000_000)]


def test_one_decision_planned_at_once_makes_one_project(shared: Any) -> None:
    ward = places.ward()
    rules()
    facts = plan(funded(ward, 10_000_000))
    shared()

    def prepare() -> str:
        facts["decision"] = Decision.objects.get(pk=facts["decision"].pk)
        return type(services.prepare_project(by=None, at=AT, **facts)).__name__

    assert sorted(at_once(prepare, prepare), key=str) == ["Project", "already_planned"]


def test_a_meeting_taken_over_at_once_makes_its_projects_once(shared: Any) -> None:
    ward = places.ward()
    rules()
    facts = plan(funded(ward, 10_000_000))
    meeting, line = facts["decision"].item.meeting, facts["sub_activity"]
    by = personas.pptk(ward)
    shared()

    def take_over() -> str:
        services.take_over(
            by=by, at=AT, meeting=meeting, lines={"infrastructure": line, "empowerment": line},
            **{name: facts[name] for name in ("funding_source", "executor", "starts_on", "ends_on")},
        )  # fmt: skip
        return "done"

    assert sorted(at_once(take_over, take_over)) == ["done", "nothing_to_take_over"]
    assert at_once(lambda: Project.objects.count()) == [1]
