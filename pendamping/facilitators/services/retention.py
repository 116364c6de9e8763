"""What is kept of applicants is deleted on schedule, by a timer (id: masa simpan data pelamar)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from pendamping.facilitators.enums.rounds import RoundStage
from pendamping.facilitators.models import Application, Appointment, PanelMember, Round, Standing
from pendamping.facilitators.queries.rounds import today_of
from pendamping.facilitators.rules.objections import forgotten_on
from pendamping.facilitators.services.evidence import DELETED, forget_application
from pendamping.facilitators.services.telling import tell


def due(at: datetime) -> Iterator[tuple[Round, list[Application]]]:
    """Round by round, whose files and identity are to be deleted by now."""
    ended = Q(stage=RoundStage.FINAL, finished_at__isnull=False) | Q(stage=RoundStage.CANCELLED)
    for round_ in Round.objects.filter(ended).select_related("region").order_by("id"):
        found = _due_in(round_, today_of(round_, at))
        if found:
            yield round_, found


def _due_in(round_: Round, today: date) -> list[Application]:
    ended_at = round_.finished_at or round_.cancelled_at
    ended_on = today_of(round_, ended_at) if ended_at else None
    if ended_on is None:
        return []
    outcomes = dict(
        Standing.objects.filter(round=round_, version=round_.ranking_version).order_by().values_list(
            "application", "outcome"
        )
    ) if round_.stage == RoundStage.FINAL else {}  # fmt: skip
    appointed = set(
        Appointment.objects.filter(application__round=round_).order_by().values_list("application", flat=True)
    )
    kept = Application.objects.filter(round=round_, forgotten_at__isnull=True).select_related("region").order_by("id")
    days = {
        one: forgotten_on(
            ended_on=ended_on, outcome=outcomes.get(one.pk, ""), is_appointed=one.pk in appointed,
            retention_days=round_.retention_days, reserve_days=round_.reserve_days,
            declined_on=today_of(round_, one.declined_at) if one.declined_at else None,
        )
        for one in kept
    }  # fmt: skip
    return [one for one, day in days.items() if day is not None and today >= day]


def forget_due(*, at: datetime) -> Counter[str]:
    """Delete what is due, one applicant a transaction, and journal the counts per round. Gives code → count."""
    counted: Counter[str] = Counter()
    for round_, applications in due(at):
        done = files = 0
        for application in applications:
            files += application.evidence.exclude(file="").count()
            forget_application(by=None, at=at, application=application)
            done += 1
        counted[round_.code] = done
        with transaction.atomic():
            PanelMember.objects.filter(round=round_).exclude(ended_reason="").update(ended_reason=DELETED)
            tell("facilitators.round_forgotten", round_, by=None, at=at, public=True,
                 changes={"applicants": done, "files": files})  # fmt: skip
    return counted
