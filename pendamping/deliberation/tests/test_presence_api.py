"""Inviting, the clock and the register over the API: the same acts, no names out."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from pendamping.access.tests import personas
from pendamping.access.tokens import issue
from pendamping.core.models import JournalEntry
from pendamping.core.moments import day
from pendamping.deliberation.enums.presence import PresenceReason
from pendamping.deliberation.models import Meeting, PaperSheet, Presence
from pendamping.deliberation.services.sheets import photo_of
from pendamping.deliberation.tests.factories import called
from pendamping.deliberation.tests.presence_factories import rts
from pendamping.deliberation.tests.test_api import ask
from pendamping.needs.tests.factories import upload
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
NAME = "Sumirah Rekaan"
NO_CLOCK = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00")  # of no day that can be told in another zone


@pytest.fixture
def ward() -> Region:
    return places.ward()


@pytest.fixture
def meeting(ward: Region) -> Meeting:
    today = day(timezone.now())
    return called(ward, held_on=today, fiscal_year=today.year)


def test_invited_answered_and_present(client: Client, ward: Region, meeting: Meeting) -> None:
    sari, path = personas.sari(ward), f"/meetings/{meeting.code}"
    [rt, *_rest] = rts(ward)
    made = ask(client, sari, "POST", f"{path}/invitations", {"capacities": ["rt", "pkk"]}).json()["results"]
    assert [one["place"] for one in made][:1] == [rt.path]
    guest = ask(client, sari, "POST", f"{path}/guests", {"capacity": "guest", "name": NAME})
    assert guest.status_code == 201
    assert NAME not in guest.content.decode()
    one = f"{path}/invitations/{made[0]['uid']}"
    assert ask(client, sari, "POST", f"{one}/told", {"way": "hand"}).json()["letters"][0]["way"] == "hand"
    refused = ask(client, sari, "POST", f"{one}/answer", {"answer": "sending"})
    assert (refused.status_code, refused.json()["code"]) == (422, "who_instead")
    assert ask(client, sari, "POST", f"{one}/answer", {"answer": "coming"}).json()["answer"] == "coming"
    op = str(uuid.uuid4())
    here = {"sex": "m", "invitation": made[0]["uid"], "name": NAME}
    rows = [ask(client, sari, "POST", f"{path}/register", here, op).json() for _time in range(2)]
    assert rows[0] == rows[1]
    claimed = [
        ask(client, sari, "POST", f"{path}/register", {"sex": "f", "claimed_at": when}).status_code
        for when in (
            "2026-03-10T10:00:00",  # no zone
            "2026-02-01T03:00:00Z",  # before the day of the meeting
            *NO_CLOCK,
        )
    ]
    assert claimed == [422] * 4
    shown = {"view": "pause", "claimed_at": NO_CLOCK[1]}
    assert ask(client, sari, "POST", f"{path}/screen", shown).status_code == 422
    assert (rows[0]["place"], rows[0]["capacity"]) == (rt.path, "rt")
    ask(client, sari, "POST", f"{path}/register", {"sex": "f", "is_poor": True})
    register = ask(client, sari, "GET", f"{path}/register")
    assert [row["number"] for row in register.json()["results"]] == [2, 1]
    assert NAME not in register.content.decode()
    room = ask(client, sari, "POST", f"{path}/register/count").json()
    assert (room["women"], room["men"], room["heard"]) == (1, 1, [rt.path])
    assert room["groups"]["poor"] is None  # fewer than five
    strike = f"{path}/register/{register.json()['results'][0]['uid']}/strike"
    left = ask(client, sari, "POST", strike, {"same_as": rows[0]["uid"]}).json()["results"]
    assert [row["number"] for row in left] == [1]
    gone = ask(client, sari, "POST", f"{path}/invitations/{made[1]['uid']}/withdrawal")
    assert made[1]["uid"] not in [one["uid"] for one in gone.json()["results"]]


def test_points_run(client: Client, ward: Region, meeting: Meeting) -> None:
    sari, path = personas.sari(ward), f"/meetings/{meeting.code}/points"
    made = ask(client, sari, "POST", path, {"points": [{"title": "Pembukaan", "minutes": 10}]}).json()
    point = f"{path}/{made['points'][0]['uid']}"
    assert ask(client, sari, "POST", f"{point}/begin").json()["points"][0]["begun_at"]
    again = ask(client, sari, "POST", f"{point}/begin")
    assert (again.status_code, again.json()["code"]) == (422, "point_begun")
    assert ask(client, sari, "POST", f"{point}/end").json()["points"][0]["ended_at"]


def test_a_sheet_is_typed_and_confirmed(client: Client, ward: Region, meeting: Meeting) -> None:
    sari, path = personas.sari(ward), f"/meetings/{meeting.code}/sheets"
    sheet = ask(client, sari, "POST", path, {"rows": 10}).json()
    rows: dict[str, Any] = {"rows": [{"row": 1, "sex": "f", "name": NAME}, {"row": 2, "sex": "m"}]}
    assert ask(client, sari, "POST", f"{path}/{sheet['uid']}/rows", rows).json()["typed"] == 2
    wrong = ask(client, sari, "POST", f"{path}/{sheet['uid']}/confirmation", {"heads": 3})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "heads_differ")
    assert ask(client, sari, "POST", f"{path}/{sheet['uid']}/confirmation", {"heads": 2}).json()["heads"] == 2
    assert Presence.objects.count() == 2


def test_the_photo_of_a_sheet_comes_in_and_stays_sealed(client: Client, ward: Region, meeting: Meeting) -> None:
    path = f"/meetings/{meeting.code}/sheets"
    sheet = ask(client, personas.sari(ward), "POST", path, {"rows": 10}).json()
    assert not sheet["has_photo"]
    _token, key = issue(account=personas.sari(ward), label="foto", expires_on=date(2099, 1, 1), reads_only=False)
    op = {"Authorization": f"Bearer {key}", "Idempotency-Key": str(uuid.uuid4())}
    address = f"/api/v1{path}/{sheet['uid']}/photo"
    told = [client.post(address, {"photo": upload()}, headers=op) for _time in range(2)]
    assert [(one.status_code, one.json()["has_photo"]) for one in told] == [(201, True)] * 2
    assert JournalEntry.objects.filter(verb="deliberation.sheet_photographed").count() == 1  # sent again, it is one
    assert photo_of(PaperSheet.objects.get())
    headers = {"Authorization": f"Bearer {key}"}
    assert client.post(address, headers=headers).status_code == 422
    no_photo = SimpleUploadedFile("foto.jpg", b"<svg/>", "image/jpeg")
    assert client.post(address, {"photo": no_photo}, headers=headers).status_code == 422
    ask(client, personas.sari(ward), "POST", f"{path}/{sheet['uid']}/rows", {"rows": [{"row": 1, "sex": "f"}]})
    ask(client, personas.sari(ward), "POST", f"{path}/{sheet['uid']}/confirmation", {"heads": 1})
    late = client.post(address, {"photo": upload()}, headers=headers)
    assert (late.status_code, late.json()["code"]) == (422, PresenceReason.SHEET_FIXED)


def test_whoever_does_not_keep_the_register_is_kept_out(client: Client, ward: Region, meeting: Meeting) -> None:
    path = f"/meetings/{meeting.code}"
    assert ask(client, personas.lurah(ward), "GET", f"{path}/register").status_code == 403
    assert ask(client, personas.wati(places.ward(2)), "GET", f"{path}/register").status_code == 404
    assert ask(client, personas.sekretaris(ward), "GET", f"{path}/invitations").status_code == 403


def test_a_point_led_without_a_signal_keeps_when_it_began(client: Client, ward: Region, meeting: Meeting) -> None:
    sari, path = personas.sari(ward), f"/meetings/{meeting.code}/points"
    planned = {"points": [{"title": "Pembukaan", "minutes": 10}, {"title": "Doa", "minutes": 5}]}
    [first, _second] = ask(client, sari, "POST", path, planned).json()["points"]
    began = timezone.now() - timedelta(minutes=20)
    told = ask(client, sari, "POST", f"{path}/{first['uid']}/lead", {"claimed_at": began.isoformat()}).json()["points"]
    assert abs(datetime.fromisoformat(told[0]["begun_at"]) - began) < timedelta(seconds=1)
    ended = began + timedelta(minutes=12)
    facts = {"ends": True, "claimed_at": ended.isoformat()}
    told = ask(client, sari, "POST", f"{path}/{first['uid']}/lead", facts).json()["points"]
    assert abs(datetime.fromisoformat(told[0]["ended_at"]) - ended) < timedelta(seconds=1)
