"""Rules, ceilings and projects made through the acts people use."""

from __future__ import annotations

from datetime import date
from typing import Any

from pendamping.access.tests import personas
from pendamping.deliberation.models import Decision
from pendamping.deliberation.tests.factories import AT, YEAR, funded
from pendamping.planning import services
from pendamping.planning.models import Project, RuleSet, SubActivity
from pendamping.planning.seeds import seed_rules, seed_sub_activities
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

LINES = {"infrastructure": "7.01.03.2.02.0002", "empowerment": "7.01.03.2.02.0003"}


def rules(year: int = YEAR) -> RuleSet:
    """The seeded rules: Rp 250 million a ward, infrastructure 30–60 %, empowerment 40–70 %, 40/30/30."""
    return seed_rules(places.city(), year, AT)


def line(stream: str = "infrastructure") -> SubActivity:
    seed_sub_activities()
    return SubActivity.objects.get(code=LINES[stream])


def plan(decision: Decision, **changes: Any) -> dict[str, Any]:
    """All facts of a project that fits."""
    facts: dict[str, Any] = {
        "decision": decision, "title": "Perbaikan selokan Gang Melati", "budget": decision.amount or 0,
        "sub_activity": line(decision.item.proposal.menu_item.stream), "funding_source": "DAU kelurahan 2026",
        "executor": "Pokmas Melati", "starts_on": date(YEAR, 4, 1), "ends_on": date(YEAR, 6, 30),
    }  # fmt: skip
    return {**facts, **changes}


def prepared(ward: Region, amount: int = 40_000_000, **changes: Any) -> Project:
    rules()
    decision = funded(ward, amount)
    return services.prepare_project(by=personas.pptk(ward), at=AT, **plan(decision, **changes))


def approved(ward: Region, amount: int = 40_000_000, **changes: Any) -> Project:
    project = prepared(ward, amount, **changes)
    return services.approve_project(by=personas.lurah(ward), at=AT, project=project)
