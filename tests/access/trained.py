"""What training leaves behind in one city, and what its doors' addresses and bodies stand for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.base import ContentFile

from pendamping.access.tests import personas
from pendamping.core.images import store
from pendamping.facilitators.tests import exam_factories as exam
from pendamping.needs.tests import factories as needs
from pendamping.regions.models import Region
from pendamping.training.models import Activity, CertificateBatch, Material, PracticeCard, SheetReading
from pendamping.training.services import calendar_keys, certificates
from pendamping.training.tests import certificate_factories as certified
from pendamping.training.tests import factories as make
from pendamping.training.tests import learning_factories as learning
from tests.access.routes import Door


class Trained:
    """The records of one city: a course published and drafted anew, a session, and learners at each stage."""

    def __init__(self, city: Region, wards: list[Region]) -> None:
        self.city, office = city, personas.secretariat(city)
        bank = exam.bank(city, name="Bank pelatihan")
        self.course = make.course(city=city, bank=bank)
        self.version, self.draft = make.version(self.course), make.version(self.course, published=False)
        for number in range(1, 5):
            exam.question(bank, f"m1: soal {number}?", topic="m1", feedback="Karena begitu.")
        page = Activity.objects.get(module__version=self.draft, module__key="m1", key="baca")
        self.material = Material.objects.create(
            created_at=make.NOW, activity=page, title="Salindia", content_type="application/pdf", bytes=4,
            sha256="0" * 64, file=ContentFile(b"%PDF", name="salindia.pdf"),
        )  # fmt: skip
        self.session = make.session(self.version, region=city)
        self.reading = SheetReading.objects.create(created_at=make.NOW, session=self.session, rows=[])
        self.records: dict[str, dict[str, Any]] = {}
        for ward in wards:
            self._learner(ward)
        first = next(iter(self.records.values()))
        self.batch = CertificateBatch.add(at=make.NOW, region=city, version=self.version, asked_by=office, total=1)
        self.gate = certified.gate(course=self.course, starts_on=date(2099, 1, 1))  # it shuts nobody out meanwhile
        self.secret = f"kalender-{city.path}"
        calendar_keys.make_key(by=first["learner"].account, at=make.NOW, secret=self.secret, city_path=city.path)

    def _learner(self, ward: Region) -> None:
        """Somebody under way, somebody who passed and waits for the paper, and somebody who has it."""
        learner = make.enrolled(ward, f"peserta-{ward.path}", self.version)
        waits = certified.passed(f"lulus-{ward.path}", ward, self.version)
        personas.account(f"bersertifikat-{ward.path}", "Peserta Contoh")
        has = certified.passed(f"bersertifikat-{ward.path}", ward, self.version)
        task = learning.handed_in(learner)
        photo = store.keep(needs.picture(), region_path=ward.path, at=make.NOW)
        task.photos.add(photo)
        attempt = learning.begun(learner)
        card = PracticeCard.objects.create(
            created_at=make.NOW, account=learner.account, question=attempt.answers.all()[0].question, due_at=make.NOW,
            memory={},
        )  # fmt: skip
        self.records[ward.path] = {
            "learner": learner, "waits": waits, "task": task, "photo": photo, "attempt": attempt, "card": card,
            "certificate": certificates.issue_certificate(by=None, at=make.NOW, enrolment=has),
            "place": make.placed(self.session, learner.account.username, ward),
            "newcomer": personas.person("ward_facilitator", ward, f"baru-{ward.path}"),
        }  # fmt: skip

    def _at(self, region: Region) -> dict[str, Any]:
        return self.records.get(region.path) or next(iter(self.records.values()))

    def value(self, door: Door, param: str, region: Region) -> Any:
        """What a parameter of a training door stands for here; `region` is the place that knocks."""
        here, name = self._at(region), door.name
        if param == "code":
            return next(record for part, record in self._codes(here) if part in name).code
        if param == "uid":
            return next(record for part, record in self._uids(here) if part in name).uid
        if param == "name":
            return self._name(name, here)
        if param == "kind":
            return "page" if "activity" in name else "pdf"
        if param == "number":
            return 1 if _reads_only(door) else 2
        if param == "step":
            return "tugas" if "task" in name else "kuis" if "quiz" in name or "attempt" in name else "baca"
        return {
            "key": "m1", "module": "m1", "size": "full", "secret": self.secret, "format": "gift",
            "attempt": here["attempt"].uid, "card": here["card"].uid, "task": here["task"].uid,
        }[param]  # fmt: skip

    def _name(self, door: str, here: dict[str, Any]) -> str:
        if "photo" in door:
            return str(here["photo"].name)
        is_activity = door.endswith(("material_add", "activities/{name}/materials"))
        return self.material.name if "material" in door and not is_activity else "baca"

    def _codes(self, here: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
        """The first that fits: part of a door's name → the record its code belongs to."""
        return (
            ("my_course", here["learner"]), ("badge", self.course), ("effect", self.course), ("course", self.course),
            ("version", self.course), (":module", self.course), (":activity", self.course), (":material", self.course),
            ("certificate_issue", here["waits"]), ("batch", self.batch), ("certificate", here["certificate"]),
            ("session", self.session), ("my_place", self.session), ("my_attendance", self.session),
            ("", here["learner"]),
        )  # fmt: skip

    def _uids(self, here: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
        return (
            ("gate", self.gate), ("reading", self.reading), ("place", here["place"]), ("attempt", here["attempt"]),
            ("answer", here["attempt"]), ("", here["task"]),
        )  # fmt: skip

    def said(self, door: Door, region: Region) -> dict[str, str]:
        """What the fields of a body say here, where it refers to records."""
        here = self._at(region)
        of_the_city = door.name in ("api /programmes", "api /competencies", "api /course-packages")
        return {
            "region": (self.city if of_the_city else region).path,
            "course": self.course.code, "programme": str(self.course.programme.uid), "key": "m1", "verb": "need.verify",
            "enrolment": here["waits"].code, "username": here["newcomer"].username, "session": self.session.code,
            "learner": here["learner"].code, "pass_rule": make.PASS_RULE, "topic": "m1", "url": "https://contoh.invalid/",
            "trainer": make.trainer().username, "module_key": "m1", "role": "",
        }  # fmt: skip


def is_here(door: Door) -> bool:
    """Does this door belong to training?"""
    return door.name.startswith(("training:", *(f"api /{prefix}" for prefix in _API)))


def _reads_only(door: Door) -> bool:
    """Published things are learned from and judged; the draft is written on."""
    return any(part in door.name for part in ("badge", "effect", "key", "status", "my_answer", "answers"))


_API = (
    "certificate", "my/certificates", "programmes", "course", "competencies", "training-", "my-training-", "gates",
    "learning", "quiz-attempts", "practice", "enrolments", "field-tasks",
)  # fmt: skip
