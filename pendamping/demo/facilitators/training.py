"""The demo's training: the curriculum in use, three who learn at different points, a session behind and one ahead,
certificates, one of them corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pendamping.access.models import Account
from pendamping.demo.people import hold, sign_in
from pendamping.demo.pictures import picture
from pendamping.facilitators.enums.questions import QuestionKind
from pendamping.facilitators.models import Question
from pendamping.facilitators.rules.exams import matches_shown
from pendamping.facilitators.rules.questions import CHOSEN
from pendamping.regions.models import Region
from pendamping.training import default_curriculum
from pendamping.training.enums.curriculum import ActivityKind, QuizPurpose
from pendamping.training.enums.learning import Aspect, EnrolmentState
from pendamping.training.enums.sessions import AttendanceChannel, Presence
from pendamping.training.models import Activity, CourseVersion, Enrolment, Place, Session
from pendamping.training.services import (
    attendance,
    certificates,
    curriculum,
    enrolments,
    opinions,
    packages,
    progress,
    quizzes,
    sessions,
    tasks,
)

FIRST, FIELD = "pembekalan", "kerja-lapangan"
FOUND = (
    "Ditemui ketua RT, dua kader posyandu dan pengurus karang taruna. Selokan di gang timur meluap tiap hujan deras; "
    "jalur gang sudah diukur 86 m. Warga siap menyumbang kerja bakti dua hari (contoh)."
)


def build(city: Region, office: Account, today: date, say: Callable[[str], object]) -> None:
    """Teach the demo's ward facilitators; `office` is the secretariat. Where nobody serves there is no course."""
    boss = Account.objects.filter(username="budi").first()
    learners = list(Account.objects.filter(username__startswith="sari", is_active=True).order_by("username")[:3])
    if boss is None or not learners:
        return
    trainer = hold(sign_in("pelatih", "Pelita Contoh"), "trainer", city, _at(today, -60))
    versions = {version.course.key: version for version in _curriculum(city, office, today)}
    first = [_enrol(one, versions[FIRST], office, today) for one in learners]
    field = [_enrol(one, versions[FIELD], office, today) for one in learners]
    _met(versions[FIRST], city, office, trainer, first, today)
    for place, one in enumerate(first):
        _learn_all(one, boss, today, pretest=6 - place, with_tasks=place < 2, opines=place > 0)
    _begin_field(field[0], boss, today)
    passed = Enrolment.objects.filter(pk__in=[one.pk for one in first], state=EnrolmentState.COMPLETED).order_by("pk")
    proved = [certificates.issue_certificate(by=office, at=_at(today, -10), enrolment=one) for one in passed]
    if len(proved) > 1:
        certificates.correct_certificate(
            by=office, at=_at(today, -8), certificate=proved[1], name=f"{proved[1].name}, S.Sos.",
            reason="Gelar belum tertulis (contoh).",
        )  # fmt: skip
    say(f"{len(versions)} kursus, {len(learners)} peserta, {len(proved)} sertifikat")


def _curriculum(city: Region, office: Account, today: date) -> Iterable[CourseVersion]:
    for package in default_curriculum.packages():
        version = packages.take_in(by=office, at=_at(today, -58), region=city, package=package)
        yield curriculum.publish_version(by=office, at=_at(today, -57), version=version)


def _enrol(account: Account, version: CourseVersion, office: Account, today: date) -> Enrolment:
    return enrolments.enrol(by=office, at=_at(today, -50), version=version, account=account)


def _met(
    version: CourseVersion, city: Region, office: Account, trainer: Account, learners: list[Enrolment], today: date
) -> None:
    """A day together, with the list of who came, and the next one ahead."""
    asked = Activity.objects.filter(module__version=version, kind=ActivityKind.SESSION).first()
    facts: dict[str, Any] = {
        "by": office, "version": version, "region": city, "place": "Aula Bale Kota (contoh)", "capacity": 40,
        "trainer": trainer, "materials": "Bawa ponsel dan buku catatan.", "activity": asked,
    }  # fmt: skip
    held = sessions.plan_session(
        at=_at(today, -49), title="Pembekalan pendamping", starts_at=_at(today, -40, 9), ends_at=_at(today, -40, 15),
        **facts,
    )  # fmt: skip
    for one in learners:
        sessions.give_place(by=office, at=_at(today, -48), session=held, enrolment=one)
    _came(held, trainer, today)
    ahead = sessions.plan_session(
        at=_at(today, -9), title="Temu ulang: menulis usulan", starts_at=_at(today, 6, 9), ends_at=_at(today, 6, 12),
        **{**facts, "activity": None},
    )  # fmt: skip
    for one in learners:
        if one.state == EnrolmentState.ACTIVE:
            sessions.give_place(by=office, at=_at(today, -9), session=ahead, enrolment=one)


