"""The thread of a voice, as its giver, everyone and the offices read it."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from pendamping.access.models import Account
from pendamping.needs.enums.conversations import Speaker
from pendamping.needs.models import Hiding, Message, Solving, Voice


def thread(voice: Voice) -> QuerySet[Message]:
    """All that was written about a voice, oldest first: for the offices."""
    return Message.objects.filter(voice=voice).select_related("written_by").prefetch_related("photos").order_by("id")


def shown_thread(voice: Voice) -> QuerySet[Message]:
    """The same without what is hidden: for the giver."""
    hidden = Hiding.objects.filter(message=OuterRef("pk"), lifted_at__isnull=True)
    return thread(voice).filter(~Exists(hidden))


def public_thread(voice: Voice) -> QuerySet[Message]:
    """What everyone may read of it."""
    return shown_thread(voice).filter(is_public=True)


def last_office(voice: Voice) -> Account | None:
    """Whoever of the offices wrote last."""
    last = Message.objects.filter(voice=voice, speaker=Speaker.OFFICE).select_related("written_by").order_by("-id")
    found = last.first()
    return found.written_by if found else None


def is_reopened(voice: Voice) -> bool:
    """Did its giver say that it is not solved?"""
    return Solving.objects.filter(voice=voice, reopened_at__isnull=False).exists()
