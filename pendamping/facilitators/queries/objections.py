"""Objections: what waits for an answer, an applicant's own, and the facts that decide."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from pendamping.core import counters
from pendamping.core.verdicts import Verdict
from pendamping.facilitators.enums.objections import ObjectionState
from pendamping.facilitators.enums.rounds import ApplicationState, RoundStage, Stage
from pendamping.facilitators.models import Application, Check, Objection, SecondCheck, StageResult, Standing
from pendamping.facilitators.queries.interviews import locked_sheets
from pendamping.facilitators.rules import objections as rules

counters.recounts_states("objection.state", Objection)


def objections() -> QuerySet[Objection]:
    """Objections with round and applicant, the newest first."""
    return Objection.objects.select_related("round__region", "application__post__region", "region").order_by("-id")


def objections_waiting_for_answer() -> QuerySet[Objection]:
    """What waits for selection.manage: open objections of those still in, the oldest first."""
    still = objections().filter(state=ObjectionState.OPEN, application__state=ApplicationState.SUBMITTED)
    return still.filter(round__stage=RoundStage.RANKED).order_by("created_at", "id")


def of_application(application: Application) -> QuerySet[Objection]:
    """An applicant's own objections, the newest first."""
    return objections().filter(application=application)


def result_of(application: Application, stage: str) -> StageResult | None:
    """The released result of a stage."""
    found = StageResult.objects.filter(application=application, stage=stage, released_at__isnull=False)
    return found.select_related("by").first()


def deciders(objection: Objection) -> set[int]:
    """Who decided the stage objected to: who checked the files and concluded, the members who scored the interview.

    Nobody decides a mark of the computer test: it follows from the key.
    """
    if objection.stage == Stage.FILES:
        of = {"application": objection.application}
        concluded = StageResult.objects.filter(stage=Stage.FILES, by__isnull=False, **of).values_list("by", flat=True)
        first, second = (kind.objects.filter(**of).order_by() for kind in (Check, SecondCheck))
        return {*concluded, *first.values_list("checker", flat=True), *second.values_list("checker", flat=True)}
    if objection.stage == Stage.INTERVIEW:
        missed = StageResult.objects.filter(
            application=objection.application, stage=Stage.INTERVIEW, score__isnull=True, by__isnull=False
        )  # who recorded that the applicant did not come
        members = locked_sheets(objection.application).order_by().values_list("member__account", flat=True)
        return {*members, *missed.values_list("by", flat=True)}
    return set()


def verdict_to_object(application: Application, *, at: datetime, stage: str, text: str) -> Verdict:
    """May this applicant object to this stage now?"""
    round_ = application.round
    own = Objection.objects.filter(application=application, stage=stage)
    answered = [one.version for one in own.exclude(state=ObjectionState.OPEN) if one.new_version is None]
    return rules.may_object(
        stage=round_.stage, until=round_.objections_until, at=at, state=application.state,
        has_result=result_of(application, stage) is not None, is_open=own.filter(state=ObjectionState.OPEN).exists(),
        is_answered=stands_as_at(application, answered), text=text,
    )  # fmt: skip


def stands_as_at(application: Application, versions: Collection[int]) -> bool:
    """Has the applicant the same outcome and total now as at one of these versions of the ranking?

    So a version made because of somebody else opens nothing that was answered.
    """
    said = {
        version: (outcome, total)
        for version, outcome, total in Standing.objects.filter(application=application)
        .order_by()
        .values_list("version", "outcome", "total")
    }
    now = said.get(application.round.ranking_version)
    return any(said.get(version) == now for version in versions)


def stages_to_object(application: Application, at: datetime) -> list[str]:
    """The stages an applicant may object to now; empty outside the window."""
    until = application.round.objections_until
    if until is None or at > until:
        return []
    return [stage for stage in Stage.values if verdict_to_object(application, at=at, stage=stage, text="-")]
