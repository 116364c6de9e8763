"""The thread of a voice as the offices read it; what others may read of it stands in visible.py."""

from __future__ import annotations

from django.db.models import QuerySet

from pendamping.access.models import Account
from pendamping.needs.enums.conversations import Speaker
from pendamping.needs.models import Message, Solving, Voice


def thread(voice: Voice) -> QuerySet[Message]:
    """All that was written about a voice, oldest first: for the offices."""
    return Message.objects.filter(voice=voice).order_by("id")


def last_office(voice: Voice) -> Account | None:
    """Whoever of the offices wrote last."""
    last = Message.objects.filter(voice=voice, speaker=Speaker.OFFICE).select_related("written_by").order_by("-id")
    found = last.first()
    return found.written_by if found else None


def is_reopened(voice: Voice) -> bool:
    """Did its giver say that it is not solved?"""
    return Solving.objects.filter(voice=voice, reopened_at__isnull=False).exists()
