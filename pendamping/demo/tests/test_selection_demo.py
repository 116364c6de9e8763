"""The demo's selection tells its part of a round."""

from __future__ import annotations

import pytest
from django.utils import timezone

from pendamping.core import counters
from pendamping.core.moments import day
from pendamping.demo.facilitators import selection
from pendamping.facilitators.models import StageResult
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


def test_the_selection_of_the_demo_goes_up_to_its_test() -> None:
    city = places.city()
    places.district(1, city)
    said: list[str] = []
    made = selection.build(city, None, day(timezone.now()), said.append)
    assert (made.stage, len(said)) == ("testing", 2)
    passed = StageResult.objects.filter(application__round=made)
    assert (passed.filter(passed=True).count(), passed.filter(passed=False).count()) == (11, 2)
    assert list(counters.differences()) == []
