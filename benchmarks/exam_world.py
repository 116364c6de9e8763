"""Fills a data folder with a sitting in which everybody has just begun, in a process of its own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from pendamping.core.moments import day
from pendamping.demo.city import reference
from pendamping.facilitators import exam_pass
from pendamping.facilitators.enums.rounds import ApplicationState, PostKind, RoundStage, Stage
from pendamping.facilitators.models import Answer, Application, Post, RequirementSet, Round, Seat, StageResult
from pendamping.facilitators.rules.draw import Line
from pendamping.facilitators.services import exam_papers, sittings
from pendamping.facilitators.services import questions as banks
from pendamping.regions.models import Region

TOPIC = "Umum"
HELD = 2  # questions in the bank for each one asked


def main(*, candidates: int, questions: int) -> dict[str, Any]:
    """Gives back the cookie's name and, for every candidate, the pass of their entry."""
    now = timezone.now()
    city = reference("32.78", (now.year,), now)
    round = _round(city, candidates, now)
    bank = banks.make_bank(by=None, at=now, region=city, name="Bank uji")
    for number in range(HELD * questions):
        options = [{"text": f"Jawaban {place}", "weight": "0" if place else "100"} for place in range(5)]
        banks.add_question(
            by=None, at=now, bank=bank, kind="single", topic=TOPIC, text=f"Soal ke-{number}?", options=options
        )
    sittings.set_blueprint(by=None, at=now, round=round, bank=bank, minutes=120, lines=[Line(TOPIC, questions)])
    sitting = sittings.plan_sitting(
        by=None, at=now, round=round, place="Aula", starts_at=now + timedelta(minutes=1), seats=candidates
    )
    sittings.seat_applicants(by=None, at=now, round=round)
    sittings.open_sitting(by=None, at=now, sitting=sitting)
    return {"cookie": exam_pass.COOKIE, "passes": [_begun(seat) for seat in Seat.objects.order_by("number")]}


def _round(city: Region, candidates: int, now: Any) -> Round:
    """Applicants as the file check leaves them."""
    today = day(now)
    round = Round.add(
        at=now, region=city, title="Seleksi", legal_basis="Uji", fiscal_year=today.year, stage=RoundStage.TESTING,
        opens_on=today, closes_on=today,
    )  # fmt: skip
    post = Post.objects.create(created_at=now, round=round, kind=PostKind.WARD_FACILITATOR, region=city, number=69)
    papers = RequirementSet.objects.create(created_at=now, round=round, version=1)
    for _number in range(candidates):
        found = Application.add(
            at=now, region=city, round=round, post=post, requirement_set=papers, secret_hash="x",
            state=ApplicationState.SUBMITTED, submitted_at=now,
        )  # fmt: skip
        StageResult.objects.create(created_at=now, application=found, stage=Stage.FILES, passed=True, reason="Lengkap")
    return round


def _begun(seat: Seat) -> str:
    at = timezone.now()
    seat = exam_papers.enter_exam(by=None, at=at, seat=seat)
    exam_papers.begin_exam(by=None, at=at, seat=seat, entry=seat.entry)
    return exam_pass.issue(seat)


def counted(*, passes: list[str], questions: int, sent: dict[str, int]) -> dict[str, int]:
    """What is kept, against what was acknowledged: `sent` maps "candidate/question" to the option shown and sent."""
    seats = {seat.pk: place for place, seat in enumerate(Seat.objects.order_by("number"))}
    rows = list(Answer.objects.all().order_by("id"))
    lost = sum(
        row.choice != [row.order[sent[f"{seats[row.seat_id]}/{row.position}"]]]
        for row in rows
        if f"{seats[row.seat_id]}/{row.position}" in sent
    )
    return {"rows": len(rows), "lost": lost, "duplicates": len(rows) - len(passes) * questions}
