"""The pages of inviting, of the clock and of the register, as each person sees them."""

from __future__ import annotations

import io
import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core.models import JournalEntry
from pendamping.core.moments import day
from pendamping.deliberation import services
from pendamping.deliberation.keys import room_secret
from pendamping.deliberation.models import Attendance, Invitation, Meeting, PaperSheet, Presence
from pendamping.deliberation.services.register import Facts
from pendamping.deliberation.tests.factories import called
from pendamping.deliberation.tests.presence_factories import guest, rts, sheet
from pendamping.needs.tests.factories import upload
from pendamping.regions.models import Region
from pendamping.regions.services import close_place
from pendamping.regions.tests import factories as places
from pendamping.training.offline import person_key
from pendamping.training.rules.attendance_codes import code_at

pytestmark = pytest.mark.django_db
NAME = "Sumirah Rekaan"


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture
def ward() -> Region:
    return places.ward()


@pytest.fixture
def meeting(ward: Region) -> Meeting:
    today = day(timezone.now())
    return called(ward, held_on=today, fiscal_year=today.year)


def get(client: Client, person: Account, name: str, *args: Any) -> Any:
    client.force_login(person)
    return client.get(reverse(f"deliberation:{name}", args=args))


def post(client: Client, person: Account, page: str, /, *args: Any, **data: Any) -> Any:
    client.force_login(person)
    return client.post(reverse(f"deliberation:{page}", args=args), data)


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return str(answer.content.decode())


def add(meeting: Meeting, **facts: Any) -> Presence:
    return services.add_presence(
        by=personas.sari(meeting.region), at=timezone.now(), meeting=meeting, facts=Facts(**{"sex": "f", **facts})
    )


def scan(client: Client, meeting: Meeting) -> dict[str, str]:
    """What the page holds after the code on the screen was scanned."""
    code = code_at(room_secret(meeting), timezone.now())
    page = text(client.get(reverse("deliberation:show_up", args=[meeting.code]), {"k": code}))
    found = dict(re.findall(r'name="(op|seen)" value="([^"]+)"', page))
    assert set(found) == {"op", "seen"}
    return found


def test_three_taps_on_ones_own_phone(client: Client, meeting: Meeting) -> None:
    address = reverse("deliberation:show_up", args=[meeting.code])
    held = scan(client, meeting)
    assert not client.cookies  # opening it says nothing
    for _time in range(2):  # a repeated send on a bad signal
        shown = text(client.post(address, {**held, "sex": "f", "age_group": "adult", "capacity": "resident"}))
    row = Presence.objects.get()
    assert (row.number, row.sex, row.source) == (1, "f", "qr")
    assert row.device
    assert "nomor 1" in shown
    again = scan_closed(client, meeting)
    assert "nomor 1" in again  # the phone is on the register, and the page says so


def scan_closed(client: Client, meeting: Meeting) -> str:
    return text(client.get(reverse("deliberation:show_up", args=[meeting.code])))


def test_a_page_passed_on_puts_no_second_phone_on_the_register(client: Client, meeting: Meeting) -> None:
    address = reverse("deliberation:show_up", args=[meeting.code])
    held = scan(client, meeting)
    facts = {"sex": "f", "age_group": "", "capacity": "resident"}
    assert client.post(address, {**held, **facts}).status_code == 200
    other = Client()
    assert other.post(address, {**held, **facts, "sex": "m"}).status_code == 422
    forged = {"op": str(uuid.uuid4()), "seen": held["seen"]}
    assert "kotak di layar" in text(other.post(address, {**forged, **facts}), 422)
    assert Presence.objects.count() == 1


