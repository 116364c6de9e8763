"""Fills a site with the demo city, in a process of its own."""

from __future__ import annotations

from django.utils import timezone

from pendamping.assets.models import Asset
from pendamping.core.moments import day
from pendamping.demo import city


def main() -> dict[str, str]:
    """The demo city as `pendamping demo city` builds it; gives back what leads to its fullest pages."""
    city.build(today=day(timezone.now()), say=lambda _line: None)
    asset = Asset.objects.select_related("handover__project").order_by("id")[0]
    return {"ward": asset.ward_path, "asset": asset.code, "project": asset.handover.project.code}
