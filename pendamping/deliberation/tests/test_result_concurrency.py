"""Two people who work out, or recount, the same result at the same moment. On an SQLite file, or on PostgreSQL."""

from __future__ import annotations

from typing import Any

import pytest

from pendamping.access.tests import personas
from pendamping.deliberation import services
from pendamping.deliberation.models import Poll, Result
from pendamping.deliberation.tests.result_factories import OVER, counted_poll, result
from pendamping.regions.tests import factories as places
from tests.harness.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_worked_out_at_once_it_is_one_result_and_recounted_at_once_one_more(shared: Any) -> None:
    ward = places.ward()
    poll = counted_poll(ward, (40_000_000, 30_000_000, 20_000_000), 60_000_000, "1 × 30\n2 3 × 20")
    head = personas.lurah(ward)
    shared()

    def run() -> int:
        return result(Poll.objects.select_related("meeting__region").get(pk=poll.pk)).number

    assert at_once(run, run, run) == [1, 1, 1]
    assert at_once(lambda: Result.objects.count()) == [1]

    def again() -> int:
        first = Result.objects.select_related("meeting", "poll__meeting__region").get(number=1)
        return services.recount(by=head, at=OVER, result=first, reason="Keberatan diterima").number

    assert sorted(at_once(again, again), key=str) == [2, "result_overtaken"]
