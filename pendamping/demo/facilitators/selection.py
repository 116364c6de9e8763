"""The selection of the demo: prepared, opened, requirements changed once in the open, applications, the file check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from pendamping.access.models import Account
from pendamping.core.documents import pdf_door
from pendamping.core.documents.pdf_door import CleanPdf
from pendamping.core.documents.printing import render
from pendamping.demo.people import hold, sign_in
from pendamping.facilitators import keys
from pendamping.facilitators.enums.rounds import RoundStage
from pendamping.facilitators.models import Application, Round
from pendamping.facilitators.people import Person, nik_index
from pendamping.facilitators.queries.applications import lines_of
from pendamping.facilitators.queries.rounds import set_being_written
from pendamping.facilitators.services import applications, checks, evidence, requirements, rounds, verification
from pendamping.facilitators.services.defaults import seed_requirements
from pendamping.regions.models import Level, Region

NAMES = (
    "Ani", "Bayu", "Citra", "Deni", "Euis", "Fajar", "Gita", "Hadi", "Intan", "Jaka", "Kokom", "Lilis", "Maman",
    "Neni",
)  # fmt: skip
DAYS_BEFORE = 60  # the round was prepared so long ago: its exam, interviews and decree have room until today
WITHDRAWS, IN_A_PARTY, UNREADABLE = 11, 5, 8  # who in NAMES does not get through the file check, and why


def build(city: Region, people: Any, today: date, say: Callable[[str], None]) -> Round:
    """The round up to its computer test; gives it. `people` is the cast of the demo and not needed here."""
    moment = _clock(today)
    staff = [hold(sign_in(f"pemeriksa{n}", f"Pemeriksa {n} Contoh"), "selection_checker", city, moment(0))
             for n in (1, 2, 3)]  # fmt: skip
    by = hold(sign_in("sekretariat", "Sinta Contoh"), "secretariat", city, moment(0))
    made = _opened(city, by, today, moment)
    say(f"Seleksi {made.code}: pendaftaran dibuka")
    posts = list(made.posts.order_by("id"))
    paper = _paper(moment(2))
    handed_in = [
        _applied(made, posts[number % len(posts)], number, staff[2], paper, moment(2 + number % 5))
        for number in range(len(NAMES))
    ]
    applications.withdraw_application(
        by=None, at=moment(9), application=handed_in[WITHDRAWS], reason="Diterima bekerja di tempat lain"
    )
    rounds.advance_round(by=by, at=moment(11), round=made, to=RoundStage.CHECKING)
    for number, application in enumerate(handed_in):
        if number != WITHDRAWS:
            _checked(application, number, staff[0], staff[1], moment(12))
    say(f"Seleksi {made.code}: {len(handed_in)} lamaran, pemeriksaan berkas selesai")
    return rounds.advance_round(by=by, at=moment(14), round=made, to=RoundStage.TESTING)


def _clock(today: date) -> Callable[[int], datetime]:
    start = today - timedelta(days=DAYS_BEFORE)
    return lambda days: datetime.combine(start + timedelta(days=days), time(3), UTC)


def _opened(city: Region, by: Account, today: date, moment: Callable[[int], datetime]) -> Round:
    first = today - timedelta(days=DAYS_BEFORE)
    made = rounds.make_round(
        by=by, at=moment(0), region=city, title=f"Seleksi pendamping kelurahan {today.year} (contoh)",
        legal_basis="Perwal contoh tentang pendamping kelurahan", legal_article="pasal 5", fiscal_year=today.year,
        opens_on=first + timedelta(days=1), closes_on=first + timedelta(days=10),
        files_on=first + timedelta(days=14), exam_on=first + timedelta(days=18),
        interview_on=first + timedelta(days=25), announced_on=first + timedelta(days=32), exam_weight=60,
        interview_weight=40, exam_pass=60, interview_pass=60, tie_rule=["interview", "exam", "older"], reserves=2,
        objection_days=3, retention_days=180,
    )  # fmt: skip
    district = Region.objects.filter(level=Level.DISTRICT, parent=city).order_by("path").first()
    rounds.add_post(by=by, at=moment(0), round=made, kind="ward_facilitator", region=city, number=4)
    if district is not None:
        rounds.add_post(by=by, at=moment(0), round=made, kind="area_coordinator", region=district, number=1)
    written = set_being_written(made)
    assert written is not None  # noqa: S101  a fresh round has its first version
    seed_requirements(by=by, at=moment(0), requirement_set=written)
    made = rounds.advance_round(by=by, at=moment(1), round=made, to=RoundStage.OPEN)
    _changed_in_the_open(made, by, moment(1))
    return made


def _changed_in_the_open(made: Round, by: Account, at: datetime) -> None:
    """The same day somebody finds a sentence unclear: a second version, with its reason."""
    written = requirements.begin_change(
        by=by, at=at, round=made, reason="Bukti pendidikan diperjelas atas pertanyaan pelamar; syaratnya tetap."
    )
    school = written.requirements.get(position=3)
    facts = {name: getattr(school, name) for name in requirements.FACTS}
    facts["evidence"] = "Ijazah terakhir atau surat keterangan lulus, PDF atau foto"
    requirements.edit_requirement(by=by, at=at, requirement=school, **facts)
    requirements.publish_change(by=by, at=at, round=made)


def _paper(at: datetime) -> CleanPdf:
    """The one paper everybody of the demo hands in: it says that it is none."""
    blocks = [{"kind": "paragraph", "text": "Kertas contoh untuk peragaan. Bukan dokumen siapa pun."}]
    return pdf_door.admit(render("blocks", {"title": "Contoh berkas", "blocks": blocks}, at=at))


def _applied(made: Round, post: Any, number: int, counter: Account, paper: CleanPdf, at: datetime) -> Application:
    nik = f"99{number:02d}000101900{number:03d}"  # no province has 99
    person = Person(
        name=f"{NAMES[number]} Contoh", nik=nik, born_on=date(1990 + number % 9, 1 + number % 12, 1),
        sex="f" if number % 2 == 0 else "m", address=f"Jalan Contoh {number + 1}", phone=f"0812000000{number:02d}",
    )  # fmt: skip
    secret = keys.hash_key(keys.new_key())
    found = applications.begin_application(by=None, at=at, round=made, post=post, secret_hash=secret, person=person)
    for line in lines_of(found):
        facts = {"by": None, "at": at, "application": found, "requirement": line.requirement}
        if line.requirement.kind == "declaration":
            evidence.declare(**facts, is_declared=True)
        elif line.requirement.takes_file:
            evidence.keep_file(**facts, file=paper)
    verification.verify_at_counter(by=counter, at=at, application=found, shown_index=nik_index(nik))
    return applications.submit_application(by=None, at=at, application=found)


def _checked(application: Application, number: int, first: Account, second: Account, at: datetime) -> None:
    for line in lines_of(application):
        facts = {"at": at, "application": application, "requirement": line.requirement}
        says = {"is_there": True, "right": "yes", "reason": ""}
        if number == UNREADABLE and line.requirement.position == 3:
            says = {"is_there": True, "right": "no", "reason": "Ijazah yang diunggah bukan ijazah pelamar."}
        checks.check_requirement(by=first, **facts, **says)
        if line.requirement.needs_second_check:
            found = number == IN_A_PARTY
            checks.record_second_check(
                by=second, **facts, result="found" if found else "clear", done_on=at.date(),
                reference=f"SIPOL-CONTOH-{number + 1:03d}",
                reason="Tercatat sebagai pengurus partai pada hari pemeriksaan." if found else "",
            )  # fmt: skip
    checks.conclude_files(by=first, at=at, application=application)
