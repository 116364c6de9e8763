"""The demo's logbooks tell of some weeks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from pendamping.core import journal
from pendamping.core.moments import day
from pendamping.demo.facilitators import logbook as demo
from pendamping.facilitators.models import Absence, LogEntry, LogFlag
from pendamping.facilitators.queries import logbook as queries
from pendamping.facilitators.tests import appointment_factories as service
from pendamping.facilitators.tests import logbook_factories as make
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


def test_the_demo_fills_two_logbooks() -> None:
    today = day(timezone.now())
    term = {"starts_on": today - timedelta(days=40), "ends_on": today + timedelta(days=40)}
    service.decree("SK-1/2026", **term)
    one, _other = (make.placed(places.ward(n), f"Ani Contoh {n}", **term) for n in (1, 2))
    said: list[str] = []
    demo.build(places.city(), service.secretariat(), today, said.append)
    assert len(said) == 1
    assert {"same_photo", "same_text", "out_of_hours", "late", "no_fix"} <= set(
        LogFlag.objects.values_list("kind", flat=True)
    )
    assert set(LogEntry.objects.values_list("state", flat=True)) == {"written", "verified", "returned"}
    assert LogEntry.objects.filter(source__isnull=False).count() == 2
    assert sorted(Absence.objects.values_list("state", flat=True)) == ["approved", "asked"]
    assert queries.follow_ups_waiting(one.account, today).exists()
    assert list(journal.verify()) == []
