"""The same person twice at the same moment: one application is handed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pendamping.core import counters
from pendamping.facilitators.models import Application
from pendamping.facilitators.services import applications
from pendamping.facilitators.tests import selection_factories as make
from tests.harness.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_applications_of_one_nik_handed_in_at_once(shared: Callable[[], None]) -> None:
    found = make.opened()
    first, second = make.verified(found), make.verified(found)
    shared()

    def hand_in(one: Application) -> str:
        applications.submit_application(by=None, at=make.now(), application=one)
        return "handed in"

    done = at_once(lambda: hand_in(first), lambda: hand_in(second))
    assert sorted(done, key=str) == ["application_nik_twice", "handed in"]
    counts = at_once(lambda: (Application.objects.filter(state="submitted").count(), list(counters.differences())))
    assert counts == [(1, [])]


def test_one_application_handed_in_by_two_threads_is_handed_in_once(shared: Callable[[], None]) -> None:
    found = make.verified(make.opened())
    shared()

    def hand_in() -> str:
        applications.submit_application(by=None, at=make.now(), application=found)
        return "handed in"

    assert sorted(at_once(hand_in, hand_in), key=str) == ["application_not_draft", "handed in"]
