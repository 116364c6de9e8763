"""Messages of the phone that found no place."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from pendamping.needs.enums.gateway import Answer
from pendamping.needs.enums.visits import InboxState
from pendamping.needs.models import GatewayMessage


def without_place() -> QuerySet[GatewayMessage]:
    """What waits to be told where it is, or was let go of since nobody said; while its words are there."""
    lost = Q(state=InboxState.REFUSED, refused_reason=Answer.PLACE_MISSING)
    found = GatewayMessage.objects.filter(Q(state=InboxState.WAITING) | lost, contact__forgotten_at__isnull=True)
    return found.exclude(text="").order_by("-id")
