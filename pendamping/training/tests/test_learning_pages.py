"""A learner's own pages, and those of whoever enrols and assesses, through the client."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from PIL import Image

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.facilitators.tests import appointment_factories as people
from pendamping.regions.tests import factories as places
from pendamping.training.enums.curriculum import ActivityKind, QuizPurpose
from pendamping.training.enums.learning import Aspect, EnrolmentState, TaskState
from pendamping.training.models import (
    AttemptAnswer,
    Enrolment,
    Material,
    Opinion,
    PracticeCard,
    Progress,
    Quiz,
    Submission,
)
from pendamping.training.offline import HEADER, person_key
from pendamping.training.services import enrolments, quizzes
from pendamping.training.tests import factories as make
from pendamping.training.tests.learning_factories import WORDS, answered, begun, handed_in, passed, step, tried

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(settings: Any) -> Any:
    settings.MFA_REQUIRED = False
    with translation.override("en"):
        yield


def signed(account: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client


def get(who: Account, name: str, *args: Any, status: int = 200) -> str:
    answer = signed(who).get(reverse(f"training:{name}", args=args))
    assert answer.status_code == status, answer
    return answer.content.decode() if not answer.streaming else ""


def post(who: Account, name: str, *args: Any, **facts: Any) -> Any:
    return signed(who).post(reverse(f"training:{name}", args=args), facts)


def trail(mine: Enrolment, key: str = "baca", module: str = "m1") -> tuple[str, str, str]:
    return mine.code, module, key


def test_the_hub_names_one_thing_to_do_next() -> None:
    mine = make.enrolled()
    page = get(mine.account, "my_learning")
    assert "m1 baca (en)" in page
    assert page.count("next-step") >= 1
    post(mine.account, "my_step_done", *trail(mine))
    assert "m1 kuis (en)" in get(mine.account, "my_learning")


def test_one_goes_on_where_one_stopped() -> None:
    mine = make.enrolled()
    answer = post(mine.account, "my_step_place", *trail(mine, module="m2"), place="35")
    assert answer.status_code == 204
    assert Progress.objects.get().place == 35
    assert "m2 baca (en)" in get(mine.account, "my_learning")
    assert 'data-reading="35"' in get(mine.account, "my_step", *trail(mine, module="m2"))


def test_a_hub_without_courses_says_how_one_comes_in() -> None:
    assert "No course yet" in get(personas.sari(places.ward()), "my_learning")


def test_nobody_sees_the_course_of_another() -> None:
    mine = make.enrolled()
    other = make.enrolled(places.ward(2), "wati").account
    for name, args in (
        ("my_course", [mine.code]), ("my_module", [mine.code, "m1"]), ("my_step", trail(mine)),
        ("my_quiz", trail(mine, "kuis")), ("my_task", trail(mine, "tugas")),
    ):  # fmt: skip
        get(other, name, *args, status=404)
    make.questions()
    get(other, "my_attempt", begun(mine).uid, status=404)


def test_a_course_left_is_not_there_any_more() -> None:
    mine = make.enrolled(state="withdrawn", ended_at=make.NOW, ended_reason="Cuti")
    get(mine.account, "my_course", mine.code, status=404)


def test_a_quiz_under_way_ends_for_who_leaves() -> None:
    make.questions()
    mine = make.enrolled()
    attempt = begun(mine)
    enrolments.leave(by=make.manager(), at=make.NOW, enrolment=mine, reason="Cuti")
    assert post(mine.account, "my_answer", attempt.uid, 1, answer="0").status_code == 404


def test_the_course_shows_what_is_missing_in_plain_words() -> None:
    mine = make.enrolled()
    page = get(mine.account, "my_course", mine.code)
    assert "Field tasks assessed" in page
    assert "0 of 2" in page
    assert "0% so far, needed: at least 70%" in page


def test_a_page_of_a_module_is_read_below_its_title_and_ticked_off() -> None:
    mine = make.enrolled()
    page = get(mine.account, "my_step", *trail(mine))
    assert "<h1>m1 baca (en): Modul 1 (en)</h1>" in page
    assert "<h2>Bacaan</h2>" in page
    answer = post(mine.account, "my_step_done", *trail(mine))
    assert answer.headers["Location"].endswith("/m1/kuis/kuis/")  # a quiz has its own page
    assert Progress.objects.get().done_at is not None


def test_a_video_is_a_link_to_its_site() -> None:
    mine = make.enrolled()
    make.activity(step(mine, "baca").module, 8, "film", ActivityKind.VIDEO, url="https://video.contoh.id/1")
    page = get(mine.account, "my_step", *trail(mine, "film"))
    assert 'href="https://video.contoh.id/1"' in page


def _material(mine: Enrolment, kind: str, title: str = "peta") -> Material:
    made = Material(
        created_at=make.NOW, activity=step(mine, "baca"), title=title, content_type=kind, bytes=3, sha256="a" * 64
    )
    made.file.save("x", ContentFile(b"abc"), save=False)
    made.save()
    return made


@pytest.mark.parametrize(("kind", "shown"), [("image/png", "inline"), ("application/pdf", "attachment")])
def test_files_of_a_course_are_served_to_its_learners_only(kind: str, shown: str) -> None:
    mine = make.enrolled()
    found = _material(mine, kind)
    address = reverse("training:my_material", args=[found.name])
    assert address in get(mine.account, "my_step", *trail(mine))
    answer = signed(mine.account).get(address)
    assert answer.headers["Content-Disposition"].startswith(shown)
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == b"abc"
    get(personas.wati(places.ward(2)), "my_material", found.name, status=404)
    assert Client().get(address).status_code == 302


# Offline


def test_only_pages_to_read_may_be_kept_on_the_phone_each_for_its_own_person() -> None:
    make.questions()
    mine = make.enrolled()
    me, attempt = mine.account, begun(mine)
    marked = {
        name: signed(me).get(reverse(f"training:{name}", args=args)).headers.get(HEADER, "")
        for name, args in {
            "my_learning": [], "my_course": [mine.code], "my_module": [mine.code, "m1"], "my_step": trail(mine),
            "my_offline": [], "my_quiz": trail(mine, "kuis"), "my_task": trail(mine, "tugas"), "my_practice": [],
            "my_attempt": [attempt.uid],
        }.items()
    }  # fmt: skip
    kept = {name for name, key in marked.items() if key}
    assert kept == {"my_learning", "my_course", "my_module", "my_step", "my_offline"}
    assert {marked[name] for name in kept} == {person_key(me)}
    assert person_key(me) != person_key(make.trainer())


def test_the_worker_is_a_script_that_governs_these_pages_only() -> None:
    answer = Client().get("/belajar/pekerja.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in answer.headers  # its folder is its scope
    assert b"X-Keep-Offline" in answer.content


# Quizzes


def test_a_quiz_without_javascript_from_beginning_to_explanation() -> None:
    make.questions()
    mine = make.enrolled()
    me = mine.account
    begins = post(me, "my_quiz_begin", *trail(mine, "kuis"))
    uid = mine.attempts.get().uid
    assert begins.headers["Location"] == reverse("training:my_attempt", args=[uid])
    for one in AttemptAnswer.objects.all():
        answer = post(me, "my_answer", uid, one.position, answer=str(one.order.index(0 if one.position > 1 else 1)))
        assert answer.headers["Location"].endswith(f"#soal-{one.position}")
    page = get(me, "my_attempt", uid)
    assert "3 of 3 answered" in page
    assert page.count(" checked") == 3
    unsure = post(me, "my_attempt_end", uid)
    assert (unsure.status_code, mine.attempts.get().finished_at) == (422, None)
    post(me, "my_attempt_end", uid, sure="1")
    result = get(me, "my_attempt", uid)
    assert "66.67%" in result
    assert "Right is:" in result
    assert "Karena" in result  # the feedback of a question
    assert "66.67%" in get(me, "my_quiz", *trail(mine, "kuis"))


def test_the_explanation_is_in_the_readers_language() -> None:
    make.questions(number=3)
    mine = make.enrolled()
    one = make.bank().questions.first()
    one.translations = {"en": {"text": "Which one?", "options": [{"text": "right"}] * 4, "feedback": "Because."}}
    one.save()
    attempt = begun(mine)
    assert "Which one?" in signed(mine.account).get(f"/en/belajar/kuis/{attempt.uid}/").content.decode()
    assert "Which one?" not in signed(mine.account).get(f"/belajar/kuis/{attempt.uid}/").content.decode()


def test_a_script_saves_answers_as_json_and_is_told_what_stands() -> None:
    make.questions()
    mine = make.enrolled()
    Quiz.objects.update(minutes=10)
    attempt = begun(mine, at=timezone.now())
    send = lambda **facts: signed(mine.account).post(  # noqa: E731
        reverse("training:my_answer", args=[attempt.uid, 1]), facts, headers={"accept": "application/json"}
    )
    said = send(answer="1", sequence="12").json()
    assert (said["sequence"], said["answered"]) == (12, True)
    assert 590 < said["seconds_left"] <= 600
    assert send(answer="2", sequence="11").json()["sequence"] == 12
    assert send(answer="77", sequence="13").status_code == 422
    quizzes.hand_in(by=mine.account, at=timezone.now(), attempt=attempt)
    assert send(answer="2", sequence="14").status_code == 409


def test_an_attempt_whose_time_is_up_offers_its_result_without_a_tick() -> None:
    make.questions()
    mine = make.enrolled()
    Quiz.objects.update(minutes=10)
    attempt = begun(mine, at=timezone.now() - timedelta(hours=1))
    assert "Your time is up" in get(mine.account, "my_attempt", attempt.uid)
    post(mine.account, "my_attempt_end", attempt.uid)
    assert mine.attempts.get().finish == "time"


def test_the_last_attempt_left_until_its_time_is_up_still_comes_to_its_result() -> None:
    make.questions()
    mine = make.enrolled()
    Quiz.objects.update(minutes=10, attempts_most=1)
    then = timezone.now() - timedelta(hours=1)
    answered(begun(mine, at=then), at=then)
    page = get(mine.account, "my_quiz", *trail(mine, "kuis"))
    assert ("See the result" in page, "Go on with the questions" in page) == (True, False)
    onward = post(mine.account, "my_quiz_begin", *trail(mine, "kuis"))
    assert onward.headers["Location"] == reverse("training:my_attempt", args=[mine.attempts.get().uid])
    assert "100%" in get(mine.account, "my_attempt", mine.attempts.get().uid)


@pytest.mark.parametrize("most", [0, 1])
def test_a_quiz_that_is_passed_leads_on_and_can_still_be_tried(most: int) -> None:
    make.questions()
    mine = make.enrolled()
    Quiz.objects.update(attempts_most=most)
    onward = reverse("training:my_module", args=[mine.code, "m1"])
    main = f'class="button button-primary" href="{onward}"'
    assert main not in get(mine.account, "my_quiz", *trail(mine, "kuis"))
    tried(mine)
    page = get(mine.account, "my_quiz", *trail(mine, "kuis"))
    assert main in page
    assert page.count("button-primary") == 1
    assert ("Try again" in page) is (most == 0)
    assert "notice-refusal" not in page


def test_without_an_attempt_left_the_way_leads_back_to_the_module() -> None:
    make.questions()
    mine = make.enrolled()
    Quiz.objects.update(attempts_most=1)
    tried(mine, right=False)
    page = get(mine.account, "my_quiz", *trail(mine, "kuis"))
    assert "notice-refusal" in page
    assert f'class="button button-primary" href="{reverse("training:my_module", args=[mine.code, "m1"])}"' in page


def test_the_test_before_the_course_tells_no_answers() -> None:
    make.questions()
    mine = make.enrolled()
    Quiz.objects.update(purpose=QuizPurpose.BEFORE)
    assert "what is right is told in the modules" in get(mine.account, "my_attempt", begun(mine).uid)
    page = get(mine.account, "my_attempt", tried(mine, right=False).uid)
    assert "Right is:" not in page
    assert "0%" in page


def test_quiz_pages_carry_a_token_and_refuse_a_form_without() -> None:
    make.questions()
    mine = make.enrolled()
    attempt = begun(mine)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(mine.account)
    address = reverse("training:my_answer", args=[attempt.uid, 1])
    assert strict.post(address, {"answer": "0"}).status_code == 403
    page = strict.get(reverse("training:my_attempt", args=[attempt.uid])).content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    assert strict.post(address, {"answer": "0", "csrfmiddlewaretoken": token}).status_code == 302


def test_the_daily_practice_tells_at_once_and_ends() -> None:
    make.questions(number=3)
    mine = make.enrolled()
    Quiz.objects.update(number=1)
    tried(mine, right=False)
    me = mine.account
    PracticeCard.objects.update(due_at=timezone.now() - timedelta(hours=1))
    assert "1 question for today" in get(me, "my_learning")
    card = PracticeCard.objects.get()
    assert str(card.uid) in get(me, "my_practice")
    nothing = post(me, "my_practice", card=card.uid, review="0")
    assert (nothing.status_code, PracticeCard.objects.get().reviews) == (422, 0)
    said = post(me, "my_practice", card=card.uid, review="0", answer="0").content.decode()
    assert "That is all for today." in said
    assert PracticeCard.objects.get().reviews == 1
    assert post(me, "my_practice", card=card.uid, review="0", answer="0").status_code == 302
    assert "Nothing to practise today" in get(me, "my_practice")
    assert post(make.trainer(), "my_practice", card=card.uid, review="1", answer="0").status_code == 404


def test_a_number_of_thousands_of_digits_is_no_number() -> None:
    make.questions(number=3)
    mine = make.enrolled()
    tried(mine, right=False)
    many, card = "9" * 5000, PracticeCard.objects.all()[0]
    assert post(mine.account, "my_practice", card=card.uid, review=many, answer="0").status_code == 302
    assert signed(make.manager()).get(reverse("training:enrolments"), {"before": many}).status_code == 200


def test_the_way_to_older_learners_keeps_what_was_searched_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pendamping.training.views.enrolments.PAGE", 1)
    for place in (1, 2):
        make.enrolled(places.ward(place), f"ani & budi {place}")
    page = signed(make.manager()).get(reverse("training:enrolments"), {"q": "Ani & Budi"}).content.decode()
    assert "q=Ani+%26+Budi&amp;kursus=&amp;before=" in page


# Field tasks


def _photo() -> SimpleUploadedFile:
    held = io.BytesIO()
    Image.effect_noise((640, 480), 80).convert("RGB").save(held, "JPEG")
    return SimpleUploadedFile("foto.jpg", held.getvalue(), "image/jpeg")


def test_a_field_task_with_a_photo_is_handed_in_returned_and_assessed() -> None:
    mine = make.enrolled()
    me, trainer = mine.account, make.trainer()
    assert "Datangi satu RT." in get(me, "my_task", *trail(mine, "tugas"))
    post(me, "my_task", *trail(mine, "tugas"), text=WORDS, photos=_photo())
    one = Submission.objects.get()
    name = one.photos.get().name
    for who, door in ((me, "my_task_photo"), (trainer, "task_photo")):
        answer = signed(who).get(reverse(f"training:{door}", args=[one.uid, name, "thumb"]))
        assert answer.headers["Cache-Control"] == "private, no-store"
        answer.close()
    get(personas.wati(places.ward(2)), "my_task_photo", one.uid, name, "full", status=404)
    assert mine.account.name in get(trainer, "tasks")
    assert WORDS in get(trainer, "task", one.uid)
    back = post(trainer, "task_return", one.uid, remark="Berapa warga?")
    assert back.headers["Location"] == reverse("training:task", args=[one.uid])
    page = get(me, "my_task", *trail(mine, "tugas"))
    assert "Berapa warga?" in page
    assert WORDS in page.split("<textarea")[1]  # to be mended, not written anew
    post(me, "my_task", *trail(mine, "tugas"), text=f"{WORDS} Sembilan.")
    again = Submission.objects.get(number=2)
    assert again.photos.get().name == name
    assert post(trainer, "task_assess", again.uid, remark="").status_code == 422
    post(trainer, "task_assess", again.uid, score_lengkap="2", remark="Bagus")
    again.refresh_from_db()
    assert (again.state, again.percent) == (TaskState.ASSESSED, 100)
    assert "Bagus" in get(me, "my_task", *trail(mine, "tugas"))


def test_a_module_that_is_finished_leads_to_the_next_one() -> None:
    make.questions()
    mine = make.enrolled()
    post(mine.account, "my_step_done", *trail(mine))
    tried(mine)
    assert "m1 tugas (en)" in get(mine.account, "my_module", mine.code, "m1").split("next-step")[1]
    handed_in(mine)
    onward = get(mine.account, "my_module", mine.code, "m1").split("next-step")[1]
    assert "m2 baca (en)" in onward
    assert "Modul 2 (en)" in onward


def test_what_waits_for_others_leads_on() -> None:
    mine = make.enrolled()
    assert "On with the module" not in get(mine.account, "my_task", *trail(mine, "tugas"))
    handed_in(mine)
    onward = reverse("training:my_module", args=[mine.code, "m1"])
    assert f'class="button button-primary" href="{onward}"' in get(mine.account, "my_task", *trail(mine, "tugas"))
    make.activity(step(mine, "baca").module, 9, "temu", ActivityKind.SESSION)
    met = get(mine.account, "my_step", *trail(mine, "temu"))
    assert f'class="button button-primary" href="{reverse("training:my_sessions")}"' in met


def test_a_refused_task_keeps_what_was_typed() -> None:
    mine = make.enrolled()
    answer = post(mine.account, "my_task", *trail(mine, "tugas"), text="Terlalu singkat")
    assert answer.status_code == 422
    assert "Terlalu singkat" in answer.content.decode()


def test_tasks_are_seen_in_their_place_and_not_by_the_learner() -> None:
    mine = make.enrolled()
    one = handed_in(mine)
    near = personas.person("area_coordinator", mine.region.parent, "dekat")
    far = personas.person("area_coordinator", places.district(2), "jauh")
    assert mine.account.name in get(near, "tasks")
    assert mine.account.name not in get(far, "tasks")
    get(near, "task", one.uid)
    get(near, "tasks_of", mine.code)
    get(far, "task", one.uid, status=404)
    get(far, "tasks_of", mine.code, status=404)
    get(mine.account, "task", one.uid, status=403)


def test_lists_ask_the_database_the_same_for_one_and_for_three(django_assert_num_queries: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    first = make.enrolled()
    handed_in(first)
    manager = signed(make.manager())
    counts = []
    for number in (1, 3):
        for extra in range(2, number + 1):
            handed_in(make.enrolled(places.ward(extra), f"orang{extra}"))
        found = {}
        for name in ("tasks", "enrolments"):
            manager.get(reverse(f"training:{name}"))
            with CaptureQueriesContext(
                connection,
            ) as asked:
                manager.get(reverse(f"training:{name}"))
            found[name] = len(asked)
        counts.append(found)
    assert counts[0] == counts[1]


# Those who look after learners


def test_enrolling_by_page_one_and_all() -> None:
    of = make.version()
    manager, placed = make.manager(), people.placed(places.ward())
    people.placed(places.ward(2), "Wati Contoh")
    assert placed.account.name in get(manager, "enrol")
    made = post(manager, "enrol", version=of.pk, account=placed.account_id)
    assert made.headers["Location"] == reverse("training:enrolment", args=[Enrolment.objects.get().code])
    again = post(manager, "enrol", version=of.pk, account=placed.account_id)
    assert again.status_code == 422
    assert "already learns" in again.content.decode()
    post(manager, "enrol_all", version=of.pk, region=of.course.region_id)
    assert Enrolment.objects.count() == 2
    get(placed.account, "enrol", status=403)


def test_one_learner_is_shown_with_what_is_missing_and_taken_out_with_a_reason() -> None:
    mine = make.enrolled()
    manager = make.manager()
    assert "Presence at the sessions" in get(manager, "enrolment", mine.code)
    assert post(manager, "enrolment_leave", mine.code, reason="").status_code == 422
    post(manager, "enrolment_leave", mine.code, reason="Cuti panjang")
    mine.refresh_from_db()
    assert mine.state == EnrolmentState.WITHDRAWN
    assert "Cuti panjang" in get(manager, "enrolment", mine.code)
    get(mine.account, "enrolment", mine.code, status=403)


def test_an_opinion_is_asked_for_once_after_passing() -> None:
    mine = passed(make.enrolled())
    assert "Give my opinion" in get(mine.account, "my_course", mine.code)
    marks = {str(aspect): "5" for aspect in Aspect}
    assert post(mine.account, "my_opinion", mine.code, **{**marks, "pace": ""}).status_code == 422
    post(mine.account, "my_opinion", mine.code, **marks, words="Lebih banyak contoh.")
    assert Opinion.objects.get().words == "Lebih banyak contoh."
    assert "Give my opinion" not in get(mine.account, "my_course", mine.code)


def test_answers_of_others_cannot_be_saved() -> None:
    make.questions()
    mine = make.enrolled()
    attempt = begun(mine)
    other = make.enrolled(places.ward(2), "wati").account
    assert post(other, "my_answer", attempt.uid, 1, answer="0").status_code == 404
    assert post(other, "my_attempt_end", attempt.uid, sure="1").status_code == 404
    answered(attempt)