def test_a_code_can_be_typed_and_a_wrong_one_is_refused_with_all_that_was_typed(
    client: Client, meeting: Meeting
) -> None:
    address = reverse("deliberation:show_up", args=[meeting.code])
    facts = {"sex": "m", "age_group": "elderly", "capacity": "resident", "name": NAME, "op": str(uuid.uuid4())}
    wrong = text(client.post(address, {**facts, "code": "AAAAAA"}), 422)
    assert NAME in wrong
    good = code_at(room_secret(meeting), timezone.now())
    assert client.post(address, {**facts, "code": good.lower()}).status_code == 200
    assert Presence.objects.get().sex == "m"


def test_the_code_in_the_room_is_for_who_keeps_the_register(client: Client, ward: Region, meeting: Meeting) -> None:
    shown = text(get(client, personas.sari(ward), "room_code", meeting.code))
    code = code_at(room_secret(meeting), timezone.now())
    assert f"{code[:3]} {code[3:]}" in shown or "code-signs" in shown
    assert get(client, personas.lurah(ward), "room_code", meeting.code).status_code == 403
    assert get(client, personas.wati(places.ward(2)), "room_code", meeting.code).status_code == 404


def test_names_are_read_by_the_keepers_alone_and_not_after_the_close(
    client: Client, ward: Region, meeting: Meeting
) -> None:
    add(meeting, name=NAME)
    assert NAME in text(get(client, personas.sari(ward), "register", meeting.code))
    for page in ("meeting", "room"):
        assert NAME not in text(get(client, personas.sari(ward), page, meeting.code))
    assert NAME not in text(client.get(reverse("portal:journey", args=[meeting.code])))
    services.cancel_meeting(by=personas.lurah(ward), at=timezone.now(), meeting=meeting, reason="Banjir")
    assert NAME not in text(get(client, personas.sari(ward), "register", meeting.code))


def test_the_list_comes_back_empty_with_the_same_rt(client: Client, ward: Region, meeting: Meeting) -> None:
    [rt, *_rest] = rts(ward)
    facts = {"sex": "f", "age_group": "", "place": rt.path, "capacity": "resident", "name": NAME}
    kept = post(client, personas.sari(ward), "register", meeting.code, **facts)
    assert kept.url.endswith(f"?rt={rt.path}")
    twice = text(post(client, personas.sari(ward), "register", meeting.code, **facts), 422)
    assert "1" in twice
    assert Presence.objects.count() == 1


def test_the_invited_are_ticked_by_one_tap(client: Client, ward: Region, meeting: Meeting) -> None:
    sari = personas.sari(ward)
    choice = {"capacities": ["pkk"]}
    assert post(client, sari, "invite", meeting.code, **choice).status_code == 302
    one = Invitation.objects.get()
    assert post(client, sari, "tick", meeting.code, invitation=one.uid, sex="f").status_code == 302
    assert post(client, sari, "tick", meeting.code, invitation=one.uid, sex="f").status_code == 302
    assert Presence.objects.get().invitation == one
    assert post(client, sari, "tick", meeting.code, invitation="x", sex="f").status_code == 404
    assert post(client, sari, "tick", meeting.code, invitation=one.uid, sex="?").status_code == 400
    assert post(client, sari, "count_register", meeting.code).status_code == 302
    assert Attendance.objects.get().women == 1


