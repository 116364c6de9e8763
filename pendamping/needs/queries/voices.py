"""How voices are counted again."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count

from pendamping.core import counters
from pendamping.needs.models import Voice

counters.recounts_states("voice.state", Voice)


@counters.recounts("voice.received")
def _voices_received() -> Iterator[tuple[counters.Key, int]]:
    rows = Voice.objects.order_by().values_list("ward_path", "period", "channel").annotate(count=Count("pk"))
    for path, month, channel, count in rows:
        yield ("voice.received", path, month, channel), count
