"""Pages of sessions: the trainer's day, code, list and sheet; the learner's timetable, arrival and calendar."""

from __future__ import annotations

import io
import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from PIL import Image

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.regions.tests import factories as places
from pendamping.training import sheet_paper
from pendamping.training.enums.sessions import AttendanceChannel, Presence, SessionState
from pendamping.training.models import Place, Session, SheetReading
from pendamping.training.rules import attendance_codes
from pendamping.training.services import attendance
from pendamping.training.tests import factories as make
from pendamping.training.tests import sheet_photos as photos
from pendamping.training.tests.factories import STARTS

pytestmark = pytest.mark.django_db
IN_TIME = STARTS - timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture(autouse=True)
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The clock of the server, to be set; it begins shortly before the session."""

    def put(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    put(IN_TIME)
    return put


def url(name: str, *args: Any) -> str:
    return reverse(f"training:{name}", args=args)


def get(client: Client, person: Account, name: str, /, *args: Any, **query: Any) -> Any:
    client.force_login(person)
    return client.get(url(name, *args), query)


def post(client: Client, person: Account, name: str, /, *args: Any, **data: Any) -> Any:
    client.force_login(person)
    return client.post(url(name, *args), data)


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return str(answer.content.decode())


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    assert found, page
    return found[1]


def come(client: Client, place: Place, code: str = "", **more: str) -> Any:
    """Open the link, then send its form: what a phone does."""
    session, person = place.session, place.enrolment.account
    shown = code or attendance_codes.code_at(session.secret, timezone.now())
    page = text(get(client, person, "my_attendance", session.code, k=shown))
    facts = {name: hidden(page, name) for name in ("op", "code") if f'name="{name}"' in page}
    seen = re.search(r'name="seen"[^>]*value="([^"]*)"', page)
    return client.post(url("my_attendance", session.code), {**facts, "seen": seen[1] if seen else "", **more})


def test_trainer_sees_today_first_with_one_act(client: Client) -> None:
    today, later = make.session(), make.session(title="Nanti", starts_at=STARTS + timedelta(days=3),
                                                ends_at=STARTS + timedelta(days=3, hours=1))  # fmt: skip
    page = text(get(client, make.trainer(), "sessions"))
    assert page.index(url("session_code", today.code)) < page.index(url("session", later.code))
    assert page.count(url("session_code", today.code)) == 1
    assert url("session_code", later.code) not in page


def test_lists_ask_as_often_for_three_as_for_one(client: Client) -> None:
    session = make.session()
    make.placed(session)
    person, learner = make.trainer(), Account.objects.get(username="sari")
    pages = [(person, "sessions", ()), (person, "session", (session.code,)), (person, "session_list", (session.code,)),
             (learner, "my_sessions", ())]  # fmt: skip

    def counts() -> list[int]:
        found = []
        for somebody, name, args in pages:
            text(get(client, somebody, name, *args))  # once to warm up
            with CaptureQueriesContext(connection) as asked:
                client.get(url(name, *args))
            found.append(len(asked))
        return found

    before = counts()
    for number in (2, 3):
        make.placed(session, f"peserta{number}", places.ward(number))
        make.placed(make.session(title=f"Sesi {number}", ends_at=STARTS + timedelta(hours=number)), "sari")
    assert counts() == before


def test_a_session_is_planned_moved_and_cancelled_on_pages(client: Client) -> None:
    trainer, version = make.trainer(), make.version()
    facts = {
        "version": version.pk, "region": places.city().pk, "title": "Tatap muka", "place": "Aula",
        "starts_at": "2026-03-05T08:00", "ends_at": "2026-03-05T10:00", "capacity": 3, "trainer": "pelatih",
        "opens_minutes": 30, "late_minutes": 15, "closes_minutes": 60,
    }  # fmt: skip
    text(get(client, trainer, "session_plan"))
    text(post(client, trainer, "session_plan", title="Tatap muka"), 422)
    assert post(client, trainer, "session_plan", **facts).status_code == 302
    session = Session.objects.get()
    assert (session.starts_at.isoformat(), session.trainer) == ("2026-03-05T01:00:00+00:00", trainer)
    moved = {"starts_at": "2026-03-06T08:00", "ends_at": "2026-03-06T10:00", "place": "Aula"}
    text(post(client, trainer, "session_move", session.code, **moved), 422)
    post(client, trainer, "session_move", session.code, **moved, reason="Banjir")
    session.refresh_from_db()
    assert session.sequence == 1
    assert "Banjir" in text(get(client, trainer, "session", session.code))
    post(client, trainer, "session_cancel", session.code, reason="Pelatih sakit")
    session.refresh_from_db()
    assert session.state == SessionState.CANCELLED


def test_learner_reads_on_the_own_page_why_it_was_moved_or_cancelled(client: Client) -> None:
    session = make.session(sequence=1, reason="Aula banjir")
    learner = make.placed(session).enrolment.account
    assert "Aula banjir" in text(get(client, learner, "my_session", session.code))
    Session.objects.update(state="cancelled", closed_at=IN_TIME, reason="Pelatih sakit")
    assert "Pelatih sakit" in text(get(client, learner, "my_sessions"))


def test_code_page_changes_with_the_server_and_its_piece_is_the_same(client: Client, at: Any) -> None:
    session = make.session()
    whole = text(get(client, make.trainer(), "session_code", session.code))
    signs = re.search(r'code-signs">([^<]+)<', whole)
    assert signs
    assert signs[1].replace(" ", "") == attendance_codes.code_at(session.secret, IN_TIME)
    piece = text(client.get(url("session_code", session.code), headers={"HX-Request": "true"}))
    assert piece.strip() in whole
    assert "<noscript><meta http-equiv" in whole
    assert session.secret not in whole
    at(IN_TIME + timedelta(seconds=20))
    assert signs[1] not in text(client.get(url("session_code", session.code)))
    at(STARTS + timedelta(hours=2))
    assert "code-signs" not in text(client.get(url("session_code", session.code)))


def test_learner_opens_the_link_and_is_present_with_a_lasting_device_cookie(client: Client) -> None:
    place = make.placed(make.session())
    code = attendance_codes.code_at(place.session.secret, IN_TIME)
    opened = get(client, place.enrolment.account, "my_attendance", place.session.code, k=code)
    assert "attendance" not in opened.cookies  # reading sets nothing and changes nothing
    place.refresh_from_db()
    assert place.presence == ""
    done = come(client, place)
    assert done["Location"] == url("my_session", place.session.code)
    cookie = done.cookies["attendance"]
    assert (cookie["httponly"], cookie["samesite"], int(cookie["max-age"]) > 365 * 24 * 3600) == (True, "Lax", True)
    place.refresh_from_db()
    assert (place.presence, place.channel, len(place.device)) == (Presence.PRESENT, AttendanceChannel.QR, 64)
    assert cookie.value not in place.device


def test_slow_network_after_opening_in_time_does_not_cost_the_presence(client: Client, at: Any) -> None:
    place = make.placed(make.session())
    code = attendance_codes.code_at(place.session.secret, IN_TIME)
    page = text(get(client, place.enrolment.account, "my_attendance", place.session.code, k=code))
    at(IN_TIME + timedelta(minutes=4))
    form = {name: hidden(page, name) for name in ("op", "code", "seen")}
    assert client.post(url("my_attendance", place.session.code), form).status_code == 302
    other = make.placed(place.session, "wati", places.ward(2))  # the note is of no use to anybody else
    text(post(client, other.enrolment.account, "my_attendance", place.session.code, **form), 422)
    at(IN_TIME + timedelta(minutes=6))
    Place.objects.filter(pk=place.pk).update(presence="", channel="", marked_at=None, device="")
    text(post(client, place.enrolment.account, "my_attendance", place.session.code, **form), 422)


def test_clock_wrong_on_the_phone_plays_no_role(client: Client, at: Any) -> None:
    """A phone set years back sends its own dates; only when this server saw the code counts."""
    place = make.placed(make.session())
    code = attendance_codes.code_at(place.session.secret, IN_TIME)
    wrong = {"Date": "Thu, 01 Jan 2015 00:00:00 GMT", "If-Modified-Since": "Thu, 01 Jan 2015 00:00:00 GMT"}
    client.force_login(place.enrolment.account)
    sent = {"code": code, "at": "2015-01-01T00:00", "seen_at": "2015-01-01T00:00", "seen": "0"}
    assert client.post(url("my_attendance", place.session.code), sent, headers=wrong).status_code == 302
    place.refresh_from_db()
    assert (place.presence, place.marked_at) == (Presence.PRESENT, IN_TIME)
    at(STARTS + timedelta(minutes=20))  # late by the server, whatever the phone says
    late = make.placed(place.session, "wati", places.ward(2))
    code = attendance_codes.code_at(place.session.secret, timezone.now())
    other = Client()
    other.force_login(late.enrolment.account)
    other.post(url("my_attendance", place.session.code), {**sent, "code": code}, headers=wrong)
    late.refresh_from_db()
    assert late.presence == Presence.LATE


def test_second_person_on_the_same_phone_is_sent_to_the_trainer(client: Client) -> None:
    session = make.session()
    first, second = make.placed(session), make.placed(session, "wati", places.ward(2))
    assert come(client, first).status_code == 302
    page = text(come(client, second), 422)
    assert "minta pelatih" in page.lower() or "ask the trainer" in page.lower()
    second.refresh_from_db()
    assert second.presence == ""
    assert come(Client(), second).status_code == 302  # on their own phone they are present


def test_two_devices_at_one_qr_count_once(client: Client) -> None:
    place = make.placed(make.session())
    assert come(client, place).status_code == 302
    assert come(Client(), place).status_code == 302
    assert Place.objects.exclude(presence="").count() == 1


def test_old_link_says_so_before_anything_is_sent(client: Client) -> None:
    place = make.placed(make.session())
    old = attendance_codes.code_at(place.session.secret, IN_TIME - timedelta(minutes=2))
    page = text(get(client, place.enrolment.account, "my_attendance", place.session.code, k=old))
    assert "20" in page
    assert "data-send" not in page
    assert "data-send" in text(
        client.get(
            url("my_attendance", place.session.code),
            {"k": attendance_codes.code_at(place.session.secret, IN_TIME)},
        )
    )


def test_somebody_else_never_sees_the_session(client: Client) -> None:
    session = make.session()
    stranger = personas.sari(places.foreign_ward())
    for name in ("my_session", "my_attendance", "my_session_calendar"):
        assert get(client, stranger, name, session.code).status_code == 404
    assert get(client, personas.wati(places.ward(2)), "session", session.code).status_code == 403


def test_trainer_who_opens_the_entry_of_their_calendar_is_led_to_the_working_page(client: Client) -> None:
    session = make.session()
    [entry] = Calendar.from_ical(get(client, make.trainer(), "session_calendar", session.code).content).walk("VEVENT")
    answer = client.get(urlsplit(str(entry["URL"])).path)
    assert (answer.status_code, answer["Location"]) == (302, url("session", session.code))
    assert get(client, make.placed(session).enrolment.account, "my_session", session.code).status_code == 200


def test_learner_takes_a_place_and_gives_it_up(client: Client) -> None:
    learner = make.enrolled().account
    session = make.session()
    assert url("my_session", session.code) in text(get(client, learner, "my_sessions"))
    post(client, learner, "my_place_take", session.code)
    session.refresh_from_db()
    assert session.taken == 1
    post(client, learner, "my_place_give_up", session.code)
    session.refresh_from_db()
    assert session.taken == 0


def test_list_keeps_each_tap_without_javascript_and_swaps_one_row_with_it(client: Client) -> None:
    session = make.session()
    place = make.placed(session)
    make.placed(session, "wati", places.ward(2))
    facts = {"place": str(place.uid), "presence": "present"}
    answer = post(client, make.trainer(), "session_list", session.code, **facts)
    assert answer["Location"] == f"{url('session_list', session.code)}#{place.uid}"
    swapped = client.post(
        url("session_list", session.code), {**facts, "presence": "excused"}, headers={"HX-Request": "true"}
    )
    row = text(swapped).strip()
    whole = text(client.get(url("session_list", session.code)))

    def bare(page: str) -> str:  # the token differs from answer to answer
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)

    assert bare(row) in bare(whole)
    place.refresh_from_db()
    assert (place.presence, place.channel, place.marked_by) == ("excused", AttendanceChannel.LIST, make.trainer())
    assert post(client, make.trainer(), "session_list", session.code, place=place.uid, presence="x").status_code == 400


def test_trainer_also_learner_reads_why_they_cannot_mark_themself(client: Client) -> None:
    session = make.session()
    mine = make.placed(session, "pelatih")
    make.trainer()
    post(client, make.trainer(), "session_list", session.code, place=mine.uid, presence="present")
    mine.refresh_from_db()
    assert mine.presence == ""


def test_closed_session_shows_who_was_absent(client: Client, at: Any) -> None:
    session = make.session()
    make.placed(session)
    at(STARTS + timedelta(hours=1))
    text(get(client, make.trainer(), "session_close", session.code))
    post(client, make.trainer(), "session_close", session.code)
    session.refresh_from_db()
    assert session.state == SessionState.HELD
    assert Place.objects.get().presence == Presence.ABSENT


def photo(session: Session, signed: set[int]) -> SimpleUploadedFile:
    page = photos.sign(photos.pages(sheet_paper.data(session))[0], signed)
    return SimpleUploadedFile("lembar.jpg", photos.jpeg(photos.on_table(page)), "image/jpeg")


def test_sheet_is_printed_photographed_proposed_corrected_and_only_then_marked(client: Client) -> None:
    session, trainer = make.session(), make.trainer()
    people = [make.placed(session, f"peserta{n}", places.ward(n)) for n in (1, 2, 3)]
    attendance.mark(by=trainer, at=IN_TIME, place=people[2], presence=Presence.LATE, channel=AttendanceChannel.LIST)
    printed = post(client, trainer, "session_sheet", session.code)
    assert (printed["Content-Type"], printed.content[:5]) == ("application/pdf", b"%PDF-")
    text(get(client, trainer, "session_photo", session.code))
    sent = post(client, trainer, "session_photo", session.code, photo=photo(session, {1, 3}))
    reading = SheetReading.objects.get()
    assert sent["Location"] == url("session_reading", session.code, reading.uid)
    assert [(row["row"], row["signed"]) for row in reading.rows] == [(1, True), (2, False), (3, True)]
    assert sent["Location"] in text(get(client, trainer, "session", session.code))  # found again after a break
    page = text(client.get(sent["Location"]))
    chosen = re.findall(r'name="(row_\d)".*?<option value="(\w*)" selected', page, re.DOTALL)
    assert chosen == [("row_1", "present"), ("row_2", ""), ("row_3", "")]  # who is known as late stays late
    assert Place.objects.exclude(presence="").count() == 1  # nothing is marked before the trainer confirms
    form = {"op": hidden(page, "op"), "row_1": "present", "row_2": "late", "row_3": ""}
    assert client.post(sent["Location"], form).status_code == 302
    marks = list(Place.objects.order_by("row").values_list("presence", "channel"))
    assert marks == [("present", "sheet"), ("late", "sheet"), ("late", "list")]
    text(client.get(sent["Location"]))
    text(post(client, trainer, "session_reading", session.code, reading.uid, row_1="absent"), 422)


def test_rows_of_another_session_are_refused_by_name(client: Client) -> None:
    session, other = make.session(), make.session(title="Sesi sebelah")
    make.placed(session)
    make.placed(other, "wati", places.ward(2))
    page = text(post(client, make.trainer(), "session_photo", session.code, photo=photo(other, {1})), 422)
    assert other.code in page
    left = photos.pages(sheet_paper.data(session))[0]
    right = photos.pages(sheet_paper.data(other))[0]
    both = Image.new("RGB", (left.width * 2, left.height), "#8a6d50")
    both.paste(left, (0, 0))
    both.paste(right, (left.width, 0))
    upload = SimpleUploadedFile("dua.jpg", photos.jpeg(both), "image/jpeg")
    sent = post(client, make.trainer(), "session_photo", session.code, photo=upload)
    assert "Sesi sebelah" in text(client.get(sent["Location"]))
    assert [row["row"] for row in SheetReading.objects.get().rows if "session" not in row] == [1]


def test_photo_without_codes_and_file_that_is_no_photo_say_the_cure(client: Client) -> None:
    session = make.session()
    blank = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(blank, "JPEG")
    for data in (blank.getvalue(), b"bukan foto"):
        upload = SimpleUploadedFile("x.jpg", data, "image/jpeg")
        assert "error" in text(post(client, make.trainer(), "session_photo", session.code, photo=upload), 422)
    assert not SheetReading.objects.exists()


def test_row_code_that_was_not_printed_here_is_left_out(client: Client) -> None:
    session = make.session()
    make.placed(session)
    data = sheet_paper.data(session)
    data["rows"][0] = sheet_paper._row(Session(code=session.code, secret="lain"), 1, session.places.get().enrolment)
    upload = SimpleUploadedFile("x.jpg", photos.jpeg(photos.pages(data)[0]), "image/jpeg")
    text(post(client, make.trainer(), "session_photo", session.code, photo=upload), 422)


def test_calendar_address_is_shown_once_and_made_anew_kills_the_old(client: Client) -> None:
    session = make.session()
    learner = make.placed(session).enrolment.account
    shown = text(post(client, learner, "my_calendar", op="0190a000-0000-7000-8000-000000000001"))
    first = re.search(r"/belajar/kalender/([0-9a-f]{40})\.ics", shown)
    assert first
    assert first[1] not in text(get(client, learner, "my_calendar"))
    anyone = Client()
    feed = anyone.get(url("calendar_feed", first[1]))
    assert session.code in text(feed)
    assert (feed.cookies.output(), feed["Cache-Control"]) == ("", "private, max-age=300")
    same = anyone.get(url("calendar_feed", first[1]), headers={"If-None-Match": feed["ETag"]})
    assert same.status_code == 304
    post(client, learner, "my_calendar", op="0190a000-0000-7000-8000-000000000002")
    assert anyone.get(url("calendar_feed", first[1])).status_code == 404
