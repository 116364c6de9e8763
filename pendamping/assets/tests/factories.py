"""Assets handed over, inspected and reported broken."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from pendamping.access.tests import personas
from pendamping.assets import services
from pendamping.assets.models import Asset, FaultReport, Inspection
from pendamping.delivery.tests import factories as delivery
from pendamping.planning.models import Project
from pendamping.regions.models import Region

AT = delivery.AT + timedelta(days=70)


def handed_over(of: Project, **facts: Any) -> Asset:
    given = {
        "number": "12/BAST/2026", "handed_over_on": AT.date(), "giver": "Pokmas Mawar Bersama",
        "custodian": "Pengurus RW 005", "value": 48_500_000, "name": "Drainase Gang Mawar",
        "place": "Gang Mawar, RT 002 RW 005", "next_inspection_on": date(2026, 11, 15),
        "by": personas.person("ward_head", of.region), "at": AT, **facts,
    }  # fmt: skip
    return services.hand_over(project=of, **given)


def asset(ward: Region, **facts: Any) -> Asset:
    """An asset with all that came before it."""
    return handed_over(delivery.completed(ward, **facts))


def standing(ward: Region, **facts: Any) -> Asset:
    """An asset of a finished project without reports: quick, for lists."""
    title = facts.pop("title", "Drainase Gang Mawar")
    return handed_over(delivery.project(ward, title=title, state="completed", completed_at=delivery.AT), **facts)


def inspected(of: Asset, condition: str = "good", **facts: Any) -> Inspection:
    given = {
        "inspected_on": date(2026, 6, 1), "next_inspection_on": date(2026, 12, 1), "photos": [delivery.image(70)],
        "finding": "" if condition == "good" else "Dinding retak 2 m",
        "by": personas.person("technical_officer", of.region), "at": AT + timedelta(days=30), **facts,
    }  # fmt: skip
    return services.inspect(asset=of, condition=condition, **given)


def broken(of: Asset, text: str = "Tutup selokan pecah di depan mushola") -> FaultReport:
    return services.report_fault(asset=of, text=text, photos=[delivery.image(10)], by=None, at=AT)
