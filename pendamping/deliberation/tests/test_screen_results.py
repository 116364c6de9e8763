"""The result of a ballot on the screen in the hall: nothing before the count, everything with reasons after it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.deliberation import services
from pendamping.deliberation.enums.meetings import Outcome
from pendamping.deliberation.enums.screens import ScreenView
from pendamping.deliberation.models import Poll
from pendamping.deliberation.queries.screens import state_of
from pendamping.deliberation.rules.results import Choice
from pendamping.deliberation.tests import factories
from pendamping.deliberation.tests.result_factories import (
    DRAIN,
    OVER,
    announced,
    counted,
    in_the_hall,
    meeting_with,
    result,
    worked_out,
)
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
COSTS = (40_000_000, 40_000_000, 30_000_000, 50_000_000)


def _show(poll: Poll) -> None:
    by = personas.sari(Region.objects.get(path=poll.region_path))
    services.show_on_screen(by=by, at=OVER, meeting=poll.meeting, view=ScreenView.RESULT)


def test_nothing_is_shown_before_the_count_nor_before_the_result_is_proven(client: Client) -> None:
    meeting, proposals = meeting_with(places.ward(), COSTS)
    poll = announced(meeting, proposals, 100_000_000)
    in_the_hall(poll, (1, 2), (1,))
    for _step in ("open", "counted"):
        assert "result" not in state_of(meeting, OVER, everything=True)
        with pytest.raises(Refused) as refusal:
            _show(poll)
        assert refusal.value.reason == "result_not_yet"
        if poll.state != "closed":
            poll = counted(poll, DRAIN)
    made = result(poll)
    _show(poll)
    told = state_of(meeting, OVER)["result"]
    assert (told["number"], told["voters"], told["is_recount"]) == (1, 102, False)
    assert [one["code"] for one in told["funded"]] and len(told["funded"]) + len(told["others"]) == 4
    assert sum(one["price"] for one in told["funded"]) == told["amount"] == made.amount
    page = client.get(reverse("deliberation:public_screen", args=[meeting.code])).content.decode()
    assert told["others"][0]["why"] in page and "Suara sudah dihitung" in page
    english = client.get("/en" + reverse("deliberation:public_screen", args=[meeting.code])).content.decode()
    assert "is not funded." in english


def test_the_hall_sees_the_recount_and_what_the_chair_decided_otherwise() -> None:
    ward = places.ward()
    made = worked_out(ward)
    head, meeting = personas.lurah(ward), made.meeting
    with override("id"):
        again = services.recount(by=head, at=OVER, result=made, reason="Lembar 1 dihitung ulang")
        told = state_of(meeting, OVER, everything=True)["result"]
        assert (told["number"], told["is_recount"], told["departures"]) == (again.number, True, 0)
        taken, given = told["funded"][0], told["others"][0]
        services.decide_from_result(
            by=head, at=OVER, result=again,
            choices=[
                Choice(taken["code"], Outcome.DEFERRED, None, "Lahan masih disengketakan"),
                Choice(given["code"], Outcome.FUNDED, 10_000_000, "Dana dari usulan yang ditunda"),
            ],
        )  # fmt: skip
        factories.counted(meeting)
        services.close_meeting(by=head, at=OVER, meeting=meeting)
        meeting.refresh_from_db()
        closed = state_of(meeting, OVER, everything=True)
    assert closed["result"]["departures"] == 2
    assert given["code"] not in [one["code"] for one in closed["result"]["others"]], "it is funded: no reason why not"
    assert closed["decisions"]["totals"]["funded"] == len(told["funded"])
