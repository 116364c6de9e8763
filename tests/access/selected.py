"""What the selection and service of facilitators leaves behind in one city, and what its doors' addresses stand for."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from pendamping.access.tests import personas
from pendamping.facilitators import keys
from pendamping.facilitators.ethics_text import seed_code
from pendamping.facilitators.models import Absence, Assignment, EthicsCase, Evaluation, LogEntry, ScoreSheet
from pendamping.facilitators.services import ethics_cases, interviews, months, panels, pay_runs
from pendamping.facilitators.tests import appointment_factories as service
from pendamping.facilitators.tests import evaluation_factories as judging
from pendamping.facilitators.tests import exam_factories as exam
from pendamping.facilitators.tests import logbook_factories as logbook
from pendamping.facilitators.tests import month_factories as month
from pendamping.facilitators.tests import ranking_factories as ranking
from pendamping.facilitators.tests import selection_factories as selection
from pendamping.regions.models import Region
from tests.access.routes import Door

_EMAIL = "ani@contoh.invalid"


class Selected:
    """The records of one city: rounds at each stage, applications, a test, a decree and what followed, a case."""

    def __init__(self, city: Region, wards: list[Region]) -> None:
        seed_code(timezone.now())
        self.draft = selection.prepared(city)
        self.open = selection.opened(city)
        self.applied = selection.submitted(self.open)
        self.counter = selection.checker(f"loket-{city.path}", city)
        self.paper = selection.filled(self.open, "3278014506950002", by=self.counter)
        checking = selection.opened(city)
        self.checked = selection.submitted(checking)
        selection.closed(checking)
        self.bank = exam.bank(city)
        self.question = exam.question(self.bank)
        self.testing = exam.round(city)
        self.sitting = exam.opened(self.testing)
        self._interview(city)
        self.decree = service.decree(f"SK-{city.path}/2026", region=city)
        self.placed: dict[str, Assignment] = {}
        self.lines: dict[str, LogEntry] = {}
        self.absences: dict[str, Absence] = {}
        for ward in wards:
            name = f"Pendamping {ward.path}"
            service.appointed(name, of=self.decree, account=personas.account(f"pendamping-{ward.path}", name))
            self.placed[ward.path] = service.placed(ward, name)
            self.lines[ward.path] = logbook.entry(self.placed[ward.path])
            self.absences[ward.path] = logbook.asked(self.placed[ward.path])
        first = next(iter(self.placed.values()))
        self.contract = service.contract(first.appointment, number=f"K-{city.path}")
        self.ceremony = service.ceremony(self.decree)
        self.case = self._case(city)
        self._months(city, first)
        self.evaluations = {path: self._evaluation(one) for path, one in self.placed.items()}

    def _months(self, city: Region, first: Assignment) -> None:
        """A report of each ward that waits, an approved one on a list with the treasurer, and a deduction."""
        boss = personas.person("secretariat", city, f"sekretariat-bulan-{city.path}")
        self.reports = {path: month.sent(placed) for path, placed in self.placed.items()}
        month.banked(first)
        february = month.sent(first, month=2)
        months.approve_report(by=boss, at=month.AFTER, report=february)
        made = pay_runs.make_run(by=boss, at=month.AFTER, city=city, year=2026, month=2)
        self.run = pay_runs.hand_over_run(by=boss, at=month.AFTER, run=made)
        self.pay_line = self.run.lines.get()
        self.deduction = month.taxed(city=city)

    def _interview(self, city: Region) -> None:
        """A round at its interviews, chaired at home by the person who knocks as panel, and one with an objection."""
        self.interviewing = ranking.interviewing(city, members=0)
        at = "peran-selection_panel" if city.path == "3278" else f"panel-lain-{city.path}"
        chair = personas.person("selection_panel", city, at)
        self.member = panels.seat_member(by=None, at=ranking.NOW, round=self.interviewing, account=chair, is_chair=True)
        for number in (1, 2, 3):
            ranking.seated(self.interviewing, number)
        self.scored = ranking.applicant(self.interviewing)
        for number, mark in ((1, 80), (2, 82), (3, 30)):
            ranking.locked(self.scored, number, mark)
        interviews.declare_conflict(
            by=chair, at=ranking.NOW, application=self.scored, has_conflict=True, kind="work", reason="Rekan"
        )
        self.sheet = ScoreSheet.objects.get(application=self.scored, is_outlier=True)
        self.ranked, (self.first,) = ranking.ranked(city=city)
        self.objection = ranking.objection(self.first)

    @staticmethod
    def _case(city: Region) -> EthicsCase:
        """A report whose panel holds the person who knocks as ethics panel at home, and two others."""
        made = service.case(city=city)
        at = "peran-ethics_panel" if city.path == "3278" else "majelis-lain"
        members = [personas.person("ethics_panel", city, name) for name in (at, f"m1-{city.path}", f"m2-{city.path}")]
        return ethics_cases.name_panel(by=None, at=service.NOW, case=made, members=members)

    @staticmethod
    def _evaluation(placed: Assignment) -> Evaluation:
        """A half-year of who serves a ward, shown, with its coaching."""
        return judging.judged(placed)

    def value(self, door: Door, param: str, region: Region) -> Any:
        """What a parameter of a facilitators' door stands for here; `region` is the place that knocks."""
        if param == "code":
            return self._code(door, region)
        if param == "uid" and "/posts/" in door.name:
            return self.draft.posts.get().uid
        if param == "uid" and any(part in door.name for part in ("deduction", "pay_", "honorarium", "my-honoraria")):
            return self.deduction.uid if "deduction" in door.name else self.pay_line.uid
        return {
            "month": 3, "size": "full", "step": "siapa" if "ethics" in door.name else "diri", "position": 1,
            "number": 1, "format": "gift", "post": self.draft.posts.get().pk, "uid": self.question.uid,
            "name": self._file(door),
            "token": keys.mail_token(self.applied, _EMAIL), "year": self.contract.fiscal_year,
            "appointment": self._assignment(region).appointment.code, "indicator": judging.WEAK,
            "application": self.scored.code, "member": self.member.uid, "sheet": self.sheet.uid, "version": 1,
        }[param]  # fmt: skip

    def said(self, door: Door, region: Region) -> dict[str, str]:
        """What the fields of a body say here, where it refers to records."""
        return {
            "region": self.draft.region.path, "nik": selection.NIK, "question": str(self.question.uid),
            "bank": self.bank.code, "decree": self.decree.code, "member": self.counter.username,
            "post": str(self.open.posts.get().uid), "appointment": self._assignment(region).appointment.code,
            "about": self._assignment(region).appointment.code, "half": "2026-1", "indicator": judging.WEAK,
            "application": self.first.code, "entrie": self.lines[self._assignment(region).region_path].code,
        }  # fmt: skip

    def _file(self, door: Door) -> str:
        kept = self.paper if "paper" in door.name else self.checked if "application" in door.name else self.applied
        return str(kept.evidence.exclude(name="").first().name)

    def _assignment(self, region: Region) -> Assignment:
        return self.placed.get(region.path) or next(iter(self.placed.values()))

    def _evaluation_at(self, region: Region) -> Evaluation:
        return self.evaluations.get(region.path) or next(iter(self.evaluations.values()))

    def _code(self, door: Door, region: Region) -> str:
        placed = self._assignment(region)
        records = {
            "draft": self.draft, "open": self.open, "applied": self.applied, "paper": self.paper,
            "checked": self.checked, "bank": self.bank, "testing": self.testing, "sitting": self.sitting,
            "decree": self.decree, "ceremony": self.ceremony, "assignment": placed, "appointment": placed.appointment,
            "case": self.case, "interviewing": self.interviewing, "scored": self.scored, "ranked": self.ranked,
            "objection": self.objection,
            "evaluation": self._evaluation_at(region),
            "line": self.lines[placed.region_path], "absence": self.absences[placed.region_path],
            "report": self.reports[placed.region_path], "run": self.run,
        }  # fmt: skip
        for part, record in _WHOSE:
            if part in door.name:
                return str(records[record].code)
        raise KeyError(f"tests/access/selected.py does not know whose code {door.name} takes")


