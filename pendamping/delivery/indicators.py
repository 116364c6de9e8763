"""Which progress reports were right at first: for evaluations."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pendamping.delivery.enums import ReportState
from pendamping.delivery.models import ProgressReport
from pendamping.facilitators.enums.evaluations import IndicatorGroup, IndicatorUnit
from pendamping.facilitators.indicators import Reading, Service, indicator, of_share


@indicator(
    "delivery.first_pass", group=IndicatorGroup.PROFESSIONAL, unit=IndicatorUnit.SHARE,
    label=_("Progress reports verified at first"),
    formula=_(
        "Your progress reports of the half-year that were verified, of all that were verified or sent back."
    ),
)  # fmt: skip
def first_pass(service: Service) -> Reading:
    """One query. A report sent back stays so; its repair is a report of its own."""
    judged = Q(verified_at__lt=service.end)
    found = ProgressReport.objects.filter(service.at("created_at"), judged, reported_by=service.account)
    rows = found.order_by("id").values_list("code", "state")
    return of_share((code, state == ReportState.VERIFIED) for code, state in rows)
