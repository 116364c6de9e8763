"""Counts what a site holds and proves its books, in a process of its own."""

from __future__ import annotations

from typing import Any

from pendamping.core import counters, journal
from pendamping.needs.models import Voice


def main(**_asked: Any) -> dict[str, int]:
    """Voices from the public form, and what recount and journal verify find wrong."""
    return {
        "web": Voice.objects.filter(channel="web").count(),
        "differences": sum(1 for _ in counters.differences()),
        "faults": sum(1 for _ in journal.verify()),
    }
