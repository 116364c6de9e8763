"""Every parameter of the rule is told, before the vote and beside the result; what cannot be kept is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from pendamping.deliberation import papers_results
from pendamping.deliberation.forms.polls import PollForm
from pendamping.deliberation.models import Poll
from pendamping.deliberation.rule_words import limits_told
from pendamping.deliberation.tests import poll_factories as make
from pendamping.deliberation.tests.result_factories import worked_out
from pendamping.deliberation.tests.test_polls import refused
from pendamping.deliberation.views.rule_told import rule_told
from pendamping.needs.enums.menu import Stream
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
FIRST, SECOND = Stream.values[:2]


def told(poll: Poll, language: str = "en") -> str:
    with override(language):
        return " | ".join(f"{label}: {words}" for label, words in rule_told(poll))


def pot(name: str, ceiling: int, **changes: Any) -> dict[str, Any]:
    return {"id": name, "ceiling": ceiling, "areas": None, "headings": [name], **changes}


def test_worth_filling_and_pots_are_told_before_the_vote() -> None:
    pots = [pot(FIRST, 60_000_000), pot(SECOND, make.CEILING - 60_000_000)]
    floor = {"pot": FIRST, "selector_kind": "group", "selector": "women", "least": 1_000_000, "most": None}
    rule = {"utility": "count", "fill": "points", "pots": pots, "pots_upwards": True, "limits": [floor]}
    poll = make.announced(make.meeting(places.ward()), rule=rule)
    said = told(poll)
    assert "What a chosen proposal counts for its supporters: one, whatever its price" in said
    assert "What is left then: Goes to the proposals with most points that fit" in said
    assert "What a pot leaves over: Goes to the next pot" in said
    assert said.count("Pot: ") == 2
    assert "from the pot “Facilities and infrastructure”: at least" in said  # the floor names its pot
    assert "nilai terbanyak" in told(poll, "id")


def test_a_single_pot_of_one_stream_says_which() -> None:
    poll = make.prepared(make.meeting(places.ward()), rule={"pots": [pot("all", make.CEILING, headings=[FIRST])]})
    assert "(Facilities and infrastructure)" in told(poll)
    assert limits_told([], poll.rule["pots"]) == []


def test_a_pot_for_an_area_is_refused() -> None:
    meeting = make.meeting(places.ward())
    area = make.prepared(meeting).choices.first().facts["area"]
    pots = [pot("all", make.CEILING, headings=None, areas=[area])]
    assert refused(make.prepared, meeting, rule={"pots": pots}) == "pot_of_area"


def asked(**changes: Any) -> PollForm:
    meeting = make.meeting(places.ward())
    items = list(meeting.items.select_related("proposal").order_by("position"))
    facts = {
        "title": "Memilih", "basis": "planned", "proposals": [item.proposal.code for item in items], "least": "3",
        "kind": "approval", "channels": ["hall"], "ceiling": "100000000", "method": "mes", "completion": "steps",
        "fill": "votes", "op": "",
    }  # fmt: skip
    return PollForm({**facts, **changes}, items=items)


def test_a_floor_for_a_group_is_not_put_into_one_of_several_pots_unsaid() -> None:
    pots = {f"pot_{FIRST}": "60000000", f"pot_{SECOND}": "40000000"}
    assert "floor_women" in asked(**pots, floor_women="1000000").errors
    assert "floor_women" not in asked(floor_women="1000000").errors
    assert f"least_{SECOND}" in asked(**{f"pot_{FIRST}": "100000000", f"least_{SECOND}": "5"}).errors


def test_the_result_tells_the_same_parameters_on_page_and_paper(client: Client) -> None:
    found = worked_out(places.ward())
    page = client.get(reverse("deliberation:public_result", args=[found.meeting.code, found.number])).content.decode()
    paper = json.dumps(papers_results.annex(found), ensure_ascii=False)
    for words in (
        "Bobot usulan terpilih bagi pendukungnya", "harganya: usulan yang lebih mahal", "0,1",
        "Segel pengumuman", found.poll.rule_hash, "SHA-256 aturan perhitungan", found.rule_hash, "Angka",
    ):  # fmt: skip
        assert words in page, words
        assert words in paper, words
