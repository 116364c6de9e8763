"""One side of a project for one person: who had a hand in it on one side takes no step on another."""

from __future__ import annotations

from typing import Any

import pytest

from pendamping.access.enums import Reason
from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.deliberation.models import Decision
from pendamping.delivery import queries, services
from pendamping.delivery.tests import factories as make
from pendamping.needs.models import Proposal, ProposalRevision
from pendamping.planning.models import Project
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
FACILITATING = ["proposer", "submitter", "repairer", "preparer"]
APPROVING = ["decider", "approver"]


def project_with(duty: str, person: Account, ward: Region) -> Project:
    """A project on which this person took one duty before the work began."""
    columns = {"preparer": "prepared_by", "approver": "approved_by"}
    project = make.project(ward, **({columns[duty]: person} if duty in columns else {}))
    proposals = Proposal.objects.filter(pk=project.decision.item.proposal_id)
    on_proposal = {"proposer": "proposed_by", "submitter": "submitted_by", "checker": "checked_by"}
    if duty in on_proposal:
        proposals.update(**{on_proposal[duty]: person})
    elif duty == "repairer":
        ProposalRevision.objects.create(proposal=proposals.get(), facts={}, by=person, created_at=make.AT)
    elif duty == "decider":
        Decision.objects.filter(pk=project.decision_id).update(by=person)
    return queries.projects().get(pk=project.pk)


def refusal(act: Any, **facts: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        act(at=make.AT, **facts)
    return caught.value


@pytest.mark.parametrize("duty", [*FACILITATING, *APPROVING])
def test_only_the_verifying_side_verifies_or_returns(duty: str) -> None:
    ward = places.ward()
    person = personas.person("ward_secretary", ward, "rangkap")
    report = make.reported(project_with(duty, person, ward))
    assert refusal(services.verify_progress, report=report, by=person).reason == Reason.SAME_PERSON
    returned = refusal(services.return_progress, report=report, by=person, reason="Foto kabur")
    assert returned.reason == Reason.SAME_PERSON


def test_who_checked_the_proposal_may_verify_its_progress() -> None:
    ward = places.ward()
    person = personas.sekretaris(ward)
    report = make.reported(project_with("checker", person, ward))
    assert services.verify_progress(report=report, by=person, at=make.AT).verified_by == person


@pytest.mark.parametrize("duty", [*FACILITATING, "checker", *APPROVING])
def test_nobody_pays_who_had_another_duty(duty: str) -> None:
    ward = places.ward()
    person = personas.person("assistant_treasurer", ward, "rangkap")
    project = project_with(duty, person, ward)
    make.verified(project)
    payment = {"project": project, "tranche": 1, "amount": 1, "paid_on": make.AT.date(), "reference": "SP2D-1"}
    assert refusal(services.pay_tranche, by=person, **payment).reason == Reason.SAME_PERSON


@pytest.mark.parametrize("duty", ["checker", *APPROVING])
def test_who_checked_or_approved_does_not_report(duty: str) -> None:
    ward = places.ward()
    person = personas.person("community_group", ward, "rangkap")
    project = project_with(duty, person, ward)
    report = {"project": project, "stage": 0, "spent": 0, "photos": [make.image()]}
    assert refusal(services.report_progress, by=person, **report).reason == Reason.SAME_PERSON


def test_the_page_says_the_same_as_the_act(client: Any, settings: Any) -> None:
    settings.MFA_REQUIRED = False
    ward = places.ward()
    person = personas.person("ward_secretary", ward, "rangkap")
    report = make.reported(project_with("preparer", person, ward))
    client.force_login(person)
    page = client.get(f"/kerja/kemajuan/{report.code}/").content.decode()
    assert "sebagai penyusun kegiatan" in page
