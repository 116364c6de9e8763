"""My work: each person sees what waits for exactly them, in their places, one act away."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pendamping.access.models import Account
from pendamping.access.scope import scope_of
from pendamping.access.tests import personas
from pendamping.core.moments import day
from pendamping.deliberation import services as deliberation
from pendamping.deliberation.enums.meetings import MeetingKind
from pendamping.deliberation.models import Meeting
from pendamping.deliberation.tests import factories as met
from pendamping.deliberation.tests.factories import call_facts
from pendamping.insight.queries import waiting
from pendamping.insight.queries.waiting import Group
from pendamping.needs.enums.contacts import ContactKind
from pendamping.needs.enums.visits import InboxState
from pendamping.needs.models import GatewayMessage
from pendamping.needs.services.contacts import reach
from pendamping.needs.tests.factories import draft, submitted, voice
from pendamping.portal.tests import factories
from pendamping.regions.models import Region
from pendamping.regions.tests.factories import city, district, rt, rw, ward

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def without_second_factor(settings: Any) -> None:
    """These pages are about what is shown; signing in with a second factor is tested in access."""
    settings.MFA_REQUIRED = False


TODAY = day(factories.START + timedelta(days=70))


def groups(who: Account) -> dict[str, Group]:
    return {group.key: group for group in waiting.waiting(scope_of(who, TODAY), TODAY)}


def fill(here: Region) -> None:
    """One of each thing that can wait."""
    for until in factories.UNTIL:
        factories.walk(here, until, title=f"Sampai {until}", cost=10_000_000)
    submitted(here, title="Menunggu diperiksa")


@pytest.mark.parametrize(
    ("persona", "keys"),
    [
        (
            personas.sari,
            {
                "voices",
                "verifying",
                "proposing",
                "repairs",
                "agenda",
                "attendance",
                "reporting",
                "reach",
                "inspections",
                "turns",  # gathered, and not told so yet
            },
        ),
        (personas.lurah, {"meetings", "approvals", "handovers", "agenda"}),
        (personas.sekretaris, {"checks", "reports", "attendance"}),
        (personas.pptk, {"preparing", "inspections"}),
        (personas.bendahara, {"payments"}),
    ],
)
def test_each_person_sees_what_their_rights_ask_for(persona: object, keys: set[str]) -> None:
    here = ward()
    fill(here)
    draft(here, title="Draf Sari")
    walked = factories.walk(here, "approved", title="Dilaporkan")
    factories.delivery.report_progress(
        project=walked.project,
        stage=0,
        spent=0,
        photos=[factories.image(3)],
        by=personas.sari(here),
        at=factories.START,
    )
    later = TODAY + timedelta(days=200)
    found = {group.key for group in waiting.waiting(scope_of(persona(here), later), later)}  # type: ignore[operator]
    assert found <= keys
    assert found >= keys - {"attendance", "reporting"}


def test_the_neighbour_and_a_stranger_see_nothing_of_it() -> None:
    fill(ward())
    assert groups(personas.wati(ward(2))) == {}
    assert groups(personas.account("tamu")) == {}


def test_a_coordinator_sees_all_wards_of_the_city() -> None:
    for n in (1, 2):
        submitted(ward(n), title=f"Usulan {n}")
    other = ward(1, of=district(2))
    submitted(other, title="Usulan kecamatan lain")
    assert len(groups(personas.budi(city()))["checks"].items) == 3
    assert len(groups(personas.camat(district()))["checks"].items) == 2


def test_what_one_proposed_oneself_waits_for_somebody_else() -> None:
    here = ward()
    mine = personas.person("rt_rw", here, "pak-rw")
    personas.person("ward_secretary", here, "pak-rw")
    proposal = submitted(here)
    type(proposal).objects.filter(pk=proposal.pk).update(proposed_by=mine)
    item = groups(mine)["checks"].items[0]
    assert "Anda sudah" in item.refusal
    assert not groups(personas.sekretaris(here))["checks"].items[0].refusal


def test_late_comes_first_and_the_rest_is_counted() -> None:
    here = ward()
    factories.walk(here)
    for number in range(8):
        voice(here, text=f"Suara {number}")
    later = TODAY + timedelta(days=200)
    found = waiting.waiting(scope_of(personas.sari(here), later), later)
    assert {group.key for group in found[:2]} == {"inspections", "voices"}
    assert all(group.items[0].late for group in found[:2])
    voices = next(group for group in found if group.key == "voices")
    assert len(voices.items) == waiting.SHOWN and voices.more == 3 and voices.has_more
    assert voices.listed == "/kerja/suara/?view=heard"
    assert [item.since for item in voices.items] == sorted(item.since for item in voices.items if item.since)


def test_messages_without_a_place_wait_for_whoever_may_place_them(settings: Any) -> None:
    city()
    words = [*(f"Got mampet {n}" for n in range(6)), "RAHASIA kader minta uang"]
    for number, text in enumerate(words):
        at = factories.START + timedelta(hours=number)
        sender = reach(kind=ContactKind.GATEWAY, address=f"fake:62812000000{number}", at=at, is_proven=True)
        GatewayMessage.objects.create(
            gateway="fake", number=str(number), sent_at=at, contact=sender, text=text, created_at=at
        )
    office = personas.secretariat(city())
    found = groups(office)["messages"]
    assert [item.title for item in found.items] == words[:5]
    assert (found.more, found.has_more, found.listed, found.items[0].href) == (
        2, True, reverse("needs:inbox"), reverse("needs:inbox"),
    )  # fmt: skip
    GatewayMessage.objects.filter(text__startswith="Got").update(state=InboxState.TAKEN, voice=voice(ward()))
    assert [item.title for item in groups(office)["messages"].items] == ["Suara tentang seseorang"]
    seen = waiting.waiting(replace(scope_of(office, TODAY), viewer=personas.budi(city())), TODAY)
    assert "messages" not in {group.key for group in seen}
    assert "messages" not in groups(personas.sari(ward()))


def test_somebody_of_an_rt_sees_only_needs_of_that_rt() -> None:
    here = ward()
    first, second = rt(rw(here), 1), rt(rw(here), 2)
    for place in (first, second):
        factories.walk(here, "verified", place=place, title=f"Di {place.name}")
    held = groups(personas.person("rt_rw", first))
    places = {item.title for item in held.get("proposing", Group("", "", [], 0, False)).items}
    assert places <= {"Di 001"}


def test_the_page_answers_each_persona_at_constant_cost(client: Client) -> None:
    here = ward()
    people = [
        personas.sari(here),
        personas.lurah(here),
        personas.sekretaris(here),
        personas.pptk(here),
        personas.budi(city()),
    ]
    fill(here)
    counts = []
    for _round in range(2):
        seen = []
        for person in people:
            client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
            with CaptureQueriesContext(connection) as queries:
                response = client.get(reverse("insight:work"))
            assert response.status_code == 200
            seen.append(len(queries))
        counts.append(seen)
        if _round == 0:
            for _again in range(2):
                fill_again(here)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 31  # one question for each kind of work that somebody may do, and one for gates


def fill_again(here: Region) -> None:
    for until in ("voice", "need", "verified", "checked", "decided"):
        factories.walk(here, until, title=f"Lagi {until}", cost=10_000_000)
    submitted(here, title="Lagi menunggu")


def test_the_hub_counts_by_state(client: Client) -> None:
    here = ward()
    factories.walk(here)
    voice(here, at=timezone.now())
    client.force_login(personas.sari(here), backend="allauth.account.auth_backends.AuthenticationBackend")
    response = client.get(reverse("insight:records"))
    assert response.status_code == 200
    lists = {str(one["label"]): one for one in response.context["lists"]}
    assert lists["Suara warga"]["total"] == "2"
    assert reverse("needs:voices") in response.content.decode()


def test_the_hub_leads_to_what_listening_needs_by_what_one_may(client: Client) -> None:
    here = ward()
    for person, shown, kept in (
        (personas.sari(here), {"needs:doors", "needs:moderation"}, {"needs:cases", "needs:categories"}),
        (personas.secretariat(city()), {"needs:cases", "needs:inbox", "needs:categories"}, {"needs:doors"}),
    ):
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        urls = {one.url for one in client.get(reverse("insight:records")).context["beside"]}
        assert {reverse(name) for name in shown} <= urls and not {reverse(name) for name in kept} & urls


def test_a_visitor_is_sent_to_sign_in(client: Client) -> None:
    for name in ("work", "records", "figures"):
        response = client.get(reverse(f"insight:{name}"))
        assert response.status_code == 302 and reverse("account_login") in response["Location"]


def test_every_kind_of_work_knows_the_list_where_the_rest_stands() -> None:
    keys = {kind.key for kind in waiting.KINDS} | {"payments", "messages"}
    assert len(keys) == len(waiting.KINDS) + 2, "two kinds under one key would lead to one list"
    assert all(
        waiting.Group(key, "", [], 1, True).listed.startswith(("/kerja/", "/pendamping-saya/", "/belajar/"))
        for key in keys
    )


def test_a_district_head_sees_the_meeting_of_the_district_and_no_ward_s(client: Client) -> None:
    here, head = district(), personas.camat(district())
    on = {"fiscal_year": TODAY.year, "held_on": TODAY}
    facts = call_facts(here, kind=MeetingKind.DISTRICT, **on)
    meeting = deliberation.call_meeting(by=head, at=timezone.now(), **facts)
    deliberation.call_meeting(by=personas.lurah(ward()), at=timezone.now(), **call_facts(ward(), **on))
    found = groups(head)
    for key in ("meetings", "attendance"):
        assert [item.meta.split(" ")[0] for item in found[key].items] == [meeting.code]
        assert found[key].items[0].href == reverse("deliberation:meeting", args=[meeting.code])
    assert "meeting_objections" not in found


def test_an_objection_waits_for_who_answers_and_not_for_who_closed(client: Client) -> None:
    meeting = met.called(ward())
    met.decided(met.put(meeting))
    met.closed(meeting)
    code = met.objected(meeting).code
    found = groups(personas.camat(district()))["meeting_objections"]
    assert [item.href for item in found.items] == [reverse("deliberation:answer_objection", args=[code])]
    assert "meeting_objections" not in groups(personas.lurah(ward()))
    Meeting.objects.update(closed_by=personas.camat(district()))
    assert "meeting_objections" not in groups(personas.camat(district()))
    assert "meeting_objections" in groups(personas.secretariat(city()))