def is_here(door: Door) -> bool:
    """Does this door belong to the facilitators' selection and service?"""
    return door.name.startswith(("facilitators:", *(f"api /{prefix}" for prefix in _API)))


_API = (
    "selections", "applications", "paper-applications", "file-checks", "exam/", "question-banks", "rounds/",
    "sittings", "decrees", "appointments", "assignments", "ceremonies", "ethics", "interviews", "objections",
    "evaluation", "my-evaluations", "logbook", "absences",
    "my-cases", "my-appointments", "my-months", "months", "month-reports", "month-rules", "my-honoraria", "honoraria",
    "honorarium-", "deductions",
)  # fmt: skip
# The first that fits: part of a door's name → the record its code belongs to.
_WHOSE = (
    ("my_evaluation", "evaluation"), (":evaluation", "evaluation"), (":coaching", "evaluation"),
    ("api /evaluations", "evaluation"), ("api /my-evaluations", "evaluation"),
    (":public_ranking", "ranked"), (":ranking", "ranked"), ("round_export", "ranked"), (":panel", "interviewing"),
    (":interview", "scored"), (":objection", "objection"), ("api /selections/{code}/ranking", "ranked"),
    ("api /rounds/{code}/ranking", "ranked"), ("api /rounds/{code}/interviews", "interviewing"),
    ("api /interviews", "scored"), ("api /objections", "objection"),
    ("public_round", "open"), (":apply", "open"), ("application_begin", "open"), ("mail_link", "applied"),
    ("application_check", "checked"), ("application_conclude", "checked"), ("application_file", "checked"),
    (":application", "paper"), ("exam_sitting", "sitting"), ("exam_seating", "sitting"), ("exam_seat_all", "testing"),
    (":exam_seat", "sitting"), (":exam_", "testing"), ("question", "bank"), (":round_", "draft"), (":round", "open"),
    (":my_log", "line"), (":logbook", "line"), ("absence", "absence"), ("api /logbook", "line"),
    (":month_", "report"), (":pay_", "run"), ("api /month-reports", "report"), ("api /honorari", "run"),
    (":ceremony_call", "decree"), (":ceremony", "ceremony"), ("my_invitation", "ceremony"), (":decree", "decree"),
    ("assignment_end", "assignment"), (":appointment", "appointment"), ("contract_renew", "appointment"),
    ("my_case", "case"), ("api /my-cases", "case"), (":my_", "appointment"), (":ethics", "case"),
    ("api /selections/{code}/applications", "open"), ("api /selections/{code}/paper-applications", "open"),
    ("api /selections/{code}/", "draft"), ("api /selections", "open"),
    ("api /applications", "applied"), ("api /paper-applications", "paper"), ("api /file-checks", "checked"),
    ("api /rounds", "testing"), ("api /sittings", "sitting"), ("api /decrees", "decree"),
    ("api /ceremonies", "ceremony"), ("api /assignments", "assignment"), ("api /appointments", "appointment"),
    ("api /ethics", "case"),
)  # fmt: skip
