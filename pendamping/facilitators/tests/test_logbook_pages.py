"""Pages of the logbook: a line in one form, repairs, the supervisor's list, absences; who sees what."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pendamping.access.middleware import VIEW_AS
from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core.moments import day
from pendamping.facilitators.models import Absence, Assignment, LogEntry, LogRules
from pendamping.facilitators.queries import logbook as queries
from pendamping.facilitators.services import appointments, log_verification, logbook
from pendamping.facilitators.tests import appointment_factories as service
from pendamping.facilitators.tests import logbook_factories as make
from pendamping.needs.tests.factories import picture, upload
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Pages act today: the days of the factories lie around it."""
    settings.MFA_REQUIRED = False
    today = day(timezone.now())
    for name, value in (
        ("NOW", timezone.now()), ("TODAY", today), ("START", today - DAY * 200), ("END", today + DAY * 100),
    ):  # fmt: skip
        monkeypatch.setattr(service, name, value)
        if hasattr(make, name):
            monkeypatch.setattr(make, name, value)


@pytest.fixture
def ani() -> Assignment:
    term = {"starts_on": service.START, "ends_on": service.END}
    service.decree("SK-1/2026", **term)
    return make.placed(**term)


def get(client: Client, person: Account | None, name: str, *codes: Any, **query: Any) -> Any:
    client.force_login(person) if person else client.logout()
    return client.get(reverse(f"facilitators:{name}", args=codes), query)


def post(client: Client, person: Account, name: str, *codes: Any, **data: Any) -> Any:
    client.force_login(person)
    return client.post(reverse(f"facilitators:{name}", args=codes), data)


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:400]
    return str(answer.content.decode())


def line(ani: Assignment, **changes: Any) -> dict[str, Any]:
    return {
        "day": service.TODAY.isoformat(), "region": ani.region_id, "activity": "visit", "what": "Mengukur selokan",
        "women": "3", "men": "", "vulnerable": "1", **changes,
    }  # fmt: skip


def test_a_line_needs_seven_answers_and_the_only_ward_is_chosen(client: Client, ani: Assignment) -> None:
    page = text(get(client, ani.account, "my_log_write"))
    assert f'value="{service.TODAY.isoformat()}"' in page
    assert f'<option value="{ani.region_id}" selected>' in page
    assert "data-locate" in page
    assert "<details" in page
    assert '<details class="district" open' not in page
    sent = post(client, ani.account, "my_log_write", **line(ani))
    made = LogEntry.objects.get()
    assert sent["Location"] == reverse("facilitators:my_log_entry", args=[made.code])
    assert (made.women, made.men, made.vulnerable, made.day) == (3, 0, 1, service.TODAY)
    shown = text(client.get(sent["Location"]))
    assert "Mengukur selokan" in shown
    assert made.flags.get().kind == "no_fix"


def test_a_line_with_photo_place_and_promise(client: Client, ani: Assignment) -> None:
    more = {
        "latitude": "-7.300000", "longitude": "108.200000", "accuracy_m": "9", "photos": upload(), "begins": "09:05",
        "follow_up": "Ukur ulang", "follow_up_by": service.TODAY.isoformat(), "place": "RT 02 RW 05",
    }  # fmt: skip
    post(client, ani.account, "my_log_write", **line(ani, **more))
    made = LogEntry.objects.get()
    assert (made.photos.count(), made.accuracy_m, made.place) == (1, 9, "RT 02 RW 05")
    book = text(get(client, ani.account, "my_logbook"))
    assert "Ukur ulang" in book
    done = post(client, ani.account, "my_log_done", made.code, on=service.TODAY.isoformat())
    assert done.status_code == 302
    made.refresh_from_db()
    assert made.follow_up_done_on == service.TODAY


