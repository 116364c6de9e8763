"""Field errors of upkeep."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from pendamping.assets.models import Asset, Inspection
from pendamping.training.errors import Seen, Window, field_error

KEY = "asset.overdue_inspection"


@field_error(KEY, label=_("Inspections of assets overdue"))
def inspections_overdue(window: Window) -> Iterator[Seen]:
    """Inspections still waited for, and those that came late, on the day after they were due. Two queries."""
    due = Window(window.since - timedelta(days=1), window.until - timedelta(days=1), window.paths)
    waiting = Asset.objects.filter(due.here(), due.on("next_inspection_on")).order_by("id")
    before = Inspection.objects.filter(asset=OuterRef("asset"), id__lt=OuterRef("id")).order_by("-id")
    came = Inspection.objects.filter(due.here()).annotate(due=Subquery(before.values("next_inspection_on")[:1]))
    late = came.filter(due.on("due"), inspected_on__gt=F("due")).order_by("id")
    for code, path, on in waiting.values_list("code", "region_path", "next_inspection_on"):
        yield Seen(KEY, None, path, on + timedelta(days=1), code)
    for code, path, on in late.values_list("asset__code", "region_path", "due"):
        yield Seen(KEY, None, path, on + timedelta(days=1), code)
