"""A ballot with very many votes is worked out by the worker; nobody waits before a page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from pendamping.access.tests import personas
from pendamping.deliberation.models import Result
from pendamping.deliberation.services import later
from pendamping.deliberation.tests.result_factories import DRAIN, counted_poll
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
COSTS = (40_000_000, 40_000_000, 30_000_000, 50_000_000)


def test_many_ballots_are_worked_out_behind_the_page_once_and_recounted_so_too(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MFA_REQUIRED = False
    ward = places.ward()
    head = personas.lurah(ward)
    poll = counted_poll(ward, COSTS, 100_000_000, DRAIN)
    monkeypatch.setattr(later, "MOST_AT_ONCE", 99)  # there are a hundred
    client.force_login(head)
    code = poll.meeting.code
    run, listed = (reverse("deliberation:result_run", args=[code, 1]), reverse("deliberation:results", args=[code]))
    assert run in client.get(listed).content.decode()
    for _twice in range(2):
        assert client.post(run).headers["Location"] == listed
    assert not Result.objects.exists()
    waiting = DBTaskResult.objects.get()  # once
    page = client.get(listed).content.decode()
    assert run not in page and "sedang dihitung dan dibuktikan" in page
    later.publish_result.call(*waiting.args_kwargs["args"])
    made = Result.objects.get()
    assert made.by == head and made.annex is not None
    DBTaskResult.objects.update(status="SUCCESSFUL")

    again = reverse("deliberation:result_recount", args=[code, 1])
    client.post(again, {"reason": "Lembar dibuka ulang, tanya 081234567890"})
    waiting = DBTaskResult.objects.get(status="READY")
    assert waiting.args_kwargs["args"][:2] == [made.pk, head.pk]
    assert "081234567890" not in waiting.args_kwargs["args"][2], "the queue holds no number of anybody"
    assert "sedang dihitung dan dibuktikan" in client.get(listed).content.decode()
    later.publish_recount.call(*waiting.args_kwargs["args"])
    later.publish_recount.call(*waiting.args_kwargs["args"])  # a worker that fell over begins again
    assert list(Result.objects.values_list("number", flat=True)) == [1, 2]


def test_a_failure_is_told_and_can_be_tried_again(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MFA_REQUIRED = False
    ward = places.ward()
    poll = counted_poll(ward, COSTS, 100_000_000, DRAIN)
    monkeypatch.setattr(later, "MOST_AT_ONCE", 99)
    client.force_login(personas.lurah(ward))
    run = reverse("deliberation:result_run", args=[poll.meeting.code, 1])
    client.post(run)
    DBTaskResult.objects.update(status="FAILED")
    page = client.get(reverse("deliberation:results", args=[poll.meeting.code])).content.decode()
    assert run in page and "tidak dapat dihitung" in page
    client.post(run)
    assert DBTaskResult.objects.filter(status="READY").count() == 1


def test_a_ballot_with_a_floor_is_worked_out_behind_the_page_however_few_its_votes(
    client: Client, settings: Any
) -> None:
    settings.MFA_REQUIRED = False
    ward = places.ward()
    floor = {"pot": "all", "selector_kind": "group", "selector": "women", "least": 30_000_000, "most": None}
    poll = counted_poll(ward, COSTS, 100_000_000, DRAIN, rule={"limits": [floor]})
    client.force_login(personas.lurah(ward))
    client.post(reverse("deliberation:result_run", args=[poll.meeting.code, 1]))
    assert not Result.objects.exists()
    later.publish_result.call(*DBTaskResult.objects.get().args_kwargs["args"])
    assert Result.objects.get().annex is not None
    cap = {**floor, "least": None, "most": 30_000_000}
    assert not later.is_large(counted_poll(ward, COSTS, 100_000_000, DRAIN, rule={"limits": [cap]}))