@pytest.mark.parametrize(
    "changes",
    [
        {"what": "", "problem": "Kata yang panjang"},
        {"vulnerable": "9", "problem": "Kata yang panjang"},
        {"day": "2001-01-01", "problem": "Kata yang panjang"},
        {"women": "minus", "problem": "Kata yang panjang"},
        {"photos": SimpleUploadedFile("x.jpg", b"bukan foto", "image/jpeg"), "problem": "Kata yang panjang"},
    ],
)
def test_typed_words_stay_when_a_line_is_refused(client: Client, ani: Assignment, changes: dict[str, Any]) -> None:
    page = text(post(client, ani.account, "my_log_write", **line(ani, **changes)), 422)
    assert "Kata yang panjang" in page
    assert '<details class="district" open' in page
    assert LogEntry.objects.count() == 0


def test_a_ward_of_others_cannot_be_chosen_and_an_unserved_day_says_the_days(client: Client, ani: Assignment) -> None:
    page = post(client, ani.account, "my_log_write", **line(ani, region=places.ward(2).pk))
    assert "region" in page.context["form"].errors
    before = (service.START - DAY).isoformat()
    refused = post(client, ani.account, "my_log_write", **line(ani, day=before))
    assert str(service.START.year) in str(refused.context["form"].errors["day"])


def test_the_book_shows_days_gaps_absences_and_what_fell_in(client: Client, ani: Assignment) -> None:
    make.done(ani.account, "needs.voice_recorded", ani.region, at=service.NOW)
    make.done(ani.account, "needs.voice_recorded", ani.region, at=service.NOW)
    make.approved(ani, kind="leave", first_day=service.TODAY - DAY, last_day=service.TODAY - DAY)
    page = text(get(client, ani.account, "my_logbook"))
    assert "2×" in page
    assert LogEntry.objects.count() == 2
    other = f"{service.TODAY - DAY * 40:%Y-%m}"
    assert f"hari={service.TODAY - DAY * 40:%Y}" in text(get(client, ani.account, "my_logbook", bulan=other))
    for odd in ("9999-12", "0001-01", "x"):
        assert get(client, ani.account, "my_logbook", bulan=odd).status_code == 200


def test_a_day_without_a_line_is_one_press_from_the_form(client: Client, ani: Assignment) -> None:
    asked = (service.TODAY - DAY * 3).isoformat()
    assert f'value="{asked}"' in text(get(client, ani.account, "my_log_write", hari=asked))
    assert f'value="{service.TODAY.isoformat()}"' in text(get(client, ani.account, "my_log_write", hari="kemarin"))


def test_a_line_sent_back_is_repaired_on_its_page(client: Client, ani: Assignment) -> None:
    made = make.returned(ani)
    book = text(get(client, ani.account, "my_logbook"))
    assert "Sebutkan RT-nya" in book
    form = text(get(client, ani.account, "my_log_repair", made.code))
    assert "Mendampingi rapat RT" in form
    assert "Sebutkan RT-nya" in form
    sent = post(client, ani.account, "my_log_repair", made.code, **line(ani, what="Rapat RT 02"))
    assert sent.status_code == 302
    made.refresh_from_db()
    assert (made.state, made.what) == ("written", "Rapat RT 02")


def test_a_verified_line_says_why_it_stays(client: Client, ani: Assignment) -> None:
    made = make.entry(ani)
    log_verification.verify_entry(by=make.coordinator(), at=service.NOW, entry=made)
    assert "<textarea" not in text(get(client, ani.account, "my_log_repair", made.code))
    sent = post(client, ani.account, "my_log_repair", made.code, **line(ani))
    assert sent.status_code == 422


def test_words_are_added_to_what_came_from_the_journal(client: Client, ani: Assignment) -> None:
    make.done(ani.account, "needs.need_verified", ani.region, at=service.NOW)
    get(client, ani.account, "my_logbook")
    made = LogEntry.objects.get()
    assert text(get(client, ani.account, "my_log_entry", made.code))
    assert text(post(client, ani.account, "my_log_words", made.code, problem=" "), 422)
    assert post(client, ani.account, "my_log_words", made.code, problem="Hujan deras").status_code == 302
    made.refresh_from_db()
    assert (made.problem, made.state) == ("Hujan deras", "written")


