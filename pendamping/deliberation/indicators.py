"""Who took part in the meetings of a facilitator's wards: for evaluations."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.models import Meeting
from pendamping.facilitators.enums.evaluations import IndicatorGroup, IndicatorUnit
from pendamping.facilitators.indicators import Reading, Service, indicator
from pendamping.facilitators.rules.indicators import share

TAKING_PART = IndicatorGroup.PARTICIPATORY


def _present(service: Service, group: str) -> Reading:
    """The share of a group among all who came to closed meetings. One query."""
    held = Meeting.objects.filter(service.on("held_on"), state=MeetingState.CLOSED, attendance__isnull=False)
    rows = list(held.order_by("id").values_list("code", f"attendance__{group}", "attendance__women", "attendance__men"))
    part, whole = sum(row[1] for row in rows), sum(row[2] + row[3] for row in rows)
    return Reading(share(part, whole), whole, tuple(row[0] for row in rows), part)


@indicator(
    "deliberation.women", group=TAKING_PART, unit=IndicatorUnit.SHARE, label=_("Women among those at meetings"),
    formula=_("Women of all people counted at the closed meetings of your wards."),
)  # fmt: skip
def women(service: Service) -> Reading:
    return _present(service, "women")


@indicator(
    "deliberation.poor", group=TAKING_PART, unit=IndicatorUnit.SHARE,
    label=_("People from poor households at meetings"),
    formula=_("People from poor households of all people counted at the closed meetings of your wards."),
)  # fmt: skip
def poor(service: Service) -> Reading:
    return _present(service, "poor")


@indicator(
    "deliberation.disabled", group=TAKING_PART, unit=IndicatorUnit.SHARE,
    label=_("People with a disability at meetings"),
    formula=_("People with a disability of all people counted at the closed meetings of your wards."),
)  # fmt: skip
def disabled(service: Service) -> Reading:
    return _present(service, "disabled")
