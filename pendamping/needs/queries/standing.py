"""Where the clock of a voice stands, as everybody reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from pendamping.needs.enums.conversations import PauseReason
from pendamping.needs.models import Deadline, Pause, Voice


@dataclass(frozen=True)
class Waiting:
    """Why a clock stands still (id: alasan jeda)."""

    reason: str
    words: str

    @property
    def label(self) -> str:
        return str(PauseReason(self.reason).label)


@dataclass(frozen=True)
class Standing:
    """The deadlines of a voice in the order they are due, and why they wait if they do (id: keadaan tenggat)."""

    deadlines: tuple[Deadline, ...]
    paused: Waiting | None

    @property
    def next(self) -> Deadline | None:
        """What is due first of what is still to be done."""
        return next((one for one in self.deadlines if one.met_at is None), None)

    def is_late(self, today: date) -> bool:
        """Was it due before today, with a running clock?"""
        return self.next is not None and self.paused is None and self.next.due_on < today


def standing(voice: Voice) -> Standing:
    """One query."""
    pause = Pause.objects.filter(deadline=OuterRef("pk"), last_day__isnull=True).order_by("id")
    reason, words = (Subquery(pause.values(name)[:1]) for name in ("reason", "words"))
    found = Deadline.objects.filter(voice=voice).annotate(pause_reason=reason, pause_words=words)
    rows = tuple(found.order_by("due_on", "id"))
    paused = next((Waiting(one.pause_reason, one.pause_words) for one in rows if one.pause_reason), None)
    return Standing(rows, paused)


def with_due(voices: QuerySet[Any]) -> QuerySet[Any]:
    """Voices with `due_on`: the day the next of their steps is due, None when nothing is."""
    due = Deadline.objects.filter(voice=OuterRef("pk"), met_at__isnull=True).order_by("due_on")
    return voices.annotate(due_on=Subquery(due.values("due_on")[:1]))