def test_what_is_mine_is_nobody_elses_and_strangers_sign_in(client: Client, ani: Assignment) -> None:
    made, asked = make.entry(ani), make.asked(ani)
    ina = make.placed(places.ward(2), "Ina Contoh", starts_on=service.START, ends_on=service.END)
    for name, code in (("my_log_entry", made.code), ("my_log_repair", made.code), ("my_log_done", made.code),
                       ("my_log_words", made.code), ("my_absence", asked.code)):  # fmt: skip
        assert get(client, ina.account, name, code).status_code == 404
        assert get(client, None, name, code).status_code == 302


def test_the_supervisor_verifies_several_and_never_their_own(client: Client, ani: Assignment) -> None:
    boss = make.coordinator()
    lines = [make.entry(ani, what=f"Kunjungan ke warga nomor {n} di gang") for n in range(3)]
    page = text(get(client, boss, "logbook"))
    assert all(f'value="{one.code}"' in page for one in lines)
    assert text(post(client, boss, "logbook"), 422)
    sent = post(client, boss, "logbook", entry=[one.code for one in lines[:2]])
    assert sent.status_code == 302
    assert queries.logs_waiting_to_verify().get() == lines[2]
    assert "nomor 0" in text(get(client, boss, "logbook", state="all"))
    assert "nomor 0" not in text(get(client, boss, "logbook", state="flagged"))
    assert "nomor 2" not in text(get(client, boss, "logbook", q="Ina"))


def test_one_line_is_verified_or_sent_back_with_a_reason(client: Client, ani: Assignment) -> None:
    boss = make.coordinator()
    made, other = make.entry(ani, begins=None, ends=None, latitude=None, longitude=None), make.entry(ani)
    page = text(get(client, boss, "logbook_entry", made.code))
    assert ani.account.name in page
    assert text(post(client, boss, "logbook_return", made.code, reason=" "), 422)
    assert post(client, boss, "logbook_return", made.code, reason="Di RT mana?").status_code == 302
    assert post(client, boss, "logbook_verify", other.code).status_code == 302
    assert set(LogEntry.objects.values_list("state", flat=True)) == {"returned", "verified"}
    assert "Di RT mana?" in text(get(client, boss, "logbook_entry", made.code))


def test_who_may_not_verify_here_finds_nothing(client: Client, ani: Assignment) -> None:
    made = make.entry(ani)
    far = personas.person("area_coordinator", places.foreign_ward().parent.parent, "jauh")  # type: ignore[union-attr]
    assert get(client, far, "logbook_entry", made.code).status_code == 404
    assert get(client, ani.account, "logbook").status_code == 403
    assert get(client, ani.account, "logbook_entry", made.code).status_code == 403
    assert get(client, personas.lurah(ani.region), "logbook_entry", made.code).status_code == 403


def test_an_absence_is_asked_for_decided_and_read_by_those_who_decide_until_then(
    client: Client, ani: Assignment
) -> None:
    boss, today = make.coordinator(), service.TODAY.isoformat()
    bad = post(client, ani.account, "my_absence_ask", kind="sick", first_day=today, last_day=today, why="")
    assert text(bad, 422)
    sent = post(client, ani.account, "my_absence_ask", kind="sick", first_day=today, last_day=today, why="Demam tinggi")
    assert sent.status_code == 302
    asked = Absence.objects.get()
    assert "Demam tinggi" in text(get(client, ani.account, "my_absence", asked.code))
    assert asked.code in text(get(client, boss, "absences")) or ani.account.name in text(get(client, boss, "absences"))
    assert "Demam tinggi" in text(get(client, boss, "absence", asked.code))
    client.force_login(service.secretariat())
    viewing = client.session
    viewing[VIEW_AS] = str(make.coordinator().uid)
    viewing.save()
    viewed = text(client.get(reverse("facilitators:absence", args=[asked.code])))
    assert "Demam tinggi" not in viewed
    assert "Sakit" not in viewed
    assert text(post(client, boss, "absence", asked.code, approve="no", reason=""), 422)
    assert post(client, boss, "absence", asked.code, approve="yes").status_code == 302
    assert "Demam tinggi" not in text(get(client, boss, "absence", asked.code))
    assert "Demam tinggi" in text(get(client, ani.account, "my_absence", asked.code))
    assert text(post(client, ani.account, "my_absence", asked.code), 422)  # it has begun
    ahead = make.asked(ani, first_day=service.TODAY + DAY * 3, last_day=service.TODAY + DAY * 3)
    assert post(client, ani.account, "my_absence", ahead.code).status_code == 302
    ahead.refresh_from_db()
    assert ahead.state == "withdrawn"


