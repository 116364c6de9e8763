"""What happens in planning, as acts: rules by version, ceilings, projects under them, separation of duties."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pendamping.access.enums import Reason as AccessReason
from pendamping.access.tests import personas
from pendamping.core import counters
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.deliberation.tests.factories import AT, YEAR, called, decided, funded, put
from pendamping.needs.tests.factories import menu
from pendamping.planning import queries, services
from pendamping.planning.enums import ProjectState, Reason
from pendamping.planning.models import Ceiling, Project, RuleSet, SubActivity
from pendamping.planning.seeds import seed_sub_activities
from pendamping.planning.tests.factories import approved, line, plan, prepared, rules
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward() -> Region:
    return places.ward()


def refusal(service: Callable[..., Any], **facts: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        service(at=AT, **facts)
    return caught.value


def last(verb: str) -> JournalEntry:
    return JournalEntry.objects.filter(verb=verb).latest("id")


def next_rules(**changes: Any) -> dict[str, Any]:
    facts = {
        "by": personas.secretariat(places.city()), "at": AT, "city": places.city(), "fiscal_year": YEAR,
        "valid_from": date(2026, 3, 10), "legal_basis": "Perwal Contoh 9/2026", "default_ceiling": 200_000_000,
        "infrastructure_min": 3000, "infrastructure_max": 6000, "empowerment_min": 4000, "empowerment_max": 7000,
        "tranches": [[50, 0], [50, 50]],
    }  # fmt: skip
    return {**facts, **changes}


def test_seeds_are_planted_once_and_leave_edits_alone() -> None:
    assert SubActivity.objects.count() == 4, "a new installation has them from the start"
    SubActivity.objects.all().delete()
    assert seed_sub_activities() == 4
    SubActivity.objects.filter(code="7.01.03.2.02.0002").update(indicator="Panjang jalan")
    assert seed_sub_activities() == 0
    assert SubActivity.objects.get(code="7.01.03.2.02.0002").indicator == "Panjang jalan"
    assert rules() == rules() == RuleSet.objects.get()
    assert "40/2022" in rules().legal_basis


def test_a_change_is_a_new_version_and_the_old_one_ends(ward: Region) -> None:
    first = rules()
    second = services.set_rules(**next_rules())
    first.refresh_from_db()
    assert first.valid_to == date(2026, 3, 9)
    assert queries.rules_in_force("3278", YEAR, date(2026, 3, 9)) == first
    assert queries.rules_in_force("3278", YEAR, date(2026, 3, 10)) == second
    assert last("planning.rules_set").changes["default_ceiling"] == [250_000_000, 200_000_000]
    again = next_rules()
    del again["at"]
    assert refusal(services.set_rules, **again).reason == Reason.RULES_OVERLAP


def test_ceiling_follows_the_default_until_it_has_a_basis_of_its_own(ward: Region) -> None:
    prepared(ward)
    assert Ceiling.objects.get().amount == 250_000_000
    services.set_rules(**next_rules())
    assert queries.ceiling_state(ward, YEAR, date(2026, 3, 10)).amount == 200_000_000
    ceiling = services.set_ceiling(
        by=personas.secretariat(places.city()), at=AT, ward=ward, year=YEAR, amount=300_000_000, legal_basis="SK 7/2026"
    )
    assert Ceiling.objects.get() == ceiling
    state = queries.ceiling_state(ward, YEAR, date(2026, 3, 10))
    assert (state.amount, state.own_basis, state.left) == (300_000_000, "SK 7/2026", 260_000_000)
    assert last("planning.ceiling_set").changes["amount"] == [200_000_000, 300_000_000]


def test_ceiling_may_be_cut_below_what_is_planned_but_then_nothing_fits(ward: Region) -> None:
    prepared(ward)
    services.set_ceiling(by=None, at=AT, ward=ward, year=YEAR, amount=30_000_000)
    assert queries.ceiling_state(ward, YEAR, AT.date()).left == -10_000_000
    decision = funded(ward, 1_000_000)
    refused = refusal(services.prepare_project, by=personas.pptk(ward), **plan(decision))
    assert (refused.reason, refused.params["over_rupiah"]) == (Reason.OVER_CEILING, 11_000_000)


@pytest.mark.parametrize(("level", "amount", "reason"), [("ward", -1, "AMOUNT_NEGATIVE"), ("city", 1, "NOT_A_WARD")])
def test_ceiling_refused(ward: Region, level: str, amount: int, reason: str) -> None:
    rules()
    place = ward if level == "ward" else places.city()
    found = refusal(services.set_ceiling, by=None, ward=place, year=YEAR, amount=amount)
    assert found.reason == Reason[reason]


def test_project_is_born_from_a_decision(ward: Region) -> None:
    project = prepared(ward)
    assert (project.stream, project.state, project.region) == ("infrastructure", ProjectState.PREPARED, ward)
    assert counters.total("planned.rupiah", under=ward.path, dimension="infrastructure") == 40_000_000
    proposal = project.decision.item.proposal
    assert queries.project_of_proposal(proposal) == project
    assert list(queries.projects_of("3278")) == [project]
    assert list(queries.projects_of(places.ward(2).path)) == []
    assert last("planning.project_prepared").changes["budget"] == 40_000_000
    assert refusal(services.prepare_project, by=None, **plan(project.decision)).reason == Reason.ALREADY_PLANNED
    assert list(counters.differences()) == []


def test_same_form_sent_twice_makes_one_project(ward: Region) -> None:
    rules()
    facts = {"by": personas.pptk(ward), "at": AT, "op": uuid.uuid4(), **plan(funded(ward))}
    assert services.prepare_project(**facts) == services.prepare_project(**facts)
    assert Project.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"budget": 40_000_001}, Reason.OVER_DECISION),
        ({"budget": 0}, Reason.BUDGET_NEEDED),
        ({"starts_on": date(2026, 7, 1)}, Reason.DATES_REVERSED),
        ({"ends_on": date(2027, 1, 1)}, Reason.OUTSIDE_YEAR),
        ({"executor": "  "}, Reason.WORDS_MISSING),
    ],
)
def test_project_refused(ward: Region, changes: dict[str, Any], reason: Reason) -> None:
    rules()
    assert refusal(services.prepare_project, by=None, **plan(funded(ward), **changes)).reason == reason
    assert counters.total("planned.rupiah", under=ward.path) == 0


def test_budget_line_of_the_other_stream_is_refused(ward: Region) -> None:
    rules()
    facts = plan(funded(ward), sub_activity=line("empowerment"))
    assert refusal(services.prepare_project, by=None, **facts).reason == Reason.WRONG_SUB_ACTIVITY


def test_without_rules_nothing_is_planned(ward: Region) -> None:
    assert refusal(services.prepare_project, by=None, **plan(funded(ward))).reason == Reason.NO_RULE_SET


def test_only_what_a_closed_meeting_funded(ward: Region) -> None:
    rules()
    open_one = decided(put(called(ward)))
    assert refusal(services.prepare_project, by=None, **plan(open_one)).reason == Reason.NOT_FUNDED


def test_ceiling_is_shared_by_the_projects_of_a_ward(ward: Region) -> None:
    prepared(ward, 100_000_000)
    refused = refusal(services.prepare_project, by=None, **plan(funded(ward, 60_000_000)))
    assert (refused.reason, refused.params["over_rupiah"]) == (Reason.OVER_SHARE, 10_000_000)
    empower = funded(ward, 140_000_000, menu_item=menu("B1.01"))
    services.prepare_project(by=personas.pptk(ward), at=AT, **plan(empower))
    refused = refusal(services.prepare_project, by=None, **plan(funded(ward, 20_000_000)))
    assert (refused.reason, refused.params["over_rupiah"]) == (Reason.OVER_CEILING, 10_000_000)
    prepared(places.ward(2), 100_000_000)  # the ward next door has a ceiling of its own


def test_approval_moves_the_project_on(ward: Region) -> None:
    project = approved(ward)
    assert (project.state, project.approved_by) == (ProjectState.APPROVED, personas.lurah(ward))
    assert counters.total("approved.rupiah", under=ward.path) == 40_000_000
    assert counters.total("project.state", under=ward.path, dimension="approved") == 1
    assert last("planning.project_approved").office == "ward_head"
    assert refusal(services.approve_project, by=personas.lurah(ward), project=project).reason == Reason.NOT_PREPARED
    assert list(counters.differences()) == []


@pytest.mark.parametrize("duty", ["preparer", "proposer", "submitter", "checker", "facilitator"])
def test_who_may_not_approve(ward: Region, duty: str) -> None:
    project, lurah = prepared(ward), personas.lurah(ward)
    proposal, reason = project.decision.item.proposal, AccessReason.SAME_PERSON
    if duty == "preparer":
        project.prepared_by = lurah
    elif duty == "facilitator":
        personas.person("ward_facilitator", ward, "lurah")
        reason = AccessReason.FACILITATOR_NEVER
    else:
        field = {"proposer": "proposed_by", "submitter": "submitted_by", "checker": "checked_by"}[duty]
        if duty != "checker":
            proposal.checked_by = personas.camat(places.district())
        else:
            proposal.proposed_by = proposal.submitted_by = personas.sari(ward)
        setattr(proposal, field, lurah)
        proposal.save()
    project.save()
    assert refusal(services.approve_project, by=lurah, project=project).reason == reason


def test_states_as_delivery_and_assets_move_them(ward: Region) -> None:
    facts = {"by": personas.sekretaris(ward), "at": AT, "project": approved(ward)}
    del facts["at"]
    assert refusal(services.mark_completed, **facts).reason == Reason.NOT_RUNNING
    facts["at"] = AT
    assert services.mark_running(**facts).state == ProjectState.RUNNING
    assert services.mark_running(**facts).state == ProjectState.RUNNING
    assert services.mark_completed(**facts).completed_at == AT
    assert services.mark_handed_over(**facts).state == ProjectState.HANDED_OVER
    assert not last("planning.project_started").is_public
    assert JournalEntry.objects.filter(verb="planning.project_started").count() == 1
    assert list(counters.differences()) == []
