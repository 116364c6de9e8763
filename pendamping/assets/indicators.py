"""Whether what was built still works: for evaluations."""

from __future__ import annotations

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from pendamping.assets.enums import Condition
from pendamping.assets.models import Asset, Inspection
from pendamping.facilitators.enums.evaluations import IndicatorGroup, IndicatorUnit
from pendamping.facilitators.indicators import Reading, Service, indicator, of_share

WORKING = (Condition.GOOD, Condition.LIGHT_DAMAGE)


@indicator(
    "assets.working", group=IndicatorGroup.RESULT, unit=IndicatorUnit.SHARE, label=_("Works that still serve"),
    formula=_(
        "Works of your wards found good or lightly damaged at their last inspection, of all that were "
        "inspected or due for it. One whose inspection is overdue is not shown to serve."
    ),
)  # fmt: skip
def working(service: Service) -> Reading:
    """One query, as it stood at the end of the half-year."""
    seen = Inspection.objects.filter(asset=OuterRef("pk"), inspected_on__lte=service.until).order_by(
        "-inspected_on", "-id"
    )
    assets = Asset.objects.filter(service.here(), service.before_end("created_at")).annotate(
        found=Subquery(seen.values("condition")[:1]), due=Subquery(seen.values("next_inspection_on")[:1])
    )
    rows = assets.order_by("id").values_list("code", "found", "due", "next_inspection_on")
    return of_share(
        (code, found in WORKING and due >= service.until)
        for code, found, due, first_due in rows
        if found is not None or first_due <= service.until
    )
