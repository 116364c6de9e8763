"""A plan that no longer fits is not approved; it is returned, repaired or given up, and its money is free again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pendamping.access.enums import Reason as AccessReason
from pendamping.access.tests import personas
from pendamping.access.tokens import issue
from pendamping.core import counters
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.deliberation.tests.factories import AT, YEAR, funded
from pendamping.needs.enums.proposals import ProposalState
from pendamping.planning import queries, services
from pendamping.planning.enums import ProjectState, Reason
from pendamping.planning.models import Project
from pendamping.planning.tests.factories import approved, line, prepared
from pendamping.planning.tests.factories import plan as make_plan
from pendamping.planning.tests.test_services import next_rules
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward() -> Region:
    return places.ward()


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


def plan(**changes: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "title": "Selokan Gang Melati", "sub_activity": line(), "budget": 30_000_000, "executor": "Pokmas Melati",
        "funding_source": "DAU kelurahan", "starts_on": date(YEAR, 5, 1), "ends_on": date(YEAR, 8, 1),
    }  # fmt: skip
    return {**facts, **changes}


def refused(service: Any, **facts: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        service(at=AT, **facts)
    return caught.value


def returned(ward: Region) -> Project:
    return services.return_project(
        by=personas.lurah(ward), at=AT, project=prepared(ward), reason="Jadwal terlalu rapat"
    )


def test_a_ceiling_cut_after_the_plan_stops_the_approval_and_says_by_how_much(ward: Region) -> None:
    project = prepared(ward)  # 40 million
    services.set_ceiling(by=None, at=AT, ward=ward, year=YEAR, amount=10_000_000)
    found = refused(services.approve_project, by=personas.lurah(ward), project=project)
    assert (found.reason, found.params["over_rupiah"]) == (Reason.OVER_CEILING, 30_000_000)


def test_a_share_cut_after_the_plan_stops_the_approval_and_says_by_how_much(ward: Region) -> None:
    project = prepared(ward)
    cut = next_rules(valid_from=AT.date(), infrastructure_min=0, infrastructure_max=1000, empowerment_max=10_000)
    services.set_rules(**cut)
    found = refused(services.approve_project, by=personas.lurah(ward), project=project)
    assert (found.reason, found.params["over_rupiah"]) == (Reason.OVER_SHARE, 20_000_000)


def test_a_returned_plan_is_repaired_and_approved(ward: Region) -> None:
    project = returned(ward)
    assert (project.state, project.verdict_note) == (ProjectState.RETURNED, "Jadwal terlalu rapat")
    assert refused(services.approve_project, by=personas.lurah(ward), project=project).reason == Reason.NOT_PREPARED
    done = services.revise_project(by=personas.pptk(ward), at=AT, project=project, **plan())
    assert (done.state, done.budget, done.verdict_note) == (ProjectState.PREPARED, 30_000_000, "")
    assert done.revisions.get().facts["budget"] == "40000000"
    assert JournalEntry.objects.get(verb="planning.project_revised").changes["budget"] == [40_000_000, 30_000_000]
    assert counters.total("planned.rupiah", under=ward.path) == 30_000_000
    assert services.approve_project(by=personas.lurah(ward), at=AT, project=done).state == ProjectState.APPROVED
    assert list(counters.differences()) == []


def test_a_repaired_plan_is_held_to_the_same_limits(ward: Region) -> None:
    found = refused(services.revise_project, by=personas.pptk(ward), project=prepared(ward), **plan(budget=41_000_000))
    assert (found.reason, found.params["over_rupiah"]) == (Reason.OVER_DECISION, 1_000_000)
    services.set_ceiling(by=None, at=AT, ward=ward, year=YEAR, amount=45_000_000)
    project = Project.objects.get()
    found = refused(services.revise_project, by=personas.pptk(ward), project=project, **plan(budget=35_000_000))
    assert (found.reason, found.params["over_rupiah"]) == (Reason.OVER_SHARE, 8_000_000)


def test_who_repaired_a_plan_never_approves_it(ward: Region) -> None:
    project = prepared(ward)
    both = personas.person("ward_head", ward, "rangkap")
    personas.person("technical_officer", ward, "rangkap")
    services.revise_project(by=both, at=AT, project=project, **plan())
    assert refused(services.approve_project, by=both, project=project).reason == AccessReason.SAME_PERSON


@pytest.mark.parametrize("earlier", ["sekretaris", "lurah"])
def test_who_checked_or_decided_neither_prepares_nor_repairs(ward: Region, earlier: str) -> None:
    project, decision = prepared(ward), funded(ward, 20_000_000)
    both = personas.person("technical_officer", ward, earlier)
    facts = {**make_plan(decision), "budget": 20_000_000}
    assert refused(services.prepare_project, by=both, **facts).reason == AccessReason.SAME_PERSON
    assert refused(services.revise_project, by=both, project=project, **plan()).reason == AccessReason.SAME_PERSON


def test_a_project_given_up_frees_its_money_and_its_proposal_waits_for_a_later_meeting(ward: Region) -> None:
    project = returned(ward)
    done = services.cancel_project(by=personas.lurah(ward), at=AT, project=project, reason="Pagu dipotong")
    proposal = project.decision.item.proposal
    proposal.refresh_from_db()
    assert (done.state, proposal.state) == (ProjectState.CANCELLED, ProposalState.DEFERRED)
    assert queries.ceiling_state(ward, YEAR, AT.date()).planned == 0
    assert queries.project_of_proposal(proposal) is None
    assert list(counters.differences()) == []


@pytest.mark.parametrize("name", ["revise_project", "cancel_project", "return_project"])
def test_an_approved_project_stays_as_it_is(ward: Region, name: str) -> None:
    project = approved(ward)
    facts = plan() if name == "revise_project" else {"reason": "x"}
    by = personas.pptk(ward) if name == "revise_project" else personas.lurah(ward)
    assert refused(getattr(services, name), by=by, project=project, **facts).reason in (
        Reason.APPROVED_ALREADY, Reason.NOT_PREPARED,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["return_project", "cancel_project"])
def test_turning_down_needs_words_and_somebody_else(ward: Region, name: str) -> None:
    project, service = prepared(ward), getattr(services, name)
    assert refused(service, by=personas.lurah(ward), project=project, reason=" ").reason == Reason.WORDS_MISSING
    both = personas.person("ward_head", ward, personas.pptk(ward).username)
    assert refused(service, by=both, project=project, reason="x").reason == AccessReason.SAME_PERSON


@pytest.mark.parametrize(("name", "state"), [("send_back", "returned"), ("cancel", "cancelled")])
def test_pages_turn_a_plan_down(client: Client, ward: Region, name: str, state: str) -> None:
    project = prepared(ward)
    address = reverse(f"planning:{name}", args=[project.code])
    client.force_login(personas.lurah(ward))
    assert address in client.get(reverse("planning:project", args=[project.code])).content.decode()
    empty = client.post(address, {"reason": ""})
    assert (empty.status_code, Project.objects.get().state) == (422, "prepared")
    client.post(address, {"reason": "Anggaran terlalu besar"})
    assert Project.objects.get().state == state
    shown = client.get(reverse("planning:project", args=[project.code])).content.decode()
    assert "Anggaran terlalu besar" in shown
    client.force_login(personas.wati(places.ward(2)))
    assert client.post(address, {"reason": "x"}).status_code == 403


def test_page_repairs_a_plan_and_keeps_what_was_typed(client: Client, ward: Region) -> None:
    project = returned(ward)
    address = reverse("planning:revise", args=[project.code])
    client.force_login(personas.pptk(ward))
    shown = client.get(address).content.decode()
    assert "Jadwal terlalu rapat" in shown and "40.000.000" in shown
    typed = {**plan(), "sub_activity": line().pk, "budget": "99.000.000", "title": "Selokan baru"}
    refusal = client.post(address, typed)
    assert refusal.status_code == 422
    assert "Selokan baru" in refusal.content.decode() and "Rp\u00a059.000.000" in refusal.content.decode()
    assert client.post(address, {**typed, "budget": "20.000.000"}).status_code == 302
    assert (Project.objects.get().budget, Project.objects.get().state) == (20_000_000, "prepared")


def test_api_returns_repairs_and_gives_up(client: Client, ward: Region) -> None:
    project = prepared(ward)

    def post(person: Any, path: str, body: dict[str, Any]) -> Any:
        key = issue(account=person, label="x", expires_on=AT.date().replace(year=2099), reads_only=False)[1]
        address = f"/api/v1/projects/{project.code}/{path}"
        return client.post(address, body, "application/json", headers={"Authorization": f"Bearer {key}"})

    back = post(personas.lurah(ward), "return", {"reason": "Perbaiki"})
    assert (back.status_code, back.json()["state"], back.json()["verdict_note"]) == (201, "returned", "Perbaiki")
    facts = {**plan(), "sub_activity": line().code, "starts_on": "2026-05-01", "ends_on": "2026-08-01"}
    assert post(personas.pptk(ward), "revision", {**facts, "budget": "30.000"}).status_code == 422
    assert post(personas.pptk(ward), "revision", facts).json()["budget"] == 30_000_000
    assert post(personas.pptk(ward), "cancellation", {"reason": "x"}).status_code == 403
    assert post(personas.lurah(ward), "cancellation", {"reason": "Pagu dipotong"}).json()["state"] == "cancelled"
