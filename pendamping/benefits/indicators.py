"""Whether residents say that a work helps: for evaluations."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pendamping.benefits.enums import Answer
from pendamping.benefits.models import Confirmation
from pendamping.facilitators.enums.evaluations import IndicatorGroup, IndicatorUnit
from pendamping.facilitators.indicators import Reading, Service, indicator
from pendamping.facilitators.rules.indicators import share


@indicator(
    "benefits.confirmed", group=IndicatorGroup.RESULT, unit=IndicatorUnit.SHARE,
    label=_("Residents who say a work helps them"),
    formula=_("Answers “yes” of all answers of residents on finished works of your wards in the half-year."),
)  # fmt: skip
def confirmed(service: Service) -> Reading:
    """One query. Inputs are the works: an answer belongs to a device, and stays out."""
    found = Confirmation.objects.filter(service.at("created_at")).order_by("project_id", "id")
    rows = list(found.values_list("project__code", "answer"))
    part = sum(1 for _code, answer in rows if answer == Answer.YES)
    return Reading(share(part, len(rows)), len(rows), tuple(dict.fromkeys(code for code, _answer in rows)), part)
