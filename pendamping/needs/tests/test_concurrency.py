"""Two people at the same moment: one need per voice, one live proposal per need, one record per operation."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from pendamping.access.tests import personas
from pendamping.core import counters
from pendamping.needs import services
from pendamping.needs.models import Gathering, Need, Proposal, Voice
from pendamping.needs.tests import factories as make
from pendamping.needs.tests.factories import NOW
from pendamping.regions.tests import factories as places
from tests.harness.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_voice_gathered_by_two_at_once_is_in_one_need(shared: Callable[[], None]) -> None:
    ward = places.ward()
    sari, voice = personas.sari(ward), make.voice(ward)
    shared()

    def gather() -> str:
        services.gather_voices(by=sari, at=NOW, voices=[voice], title="Selokan")
        return "gathered"

    assert sorted(at_once(gather, gather), key=str) == ["gathered", "voice_already_handled"]
    counts = at_once(lambda: (Need.objects.count(), Gathering.objects.count(), list(counters.differences())))
    assert counts == [(1, 1, [])]


def test_need_proposed_by_two_at_once_has_one_proposal(shared: Callable[[], None]) -> None:
    ward = places.ward()
    sari, need, facts = personas.sari(ward), make.verified_need(ward), make.whole(photos=[])
    shared()

    def write() -> str:
        services.write_proposal(by=sari, at=NOW, need=need, **facts)
        return "written"

    assert sorted(at_once(write, write), key=str) == ["need_has_proposal", "written"]
    assert at_once(Proposal.objects.count) == [1]


def test_one_form_sent_by_two_threads_makes_one_voice(shared: Callable[[], None]) -> None:
    ward, item, op = places.ward(), make.menu(), uuid.uuid4()
    shared()

    def give() -> str:
        facts: dict[str, Any] = {"by": None, "at": NOW, "op": op, "text": "Lampu mati", "region": ward}
        return str(services.give_voice(**facts, menu_item=item).code)

    first, second = at_once(give, give)
    assert (first, at_once(Voice.objects.count)) == (second, [1])
