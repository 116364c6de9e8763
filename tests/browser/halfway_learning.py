"""Leaves courses, sessions, field tasks and certificates standing where a person acts next; says what to look at."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any


def leave_learning(city: Any) -> dict[str, list[str]]:
    """A course being written, sessions running, over, moved and called off, a quiz under way, certificates of any kind.

    Gives the addresses that people are handed rather than led to.
    """
    from django.utils import timezone

    from pendamping.access.models import Account
    from pendamping.training.models import CourseVersion, Enrolment

    now, office = timezone.now(), Account.objects.get(username="sekretariat")
    field = CourseVersion.objects.get(course__key="kerja-lapangan")
    mine = Enrolment.objects.get(account__username="sari", version=field)
    draft = _written(office, now)
    running, joined, reading = _met(city, office, field, mine, now)
    certified = _certified(office, field, now)
    module = f"{draft}/modul/s1"
    return {
        "": [f"/sertifikat/{code}/" for code in certified],
        "sekretariat": [
            f"{draft}/", f"{module}/", f"{module}/ubah/", f"{module}/tambah/quiz/", f"{module}/tambah/task/",
            f"{module}/kegiatan/baca/ubah/", f"{module}/kegiatan/baca/berkas/", f"{module}/kegiatan/kuis/ubah/",
            f"/kerja/pelatihan/sertifikat/{certified[0]}/perpanjang/",
            f"/kerja/pelatihan/peserta/{mine.code}/keluar/",
        ],
        "pelatih": [f"/kerja/pelatihan/sesi/{running}/foto/{reading}/"],
        "sari": [*_under_way(mine, now), *(f"/belajar/sesi/{one}/hadir/" for one in (running, joined))],
    }  # fmt: skip


def _written(office: Any, now: Any) -> str:
    """A draft with a file in it and a module that lacks everything, and a course of which nothing is written yet."""
    from pendamping.demo.pictures import paint
    from pendamping.training.models import Activity, Course
    from pendamping.training.services import curriculum, modules

    who: dict[str, Any] = {"by": office, "at": now}
    course = Course.objects.get(key="pembekalan")
    draft = curriculum.draft_version(**who, course=course, what_changed="Contoh setempat ditambah")
    page = Activity.objects.filter(module__version=draft, module__key="s1", kind="page").get()
    modules.keep_material(**who, activity=page, title="Peta gang", file=modules.admit_file(paint("lane", 0)))
    title = {"id": "Modul yang belum ditulis", "en": "A module not written yet"}
    modules.write_module(**who, version=draft, key="baru", title=title, hours=Decimal(1))
    curriculum.make_course(**who, programme=course.programme, key="kosong", title={"id": "Kursus baru"})
    return f"/kerja/pelatihan/kursus/{course.code}/versi/{draft.number}"


def _met(city: Any, office: Any, field: Any, mine: Any, now: Any) -> tuple[str, str, str]:
    """Sessions: one that runs and was read from its sheet, one over and not closed, moved, called off, free to join."""
    from pendamping.access.models import Account
    from pendamping.training.models import Session
    from pendamping.training.rules import sheet
    from pendamping.training.services import attendance, sessions
    from pendamping.training.sheet_reader import Seen

    trainer, before = Account.objects.get(username="pelatih"), now - timedelta(days=2)

    def planned(title: str, hours: int, *, everybody: bool = True) -> Session:
        begins = now + timedelta(hours=hours)
        made = sessions.plan_session(
            by=trainer, at=before, version=field, region=city, title=title, place="Aula Bale Kota (contoh)",
            starts_at=begins, ends_at=begins + timedelta(hours=3), capacity=3, trainer=trainer, closes_minutes=180,
        )  # fmt: skip
        return sessions.give_all(by=trainer, at=before, session=made) if everybody else made

    planned("Sesi yang belum ditutup", -5)
    running = planned("Sesi yang sedang berjalan", -1)
    other = running.places.exclude(enrolment=mine).earliest("row")
    attendance.mark(by=trainer, at=now, place=other, presence="late", channel="list")
    rows = [Seen(sheet.row_code(running.code, row, running.secret), ink) for row, ink in ((1, 0.03), (2, 0.008))]
    reading = attendance.keep_reading(by=trainer, at=now, session=running, seen=rows)
    moved, dropped = planned("Sesi yang dipindah", 40), planned("Sesi yang batal", 60)
    sessions.move_session(
        by=trainer, at=now, session=moved, place=moved.place, starts_at=moved.starts_at + timedelta(days=1),
        ends_at=moved.ends_at + timedelta(days=1), reason="Aula dipakai pada hari itu",
    )  # fmt: skip
    sessions.cancel_session(by=trainer, at=now, session=dropped, reason="Pelatih sakit")
    joined = planned("Sesi yang masih ada tempat", 90, everybody=False)
    return running.code, joined.code, str(reading.uid)


def _under_way(mine: Any, now: Any) -> list[str]:
    """The pages of somebody with a quiz begun and a field task sent back."""
    from django.urls import reverse

    from pendamping.access.models import Account
    from pendamping.training.models import Activity
    from pendamping.training.services import quizzes, tasks

    steps = Activity.objects.filter(module__version=mine.version, module__key="m03").select_related("module", "quiz")
    begun = quizzes.begin_attempt(by=mine.account, at=now, enrolment=mine, activity=steps.get(kind="quiz"))
    task = steps.get(kind="task")
    told = "Rumah di ujung gang sudah didatangi (contoh). " * 3
    sent = tasks.hand_in_task(by=mine.account, at=now, enrolment=mine, activity=task, text=told)
    coach = Account.objects.get(username="budi")
    tasks.return_task(by=coach, at=now, submission=sent, remark="Tulis juga siapa yang ditemui.")
    return [
        reverse("training:my_attempt", args=[begun.uid]),
        reverse("training:my_task", args=[mine.code, "m03", task.key]),
    ]


def _certified(office: Any, field: Any, now: Any) -> tuple[str, str]:
    """A certificate near its end, one revoked, a batch done and one under way, and somebody who still waits."""
    from pendamping.access.models import Account
    from pendamping.core.moments import day
    from pendamping.training.models import CertificateBatch, CourseVersion, Enrolment
    from pendamping.training.services import batches, certificates, gates

    first = CourseVersion.objects.get(course__key="pembekalan", state="published")
    people = iter(Account.objects.filter(username__startswith="pendamping-", is_active=True).order_by("pk"))

    def passed(version: Any, at: Any) -> Enrolment:
        return Enrolment.add(
            at=at, region=version.course.region, account=next(people), version=version, state="completed",
            completed_at=at,
        )  # fmt: skip

    long_ago = now - timedelta(days=715)
    ending = certificates.issue_certificate(by=office, at=long_ago, enrolment=passed(field, long_ago))
    gone = certificates.issue_certificate(by=office, at=now, enrolment=passed(field, now))
    certificates.revoke_certificate(by=office, at=now, certificate=gone, reason="Nilainya ternyata milik orang lain")
    batches.begin_batch(by=office, at=now, version=field)
    CertificateBatch.add(
        at=now, region=first.course.region, version=first, asked_by=office, state="running", total=40, done=25
    )
    passed(first, now)
    gates.set_gate(
        by=office, at=now, course=field.course, verb="need.verify", starts_on=day(now) + timedelta(days=20),
        legal_basis="Perwal 1/2026 pasal 5 (contoh)",
    )  # fmt: skip
    return ending.code, gone.code
