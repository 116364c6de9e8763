"""Counts the ballots that the phones cast, in a process of its own."""

from __future__ import annotations

from django.utils import timezone

from pendamping.deliberation import services
from pendamping.deliberation.models import Poll, VoteMark
from pendamping.deliberation.queries import ballots as read


def main() -> dict[str, int]:
    """How many codes were used, ballots counted and receipts given."""
    poll = services.end_poll(by=None, at=timezone.now(), poll=Poll.objects.get())
    poll = services.count_poll(by=None, at=timezone.now(), poll=poll, remark="Ponsel uji tanpa daftar hadir")
    return {
        "marks": VoteMark.objects.count(), "ballots": read.cast_of(poll).cast, "receipts": len(read.receipts_of(poll)),
    }  # fmt: skip
