"""The pages of the computer test: the candidate at the door and at the paper, the invigilator, the committee."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.facilitators.enums.exams import Finish, SittingState
from pendamping.facilitators.models import Answer, Blueprint, Question, QuestionBank, Seat, Sitting, StageResult
from pendamping.facilitators.queries.rankings import pseudonym
from pendamping.facilitators.services import exam_papers, exam_results, sittings
from pendamping.facilitators.tests import exam_factories as make
from pendamping.facilitators.tests.exam_factories import STARTS
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The clock of the server, to be set; it begins when the sitting does."""

    def put(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    put(STARTS)
    return put


def url(name: str, *args: Any) -> str:
    return reverse(f"facilitators:{name}", args=args)


def get(client: Client, person: Account, name: str, /, *args: Any, **query: Any) -> Any:
    client.force_login(person)
    return client.get(url(name, *args), query)


def post(client: Client, person: Account, name: str, /, *args: Any, **data: Any) -> Any:
    client.force_login(person)
    return client.post(url(name, *args), data)


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return str(answer.content.decode())


def checker(sitting: Sitting) -> Account:
    return personas.person("selection_checker", sitting.region)


def come_in(client: Client, seat: Seat) -> Any:
    return client.post(url("exam_enter"), {"code": seat.application.code.lower(), "pin": exam_papers.pin_of(seat)})


def candidate(client: Client, sitting: Sitting | None = None) -> Seat:
    """Somebody at the paper."""
    seat = Seat.objects.filter(sitting=sitting or make.opened()).order_by("number")[0]
    assert come_in(client, seat).status_code == 303
    assert client.post(url("exam_begin")).status_code == 303
    return Seat.objects.get(pk=seat.pk)


def test_candidate_enters_reads_the_rules_begins_and_answers_without_javascript(client: Client, at: Any) -> None:
    sitting = make.opened()
    seat = Seat.objects.get(sitting=sitting)
    door = come_in(client, seat)
    assert door["Location"] == url("exam_paper")
    cookie = door.cookies["exam"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    rules = text(client.get(url("exam_paper")))
    assert "90" in rules
    assert Question.objects.all()[0].text not in rules
    client.post(url("exam_begin"))
    answer = Answer.objects.select_related("question").get(seat=seat, position=2)
    page = client.get(url("exam_paper"))
    assert answer.question.text in text(page)
    assert page["Cache-Control"] == "no-store"
    said = client.post(url("exam_answer", 2), {"answer": make.shown(answer)})
    assert (said.status_code, said["Location"]) == (303, url("exam_paper") + "#soal-2")
    answer.refresh_from_db()
    assert answer.choice == [0]
    assert f'value="{make.shown(answer)}" checked' in text(client.get(url("exam_paper")))
    assert "sessionid" not in client.cookies


def test_script_is_acknowledged_answer_by_answer(client: Client, at: Any) -> None:
    candidate(client)
    at(STARTS + timedelta(minutes=30))
    said = client.post(
        url("exam_answer", 1), {"answer": "1", "sequence": "7"}, headers={"Accept": "application/json"}
    ).json()
    assert (said["number"], said["sequence"], said["answered"], said["seconds_left"]) == (1, 7, True, 3600)
    old = client.post(
        url("exam_answer", 1), {"answer": "2", "sequence": "6"}, headers={"Accept": "application/json"}
    ).json()
    assert old["sequence"] == 7


def test_wrong_option_is_said_at_the_question(client: Client, at: Any) -> None:
    candidate(client)
    assert "Ini bukan salah satu pilihan" in text(client.post(url("exam_answer", 1), {"answer": "9"}), 422)


def test_after_the_time_the_page_says_so_and_takes_nothing(client: Client, at: Any) -> None:
    seat = candidate(client)
    at(STARTS + timedelta(minutes=91))
    late = client.post(url("exam_answer", 1), {"answer": "1", "sequence": "1"}, headers={"Accept": "application/json"})
    assert (late.status_code, late.json()["code"]) == (409, "exam_time_up")
    assert client.post(url("exam_answer", 1), {"answer": "1"}).status_code == 303
    assert "exam-question" not in text(client.get(url("exam_paper")))
    assert not Answer.objects.filter(seat=seat, choice__isnull=False).exists()


def test_second_computer_takes_over_with_all_answers(client: Client, at: Any) -> None:
    seat, other = candidate(client), Client()
    client.post(url("exam_answer", 1), {"answer": "1"})
    assert come_in(other, seat).status_code == 303
    assert 'value="1" checked' in text(other.get(url("exam_paper")))
    assert "perangkat lain" in text(client.get(url("exam_paper")), 409)
    refused = client.post(url("exam_answer", 1), {"answer": "2"}, headers={"Accept": "application/json"})
    assert refused.json()["code"] == "exam_superseded"


def test_handing_in_wants_a_tick_and_ends_it(client: Client, at: Any) -> None:
    seat = candidate(client)
    assert client.post(url("exam_hand_in")).status_code == 422
    assert client.post(url("exam_hand_in"), {"sure": "1"}).status_code == 303
    seat.refresh_from_db()
    assert seat.finish == Finish.HANDED_IN
    assert "exam-question" not in text(client.get(url("exam_paper")))


@pytest.mark.parametrize("name", ["exam_paper", "exam_begin", "exam_hand_in"])
def test_without_a_pass_everything_leads_to_the_door(client: Client, name: str) -> None:
    answer = client.get(url(name)) if name == "exam_paper" else client.post(url(name))
    assert (answer.status_code, answer["Location"]) == (303, url("exam_enter"))
    client.cookies["exam"] = "forged:note:here"
    answer = client.get(url("exam_paper"))
    assert answer.status_code == 303


def test_wrong_pin_is_refused_with_the_words_kept_and_after_eight_tries_with_the_wait(client: Client, at: Any) -> None:
    seat = Seat.objects.get(sitting=make.opened())
    for _try in range(8):
        page = text(client.post(url("exam_enter"), {"code": seat.application.code, "pin": "000000"}), 422)
    assert seat.application.code in page
    assert client.post(url("exam_enter"), {"code": seat.application.code, "pin": "000000"}).status_code == 429
    assert come_in(client, seat).status_code == 429
    at(STARTS + timedelta(minutes=16))
    assert come_in(client, seat).status_code == 303


def test_form_from_another_site_is_refused(client: Client, at: Any) -> None:
    candidate(client)
    said = client.post(url("exam_answer", 1), {"answer": "1"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert said.status_code == 403


def test_one_tampered_sequence_counts_as_a_plain_form(client: Client, at: Any) -> None:
    seat = candidate(client)
    client.post(url("exam_answer", 1), {"answer": "1", "sequence": "9" * 40})
    assert Answer.objects.get(seat=seat, position=1).sequence == 1


def test_words_of_a_question_are_never_markup(client: Client, at: Any) -> None:
    round = make.round()
    make.question(text="<script>alert(1)</script> & apa?", options=make.choices("<b>a</b>", "b"))
    make.blueprint(round, questions=1, held=1)
    candidate(client, make.opened(round))
    page = text(client.get(url("exam_paper")))
    assert "<script>alert" not in page
    assert "&lt;b&gt;a&lt;/b&gt;" in page


def test_paper_takes_as_many_queries_for_four_questions_as_for_one(client: Client, at: Any) -> None:
    def count(questions: int) -> int:
        round = make.round()
        make.blueprint(round, questions=questions)
        candidate(client, make.opened(round))
        with CaptureQueriesContext(connection) as seen:
            client.get(url("exam_paper"))
        return len(seen)

    assert count(1) == count(4)


def test_saving_an_answer_takes_few_queries(client: Client, at: Any) -> None:
    candidate(client)
    with CaptureQueriesContext(connection) as seen:
        client.post(url("exam_answer", 1), {"answer": "1"}, headers={"Accept": "application/json"})
    assert len(seen) <= 8


def test_room_shows_who_is_in_how_far_and_when_last_heard_of(client: Client, at: Any) -> None:
    sitting = make.opened(candidates=2)
    make.answered(make.begun(sitting), 1)
    at(STARTS + timedelta(minutes=7))
    page = text(get(client, checker(sitting), "exam_sitting", sitting.code))
    assert "1 dari 4" in page
    assert "7 menit" in page
    assert all(seat.application.code in page for seat in Seat.objects.all())


@pytest.mark.parametrize("name", ["exam_sitting", "exam_sittings", "exam_round"])
def test_as_many_queries_for_three_as_for_one(client: Client, at: Any, name: str) -> None:
    def count(candidates: int) -> int:
        round = make.round()
        sitting = make.opened(round, candidates=candidates)
        for number in range(1, candidates + 1):
            make.begun(sitting, number)
        for _n in range(candidates):
            make.planned(round)
        codes = {"exam_sitting": [sitting.code], "exam_round": [round.code]}.get(name, [])
        get(client, checker(sitting), name, *codes)
        with CaptureQueriesContext(connection) as seen:
            text(get(client, checker(sitting), name, *codes))
        return len(seen)

    assert count(1) == count(3)


def test_invigilator_opens_gives_time_renews_a_pin_and_closes(client: Client, at: Any) -> None:
    sitting = make.seated()
    who = checker(sitting)
    assert post(client, who, "exam_sitting_open", sitting.code).status_code == 302
    seat = make.begun(sitting)
    post(client, who, "exam_seat", sitting.code, 1, **{"act": "time", "time-minutes": 10, "time-reason": "Listrik"})
    seat.refresh_from_db()
    assert seat.extra_minutes == 10
    wrong = post(client, who, "exam_seat", sitting.code, 1, **{"act": "time", "time-minutes": 120, "time-reason": "X"})
    assert "130" in text(wrong)
    post(client, who, "exam_seat", sitting.code, 1, **{"act": "pin", "pin-reason": "Kartu hilang"})
    seat.refresh_from_db()
    assert seat.pin_version == 2
    assert "1 peserta" in text(post(client, who, "exam_sitting_close", sitting.code))
    at(make.over(sitting))
    assert post(client, who, "exam_sitting_close", sitting.code).status_code == 302
    sitting.refresh_from_db()
    assert sitting.state == SittingState.CLOSED


def test_committee_moves_a_sitting_and_calls_it_off(client: Client, at: Any) -> None:
    sitting = make.seated()
    who = make.committee()
    assert "/ubah/" in text(get(client, who, "exam_sitting", sitting.code))
    held = {"act": "move", "move-place": "Aula", "move-starts_at": "2026-03-09T08:00"}
    assert post(client, who, "exam_sitting_change", sitting.code, **held).status_code == 200
    held["move-reason"] = "Banjir"
    assert post(client, who, "exam_sitting_change", sitting.code, **held).status_code == 302
    sitting.refresh_from_db()
    assert (sitting.place, sitting.starts_at.astimezone(WIB).hour) == ("Aula", 8)
    off = {"act": "off", "off-reason": "Listrik padam"}
    assert post(client, who, "exam_sitting_change", sitting.code, **off).status_code == 302
    shown = text(get(client, who, "exam_sitting", sitting.code))
    assert "Dibatalkan" in shown and "/ubah/" not in shown
    assert "Sesi ini sudah dibatalkan" in text(post(client, who, "exam_sitting_change", sitting.code, **off))
    assert post(client, checker(sitting), "exam_sitting_change", sitting.code, **off).status_code == 403


def test_seating_list_is_a_pdf_and_not_after_the_close(client: Client, at: Any) -> None:
    sitting = make.opened()
    paper = post(client, checker(sitting), "exam_seating", sitting.code)
    assert (paper["Content-Type"], paper.content[:5], paper["Cache-Control"]) == (
        "application/pdf", b"%PDF-", "private, no-store",
    )  # fmt: skip
    make.closed(sitting)
    assert post(client, checker(sitting), "exam_seating", sitting.code).status_code == 404


def test_committee_goes_the_whole_way(client: Client, at: Any) -> None:
    round = make.round()
    who = make.committee()
    kept = make.bank()
    for _n in range(4):
        make.question(kept)
    text(get(client, who, "exam_round", round.code))
    text(get(client, who, "exam_blueprint", round.code))
    text(get(client, who, "exam_blueprint", round.code, bank=kept.code))
    client.post(
        url("exam_blueprint", round.code) + f"?bank={kept.code}",
        {"minutes": 60, "grace_seconds": 20, "sample_least": 30, "number_0": 3, "points_0": "2"},
    )
    line = Blueprint.objects.get().lines.get()
    assert (line.topic, line.number, line.points) == ("Pemerintahan", 3, 2)
    begins = (STARTS + timedelta(hours=2)).astimezone(WIB).strftime("%Y-%m-%dT%H:%M")
    facts = {"place": "Lab", "starts_at": begins, "seats": 3, "late_minutes": 30}
    assert post(client, who, "exam_plan", round.code, **facts).status_code == 302
    sitting = Sitting.objects.get()
    assert sitting.starts_at == STARTS + timedelta(hours=2)
    make.applicant(round)
    post(client, who, "exam_seat_all", round.code)
    assert Seat.objects.count() == 1
    at(sitting.starts_at)
    sittings.open_sitting(by=who, at=sitting.starts_at, sitting=sitting)
    seat = make.begun(sitting, at=sitting.starts_at)
    make.answered(seat, 1, at=sitting.starts_at)
    assert "belum ditutup" in text(get(client, who, "exam_release", round.code))
    exam_results.close_sitting(by=who, at=make.over(sitting), sitting=sitting)
    sealed = text(get(client, who, "exam_round", round.code))
    assert "33,333" not in sealed
    found = Answer.objects.filter(seat=seat)[1].question
    assert found.text in text(get(client, who, "exam_analysis", round.code))
    assert post(client, who, "exam_void", round.code, found.uid, reason="Kunci ganda").status_code == 302
    assert str(StageResult.objects.get(stage="exam").score) == "50.000"
    assert post(client, who, "exam_release", round.code).status_code == 302
    assert ">50<" in text(get(client, who, "exam_round", round.code)).replace("\n", "")


@pytest.mark.parametrize(("query", "start"), [({}, b"\xef\xbb\xbf"), ({"xlsx": ""}, b"PK")])
def test_analysis_as_a_file(client: Client, at: Any, query: dict[str, str], start: bytes) -> None:
    sitting = make.opened()
    make.begun(sitting)
    make.closed(sitting)
    answer = get(client, make.committee(), "exam_analysis_file", sitting.round.code, **query)
    assert (b"".join(answer.streaming_content) if answer.streaming else answer.content).startswith(start)


def test_analysis_takes_as_many_queries_for_three_candidates_as_for_one(client: Client, at: Any) -> None:
    def count(candidates: int) -> int:
        sitting = make.opened(make.round(), candidates=candidates)
        for number in range(1, candidates + 1):
            make.begun(sitting, number)
        make.closed(sitting)
        get(client, make.committee(), "exam_sittings")  # signs in
        with CaptureQueriesContext(connection) as seen:
            text(get(client, make.committee(), "exam_analysis", sitting.round.code))
        return len(seen)

    assert count(1) == count(3)


def test_bank_pages_hold_show_try_take_in_and_retire(client: Client, at: Any) -> None:
    who = make.committee()
    facts = {"name": "Bank baru", "region": places.city().pk}
    assert post(client, who, "question_bank_make", **facts).status_code == 302
    bank = QuestionBank.objects.get()
    again = text(post(client, who, "question_bank_make", **facts, about="Kata yang diketik"))
    assert "Kata yang diketik" in again
    gift = b"Satu? {=ya ~tidak}\n\nDua? {}\n"

    def send(what: str) -> str:
        upload = SimpleUploadedFile("soal.gift", gift)
        return text(post(client, who, "question_import", bank.code, file=upload, what=what, topic="Umum"))

    assert "Baris 3" in send("try")
    assert not Question.objects.exists()
    send("good")
    question = Question.objects.get()
    assert question.text in text(get(client, who, "question_bank", bank.code, topic="Umum"))
    assert bank.name in text(get(client, who, "question_banks"))
    text(get(client, who, "question", bank.code, question.uid))
    assert post(client, who, "question", bank.code, question.uid, reason="Usang").status_code == 302
    assert question.text in text(client.get(url("question_bank", bank.code) + "?lama"))


def test_broken_file_is_said_at_the_field(client: Client, at: Any) -> None:
    upload = SimpleUploadedFile("soal.xml", b"<quiz>")
    page = text(post(client, make.committee(), "question_import", make.bank().code, file=upload, what="try"))
    assert re.search(r"XML", page)


@pytest.mark.parametrize(
    ("role", "room", "result"),
    [
        ("council", False, False), ("selection_panel", False, False), ("inspectorate", True, True),
        ("selection_checker", True, True),
    ],
)  # fmt: skip
def test_codes_stand_in_the_room_and_beside_marks_only_for_who_may_see_them(
    client: Client, at: Any, role: str, room: bool, result: bool
) -> None:
    sitting, who = make.opened(), personas.person(role, places.city())
    code = Seat.objects.get(sitting=sitting).application.code
    assert (code in text(get(client, who, "exam_sitting", sitting.code))) is room
    make.closed(sitting)
    exam_results.release_exam(by=make.committee(), at=STARTS, round=sitting.round)
    page = text(get(client, who, "exam_round", sitting.round.code))
    assert (code in page) is result
    assert (pseudonym(Seat.objects.get().application) in page) is not result


PAGES = [
    ("exam_round", "round"), ("exam_blueprint", "round"), ("exam_plan", "round"), ("exam_release", "round"),
    ("exam_analysis", "round"), ("exam_sitting", "sitting"), ("exam_seat", "seat"), ("question_bank", "bank"),
    ("question_import", "bank"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "of"), PAGES)
def test_outsiders_find_nothing_and_residents_of_the_house_see_only_their_part(
    client: Client, at: Any, name: str, of: str
) -> None:
    sitting = make.opened()
    codes = {
        "round": [sitting.round.code], "sitting": [sitting.code], "seat": [sitting.code, 1], "bank": [make.bank().code],
    }[of]  # fmt: skip
    stranger = personas.person("secretariat", places.city("3279", "Kota Lain"), "asing")
    assert get(client, stranger, name, *codes).status_code == 404
    council = get(client, personas.person("council", sitting.region), name, *codes).status_code
    assert council == (200 if name in ("exam_round", "exam_sitting") else 403)


def test_nobody_signed_in_is_led_to_the_sign_in(client: Client) -> None:
    assert client.get(url("exam_sittings")).status_code == 302


def test_steps_and_pairs_are_answered_from_lists_without_a_script(client: Client, at: Any) -> None:
    kept = make.bank()
    make.question(kept, "Urutkan.", kind="ordering", options=[{"text": "satu"}, {"text": "dua"}, {"text": "tiga"}])
    pairs = [{"text": "lurah", "match": "kelurahan"}, {"text": "camat", "match": "kecamatan"}]
    make.question(kept, "Pasangkan.", kind="matching", options=pairs)
    put = make.round()
    make.blueprint(put, questions=2, held=0)
    seat = candidate(client, make.opened(put))
    page = text(client.get(url("exam_paper")))
    assert page.count("<select") == 5
    for answer in seat.answers.select_related("question"):
        if answer.question.kind == "ordering":
            given = [str(index) for index in answer.order]
        else:
            given = [str(answer.order.index(place)) for place in range(2)]
        kept_at = client.post(url("exam_answer", answer.position), {"answer": given})
        assert kept_at.status_code == 303
    choices = dict(seat.answers.values_list("question__kind", "choice"))
    assert choices == {"ordering": [0, 1, 2], "matching": [0, 1]}
    assert text(client.get(url("exam_paper"))).count(" selected") == 5
    assert client.post(url("exam_answer", 1), {"answer": ["9", "9", "9"]}).status_code == 422