def test_photos_of_ones_own_lines_stay_readable_after_a_move_or_an_end(client: Client, ani: Assignment) -> None:
    made = make.entry(ani, photos=[picture()])
    appointments.end_appointment(
        by=service.secretariat(), at=service.NOW, appointment=ani.appointment, ended_on=service.TODAY, reason="Pindah"
    )
    args = (made.code, made.photos.get().name)
    address = reverse("facilitators:my_log_photo", args=[*args, "full"])
    assert address in text(get(client, ani.account, "my_log_entry", made.code))
    shown = get(client, ani.account, "my_log_photo", *args, "thumb")
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/webp")
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert b"".join(shown.streaming_content)[:4] == b"RIFF"
    assert get(client, ani.account, "my_log_photo", *args, "huge").status_code == 404
    without = make.entry(ani, what="Rapat").code
    assert get(client, ani.account, "my_log_photo", without, args[1], "full").status_code == 404
    other = make.placed(places.ward(2), "Ina Contoh")
    assert get(client, other.account, "my_log_photo", *args, "full").status_code == 404


def test_the_secretariat_sets_the_rules(client: Client, ani: Assignment) -> None:
    office = service.secretariat()
    page = text(get(client, office, "logbook_rules"))
    assert 'value="2000"' in page
    given = {**make.NUMBERS, "valid_from": service.TODAY.isoformat(), "opens": "06:00", "closes": "21:00",
             "work_days": ["1", "2", "6"], "legal_basis": "Surat edaran (contoh)"}  # fmt: skip
    assert text(post(client, office, "logbook_rules", **{**given, "round_run": "1"}), 422)
    assert post(client, office, "logbook_rules", **given).status_code == 302
    assert LogRules.objects.get().work_days == "126"
    assert get(client, make.coordinator(), "logbook_rules").status_code == 403


@pytest.mark.parametrize(("name", "most"), [("my_logbook", 20), ("logbook", 14), ("absences", 12), ("my_absences", 12)])
def test_lists_ask_as_often_for_three_rows_as_for_one(client: Client, ani: Assignment, name: str, most: int) -> None:
    person = ani.account if name.startswith("my") else make.coordinator()

    def fill(n: int) -> None:
        make.entry(ani, what=f"Kunjungan nomor {n} ke rumah warga", photos=[], latitude=None, longitude=None)
        make.asked(ani, first_day=service.TODAY + DAY * n, last_day=service.TODAY + DAY * n)

    fill(1)
    get(client, person, name)
    with CaptureQueriesContext(connection) as one:
        text(get(client, person, name))
    fill(2)
    fill(3)
    with CaptureQueriesContext(connection) as three:
        text(get(client, person, name))
    assert len(one) == len(three) <= most


def test_what_a_line_said_before_is_read_by_its_writer_and_those_who_verify(client: Client, ani: Assignment) -> None:
    made = make.entry(ani, what="Mengukur saluran di RW 05 bersama warga")
    facts = make.facts(what="Mengukur saluran di RW 06 bersama warga")
    logbook.repair_entry(by=ani.account, at=make.NOW, entry=made, region=ani.region, **facts)
    for who, name in ((ani.account, "my_log_entry"), (make.coordinator(), "logbook_entry")):
        assert "Mengukur saluran di RW 05 bersama warga" in text(get(client, who, name, made.code))
