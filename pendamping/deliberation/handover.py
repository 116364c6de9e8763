"""Which meetings of a facilitator's places are called and not closed, for whoever comes after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pendamping.access.models import Account
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.models import Meeting
from pendamping.facilitators.handover import MOST, OpenWork, inside, register


@register
def open_meetings(account: Account, paths: Sequence[str]) -> Iterable[OpenWork]:
    """Meetings that are called and not closed."""
    found = Meeting.objects.filter(inside(paths), state=MeetingState.CALLED).select_related("region")
    for one in found.order_by("held_on", "id")[:MOST]:
        address = reverse("deliberation:meeting", args=[one.code])
        yield OpenWork(_("Meeting not closed"), one.code, one.title, one.region.label, one.held_on, address)
