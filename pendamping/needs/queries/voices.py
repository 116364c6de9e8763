"""How voices are counted again: those that everyone may know of."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count

from pendamping.core import counters
from pendamping.needs.queries.visible import public_voices


@counters.recounts("voice.state")
def _voices_by_state() -> Iterator[tuple[counters.Key, int]]:
    yield from _counted("voice.state", "state")


@counters.recounts("voice.received")
def _voices_received() -> Iterator[tuple[counters.Key, int]]:
    yield from _counted("voice.received", "channel")


def _counted(measure: str, dimension: str) -> Iterator[tuple[counters.Key, int]]:
    rows = public_voices().order_by().values_list("ward_path", "period", dimension).annotate(count=Count("pk"))
    for path, month, value, count in rows:
        yield (measure, path, month, value), count
