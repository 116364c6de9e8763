"""After a recount the decisions of the result before say so everywhere, and no minutes are fixed on them."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.deliberation import services
from pendamping.deliberation.models import Decision, Meeting, Result
from pendamping.deliberation.papers import minutes
from pendamping.deliberation.queries.results import departures, overtaken
from pendamping.deliberation.rules.results import Choice
from pendamping.deliberation.tests import factories
from pendamping.deliberation.tests.result_factories import OVER, worked_out
from pendamping.deliberation.tests.test_api import ask
from pendamping.regions.models import Region

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
AGAIN = OVER + timedelta(hours=2)
YET = "belum memutuskan menurut hasil ini"


@pytest.fixture
def head(ward: Region) -> Account:
    return personas.lurah(ward)


@pytest.fixture
def first(ward: Region, head: Account) -> Result:
    """A result, decided by, before a closed meeting was opened again by an objection."""
    result = worked_out(ward)
    services.decide_from_result(by=head, at=OVER, result=result)
    closed = factories.closed(result.meeting)
    factories.upheld(closed, at=OVER + timedelta(hours=1))
    return Result.objects.get()


def recounted(result: Result, head: Account) -> Result:
    return services.recount(by=head, at=AGAIN, result=result, reason="Lembar 2 dibuka ulang")


def close(meeting: Meeting, head: Account) -> Meeting:
    return services.close_meeting(by=head, at=AGAIN, meeting=meeting)


def test_no_minutes_are_fixed_on_decisions_of_a_result_that_was_counted_again(first: Result, head: Account) -> None:
    second = recounted(first, head)
    third = recounted(second, head)
    with pytest.raises(Refused) as caught:
        close(first.meeting, head)
    codes = list(first.meeting.items.order_by("position").values_list("proposal__code", flat=True))
    assert caught.value.code == "decided_by_overtaken"
    for word in (*codes, "hasil 1", "hasil 3"):
        assert word in caught.value.message
    services.decide_from_result(by=head, at=AGAIN, result=third)
    assert set(Decision.objects.values_list("result", flat=True)) == {third.pk}
    printed = str(minutes(close(first.meeting, head)))
    assert "Hasil 3 dari pemungutan suara 1" in printed and "Hasil 1 dari" not in printed


def test_deciding_otherwise_on_the_new_result_counts_for_that_proposal_alone(first: Result, head: Account) -> None:
    second = recounted(first, head)
    code = first.meeting.items.get(proposal__title="Usulan 3").proposal.code
    said = Choice(code, "rejected", None, "Lahan masih bersengketa")
    services.depart_from_result(by=head, at=AGAIN, result=second, choice=said)
    [still] = overtaken(first.meeting)
    assert (still.result, still.newest, len(still.codes), code in still.codes) == (first, second, 3, False)
    assert [one.item.proposal.code for one in departures(second)] == [code]
    assert departures(first) == []  # it is decided by another count now
    with pytest.raises(Refused):
        close(first.meeting, head)


def test_the_pages_say_so_while_it_is_so_and_the_api_refuses_alike(
    first: Result, head: Account, client: Client
) -> None:
    code, inside = first.meeting.code, Client()
    inside.force_login(head)
    meeting = reverse("deliberation:meeting", args=[code])
    working, public = (reverse(f"deliberation:{name}", args=[code, 2]) for name in ("result", "public_result"))
    assert "Diputuskan menurut hasil yang dihitung ulang" not in inside.get(meeting).content.decode()
    second = recounted(first, head)
    page = inside.get(meeting).content.decode()
    assert "Diputuskan menurut hasil yang dihitung ulang" in page and f'href="{working}"' in page
    assert YET in inside.get(working).content.decode() and YET in client.get(public).content.decode()
    assert "Putuskan menurut hasil suara" in inside.get(reverse("deliberation:close", args=[code])).content.decode()
    said = ask(inside, head, "POST", f"/meetings/{code}/closing", {"notes": ""})
    assert (said.status_code, said.json()["code"]) == (422, "decided_by_overtaken")
    services.decide_from_result(by=head, at=AGAIN, result=second)
    assert "Diputuskan menurut hasil yang dihitung ulang" not in inside.get(meeting).content.decode()
    assert YET not in inside.get(working).content.decode() + client.get(public).content.decode()


def test_decisions_made_before_they_named_their_result_name_the_one_that_is_sure(first: Result, head: Account) -> None:
    name = import_module("pendamping.deliberation.migrations.0011_decisions_name_results").name_results
    Decision.objects.update(result=None)
    name(apps, None)
    assert set(Decision.objects.values_list("result", flat=True)) == {first.pk}
    second = recounted(first, head)
    Decision.objects.update(result=None)
    name(apps, None)
    assert set(Decision.objects.values_list("result", flat=True)) == {first.pk}  # the recount is applied before a close
    services.decide_from_result(by=head, at=AGAIN, result=second)
    close(first.meeting, head)
    Decision.objects.update(result=None)
    name(apps, None)
    assert set(Decision.objects.values_list("result", flat=True)) == {second.pk}
