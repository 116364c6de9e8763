"""From door to door: who was not heard this quarter, and what a visit keeps."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from pendamping.access import tokens
from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.core.moments import day
from pendamping.needs import services
from pendamping.needs.enums.visits import Group, VisitReason, VisitResult
from pendamping.needs.enums.voices import Behalf
from pendamping.needs.models import Visit, Voice
from pendamping.needs.queries.places import rts_of
from pendamping.needs.queries.visits import doors, groups_met
from pendamping.needs.rules import visits as rules
from pendamping.needs.tests import factories as make
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

NOON = datetime(2026, 5, 12, 5, 0, tzinfo=UTC)
TODAY = date(2026, 5, 12)
QUARTER = (date(2026, 4, 1), date(2026, 6, 30))


@pytest.mark.parametrize(
    ("on", "first", "last"),
    [
        ("2026-01-01", "2026-01-01", "2026-03-31"), ("2028-02-29", "2028-01-01", "2028-03-31"),
        ("2026-06-30", "2026-04-01", "2026-06-30"), ("2026-07-01", "2026-07-01", "2026-09-30"),
        ("2026-12-31", "2026-10-01", "2026-12-31"),
    ],
)  # fmt: skip
def test_quarters(on: str, first: str, last: str) -> None:
    assert rules.quarter_of(date.fromisoformat(on)) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None), ({"level": "rw"}, "visit_not_an_rt"), ({"in_force": False}, "visit_not_an_rt"),
        ({"on": date(2026, 5, 13)}, "day_ahead"), ({"voices": 0}, "visit_nothing_written"),
        ({"result": "nothing", "voices": 0, "groups": ["women"]}, None),
        ({"result": "nobody", "voices": 0, "groups": ["women"]}, "visit_nobody_met"),
        ({"result": "nobody", "voices": 0}, None),
    ],
)  # fmt: skip
def test_what_a_visit_must_tell(changes: dict[str, Any], reason: str | None) -> None:
    facts = {
        "level": "rt", "in_force": True, "on": TODAY, "today": TODAY, "result": "heard", "groups": [], "voices": 1,
    }  # fmt: skip
    assert rules.may_record_visit(**{**facts, **changes}).reason == reason


@pytest.mark.parametrize(
    ("voices", "result", "waits"),
    [(0, "", True), (0, "nobody", True), (0, "nothing", False), (2, "nobody", False), (1, "", False)],
)
def test_who_is_still_to_be_heard(voices: int, result: str, waits: bool) -> None:
    assert rules.still_to_hear(voices=voices, result=result) is waits


@pytest.fixture
def rt() -> Region:
    make.menu()
    return places.rt(places.rw(places.ward(1)))


def written(rt: Region, at: datetime = NOON, **facts: Any) -> Voice:
    given = {"text": "Jalan berlubang", "behalf": Behalf.VISIT, "menu_item": make.menu(), "heard_at": at}
    return services.record_voice(
        **{**given, "by": personas.sari(places.ward(1)), "at": at, "region": rt, **facts}
    )  # fmt: skip


def visited(rt: Region, **facts: Any) -> Visit:
    given = {"by": personas.sari(places.ward(1)), "at": NOON, "day": TODAY, "result": VisitResult.HEARD}
    return services.record_visit(**{**given, "region": rt, **facts})


@pytest.mark.django_db
def test_voices_written_down_there_that_day_belong_to_the_visit(rt: Region) -> None:
    other = places.rt(places.rw(places.ward(1)), 2)
    inside = written(rt)
    outside = [
        written(other), written(rt, NOON - timedelta(days=1)), written(rt, by=personas.sekretaris(places.ward(1))),
        make.voice(rt, heard_at=NOON),
    ]  # fmt: skip
    visit = visited(rt, groups=[Group.WOMEN, Group.ELDERLY], note=f"Bu Tati, 0812-3456-7890, NIK {make.NIK}")
    assert list(visit.voices.all()) == [inside]
    assert visit.groups == ["elderly", "women"]
    assert (make.NIK in visit.note, "7890" in visit.note) == (False, False)
    entry = JournalEntry.objects.get(verb="needs.visit_recorded")
    assert (entry.changes, entry.office, entry.reason) == ({"voices": 1}, "ward_facilitator", "")
    with pytest.raises(Refused) as again:
        visited(rt)
    assert again.value.reason == VisitReason.NOTHING_WRITTEN
    assert all(not voice.visits.exists() for voice in outside)


@pytest.mark.django_db
def test_list_of_a_quarter(rt: Region) -> None:
    ward, rw = places.ward(1), places.rw(places.ward(1))
    spoke, nothing, nobody, long_ago, never = rt, *(places.rt(rw, n) for n in (2, 3, 4, 5))
    Region.objects.filter(pk=places.rt(rw, 6).pk).update(valid_to="2025-01-01")
    written(spoke)
    written(long_ago, datetime(2026, 3, 31, 16, 59, tzinfo=UTC))  # the last minute of March in Jakarta
    visited(nothing, result=VisitResult.NOTHING)
    visited(nobody, result=VisitResult.NOBODY)
    about = written(never)
    Voice.everything.filter(pk=about.pk).update(is_confidential=True)
    found = doors(rts_of(ward), ward, QUARTER)
    assert [one.rt for one in found] == [nothing, nobody, never, long_ago, spoke]
    assert [one.rt for one in found if one.is_waiting] == [nobody, never, long_ago]
    last = found[3]
    assert (last.voices, last.heard_on, last.visited_on) == (0, date(2026, 3, 31), None)
    assert (found[1].visited_on, found[1].result) == (TODAY, "nobody")


@pytest.mark.django_db
def test_groups_are_met_at_doors_or_speak(rt: Region) -> None:
    ward = places.ward(1)
    written(rt)
    visited(rt, groups=[Group.WOMEN, Group.YOUNG])
    visited(rt, result=VisitResult.NOTHING, groups=[Group.WOMEN])
    visited(rt, result=VisitResult.NOTHING, groups=[Group.POOR], day=date(2026, 3, 31))
    written(rt, behalf=Behalf.ELDERLY)
    assert groups_met(ward, QUARTER) == [
        (Group.DISABLED, 0), (Group.POOR, 0), (Group.YOUNG, 1), (Group.ELDERLY, 1), (Group.WOMEN, 2),
    ]  # fmt: skip


def signed_in(role: str, place: Region) -> Client:
    client = Client()
    client.force_login(personas.person(role, place))
    return client


@pytest.fixture
def _plain(settings: Settings) -> None:
    settings.MFA_REQUIRED = False


@pytest.mark.django_db
@pytest.mark.usefixtures("_plain")
def test_facilitator_goes_from_the_list_to_the_door_and_back(rt: Region) -> None:
    client = signed_in("ward_facilitator", places.ward(1))
    page = client.get(reverse("needs:doors")).content.decode()
    address = reverse("needs:door", args=[rt.path])
    assert (address in page, "RW 001, RT 001" in page, "belum pernah didengar" in page) == (True, True, True)
    form = client.get(reverse("needs:record_voice"), {"door": rt.path}).content.decode()
    assert '<option value="visit" selected>' in form
    facts = {
        "text": "Lampu mati", "ward": rt.ward_path, "rw": "1", "rt": "1", "category": "light", "behalf": "visit",
        "channel": "facilitator", "heard_on": day(timezone.now()).isoformat(), "op": str(uuid.uuid4()),
    }  # fmt: skip
    sent = client.post(f"{reverse('needs:record_voice')}?door={rt.path}", facts)
    assert sent.headers["Location"] == address
    assert "Lampu mati" in client.get(address).content.decode()
    visit = {"result": "heard", "met": ["women"], "day": facts["heard_on"], "op": str(uuid.uuid4())}
    done = client.post(address, visit, follow=True)
    assert done.redirect_chain == [(f"{reverse('needs:doors')}?w={rt.ward_path}", 302)]
    assert Visit.objects.get().voices.count() == 1
    assert address in done.content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("_plain")
def test_refusal_stands_at_its_field(rt: Region) -> None:
    client = signed_in("ward_facilitator", places.ward(1))
    sent = client.post(reverse("needs:door", args=[rt.path]), {"result": "heard", "day": "2026-05-12"})
    assert sent.status_code == 422
    assert "Catat dulu" in sent.content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("_plain")
def test_each_sees_the_own_doors(rt: Region) -> None:
    other = places.rt(places.rw(places.ward(1)), 2)
    chair = signed_in("rt_rw", rt).get(reverse("needs:doors")).content.decode()
    assert (rt.path in chair, other.path in chair) == (True, False)
    next_door = signed_in("ward_facilitator", places.ward(2))
    assert next_door.get(reverse("needs:door", args=[rt.path])).status_code == 404
    assert rt.path not in next_door.get(reverse("needs:doors"), {"w": rt.ward_path}).content.decode()
    assert signed_in("ward_head", places.ward(1)).get(reverse("needs:doors")).status_code == 403


@pytest.mark.django_db
@pytest.mark.usefixtures("_plain")
def test_list_costs_the_same_for_one_and_three(rt: Region, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ward = places.ward(1)
    for count in (1, 3):
        for n in range(1, count + 1):
            places.rt(places.rw(ward), n)
        with django_assert_num_queries(3):
            assert len(doors(rts_of(ward), ward, QUARTER)) == count


@pytest.mark.django_db
def test_over_the_api(rt: Region) -> None:
    sari = personas.sari(places.ward(1))
    _token, key = tokens.issue(account=sari, label="uji", expires_on=date(2099, 1, 1), reads_only=False)
    client = Client(headers={"Authorization": f"Bearer {key}"})
    facts = {"region": rt.path, "day": "2026-05-12", "result": "nothing", "groups": ["women"]}
    made = client.post("/api/v1/visits", facts, content_type="application/json")
    assert (made.status_code, made.json()["groups"], made.json()["voices"]) == (201, ["women"], [])
    refused = client.post("/api/v1/visits", {**facts, "result": "nobody"}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (422, "visit_nobody_met")
    (door,) = client.get(f"/api/v1/wards/{rt.ward_path}/doors").json()["doors"]
    assert (door["region"], door["heard_on"]) == (rt.path, None)
    elsewhere = places.rt(places.rw(places.ward(2)))
    away = client.post("/api/v1/visits", {**facts, "region": elsewhere.path}, content_type="application/json")
    assert away.status_code == 404
