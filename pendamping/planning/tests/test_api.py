"""Planning over the API: the same acts, refusals as problems."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from pendamping.access.tests import personas
from pendamping.deliberation.tests.factories import YEAR, funded, ready
from pendamping.deliberation.tests.test_api import ask
from pendamping.planning.models import Project, RuleSet
from pendamping.planning.tests.factories import LINES, line, prepared, rules
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db

PLAN = {
    "title": "Selokan Gang Melati", "sub_activity": LINES["infrastructure"], "budget": 35_000_000,
    "funding_source": "DAU kelurahan 2026", "executor": "Pokmas Melati", "starts_on": "2026-04-01",
    "ends_on": "2026-06-30",
}  # fmt: skip


@pytest.fixture
def ward() -> Region:
    return places.ward()


def test_prepare_and_approve(client: Client, ward: Region) -> None:
    rules()
    line()
    code, op = funded(ward).item.proposal.code, str(uuid.uuid4())
    pptk, path = personas.pptk(ward), f"/proposals/{code}/project"
    made, again = (ask(client, pptk, "POST", path, PLAN, op) for _time in range(2))
    assert (made.status_code, again.json()) == (201, made.json())
    assert Project.objects.count() == 1
    approval = f"/projects/{made.json()['code']}/approval"
    assert ask(client, pptk, "POST", approval).status_code == 403
    assert ask(client, personas.lurah(ward), "POST", approval).json()["state"] == "approved"
    twice = ask(client, personas.lurah(ward), "POST", approval)
    assert (twice.status_code, twice.json()["code"]) == (422, "not_prepared")
    room = ask(client, personas.sari(ward), "GET", f"/ceilings/{ward.path}/{YEAR}").json()
    assert (room["ceiling"], room["left"]) == (250_000_000, 215_000_000)
    assert room["streams"][0] == {
        "stream": "infrastructure", "planned": 35_000_000, "at_least": 75_000_000, "at_most": 150_000_000,
        "left": 115_000_000,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"budget": 41_000_000}, 422, "over_decision"),
        ({"ends_on": "2027-01-01"}, 422, "outside_year"),
        ({"sub_activity": LINES["empowerment"]}, 422, "wrong_sub_activity"),
        ({"sub_activity": "9.99"}, 422, "line_unknown"),
        ({"budget": -1}, 422, "invalid"),
    ],
)
def test_refusals_are_problems(client: Client, ward: Region, changes: dict[str, Any], status: int, code: str) -> None:
    rules()
    line()
    path = f"/proposals/{funded(ward).item.proposal.code}/project"
    answer = ask(client, personas.pptk(ward), "POST", path, {**PLAN, **changes})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Project.objects.exists()


def test_what_was_not_funded_cannot_be_planned(client: Client, ward: Region) -> None:
    answer = ask(client, personas.pptk(ward), "POST", f"/proposals/{ready(ward).code}/project", PLAN)
    assert answer.json()["code"] == "not_funded"


def test_lists_by_place(client: Client, ward: Region) -> None:
    project = prepared(ward)
    found = ask(client, personas.sari(ward), "GET", f"/projects?year={YEAR}&stream=infrastructure").json()
    assert [each["code"] for each in found["results"]] == [project.code]
    wati = personas.wati(places.ward(2))
    assert ask(client, wati, "GET", "/projects").json()["results"] == []
    assert ask(client, wati, "GET", f"/projects/{project.code}").status_code == 404
    assert ask(client, wati, "GET", f"/ceilings/{ward.path}/{YEAR}").status_code == 404


def test_rules_and_ceilings(client: Client, ward: Region) -> None:
    rules()
    person = personas.secretariat(places.city())
    facts = {
        "city": "3278", "fiscal_year": YEAR, "valid_from": "2026-05-01", "legal_basis": "Perwal Contoh 9/2026",
        "default_ceiling": 200_000_000, "tranches": [[50, 0], [50, 50]],
    }  # fmt: skip
    assert ask(client, person, "POST", "/rules", facts).status_code == 201
    versions = ask(client, personas.sari(ward), "GET", "/rules/3278").json()
    assert [(each["valid_from"], each["valid_to"]) for each in versions] == [
        ("2026-05-01", None), ("2025-01-01", "2026-04-30"),
    ]  # fmt: skip
    assert ask(client, person, "POST", "/rules", facts).json()["code"] == "rules_overlap"
    assert ask(client, personas.lurah(ward), "POST", "/rules", facts).status_code == 403
    outsider = personas.person("ward_head", places.foreign_ward(), "orang-luar")
    assert ask(client, outsider, "GET", "/rules/3278").status_code == 404
    path = f"/ceilings/{ward.path}/{YEAR}"
    set_to = ask(client, person, "POST", path, {"amount": 310_000_000, "legal_basis": "SK Contoh 4/2026"})
    assert (set_to.status_code, set_to.json()["legal_basis"]) == (201, "SK Contoh 4/2026")
    assert RuleSet.objects.count() == 2