def waited(meeting: Meeting, minutes: int = 0, **data: Any) -> dict[str, Any]:
    """What a phone sends that had no signal so many minutes ago."""
    moment = timezone.now() - timedelta(minutes=minutes)
    return {**data, "op": uuid.uuid4().hex, "claimed_at": moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")}


def test_what_waited_on_a_phone_is_taken_once_and_a_refusal_is_told_by_the_status(
    client: Client, ward: Region, meeting: Meeting
) -> None:
    sari, code = personas.sari(ward), meeting.code
    services.invite(by=sari, at=timezone.now(), meeting=meeting, capacities=["pkk"])
    one = Invitation.objects.get()
    ticked = waited(meeting, 7, invitation=one.uid, sex="f")
    typed = waited(meeting, 5, sex="m", capacity="resident", name=NAME)
    for _twice in range(2):
        assert post(client, sari, "tick", code, **ticked).status_code == 302
        assert post(client, sari, "register", code, **typed).status_code == 302
    assert list(Presence.objects.order_by("number").values_list("invitation", "sex")) == [(one.pk, "f"), (None, "m")]
    told = JournalEntry.objects.filter(verb="deliberation.presence_added", changes__has_key="claimed_at")
    assert told.count() == 2
    again = text(post(client, sari, "tick", code, **waited(meeting, invitation=one.uid, sex="m")), 422)
    assert '<span class="errors"><span>Undangan ini sudah tercatat hadir, nomor 1.' in again
    same = text(post(client, sari, "register", code, **waited(meeting, sex="m", capacity="resident", name=NAME)), 422)
    assert f'value="{NAME}"' in same and 'id="errors"' in same
    wrong = post(client, sari, "register", code, sex="m", capacity="resident", claimed_at="kemarin")
    assert wrong.status_code == 422 and Presence.objects.count() == 2


def test_a_clock_that_was_never_set_says_nothing(client: Client, ward: Region, meeting: Meeting) -> None:
    """Judged by when it arrives; a refusal is told by the status all the same, and nothing typed is lost."""
    sari, code = personas.sari(ward), meeting.code
    services.invite(by=sari, at=timezone.now(), meeting=meeting, capacities=["pkk"])
    one = Invitation.objects.get()
    for when in ("0001-01-01T00:00:00.000+14:00", "9999-12-31T23:59:59.000-14:00", "1970-01-01T00:00:00.000Z"):
        typed = {"sex": "m", "capacity": "resident", "claimed_at": when}
        assert post(client, sari, "register", code, **typed).status_code == 302
        assert post(client, sari, "show", code, view="pause", claimed_at=when).status_code == 302
    assert post(client, sari, "tick", code, invitation=one.uid, sex="f", claimed_at=when).status_code == 302
    assert post(client, sari, "tick", code, invitation=one.uid, sex="f", claimed_at=when).status_code == 422
    assert Presence.objects.count() == 4


def test_a_sheet_of_a_ward_that_was_split_since_is_typed_with_its_rts(
    client: Client, ward: Region, meeting: Meeting
) -> None:
    [rt, *_rest] = rts(ward)
    one, sari, at = sheet(meeting), personas.sari(ward), timezone.now()
    close_place(by=None, at=at, region=ward, on=meeting.held_on)
    assert f'value="{rt.path}"' in text(get(client, sari, "sheet", meeting.code, one.uid))
    assert f'value="{rt.path}"' in text(get(client, sari, "register", meeting.code))
    Region.objects.filter(path__startswith=ward.path).update(valid_to=meeting.held_on - timedelta(days=1))
    assert rt.path not in text(get(client, sari, "sheet", meeting.code, one.uid))


def test_a_phone_keeps_the_forms_and_the_invited_but_nobody_who_is_present(
    client: Client, ward: Region, meeting: Meeting
) -> None:
    sari, code = personas.sari(ward), meeting.code
    guest(meeting, name="Contoh Rekaan")
    add(meeting, name=NAME)
    kept = {}
    for name in ("register", "tick"):
        assert "X-Keep-Offline" not in get(client, sari, name, code)
        answer = client.get(reverse(f"deliberation:{name}", args=[code]), {"luring": 1})
        assert answer["X-Keep-Offline"] == person_key(sari) and answer["Cache-Control"] == "private, no-store"
        kept[name] = text(answer)
    assert NAME not in kept["register"] + kept["tick"] and "data-waiting" in kept["register"]
    assert "Contoh Rekaan" in kept["tick"]
    assert get(client, personas.wati(places.ward(3)), "register", code).status_code == 404
    services.cancel_meeting(by=personas.lurah(ward), at=timezone.now(), meeting=meeting, reason="Banjir")
    for name in ("register", "tick"):
        client.force_login(sari)
        over = client.get(reverse(f"deliberation:{name}", args=[code]), {"luring": 1})
        assert "X-Keep-Offline" not in over and "Contoh Rekaan" not in text(over)


def test_before_the_hours_a_phone_keeps_the_forms_already(client: Client, ward: Region) -> None:
    tomorrow = day(timezone.now()) + timedelta(days=1)
    meeting = called(ward, held_on=tomorrow, fiscal_year=tomorrow.year)
    sari = personas.sari(ward)
    assert "data-waiting" not in text(get(client, sari, "register", meeting.code))
    assert "data-waiting" in text(client.get(reverse("deliberation:register", args=[meeting.code]), {"luring": 1}))
    assert post(client, sari, "register", meeting.code, sex="f", capacity="resident").status_code == 422


def test_a_row_is_joined_with_another(client: Client, ward: Region, meeting: Meeting) -> None:
    kept, double = add(meeting), add(meeting, name=NAME)
    done = post(client, personas.sari(ward), "presence", meeting.code, double.uid, same_as=kept.number)
    assert done.status_code == 302
    double.refresh_from_db()
    assert double.same_as == kept


def test_a_sheet_is_printed_photographed_typed_and_confirmed(client: Client, ward: Region, meeting: Meeting) -> None:
    sari = personas.sari(ward)
    assert post(client, sari, "sheets", meeting.code, rows=5).status_code == 302
    sheet = PaperSheet.objects.get()
    here = (meeting.code, sheet.uid)
    assert get(client, sari, "sheet_paper", *here).content.startswith(b"%PDF")
    assert get(client, sari, "sheet_picture", *here).status_code == 404
    assert post(client, sari, "sheet_photo", *here, photo=upload()).status_code == 302
    assert get(client, sari, "sheet_picture", *here)["Cache-Control"] == "private, no-store"
    assert get(client, personas.lurah(ward), "sheet_picture", *here).status_code == 403
    wrong = text(post(client, sari, "sheet", *here, row_2_name=NAME), 422)
    assert NAME in wrong
    rows = {"row_1_sex": "f", "row_1_name": NAME, "row_2_sex": "m", "row_2_capacity": "rt"}
    assert post(client, sari, "sheet", *here, **rows).status_code == 302
    assert NAME in text(get(client, sari, "sheet", *here))
    assert post(client, sari, "sheet_confirm", *here, heads=3).status_code == 422
    assert post(client, sari, "sheet_confirm", *here, heads=2).status_code == 302
    assert "form" not in re.findall(r"<(form) class=\"form sheet", text(get(client, sari, "sheet", *here)))


def test_the_agenda_is_written_in_lines_and_run_by_buttons(client: Client, ward: Region, meeting: Meeting) -> None:
    sari = personas.sari(ward)
    wrong = text(post(client, sari, "points", meeting.code, points="Pembukaan 10\nPenutup"), 422)
    assert "Penutup" in wrong
    assert post(client, sari, "points", meeting.code, points="Pembukaan 10\nPenutup 5").status_code == 302
    first = meeting.points.all()[0]
    assert post(client, sari, "begin_point", meeting.code, first.uid).status_code == 302
    assert "Pembukaan" in text(get(client, sari, "clock", meeting.code))
    assert post(client, sari, "end_point", meeting.code, first.uid).status_code == 302
    first.refresh_from_db()
    assert first.ended_at is not None
    assert post(client, personas.lurah(ward), "begin_point", meeting.code, first.uid).status_code == 403


def test_guests_are_shown_to_callers_with_what_they_said(client: Client, ward: Region, meeting: Meeting) -> None:
    lurah = personas.lurah(ward)
    facts = {"capacity": "guest", "label": "Majelis Taklim", "name": NAME, "way": "", "address": ""}
    assert post(client, lurah, "invite_guest", meeting.code, **facts).status_code == 302
    one = Invitation.objects.get()
    assert NAME in text(get(client, lurah, "invitations", meeting.code))
    assert get(client, personas.sekretaris(ward), "invitations", meeting.code).status_code == 403
    said = post(client, lurah, "invitation_answer", meeting.code, one.uid, answer="sending", instead="Wakil")
    assert said.status_code == 302
    assert post(client, lurah, "invitation_told", meeting.code, one.uid, way="hand").status_code == 302
    assert "Wakil" in text(get(client, lurah, "invitation", meeting.code, one.uid))
    assert post(client, lurah, "invitation_paper", meeting.code).content.startswith(b"%PDF")
    assert post(client, lurah, "invitation_withdraw", meeting.code, one.uid).status_code == 302
    assert get(client, lurah, "invitation", meeting.code, one.uid).status_code == 404


@pytest.mark.parametrize("name", ["register", "tick", "room", "invitations", "sheets", "clock"])
def test_as_many_queries_for_three_as_for_one(client: Client, ward: Region, meeting: Meeting, name: str) -> None:
    capacities = iter(("pkk", "lpm", "youth"))

    def more() -> None:
        services.invite(by=personas.sari(ward), at=timezone.now(), meeting=meeting, capacities=[next(capacities)])
        add(meeting, name=f"{NAME} {Presence.objects.count()}", place=rts(ward)[0])
        services.print_sheet(by=personas.sari(ward), at=timezone.now(), meeting=meeting, rows=5)

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            text(get(client, personas.sari(ward), name, meeting.code))
        return len(seen)

    more()
    count()
    few = count()
    more()
    more()
    assert count() == few


def test_a_sheet_is_printed_with_the_invited_for_those_who_keep_the_register(
    client: Client, ward: Region, meeting: Meeting
) -> None:
    sari, lurah = personas.sari(ward), personas.lurah(ward)
    for n in range(7):
        guest(meeting, name=f"{NAME} {'ABCDEFG'[n]}", label=f"Kelompok {n}", way="", address="")
    first, second = sheet(meeting, 5), sheet(meeting, 5)

    def lines(paper: PaperSheet, query: str) -> str:
        client.force_login(sari)
        answer = client.get(reverse("deliberation:sheet_paper", args=[meeting.code, paper.uid]) + query)
        assert answer.headers["Cache-Control"] == "private, no-store"
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)

    assert "?undangan=1" in text(get(client, sari, "sheet", meeting.code, first.uid))
    found = [lines(one, "?undangan=1").count(NAME) for one in (first, second)]
    assert found == [5, 2]  # each name once, on the sheet where its row is
    assert "Kelompok 6" in lines(second, "?undangan=1")
    assert NAME not in lines(first, "")
    assert get(client, lurah, "sheet_paper", meeting.code, first.uid).status_code == 403
    Meeting.objects.filter(pk=meeting.pk).update(
        state="cancelled", cancelled_at=timezone.now(), cancellation="Banjir"
    )  # fmt: skip
    assert NAME not in lines(first, "?undangan=1")


def test_the_register_lists_likely_doubles_and_how_many_have_no_name(client: Client, meeting: Meeting) -> None:
    sari, now = personas.sari(meeting.region), timezone.now()
    named = Facts(sex="f", age_group="youth", name=NAME)
    first = services.add_presence(by=sari, at=now, meeting=meeting, facts=named)
    assert 'id="ganda"' not in get(client, sari, "register", meeting.code).content.decode()
    facts = Facts(sex="f", age_group="youth")
    row = services.show_up(by=None, at=now, meeting=meeting, facts=facts, device="x" * 64)
    said = get(client, sari, "register", meeting.code).content.decode()
    assert 'id="ganda"' in said
    assert said.count(str(row.uid)) == 2  # among the doubles and in the list
    assert "tanpa nama" in said
    services.strike_presence(by=None, at=now, presence=row, same_as=first)
    assert 'id="ganda"' not in get(client, sari, "register", meeting.code).content.decode()
