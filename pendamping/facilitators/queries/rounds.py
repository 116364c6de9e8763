"""Rounds, their posts and requirements, and whether a round may go on; how its measure is counted again."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Prefetch, Q, QuerySet

from pendamping.access.scope import Scope
from pendamping.access.verbs import Verb
from pendamping.core import counters
from pendamping.facilitators.enums.objections import ObjectionState
from pendamping.facilitators.enums.rounds import ApplicationState, RoundStage, Stage
from pendamping.facilitators.models import Application, Objection, Post, Requirement, RequirementSet, Round
from pendamping.facilitators.queries.exams import has_begun, is_released
from pendamping.facilitators.rules.rounds import Gate

counters.recounts_states("round.stage", Round, "stage")


def rounds() -> QuerySet[Round]:
    """Rounds with their city, newest first."""
    return Round.objects.select_related("region").order_by("-id")


def sees_codes(scope: Scope, round_: Round) -> bool:
    """Those who run the round and those who audit it see application codes; council and panel only pseudonyms."""
    return any(scope.can(verb, round_) for verb in (Verb.SELECTION_MANAGE, Verb.APPLICATION_CHECK, Verb.JOURNAL_SEE))


def public_rounds() -> QuerySet[Round]:
    """Rounds anyone may see: all but those being prepared, with the number of places."""
    return rounds().exclude(stage=RoundStage.DRAFT).filter(~Q(stage=RoundStage.CANCELLED) | Q(opened_at__isnull=False))


def today_of(round_: Round, at: datetime) -> date:
    """The day in the city's own zone: registration ends at the end of its last day there."""
    return at.astimezone(ZoneInfo(round_.region.zone)).date()


def posts_of(round_: Round) -> QuerySet[Post]:
    """The posts of a round with their areas."""
    return round_.posts.select_related("region").order_by("id")


def set_in_force(round_: Round) -> RequirementSet | None:
    """The newest published version of the requirements."""
    return round_.requirement_sets.exclude(published_at=None).order_by("-version").first()


def set_being_written(round_: Round) -> RequirementSet | None:
    """The version that is not published yet: the first one before opening, later a change."""
    return round_.requirement_sets.filter(published_at=None).order_by("-version").first()


def published_sets(round_: Round) -> QuerySet[RequirementSet]:
    """Every published version with its requirements, newest first."""
    return (
        round_.requirement_sets.exclude(published_at=None).order_by("-version").prefetch_related(
            Prefetch("requirements", Requirement.objects.order_by("position"))
        )
    )  # fmt: skip


def gate_of(round_: Round, at: datetime) -> Gate:
    """The facts that decide whether the round may go on."""
    written = set_being_written(round_)
    counted = _unfinished(round_)
    return Gate(
        stage=round_.stage, today=today_of(round_, at), opens_on=round_.opens_on, closes_on=round_.closes_on,
        has_basis=bool(round_.legal_basis.strip()), posts=round_.posts.count(),
        requirements=written.requirements.count() if written else 0,
        change_version=written.version if written and round_.stage == RoundStage.OPEN else 0,
        ranking_version=round_.ranking_version, objections_until=round_.objections_until, now=at,
        has_criteria=not round_.interview_weight or round_.criteria.exists(), unanswered=_unanswered(round_),
        is_sealed=has_begun(round_) and not is_released(round_), **counted,
    )  # fmt: skip


def _unanswered(round_: Round) -> int:
    """Objections of those still in that wait for their answer."""
    found = Objection.objects.filter(round=round_, state=ObjectionState.OPEN)
    return found.filter(application__state=ApplicationState.SUBMITTED).count()


def _unfinished(round_: Round) -> dict[str, int]:
    """How many of those still in the round lack the result of each stage."""
    inside = Application.objects.filter(round=round_, state=ApplicationState.SUBMITTED)
    passed_files = inside.filter(results__stage=Stage.FILES, results__passed=True)
    tested = Q(results__stage=Stage.EXAM, results__released_at__isnull=False)
    counts = {"unchecked": inside.exclude(results__stage=Stage.FILES).count(), "untested": 0, "unscored": 0}
    to_interview = passed_files
    if round_.exam_weight:
        released = Application.objects.filter(tested)
        counts["untested"] = passed_files.exclude(pk__in=released).count()
        passed_exam = Application.objects.filter(tested, results__passed=True)
        to_interview = passed_files.filter(pk__in=passed_exam)
    if round_.interview_weight:
        scored = Application.objects.filter(results__stage=Stage.INTERVIEW)
        counts["unscored"] = to_interview.exclude(pk__in=scored).count()
    return counts


def rounds_waiting_for_requirements() -> QuerySet[Round]:
    """What waits for selection.manage: rounds being prepared."""
    return rounds().filter(stage=RoundStage.DRAFT)


def listed() -> QuerySet[Round]:
    """Rounds for the working list, with how many were handed in."""
    return rounds().annotate(handed_in=Count("applications", filter=Q(applications__state=ApplicationState.SUBMITTED)))