def _came(held: Session, trainer: Account, today: date) -> None:
    for place in Place.objects.filter(session=held).order_by("row"):
        late = place.row == 2
        attendance.mark(
            by=trainer, at=_at(today, -40, 9, 20 if late else 2), place=place, channel=AttendanceChannel.LIST,
            presence=Presence.LATE if late else Presence.PRESENT,
        )  # fmt: skip
    sessions.close_session(by=trainer, at=_at(today, -40, 16), session=held)


def _learn_all(
    enrolment: Enrolment, boss: Account, today: date, *, pretest: int, with_tasks: bool, opines: bool
) -> None:
    """The whole first course, question by question; the last task of whoever is slow is not handed in yet."""
    steps = Activity.objects.filter(module__version=enrolment.version_id).order_by("module__position", "position")
    for number, step in enumerate(steps.select_related("quiz", "module")):
        at = _at(today, -38 + number, 19)
        if step.kind == ActivityKind.PAGE:
            progress.mark_read(by=enrolment.account, at=at, enrolment=enrolment, activity=step)
        elif step.kind == ActivityKind.QUIZ:
            before = step.quiz.purpose == QuizPurpose.BEFORE
            _answer(enrolment, step, at, right=pretest if before else step.quiz.number)
        elif step.kind == ActivityKind.TASK and with_tasks:
            _assessed(enrolment, step, boss, at)
    if opines and Enrolment.objects.get(pk=enrolment.pk).state == EnrolmentState.COMPLETED:
        marks = {str(aspect): 4 + (place % 2) for place, aspect in enumerate(Aspect)}
        opinions.give_opinion(by=enrolment.account, at=_at(today, -11), enrolment=enrolment, marks=marks,
                              words="Contoh dari kelurahan paling berguna.")  # fmt: skip


def _begin_field(enrolment: Enrolment, boss: Account, today: date) -> None:
    """Two modules of the second course: the first done, the second with a quiz not passed and a task that waits."""
    for place, module in enumerate(enrolment.version.modules.order_by("position")[:2]):
        for step in module.activities.select_related("quiz").order_by("position"):
            at = _at(today, -9 + 3 * place, 20)
            if step.kind == ActivityKind.PAGE:
                progress.mark_read(by=enrolment.account, at=at, enrolment=enrolment, activity=step)
            elif step.kind == ActivityKind.QUIZ:
                _answer(enrolment, step, at, right=8 if place == 0 else 4)
            elif place == 0:
                _assessed(enrolment, step, boss, at)
            else:
                tasks.hand_in_task(by=enrolment.account, at=at, enrolment=enrolment, activity=step, text=FOUND)


def _assessed(enrolment: Enrolment, step: Activity, boss: Account, at: datetime) -> None:
    photo = picture("lane", 0)
    made = tasks.hand_in_task(
        by=enrolment.account, at=at, enrolment=enrolment, activity=step, text=FOUND, photos=[photo]
    )
    scores = {criterion["key"]: max(level["points"] for level in criterion["levels"]) for criterion in step.rubric}
    tasks.assess_task(
        by=boss, at=at + timedelta(hours=20), submission=made, scores=scores, remark="Ukuran dan orangnya jelas."
    )


def _answer(enrolment: Enrolment, step: Activity, at: datetime, *, right: int) -> None:
    """So many questions answered rightly, the others left open."""
    who = enrolment.account
    attempt = quizzes.begin_attempt(by=who, at=at, enrolment=enrolment, activity=step)
    for answer in attempt.answers.select_related("question").order_by("position")[:right]:
        quizzes.save_answer(
            by=who, at=at + timedelta(seconds=30 * answer.position), attempt=attempt, position=answer.position,
            given=_key(answer.question, answer.order), sequence=1,
        )  # fmt: skip
    quizzes.hand_in(by=who, at=at + timedelta(minutes=8), attempt=attempt)


def _key(question: Question, order: list[int]) -> list[str]:
    """The right answer as it is given on the screen, with the options in this order."""
    if question.kind in CHOSEN:
        return [str(place) for place, index in enumerate(order) if float(question.options[index]["weight"]) > 0]
    if question.kind == QuestionKind.ORDERING:
        return [str(index) for index in order]
    if question.kind == QuestionKind.MATCHING:
        stands = matches_shown(order)
        return [str(stands.index(index)) for index in order]
    if question.kind == QuestionKind.SHORT_NUMBER:
        return [str(question.options[0]["low"]).replace(".", ",")]
    return [str(question.options[0]["text"])]


def _at(today: date, days: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime.combine(today + timedelta(days=days), time(hour, minute), ZoneInfo("Asia/Jakarta"))
