"""Messages of the phone that found no place."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from pendamping.needs.enums.gateway import Answer
from pendamping.needs.enums.visits import InboxState
from pendamping.needs.models import GatewayMessage
from pendamping.needs.rules.gateway import is_secret


def without_place() -> QuerySet[GatewayMessage]:
    """What waits to be told where it is, or was let go of since nobody said; while its words are there."""
    lost = Q(state=InboxState.REFUSED, refused_reason=Answer.PLACE_MISSING)
    found = GatewayMessage.objects.filter(Q(state=InboxState.WAITING) | lost, contact__forgotten_at__isnull=True)
    return found.exclude(text="").order_by("-id")


def secret_senders(messages: Iterable[GatewayMessage]) -> set[int]:
    """Who among the senders of these wrote of a person, in whichever message: all that is joined with it is secret."""
    senders = {one.contact_id for one in messages}
    found = without_place().filter(contact__in=senders).values_list("contact", "text")
    return {sender for sender, text in found if is_secret(text)}
