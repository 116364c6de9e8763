"""Field errors of progress reports. A tranche refused at the counter leaves no record, so none can be counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from pendamping.core.moments import day
from pendamping.delivery.enums import ReportState
from pendamping.delivery.models import ProgressReport
from pendamping.training.errors import Seen, Window, field_error


@field_error("progress.returned", label=_("Progress reports returned"))
def reports_returned(window: Window) -> Iterator[Seen]:
    """One query. Photo or figures: only the words say it, so any module that treats one of them is meant."""
    found = ProgressReport.objects.filter(
        window.whose("reported_by"), window.at("verified_at"), state=ReportState.RETURNED
    )
    rows: Any = found.order_by("id").values_list("reported_by_id", "region_path", "verified_at", "code")
    for account, path, at, code in rows:
        yield Seen("progress.returned", account, path, day(at), code)
