"""A round at its test: a bank, a blueprint, applicants who passed the files, a sitting at any point of its course."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core.personal.crypt import encrypt, new_subject_key
from pendamping.facilitators.enums.rounds import ApplicationState, PostKind, RoundStage, Stage
from pendamping.facilitators.models import (
    Answer,
    Application,
    Blueprint,
    Post,
    Question,
    QuestionBank,
    RequirementSet,
    Round,
    Seat,
    Sitting,
    StageResult,
)
from pendamping.facilitators.rules.draw import Line
from pendamping.facilitators.services import exam_papers, exam_results, sittings
from pendamping.facilitators.services import questions as banks
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
STARTS = NOW + timedelta(days=1)


def committee(city: Region | None = None) -> Account:
    return personas.secretariat(city or places.city())


def bank(city: Region | None = None, name: str = "Bank umum") -> QuestionBank:
    city = city or places.city()
    known = QuestionBank.objects.filter(region=city, name=name).first()
    return known or banks.make_bank(by=committee(city), at=NOW, region=city, name=name)


def choices(*texts: str, key: int = 0) -> list[dict[str, Any]]:
    return [{"text": text, "weight": "100" if place == key else "0"} for place, text in enumerate(texts)]


def question(of: QuestionBank | None = None, text: str = "", **facts: Any) -> Question:
    of = of or bank()
    given: dict[str, Any] = {
        "kind": "single", "topic": "Pemerintahan", "text": text or f"Soal nomor {of.questions.count() + 1}?",
        "options": choices("benar", "salah", "keliru", "bukan"),
    }  # fmt: skip
    return banks.add_question(by=committee(of.region), at=NOW, bank=of, **{**given, **facts})


def round(city: Region | None = None, stage: str = RoundStage.TESTING, **facts: Any) -> Round:
    city = city or places.city()
    given: dict[str, Any] = {
        "title": "Seleksi Pendamping 2026", "legal_basis": "Perwal contoh", "fiscal_year": 2026, "stage": stage,
        "opens_on": date(2026, 1, 5), "closes_on": date(2026, 1, 16),
    }  # fmt: skip
    return Round.add(at=NOW, region=city, **{**given, **facts})


def applicant(of: Round, name: str = "Ani Contoh", *, passed: bool = True, **facts: Any) -> Application:
    """Somebody who handed in and whose files were checked."""
    post, _made = Post.objects.get_or_create(
        round=of, kind=PostKind.WARD_FACILITATOR, region=of.region, defaults={"created_at": NOW, "number": 5}
    )
    papers, _made = RequirementSet.objects.get_or_create(round=of, version=1, defaults={"created_at": NOW})
    key = new_subject_key()
    found = Application.add(
        at=NOW, region=of.region, round=of, post=post, requirement_set=papers, secret_hash="x", subject_key=key,
        name_cipher=encrypt(name, subject_key=key, field="name"),
        **{"state": ApplicationState.SUBMITTED, "submitted_at": NOW, **facts},
    )  # fmt: skip
    StageResult.objects.create(
        created_at=NOW, application=found, stage=Stage.FILES, passed=passed, reason="Berkas lengkap"
    )
    return found


def blueprint(of: Round, *, questions: int = 4, held: int = 6, **facts: Any) -> Blueprint:
    kept = bank(of.region)
    for _number in range(max(0, held - kept.questions.count())):
        question(kept)
    lines = [Line("Pemerintahan", questions, Decimal(1))]
    given = {"bank": kept, "minutes": 90, "lines": lines, **facts}
    return sittings.set_blueprint(by=committee(of.region), at=NOW, round=of, **given)


def planned(of: Round | None = None, *, seats: int = 10, **facts: Any) -> Sitting:
    of = of or round()
    if not Blueprint.objects.filter(round=of).exists():
        blueprint(of)
    given = {"place": "Lab komputer SMK Contoh", "starts_at": STARTS, "seats": seats, **facts}
    return sittings.plan_sitting(by=committee(of.region), at=NOW, round=of, **given)


def seated(of: Round | None = None, *, candidates: int = 1, **facts: Any) -> Sitting:
    sitting = planned(of, **facts)
    for number in range(candidates):
        applicant(sitting.round, f"Pelamar Contoh {number}")
    sittings.seat_applicants(by=committee(sitting.region), at=NOW, round=sitting.round)
    return sitting


def opened(of: Round | None = None, **facts: Any) -> Sitting:
    sitting = seated(of, **facts)
    return sittings.open_sitting(by=committee(sitting.region), at=STARTS, sitting=sitting)


def entered(seat: Seat, at: datetime = STARTS) -> Seat:
    return exam_papers.enter_exam(by=None, at=at, seat=seat)


def begun(sitting: Sitting | None = None, number: int = 1, at: datetime = STARTS) -> Seat:
    """Somebody writing since the sitting opened."""
    sitting = sitting or opened()
    seat = entered(Seat.objects.get(sitting=sitting, number=number), at)
    return exam_papers.begin_exam(by=None, at=at, seat=seat, entry=seat.entry)


def shown(answer: Answer, index: int = 0) -> str:
    """Where the bank's option stands on this candidate's screen; by default the right one of the factory."""
    return str(answer.order.index(index))


def answered(seat: Seat, position: int, index: int = 0, *, sequence: int = 1, at: datetime = STARTS) -> Answer:
    found = Answer.objects.get(seat=seat, position=position)
    return exam_papers.save_answer(
        by=None, at=at, seat=seat, entry=seat.entry, position=position, given=[shown(found, index)], sequence=sequence
    )


def over(sitting: Sitting) -> datetime:
    """A moment when everybody's time is up."""
    return sitting.starts_at + timedelta(minutes=sitting.minutes + 130)


def closed(sitting: Sitting) -> Sitting:
    return exam_results.close_sitting(by=committee(sitting.region), at=over(sitting), sitting=sitting)
