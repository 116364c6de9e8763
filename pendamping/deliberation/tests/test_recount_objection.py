"""A recount names the objection that opened the meeting for it; everybody finds ballots and results of a meeting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from pendamping.access.tests import personas
from pendamping.deliberation import papers_results, services
from pendamping.deliberation.models import Meeting, MeetingObjection, Result
from pendamping.deliberation.tests import factories
from pendamping.deliberation.tests.result_factories import OVER, worked_out
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


def test_a_recount_after_an_upheld_objection_names_it(client: Client) -> None:
    ward = places.ward()
    head, first = personas.lurah(ward), worked_out(ward)
    services.decide_from_result(by=head, at=OVER, result=first)
    factories.counted(first.meeting)
    closed = services.close_meeting(by=head, at=OVER, meeting=first.meeting)
    papers_results.issue_priority_list(closed, at=OVER)
    public = client.get(reverse("deliberation:public", args=[closed.code])).content.decode()
    for name, given in (("public_result", [1]), ("poll_public", [1]), ("priority_pdf", []), ("priority_csv", [])):
        assert reverse(f"deliberation:{name}", args=[closed.code, *given]) in public

    meeting = factories.upheld(closed, at=OVER + timedelta(hours=1))
    objection = MeetingObjection.objects.get()
    second = services.recount(
        by=head, at=OVER + timedelta(hours=2), result=Result.objects.get(pk=first.pk), reason="Lembar dibuka ulang"
    )
    assert second.objection == objection
    page = client.get(reverse("deliberation:public_result", args=[meeting.code, 2])).content.decode()
    assert objection.answer in page and objection.code not in page and objection.words not in page
    receipt = client.get(reverse("deliberation:objection", args=[objection.code])).content.decode()
    assert reverse("deliberation:public_result", args=[meeting.code, 2]) in receipt
    assert any(objection.answer in row for block in papers_results.annex(second)["blocks"]
               for row in block.get("rows", []))  # fmt: skip
    public = client.get(reverse("deliberation:public", args=[meeting.code])).content.decode()
    assert reverse("deliberation:priority_csv", args=[meeting.code]) not in public, "it is opened again"


def test_a_recount_before_any_close_has_no_objection_and_a_first_result_never() -> None:
    first = worked_out(places.ward())
    head = personas.lurah(places.ward())
    second = services.recount(by=head, at=OVER, result=first, reason="Lembar 2 salah dibaca")
    assert second.objection is None
    made = MeetingObjection.add(
        at=OVER, region=first.meeting.region, meeting=Meeting.objects.get(), revision=1, words="Tidak sah"
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Result.objects.filter(pk=first.pk).update(objection=made)
