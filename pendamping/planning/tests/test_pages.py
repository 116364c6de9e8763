"""The working pages of planning, as each person sees them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core.moments import day
from pendamping.core.money import rupiah
from pendamping.deliberation.tests.factories import AT, YEAR, called, closed, decided, funded, put, ready
from pendamping.planning import services
from pendamping.planning.enums import ProjectState
from pendamping.planning.models import Ceiling, Project, RuleSet
from pendamping.planning.readiness import readiness_of
from pendamping.planning.tests.factories import approved, line, prepared, rules
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture
def ward() -> Region:
    return places.ward()


def get(client: Client, person: Account, name: str, *codes: Any, **query: Any) -> Any:
    client.force_login(person)
    return client.get(reverse(f"planning:{name}", args=codes), query)


def post(client: Client, person: Account, name: str, *codes: Any, **data: Any) -> Any:
    client.force_login(person)
    return client.post(reverse(f"planning:{name}", args=codes), data)


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def typed(ward: Region, **changes: Any) -> dict[str, Any]:
    facts = {
        "title": "Selokan Gang Melati", "sub_activity": line().pk, "budget": 35_000_000,
        "funding_source": "DAU kelurahan 2026", "executor": "Pokmas Melati", "starts_on": "2026-04-01",
        "ends_on": "2026-06-30",
    }  # fmt: skip
    return {**facts, **changes}


def test_list_shows_sums_and_what_waits_for_a_plan(client: Client, ward: Region) -> None:
    project = prepared(ward, 40_000_000)
    prepared(ward, 20_000_000)
    waiting = funded(ward).item.proposal
    shown = text(get(client, personas.pptk(ward), "projects"))
    assert project.code in shown
    assert "Rp\u00a060.000.000" in shown
    assert reverse("planning:prepare", args=[waiting.code]) in shown
    assert reverse("planning:prepare", args=[waiting.code]) not in text(get(client, personas.lurah(ward), "projects"))
    assert project.code not in text(get(client, personas.lurah(ward), "projects", stream="empowerment"))
    assert project.code in text(get(client, personas.lurah(ward), "projects", year="2026", state="prepared"))
    assert project.code not in text(get(client, personas.wati(places.ward(2)), "projects"))


@pytest.mark.parametrize("name", ["projects", "rules", "readiness", "project"])
def test_as_many_queries_for_three_as_for_one(client: Client, ward: Region, name: str) -> None:
    person = personas.secretariat(places.city())
    codes = [prepared(ward, 10_000_000).code] if name == "project" else []

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            text(get(client, person, name, *codes))
        return len(seen)

    def more(n: int) -> None:
        prepared(places.ward(n), 10_000_000)
        funded(places.ward(n))

    more(1)
    text(get(client, person, name, *codes))
    one = count()
    more(2)
    more(3)
    assert count() == one


@pytest.mark.parametrize(
    ("who", "role", "n", "status"),
    [
        ("see", "ward_facilitator", 1, 200),
        ("see", "ward_facilitator", 2, 404),
        ("see", "district_head", 0, 200),
        ("approve", "ward_head", 1, 302),
        ("approve", "technical_officer", 1, 403),
        ("approve", "ward_facilitator", 1, 403),
        ("approve", "ward_head", 2, 404),
    ],
)
def test_who_sees_and_who_approves(client: Client, ward: Region, who: str, role: str, n: int, status: int) -> None:
    project = prepared(ward)
    person = personas.person(role, places.ward(n) if n else places.district(), "seseorang")
    if who == "see":
        assert get(client, person, "project", project.code).status_code == status
    else:
        assert post(client, person, "approve", project.code).status_code == status
    project.refresh_from_db()
    assert (project.state == ProjectState.APPROVED) == (status == 302)


@pytest.mark.parametrize(
    ("role", "n", "status"),
    [("technical_officer", 1, 200), ("ward_head", 1, 403), ("technical_officer", 2, 404), ("secretariat", 0, 403)],
)
def test_who_prepares(client: Client, ward: Region, role: str, n: int, status: int) -> None:
    rules()
    proposal = funded(ward).item.proposal
    person = personas.person(role, places.ward(n) if n else places.city(), "seseorang")
    assert get(client, person, "prepare", proposal.code).status_code == status


def test_preparing_by_the_form(client: Client, ward: Region) -> None:
    rules()
    proposal, pptk = funded(ward).item.proposal, personas.pptk(ward)
    shown = text(get(client, pptk, "prepare", proposal.code))
    assert "Rp\u00a0150.000.000" in shown  # what the stream may take
    refused = text(post(client, pptk, "prepare", proposal.code, **typed(ward, budget=45_000_000)))
    assert "Rp\u00a05.000.000" in refused  # by how much
    assert "Pokmas Melati" in refused
    answer = post(client, pptk, "prepare", proposal.code, **typed(ward))
    project = Project.objects.get()
    assert answer.headers["Location"] == reverse("planning:project", args=[project.code])
    assert get(client, pptk, "prepare", proposal.code).status_code == 302  # there is one already


def test_room_is_told_while_the_budget_is_typed(client: Client, ward: Region) -> None:
    rules()
    proposal, pptk = funded(ward).item.proposal, personas.pptk(ward)
    client.force_login(pptk)
    address = reverse("planning:prepare", args=[proposal.code])
    htmx = {"HX-Request": "true"}
    answer = client.get(address, {"budget": "41000000"}, headers=htmx)
    assert "Rp\u00a01.000.000" in text(answer)
    assert "<html" not in text(answer)
    assert "notice-done" in text(client.get(address, {"budget": "40.000.000"}, headers=htmx))
    assert "notice" not in text(client.get(address, {"budget": "x"}, headers=htmx))


def test_preparing_without_rules_or_decision_says_so(client: Client, ward: Region) -> None:
    pptk = personas.pptk(ward)
    assert "notice" in text(get(client, pptk, "prepare", ready(ward).code))
    proposal = funded(ward).item.proposal
    assert "2026" in text(get(client, pptk, "prepare", proposal.code))
    post(client, pptk, "prepare", proposal.code, **typed(ward))
    assert not Project.objects.exists()


def test_acts_follow_the_state_and_the_person(client: Client, ward: Region) -> None:
    project, lurah = prepared(ward), personas.lurah(ward)
    approve = reverse("planning:approve", args=[project.code])
    offered = text(get(client, lurah, "project", project.code))
    assert approve in offered
    assert f"Setujui {rupiah(project.budget)} untuk kegiatan ini?" in offered
    assert approve not in text(get(client, personas.sari(ward), "project", project.code))
    project.prepared_by = lurah
    project.save()
    shown = text(get(client, lurah, "project", project.code))
    assert approve not in shown
    assert "act-refused" in shown
    assert post(client, lurah, "approve", project.code).status_code == 302
    project.refresh_from_db()
    assert project.state == ProjectState.PREPARED


def test_the_next_steps_of_an_approved_project(client: Client, ward: Region) -> None:
    project = approved(ward)
    assert reverse("delivery:report", args=[project.code]) in text(
        get(client, personas.sari(ward), "project", project.code)
    )
    assert reverse("delivery:pay", args=[project.code]) in text(
        get(client, personas.bendahara(ward), "project", project.code)
    )


RULES = {
    "fiscal_year": 2026, "valid_from": "2026-05-01", "legal_basis": "Perwal Contoh 9/2026",
    "default_ceiling": 200_000_000, "infrastructure_min": "30", "infrastructure_max": "62.5", "empowerment_min": "37.5",
    "empowerment_max": "70", "tranches": "50 0\n50 50", "note": "",
}  # fmt: skip


def test_rules_change_by_a_new_version(client: Client, ward: Region) -> None:
    rules()
    person = personas.secretariat(places.city())
    assert "Perwal Kota Tasikmalaya 40/2022" in text(get(client, person, "rules", year="2026"))
    assert post(client, person, "rules", **RULES).status_code == 302
    made = RuleSet.objects.latest("valid_from")
    assert (made.infrastructure_max, made.empowerment_min, made.tranches) == (6250, 3750, [[50, 0], [50, 50]])
    assert made.set_by == person


@pytest.mark.parametrize(
    "changes",
    [
        {"tranches": "lima puluh"},
        {"tranches": "50 0"},
        {"valid_from": "2020-01-01"},
        {"empowerment_min": "71"},
        {"legal_basis": ""},
    ],
)
def test_rules_that_cannot_be_are_not_kept(client: Client, ward: Region, changes: dict[str, str]) -> None:
    rules()
    assert "field-wrong" in text(post(client, personas.secretariat(places.city()), "rules", **{**RULES, **changes}))
    assert RuleSet.objects.count() == 1


def test_rules_are_for_those_who_manage_them(client: Client, ward: Region) -> None:
    for person in (personas.lurah(ward), personas.sari(ward), personas.budi(places.city())):
        assert get(client, person, "rules").status_code == 403
    assert get(client, personas.person("planning_agency", places.city()), "rules").status_code == 200


def test_ceiling_of_one_ward(client: Client, ward: Region) -> None:
    rules()
    person = personas.secretariat(places.city())
    text(get(client, person, "ceiling", ward.path, YEAR))
    facts = {"amount": 310_000_000, "legal_basis": "SK Contoh 4/2026"}
    assert post(client, person, "ceiling", ward.path, YEAR, **facts).status_code == 302
    assert Ceiling.objects.get().amount == 310_000_000
    assert "Rp\u00a0310.000.000" in text(get(client, person, "rules", year=str(YEAR)))
    assert get(client, person, "ceiling", places.foreign_ward().path, YEAR).status_code == 404
    assert get(client, personas.lurah(ward), "ceiling", ward.path, YEAR).status_code == 403


def test_ready_when_offices_are_held_and_money_is_shared(client: Client, ward: Region) -> None:
    shown = text(get(client, personas.lurah(ward), "readiness"))
    assert ward.label in shown
    assert places.ward(2).label not in shown
    assert f"<summary>{ward.parent.label}" in shown
    assert "Belum lengkap: Sekretaris kelurahan" in shown
    assert f"{len(readiness_of([ward], YEAR, day(AT))[0].missing)} hal belum ada" in shown
    rules()
    decided(put(called(ward)))
    for role in ("ward_secretary", "technical_officer"):
        personas.person(role, ward)
    personas.person("assistant_treasurer", places.district())  # lent by the district
    before = readiness_of([ward], YEAR, day(AT))[0]
    assert [check.done for check in before.checks[:4]] == [True] * 4
    assert len(before.missing) == 3
    services.set_ceiling(by=None, at=AT, ward=ward, year=YEAR, amount=0)
    funded(ward)
    assert readiness_of([ward], YEAR, day(AT))[0].is_ready


def test_a_place_is_told_with_all_it_lies_in(client: Client, ward: Region) -> None:
    corner = places.rt(places.rw(ward))
    waiting = decided(put(called(ward), ready(ward, region=corner))).item.meeting
    closed(waiting)
    assert corner.place_label == f"{corner.label}, {corner.parent.label}, {ward.label}"
    assert corner.place_label in text(get(client, personas.pptk(ward), "projects"))
