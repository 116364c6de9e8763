"""Pots, floors and caps that cannot be kept are refused before anybody votes, with the amounts and the way out."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.deliberation import services
from pendamping.deliberation.models import Meeting, Poll
from pendamping.deliberation.rules import ballot_rule
from pendamping.deliberation.tests import poll_factories as make
from pendamping.deliberation.tests.factories import AT
from pendamping.deliberation.tests.test_api import ask
from pendamping.deliberation.tests.test_ballot_form import POTS, address, folds
from pendamping.needs.enums.menu import Stream
from pendamping.needs.models import Proposal
from pendamping.regions.tests import factories as places

MILLION = 1_000_000
BUILD, LEARN = Stream.values
NAMES = {
    BUILD: {"id": "Sarana dan prasarana", "en": "Facilities and infrastructure"},
    LEARN: {"id": "Pemberdayaan masyarakat", "en": "Community empowerment"},
    "women": {"id": "perempuan", "en": "women"},
    "poor": {"id": "miskin", "en": "poor households"},
    "disabled": {"id": "penyandang disabilitas", "en": "disabled people"},
}
Row = dict[str, Any]


def pot(name: str, millions: int, headings: list[str] | None) -> Row:
    return {"id": name, "ceiling": millions * MILLION, "areas": None, "headings": headings}


def limit(selector: str, least: int | None, most: int | None = None, *, kind: str = "heading", pot: str = "all") -> Row:
    least, most = (one if one is None else one * MILLION for one in (least, most))
    return {"pot": pot, "selector_kind": kind, "selector": selector, "least": least, "most": most}


def choice(heading: str, millions: int, area: str, *groups: str) -> Row:
    return {"heading": heading, "area": area, "groups": list(groups), "cost": millions * MILLION}


CHOICES = [
    choice(BUILD, 40, "RW 001", "women"),
    choice(BUILD, 30, "RW 002"),
    choice(LEARN, 20, "RW 002", "women", "poor"),
]
ONE = [pot("all", 50, None)]
MOVED = [pot(BUILD, 35, [BUILD]), pot(LEARN, 15, [LEARN])]
TWO = [pot(BUILD, 30, [BUILD]), pot(LEARN, 20, [LEARN])]
KEPT: list[Row] = [
    {"limits": []},
    {"pots": TWO},
    {"limits": [limit("women", 50, kind="group")]},  # all of the money
    {"limits": [limit("women", 40, kind="group"), limit("poor", 20, kind="group"), limit(BUILD, 40)]},  # they overlap
    {"limits": [limit(BUILD, 30), limit(LEARN, 20)]},
    {"limits": [limit(BUILD, 30, 30)]},
    {"limits": [limit(BUILD, None, 90)]},  # a cap beyond the money harms nobody
    {"limits": [limit(BUILD, 30), limit(BUILD, None, 30)]},
    {"pots": TWO, "limits": [limit(BUILD, 30, pot=BUILD), limit(LEARN, 20, pot=LEARN)]},
    {"pots": MOVED, "pots_upwards": True, "limits": [limit(LEARN, 20, pot=LEARN)]},  # the first may leave it over
]  # fmt: skip
BROKEN: list[tuple[Row, str, str, tuple[int, ...]]] = [
    ({"pots": [pot(BUILD, 40, [BUILD]), pot(LEARN, 20, [LEARN])]}, "pots_over", "rule.pots", (60, 50, 10)),
    ({"pots": [pot(BUILD, 12, [BUILD])]}, "pots_under", "rule.pots", (12, 50, 38)),
    ({"limits": [limit("women", 55, kind="group")]}, "floor_over_money", "rule.limits.0.least", (55, 50)),
    ({"limits": [limit(LEARN, None, 9), limit(BUILD, 60, 65)]}, "floor_over_money", "rule.limits.1.least", (60, 50)),
    ({"pots": TWO, "limits": [limit(BUILD, 31, pot=BUILD)]}, "floor_over_money", "rule.limits.0.least", (31, 30)),
    ({"pots": MOVED, "limits": [limit(LEARN, 20, pot=LEARN)]}, "floor_over_money", "rule.limits.0.least", (20, 15)),
    ({"limits": [limit(BUILD, 30, 25)]}, "floor_over_cap", "rule.limits.0.least", (30, 25)),
    (
        {"limits": [limit("poor", None, 5, kind="group"), limit("poor", 8, kind="group")]}, "floor_over_cap",
        "rule.limits.1.least", (8, 5),
    ),
    ({"limits": [limit(BUILD, 40), limit(LEARN, 15)]}, "floors_over_money", "rule.limits.1.least", (55, 50, 5)),
    (
        {"limits": [limit("RW 001", 30, kind="area"), limit("RW 002", 25, kind="area")]}, "floors_over_money",
        "rule.limits.1.least", (55, 50, 5),
    ),
    ({"limits": [limit("poor", 21, kind="group")]}, "floor_over_choices", "rule.limits.0.least", (21, 20)),
    ({"limits": [limit("disabled", 1, kind="group")]}, "floor_over_choices", "rule.limits.0.least", (1,)),
    (
        {"pots": TWO, "limits": [limit("women", 20, kind="group", pot=one) for one in (BUILD, LEARN)]
            + [limit("RW 001", 1, kind="area", pot=LEARN)]},
        "floor_over_choices", "rule.limits.2.least", (1,),
    ),
]  # fmt: skip


def asked(changes: Row) -> Any:
    rule = {**ballot_rule.default_rule(kind="approval", ceiling=50 * MILLION), "pots": ONE, **changes, "lot": ["A"]}
    return ballot_rule.is_whole(
        rule, ceiling=50 * MILLION, codes=["A"], headings=Stream.values, choices=CHOICES
    )  # fmt: skip


@pytest.mark.parametrize("changes", KEPT)
def test_amounts_that_can_be_kept_are_taken(changes: Row) -> None:
    assert asked(changes).message == ""


@pytest.mark.parametrize(("changes", "code", "field", "millions"), BROKEN)
@pytest.mark.parametrize("language", ["id", "en"])
def test_what_cannot_be_kept_is_refused_with_its_amounts(
    language: str, changes: Row, code: str, field: str, millions: tuple[int, ...]
) -> None:
    with translation.override(language):
        verdict = asked(changes)
        said = verdict.message
    assert (verdict.reason, verdict.field) == (code, field)
    assert all(f"Rp\N{NO-BREAK SPACE}{one}.000.000" in said for one in millions)
    assert any(cure in said for cure in ("Lower", "Raise", "Turunkan", "Kurangi", "Naikkan"))
    if field != "rule.pots":  # it says whose floor it is
        selector = changes["limits"][int(field.split(".")[2])]["selector"]
        assert NAMES.get(selector, {}).get(language, selector) in said


@pytest.mark.django_db
def test_a_ballot_is_not_prepared_with_a_floor_beyond_its_money() -> None:
    floor = limit("women", 50, kind="group")
    with pytest.raises(Refused) as refusal:
        make.prepared(make.meeting(places.ward()), ceiling=26 * MILLION, rule={"limits": [floor]})
    assert refusal.value.code == "floor_over_money"
    assert not Poll.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("one_factor")
def test_the_api_names_the_part_of_the_rule_that_is_at_fault() -> None:
    meeting = make.meeting(places.ward())
    body = {
        "title": "Memilih", "basis": "planned", "kind": "approval", "channels": ["hall"], "ceiling": 26 * MILLION,
        "proposals": [item.proposal.code for item in meeting.items.all()],
        "rule": {"limits": [limit(BUILD, None, 9), limit("women", 50, kind="group")]},
    }  # fmt: skip
    said = ask(Client(), personas.sari(meeting.region), "POST", f"/meetings/{meeting.code}/polls", body)
    found = said.json()["errors"][0]
    assert (said.status_code, found["code"], found["field"]) == (422, "floor_over_money", "rule.limits.1.least")
    assert not Poll.objects.exists()


@pytest.mark.django_db
def test_what_became_cheaper_before_the_announcement_is_looked_at_again() -> None:
    meeting = make.meeting(places.ward(), 2)
    poll = make.prepared(meeting, rule={"limits": [limit("women", 50, kind="group")]})
    Proposal.objects.filter(pk__in=meeting.items.values("proposal")).update(estimated_cost=20 * MILLION)
    with pytest.raises(Refused) as refusal:
        services.announce_poll(by=personas.lurah(meeting.region), at=AT, poll=poll)
    assert refusal.value.code == "floor_over_choices"


@pytest.mark.django_db
@pytest.mark.usefixtures("one_factor")
@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"floor_women": "50.000.000"}, "floor_women", ("50.000.000", "26.000.000")),
        ({f"least_{BUILD}": "80.000.000", f"most_{BUILD}": "90.000.000"}, f"least_{BUILD}", ("80.000.000",)),
        ({f"least_{BUILD}": "9.000.000", f"most_{BUILD}": "8.000.000"}, f"least_{BUILD}", ("9.000.000", "8.000.000")),
        ({f"pot_{BUILD}": "20.000.000"}, f"pot_{BUILD}", ("20.000.000", "6.000.000")),
        ({f"pot_{LEARN}": "20.000.000"}, f"pot_{LEARN}", ("20.000.000", "6.000.000")),
        (
            {f"pot_{BUILD}": "16.000.000", f"pot_{LEARN}": "10.000.000", f"least_{LEARN}": "11.000.000"},
            f"least_{LEARN}", ("11.000.000", "10.000.000"),
        ),
        ({"floor_disabled": "1.000.000", f"most_{BUILD}": "9.000.000"}, "floor_disabled", ("1.000.000",)),
    ],
)  # fmt: skip
def test_the_form_marks_the_field_leads_to_it_and_opens_its_fold(
    given: dict[str, str], field: str, words: tuple[str, ...]
) -> None:
    meeting: Meeting = make.meeting(places.ward())
    client = Client()
    client.force_login(personas.sari(meeting.region))
    facts = {
        "title": "Memilih", "basis": "planned", "kind": "approval", "least": "1", "channels": ["hall"],
        "proposals": [item.proposal.code for item in meeting.items.all()], "ceiling": "26.000.000", "method": "mes",
        "completion": "steps", "fill": "votes",
    }  # fmt: skip
    page = client.post(address(meeting), {**facts, **given}).content.decode()
    assert not Poll.objects.exists()
    assert f'<a href="#id_{field}">' in page.partition('id="errors"')[2].partition("</ul>")[0]
    beside = page.partition(f'id="id_{field}_error"')[2].partition("</ul>")[0]
    assert all(word in beside for word in words), beside
    assert folds(page)[POTS][0]
    assert page.count("Jumlah semua pos harus sama persis dengan uang yang tersedia.") == len(Stream)
