"""Somebody with a half-year behind them, for tests of evaluations."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core.moments import day
from pendamping.facilitators import evaluation_rules as defaults
from pendamping.facilitators import indicators as registry
from pendamping.facilitators.enums.absences import AbsenceKind, AbsenceState
from pendamping.facilitators.models import Absence, Assignment, CoachingTask, Evaluation, EvaluationRules
from pendamping.facilitators.queries import evaluations as queries
from pendamping.facilitators.rules.evaluations import RuleLine
from pendamping.facilitators.rules.indicators import Half
from pendamping.facilitators.services import coaching, evaluation_rules, evaluations
from pendamping.facilitators.tests import appointment_factories as service
from pendamping.needs.models import Voice
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

WEAK = "needs.first_answer"
HALF = Half(2026, 1)
AFTER = datetime(2026, 7, 6, 3, tzinfo=UTC)  # the half-year is over
LATER = datetime(2026, 7, 27, 3, tzinfo=UTC)  # the time to reply as well


def at(on: date) -> datetime:
    return datetime.combine(on, time(3), UTC)


def coordinator() -> Account:
    return personas.budi(places.city())


def secretariat() -> Account:
    return service.secretariat()


def serving(ward: Region | None = None, name: str = "Ani Contoh", **changes: Any) -> Assignment:
    return service.placed(ward or places.ward(), name, **changes)


def voices(ward: Region, days: list[int | None], *, began: date | None = None) -> list[Voice]:
    """Voices heard on one day and answered so many days later; None: still waiting."""
    made = []
    began = began or HALF.since + timedelta(days=31)
    for wait in days:
        answered = None if wait is None else date.fromordinal(began.toordinal() + wait)
        facts = {} if answered is None else {"state": "answered", "answer": "Sudah", "answered_at": at(answered)}
        made.append(
            Voice.add(at=at(began), region=ward, text="Selokan mampet", channel="web", heard_at=at(began), **facts)
        )
    return made


def absent(account: Account, first: date, last: date) -> Absence:
    return Absence.add(
        at=at(first), region=places.ward(), account=account, kind=AbsenceKind.SICK, first_day=first, last_day=last,
        state=AbsenceState.APPROVED, decided_at=at(first), decided_by=coordinator(),
    )  # fmt: skip


def reading(key: str, account: Account) -> registry.Reading:
    """One indicator of somebody's half-year."""
    found = registry.known(key)
    assert found is not None
    return found.read(queries.on_duty(queries.assigned_in(account, HALF)))


def computed(ward: Region | None = None, name: str = "Ani Contoh", by: Account | None = None) -> Evaluation:
    """A half-year whose voices waited long: one weak value, most withheld."""
    defaults.seed_rules(service.NOW)
    ward = ward or places.ward()
    account = serving(ward, name).account
    voices(ward, [40] * 10)
    return evaluations.compute_evaluation(by=by or coordinator(), at=AFTER, account=account, half=HALF)


def judged(placed: Assignment) -> Evaluation:
    """The half-year of somebody already placed, shown, with a weak value."""
    defaults.seed_rules(service.NOW)
    voices(placed.region, [40] * 10)
    made = evaluations.compute_evaluation(by=None, at=AFTER, account=placed.account, half=HALF)
    return evaluations.show_evaluation(by=None, at=AFTER, evaluation=made)


def shown(ward: Region | None = None, name: str = "Ani Contoh", by: Account | None = None) -> Evaluation:
    made = computed(ward, name, by)
    return evaluations.show_evaluation(by=by or coordinator(), at=AFTER, evaluation=made)


def replied(**given: Any) -> Evaluation:
    made = shown(**given)
    return evaluations.reply_to_evaluation(by=made.account, at=AFTER, evaluation=made, reply="Banjir dua minggu")


def settled(**given: Any) -> Evaluation:
    made = replied(**given)
    return evaluations.settle_evaluation(
        by=secretariat(), at=AFTER, evaluation=made, words="Tanggapan diterima sebagian"
    )


def task(made: Evaluation | None = None) -> CoachingTask:
    return (made or shown()).coaching.get(value__indicator=WEAK)


def agreed(made: Evaluation | None = None) -> CoachingTask:
    return coaching.agree_coaching(
        by=coordinator(),
        at=AFTER,
        task=task(made),
        steps="Jadwal jawab suara tiap Senin",
        due_on=day(AFTER) + timedelta(days=50),
    )


def lines(**weights: int) -> list[RuleLine]:
    """The proposal's lines, some with another weight."""
    return [
        RuleLine(key, weights.get(key.replace(".", "_"), weight), least, Decimal(good), Decimal(poor))
        for key, (weight, least, good, poor) in defaults.LINES.items()
    ]


def rules(valid_from: date = date(2026, 7, 1), on: date = date(2026, 6, 1), **changes: Any) -> EvaluationRules:
    facts: dict[str, Any] = {
        "legal_basis": "Perwal 9/2026", "reason": "Ditetapkan kota", "lines": lines(), **defaults.PROCEDURE, **changes,
    }  # fmt: skip
    return evaluation_rules.set_evaluation_rules(
        by=secretariat(), at=at(on), region=places.city(), valid_from=valid_from, **facts
    )
