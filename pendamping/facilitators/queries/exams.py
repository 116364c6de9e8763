"""Sittings and seats, who waits for one, what waits for the invigilator, and a candidate's own paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from pendamping.core.personal.crypt import Unreadable, decrypt
from pendamping.facilitators.enums.exams import SittingState
from pendamping.facilitators.enums.rounds import ApplicationState, RoundStage, Stage
from pendamping.facilitators.models import (
    Answer,
    Application,
    Blueprint,
    QuestionBank,
    Round,
    Seat,
    Sitting,
    StageResult,
    VoidedQuestion,
)
from pendamping.facilitators.rules import exams as rules
from pendamping.facilitators.rules.draw import Line
from pendamping.facilitators.rules.questions import share


def rounds() -> QuerySet[Round]:
    """Rounds with their place and blueprint."""
    return Round.objects.select_related("region", "blueprint__bank")


def sittings() -> QuerySet[Sitting]:
    """Sittings in the order they begin, with how many seats are given out and how many began."""
    return (
        Sitting.objects.select_related("round__region", "region", "invigilator")
        .annotate(
            given=Count("places"),
            begun=Count("places", filter=Q(places__started_at__isnull=False)),
            done=Count("places", filter=Q(places__finished_at__isnull=False)),
        )
        .order_by("starts_at", "id")
    )


def sittings_waiting_to_open(at: datetime) -> QuerySet[Sitting]:
    """Sittings whose hour has come, for who may run tests (EXAM_RUN)."""
    return sittings().filter(state=SittingState.PLANNED, starts_at__lte=at, round__stage__in=rules.TESTING)


def sittings_waiting_to_close(at: datetime) -> QuerySet[Sitting]:
    """Running sittings that nobody can begin any more and where nobody is left writing (EXAM_RUN)."""
    running = sittings().filter(state=SittingState.OPEN)
    over = [one.pk for one in running if not expected_seats(one, at) and not running_seats(one, at)]
    return running.filter(pk__in=over)


def sittings_left() -> QuerySet[Sitting]:
    """Sittings that are not closed and have somebody in them; one planned and left empty keeps nobody waiting."""
    taken = Seat.objects.filter(sitting=OuterRef("pk"))
    return Sitting.objects.filter(Exists(taken)).exclude(state=SittingState.CLOSED)


def rounds_waiting_for_release() -> QuerySet[Round]:
    """Rounds whose result is still sealed though nobody is left to be tested (SELECTION_MANAGE)."""
    unclosed = sittings_left().filter(round=OuterRef("pk"))
    sealed = StageResult.objects.filter(application__round=OuterRef("pk"), stage=Stage.EXAM, released_at=None)
    return rounds().filter(Exists(sealed), ~Exists(unclosed), stage=RoundStage.TESTING)


def rounds_waiting_for_late_test() -> QuerySet[Round]:
    """Ranked rounds in which an objection let somebody in who was never tested (SELECTION_MANAGE)."""
    untested = _without_test().filter(round=OuterRef("pk"))
    return rounds().filter(Exists(untested), stage=RoundStage.RANKED, exam_weight__gt=0)


def applications_waiting_for_seat(round: Round) -> QuerySet[Application]:
    """Who passed the file check, has not withdrawn and has neither a seat nor a result of the test."""
    return _without_test().filter(round=round, seat__isnull=True).order_by("code")


def _without_test() -> QuerySet[Application]:
    results = StageResult.objects.filter(application=OuterRef("pk"))
    passed, tested = results.filter(stage=Stage.FILES, passed=True), results.filter(stage=Stage.EXAM)
    return Application.objects.filter(Exists(passed), ~Exists(tested), state=ApplicationState.SUBMITTED)


def has_begun(round: Round) -> bool:
    """Could anybody have seen a question of this round?"""
    return Sitting.objects.filter(round=round, opened_at__isnull=False).exists()


def test_under_way(bank: QuestionBank) -> Round | None:
    """A round whose test has begun and draws from this bank: not released yet, or a late sitting is open."""
    begun = Sitting.objects.filter(round=OuterRef("pk"), opened_at__isnull=False)
    results = StageResult.objects.filter(application__round=OuterRef("pk"), stage=Stage.EXAM)
    released = results.filter(released_at__isnull=False)
    is_open = begun.filter(state=SittingState.OPEN)
    found = Round.objects.filter(Exists(is_open) | Q(Exists(begun), ~Exists(released)), blueprint__bank=bank)
    return found.exclude(stage=RoundStage.CANCELLED).order_by("id").first()


def is_released(round: Round) -> bool:
    """Do the candidates know their result?"""
    results = StageResult.objects.filter(application__round=round, stage=Stage.EXAM)
    return results.filter(released_at__isnull=False).exists()


def lines_of(blueprint: Blueprint) -> list[Line]:
    """The lines of a blueprint as the draw reads them."""
    return [Line(line.topic, line.number, line.points, line.difficulty) for line in blueprint.lines.all()]


def seats_of(sitting: Sitting) -> QuerySet[Seat]:
    """The seats of a sitting by number, with how many questions each answered."""
    answered = Count("answers", filter=Q(answers__choice__isnull=False))
    found = Seat.objects.filter(sitting=sitting).select_related("application", "sitting")
    return found.annotate(answered=answered, asked=Count("answers")).order_by("number")


def running_seats(sitting: Sitting, at: datetime) -> list[Seat]:
    """Whose answers still count."""
    begun = Seat.objects.filter(sitting=sitting, started_at__isnull=False, finished_at=None)
    begun = begun.select_related("sitting__round__blueprint")
    return [seat for seat in begun if seat.counts_until and seat.counts_until >= at]


def expected_seats(sitting: Sitting, at: datetime) -> list[Seat]:
    """Who has not begun and still may; nobody after the last entry, and none who withdrew."""
    if sitting.last_entry is None or at > sitting.last_entry:
        return []
    left = Seat.objects.filter(sitting=sitting, started_at=None, finished_at=None)
    return list(left.filter(application__state=ApplicationState.SUBMITTED))


def seat_of_code(code: str) -> Seat | None:
    """The seat of an application code."""
    return Seat.objects.select_related("sitting__round", "application").filter(application__code=code).first()


def paper_of(seat: Seat) -> QuerySet[Answer]:
    """The questions of a candidate in their order, with what is answered."""
    return Answer.objects.filter(seat=seat).select_related("question").order_by("position")


def voided_in(round: Round) -> set[int]:
    """The questions that do not count in a round."""
    return set(VoidedQuestion.objects.filter(round=round).values_list("question_id", flat=True))


def counted_answers(round: Round) -> QuerySet[Answer]:
    """All answers of closed sittings, light enough for thousands."""
    found = Answer.objects.filter(seat__sitting__round=round, seat__sitting__state=SittingState.CLOSED)
    return found.select_related("question").order_by("seat", "position")


def scores(seats: Iterable[int], voided: set[int]) -> dict[int, Decimal]:
    """Marks of 100 for each of these seats that was asked anything that counts."""
    earned: dict[int, list[tuple[Decimal, Decimal]]] = defaultdict(list)
    rows = Answer.objects.filter(seat__in=list(seats)).exclude(question__in=voided).order_by("seat", "position")
    for seat, points, choice, kind, options in rows.values_list(
        "seat", "points", "choice", "question__kind", "question__options"
    ):
        earned[seat].append((points, share(kind=kind, options=options, choice=choice)))
    return {seat: rules.score(parts) for seat, parts in earned.items()}


def name_of(application: Application) -> str:
    """The applicant's name for the seating list; empty once forgotten."""
    if application.subject_key is None or application.name_cipher is None:
        return ""
    try:
        key = bytes(application.subject_key)
        return decrypt(bytes(application.name_cipher), subject_key=key, field="name")
    except Unreadable:
        return ""


def results_of(round: Round) -> QuerySet[StageResult]:
    """The results of the test, best first; sealed or not."""
    found = StageResult.objects.filter(application__round=round, stage=Stage.EXAM).select_related("application")
    return found.order_by(F("score").desc(nulls_last=True), "id")
