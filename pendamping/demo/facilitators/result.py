"""The end of the demo's selection: interviews, the published ranking, one objection upheld, the final result."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from pendamping.access.models import Account
from pendamping.demo.people import hold, sign_in
from pendamping.facilitators.enums.interviews import ConflictKind
from pendamping.facilitators.enums.rounds import RoundStage, Stage
from pendamping.facilitators.models import Application, Round, StageResult, Standing
from pendamping.facilitators.queries import interviews as found
from pendamping.facilitators.services import interviews, objections, panels, rankings
from pendamping.facilitators.services.rounds import advance_round
from pendamping.regions.models import Region

CRITERIA = (
    ("Memahami tugas pendamping", "Menjelaskan jalan suara warga sampai aset.", 40),
    ("Sikap melayani", "Mendengar dulu, menjawab jujur, tidak menjanjikan.", 35),
    ("Mengenal wilayah", "Tahu RT yang jarang didengar dan mengapa.", 25),
)
MEMBERS = 3
STRIKING = 45  # what one member gives one applicant, far from the others


def build(city: Region, people: Any, today: date, say: Callable[[str], object]) -> None:
    """From the released test to the final result; `people` is not needed here."""
    of = Round.objects.filter(region=city, stage=RoundStage.TESTING).order_by("-id").first()
    if of is None:
        return
    begins = of.interview_on or today - timedelta(days=20)
    moment = _clock(city, begins)
    office = sign_in("sekretariat", "Sinta Contoh")
    panel = _panel(of, office, moment(-5))
    of = advance_round(by=office, at=moment(-1), round=of, to=RoundStage.INTERVIEWING)
    invited = list(found.invited(of))
    for number, application in enumerate(invited):
        _interview(application, number, panel, moment(number % 3))
    for sheet in found.unnoted_outliers(of).select_related("application"):
        interviews.note_outlier(
            by=office, at=moment(3), sheet=sheet, note="Anggota menilai jawaban tentang wilayah saja; nilainya tetap."
        )
    if not invited:
        return
    say(f"Seleksi {of.code}: {len(invited)} wawancara, nilai dikunci lalu dibuka bersama")
    rankings.publish_ranking(by=office, at=moment(5), round=of)
    _object(of, office, moment(6), moment(7))
    of = Round.objects.get(pk=of.pk)
    ends = (of.objections_until or moment(9)) + timedelta(hours=9)
    advance_round(by=office, at=ends, round=of, to=RoundStage.FINAL)
    say(f"Seleksi {of.code}: peringkat versi {of.ranking_version}, satu sanggahan dikabulkan, hasil akhir")


def _clock(city: Region, begins: date) -> Callable[[int], datetime]:
    return lambda days: datetime.combine(begins + timedelta(days=days), time(10), ZoneInfo(city.zone))


def _panel(of: Round, office: Account, at: datetime) -> list[Account]:
    panels.set_interview_rules(
        by=office, at=at, round=of, criteria=CRITERIA, least=2, outlier_over=Decimal(15), reserve_days=365
    )
    people = [
        hold(sign_in(f"panel-{n}", f"Penguji {n} Contoh"), "selection_panel", of.region, at)
        for n in range(1, MEMBERS + 1)
    ]
    for number, account in enumerate(people):
        panels.seat_member(by=office, at=at, round=of, account=account, is_chair=number == 0)
    return people


def _interview(application: Application, number: int, panel: Iterable[Account], at: datetime) -> None:
    """Everybody declares and scores; the second applicant has a relative on the panel, the third a striking score."""
    for place, account in enumerate(panel):
        facts = {"by": account, "at": at, "application": application}
        if (number, place) == (1, 2):
            interviews.declare_conflict(**facts, has_conflict=True, kind=ConflictKind.FAMILY, reason="Sepupu (contoh)")
            continue
        interviews.declare_conflict(**facts, has_conflict=False)
        base = 72 + (number * 7 + place * 3) % 20
        marks = [STRIKING] * len(CRITERIA) if (number, place) == (2, 1) else [base, base + 4, base - 3]
        interviews.save_scores(**facts, marks=marks)
        interviews.lock_scores(**facts)


def _object(of: Round, office: Account, lodged: datetime, answered: datetime) -> None:
    """The last of those ranked finds an answer that was keyed wrongly, and is right."""
    last = Standing.objects.filter(round=of, version=1, rank__isnull=False).order_by("-rank", "id").first()
    if last is None:
        return
    made = objections.lodge_objection(
        by=None, at=lodged, application=last.application, stage=Stage.EXAM,
        text="Soal tentang swakelola tipe IV saya jawab kelompok masyarakat, tetapi dinilai salah.",
    )  # fmt: skip
    known = StageResult.objects.get(application=last.application, stage=Stage.EXAM).score or Decimal(0)
    objections.answer_objection(
        by=office, at=answered, objection=made, is_upheld=True, new_score=known + 8 if known <= 92 else known - 1,
        reason="Jawaban diperiksa ulang terhadap kunci: benar. Nilai diperbaiki.",
    )  # fmt: skip
