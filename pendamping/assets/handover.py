"""Which assets of a facilitator's places are due for inspection, for whoever comes after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pendamping.access.models import Account
from pendamping.assets.enums import Condition
from pendamping.assets.models import Asset
from pendamping.core.moments import day
from pendamping.facilitators.handover import MOST, OpenWork, inside, register


@register
def inspections_due(account: Account, paths: Sequence[str]) -> Iterable[OpenWork]:
    """Assets whose day of inspection has come."""
    found = Asset.objects.filter(inside(paths), next_inspection_on__lte=day(timezone.now()))
    for one in (
        found.exclude(condition=Condition.GONE).select_related("region").order_by("next_inspection_on", "id")[:MOST]
    ):
        address = reverse("assets:asset", args=[one.code])
        yield OpenWork(_("Inspection due"), one.code, one.name, one.region.label, one.next_inspection_on, address)
