"""A round at its interviews, ranked, or final, with applicants who passed what comes before; made for tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core.personal.crypt import encrypt, new_subject_key
from pendamping.facilitators import keys
from pendamping.facilitators.enums.rounds import ApplicationState, PostKind, RoundStage, Stage
from pendamping.facilitators.models import (
    Application,
    ConflictDeclaration,
    Interview,
    Objection,
    PanelMember,
    Post,
    Ranking,
    RequirementSet,
    Round,
    ScoreSheet,
    StageResult,
    Standing,
)
from pendamping.facilitators.queries import interviews as found
from pendamping.facilitators.services import interviews, objections, panels, rankings
from pendamping.facilitators.services import rounds as rounds_services
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

NOW = datetime(2026, 3, 20, 3, 0, tzinfo=UTC)
AFTER = NOW + timedelta(days=10)
KEY = "7K3Q-XM2P-0A9V-CD4T"
CRITERIA = [("Memahami tugas", "", 60), ("Sikap melayani", "", 40)]


def secretariat(city: Region | None = None) -> Account:
    return personas.secretariat(city or places.city())


def judge(number: int = 1, city: Region | None = None) -> Account:
    city = city or places.city()
    name = f"panel-{number}" if city.path == places.city().path else f"panel-{number}-{city.path}"
    return personas.person("selection_panel", city, name)


def testing(city: Region | None = None, **changes: Any) -> Round:
    """A round whose test is over and whose interview has its rules."""
    city = city or places.city()
    facts: dict[str, Any] = {
        "title": "Seleksi pendamping", "legal_basis": "Perwal 12/2022", "fiscal_year": 2026,
        "stage": RoundStage.TESTING, "opens_on": date(2026, 1, 5), "closes_on": date(2026, 1, 16), "reserves": 1,
    }  # fmt: skip
    made = Round.add(at=NOW, region=city, **{**facts, **changes})
    return panels.set_interview_rules(
        by=secretariat(city), at=NOW, round=made, criteria=CRITERIA, least=2, outlier_over=Decimal(15), reserve_days=365
    )


def interviewing(city: Region | None = None, *, members: int = 3, places_: int = 1, **changes: Any) -> Round:
    """At its interviews, with a panel whose first member is the chair, and a post of some places."""
    made = testing(city, **changes)
    for number in range(1, members + 1):
        seated(made, number, is_chair=number == 1)
    Post.objects.create(round=made, kind=PostKind.WARD_FACILITATOR, region=made.region, number=places_, created_at=NOW)
    return rounds_services.advance_round(by=secretariat(made.region), at=NOW, round=made, to=RoundStage.INTERVIEWING)


def seated(of: Round, number: int = 1, **changes: Any) -> PanelMember:
    account = judge(number, of.region)
    return panels.seat_member(by=secretariat(of.region), at=NOW, round=of, account=account, **changes)


def applicant(
    of: Round, exam: float | None = 80, name: str = "Ani Contoh", *, born_on: date | None = None, **changes: Any
) -> Application:
    """Somebody who passed the file check and has a test result; without one when `exam` is None."""
    papers, _made = RequirementSet.objects.get_or_create(round=of, version=1, defaults={"created_at": NOW})
    key = new_subject_key()
    facts = {
        "post": of.posts.order_by("id").first(), "state": ApplicationState.SUBMITTED, "submitted_at": NOW,
        "subject_key": key, "name_cipher": encrypt(name, subject_key=key, field="name"),
        "secret_hash": keys.hash_key(KEY), "born_on": born_on or date(1995, 6, 5), **changes,
    }  # fmt: skip
    made = Application.add(at=NOW, region=of.region, round=of, requirement_set=papers, **facts)
    result(made, Stage.FILES, passed=True)
    if exam is not None:
        result(made, Stage.EXAM, passed=exam >= 60, score=Decimal(str(exam)))
    return made


def result(of: Application, stage: str, **facts: Any) -> StageResult:
    given = {"reason": "Hasil", "released_at": NOW, **facts}
    return StageResult.objects.create(application=of, stage=stage, created_at=NOW, **given)


def declared(of: Application, number: int = 1, **changes: Any) -> Any:
    facts = {"has_conflict": False, **changes}
    return interviews.declare_conflict(by=judge(number, of.region), at=NOW, application=of, **facts)


def saved(of: Application, number: int = 1, mark: int = 80) -> ScoreSheet:
    declared(of, number)
    return interviews.save_scores(by=judge(number, of.region), at=NOW, application=of, marks=[mark, mark])


def locked(of: Application, number: int = 1, mark: int = 80) -> ScoreSheet:
    saved(of, number, mark)
    return interviews.lock_scores(by=judge(number, of.region), at=NOW, application=of)


def interviewed(of: Application, marks: Sequence[int] = (80, 80, 80)) -> Interview:
    """Everybody of the panel has scored and locked: the last, whose lock reveals all, by the acts themselves."""
    *before, last = marks
    accounts = [judge(number, of.region) for number in range(1, len(marks))]
    seats = dict(found.seated(of.round).filter(account__in=accounts).values_list("account", "pk"))
    said = {"application": of, "created_at": NOW}
    ConflictDeclaration.objects.bulk_create(
        ConflictDeclaration(member_id=seats[one.pk], has_conflict=False, declared_at=NOW, **said) for one in accounts
    )
    ScoreSheet.objects.bulk_create(
        ScoreSheet(member_id=seats[one.pk], marks=[mark, mark], total=mark, saved_at=NOW, locked_at=NOW, **said)
        for one, mark in zip(accounts, before, strict=True)
    )
    locked(of, len(marks), last)
    return Interview.objects.get(application=of)


def published(of: Round, at: datetime = NOW) -> Ranking:
    return rankings.publish_ranking(by=secretariat(of.region), at=at, round=fresh(of))


def ranked(
    *scores: tuple[float, int], city: Region | None = None, places_: int = 1, **changes: Any
) -> tuple[Round, list[Application]]:
    """A published ranking of applicants by test and interview score, three members each."""
    of = interviewing(city, places_=places_, **changes)
    made = [applicant(of, exam, f"Pelamar Contoh {n}") for n, (exam, _mark) in enumerate(scores or ((80, 80),))]
    for one, (_exam, mark) in zip(made, scores or ((80, 80),), strict=True):
        interviewed(one, (mark, mark, mark))
    published(of)
    return fresh(of), made


def objection(of: Application, at: datetime = NOW, **changes: Any) -> Objection:
    facts = {"stage": Stage.EXAM, "text": "Nomor 7 saya jawab benar.", **changes}
    return objections.lodge_objection(by=None, at=at, application=of, **facts)


def final(of: Round) -> Round:
    """The window has passed."""
    return rounds_services.advance_round(by=secretariat(of.region), at=AFTER, round=of, to=RoundStage.FINAL)


def standing(of: Application) -> Standing:
    return Standing.objects.get(application=of, version=Round.objects.get(pk=of.round_id).ranking_version)


def fresh(of: Round) -> Round:
    return Round.objects.select_related("region").get(pk=of.pk)
