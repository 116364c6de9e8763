"""Decrees, those appointed by them, who may still be appointed, and what waits for whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from pendamping.access.models import Account
from pendamping.access.scope import Scope
from pendamping.access.verbs import Verb
from pendamping.core.counters import after
from pendamping.facilitators.enums.rounds import ApplicationState, RoundStage, SelectionOutcome
from pendamping.facilitators.models import Appointment, Assignment, Contract, Decree, DutyHandover, Round, Standing
from pendamping.facilitators.queries.rounds import today_of
from pendamping.facilitators.rules.appointments import Candidate, Term
from pendamping.regions.models import Level, Region


def decrees() -> QuerySet[Decree]:
    """Decrees, newest first, with how many they appoint."""
    found = Decree.objects.select_related("region", "annex").annotate(people=Count("appointments", distinct=True))
    return found.order_by("-dated_on", "-id")


def appointments() -> QuerySet[Appointment]:
    """Appointments, newest first, with everything a list shows."""
    related = ("account", "decree", "region", "application__post__region", "replaces__account")
    return Appointment.objects.select_related(*related).order_by("-id")


def holding() -> QuerySet[Appointment]:
    """Those whose decree was not revoked under them: they take up their application and the place they fill."""
    return Appointment.objects.filter(ended_with_decree=False)


def successor_of(appointment: Appointment) -> Appointment | None:
    """Who serves out this term."""
    return holding().filter(replaces=appointment).select_related("account").first()


def lasts_until(on: date) -> Q:
    """Whose last day, as known now, is that day or later."""
    return Q(ended_on__gte=on) | Q(ended_on__isnull=True, ends_on__gte=on)


def in_force(found: QuerySet[Appointment], on: date) -> QuerySet[Appointment]:
    """Those that serve on a day or begin later."""
    return found.filter(lasts_until(on))


def of_person(account: Account) -> QuerySet[Appointment]:
    """Somebody's own appointments, newest first."""
    return appointments().filter(account=account)


def candidate_of(standing: Standing, at: datetime) -> Candidate:
    """A standing as facts for the rules."""
    is_reserve = standing.outcome == SelectionOutcome.RESERVE
    return Candidate(
        code=standing.application.code, stage=standing.round.stage, version=standing.version,
        version_in_force=standing.round.ranking_version, outcome=standing.outcome,
        application_state=standing.application.state,
        is_appointed=holding().filter(application=standing.application).exists(),
        has_declined=standing.application.declined_at is not None, listed_until=listed_until(standing.round),
        moves_up=is_reserve and standing in moved_up(standing.round.city_path, at),
    )  # fmt: skip


def candidates(city_path: str, *outcomes: str) -> QuerySet[Standing]:
    """Those of final rounds of a city who have such an outcome and still wait, post by post in rank order.

    Not: who was appointed (unless that decree was revoked), declined or withdrew, or whose identity was deleted on
    schedule.
    """
    taken = holding().filter(application=OuterRef("application"))
    found = _final(city_path).filter(
        ~Exists(taken), outcome__in=outcomes, application__state=ApplicationState.SUBMITTED,
        application__declined_at__isnull=True, application__forgotten_at__isnull=True,
    )  # fmt: skip
    related = ("round__region", "application__post__region")
    return found.select_related(*related).order_by("-round_id", "application__post_id", "rank", "id")


def _final(city_path: str) -> QuerySet[Standing]:
    """The final rankings of a city."""
    in_force = {"version": F("round__ranking_version"), "round__stage": RoundStage.FINAL}
    return Standing.objects.filter(round__city_path=city_path, **in_force)


def takeable(city_path: str, at: datetime) -> list[Standing]:
    """Who can be appointed now: the chosen, and the reserves who move up because a chosen one declined."""
    found = [*candidates(city_path, SelectionOutcome.CHOSEN), *moved_up(city_path, at)]
    return sorted(found, key=lambda one: (-one.round_id, one.application.post_id))


def moved_up(city_path: str, at: datetime) -> list[Standing]:
    """Reserves whose turn it is: for each chosen person who declined, the next of the same post."""
    declined = _final(city_path).filter(outcome=SelectionOutcome.CHOSEN, application__declined_at__isnull=False)
    free = Counter(declined.order_by().values_list("application__post", flat=True))
    appointed = holding().filter(application=OuterRef("application"), replaces=None)
    filled = _final(city_path).filter(Exists(appointed), outcome=SelectionOutcome.RESERVE)
    free.subtract(filled.order_by().values_list("application__post", flat=True))
    found = []
    for one in _still_listed(candidates(city_path, SelectionOutcome.RESERVE), at) if free else []:
        if free[one.application.post_id] > 0:
            free[one.application.post_id] -= 1
            found.append(one)
    return found


def reserves_for(appointment: Appointment, at: datetime) -> list[Standing]:
    """The reserve list of the post of somebody who left, in rank order; empty without a round or when it is over."""
    application = appointment.application
    if application is None:
        return []
    waiting = candidates(application.round.city_path, SelectionOutcome.RESERVE)
    return _still_listed(waiting.filter(round=application.round_id, application__post=application.post_id), at)


def _still_listed(found: Iterable[Standing], at: datetime) -> list[Standing]:
    return [one for one in found if today_of(one.round, at) <= (listed_until(one.round) or date.max)]


def listed_until(round_: Round) -> date | None:
    """The last day of a round's reserve list; None before the result is final."""
    ended = round_.finished_at
    return today_of(round_, ended) + timedelta(days=round_.reserve_days) if ended else None


def terms_of(account: Account) -> list[Term]:
    """Everything somebody was appointed for, as facts."""
    return [
        Term(one.code, one.kind, one.get_kind_display(), one.starts_on, one.last_day)
        for one in Appointment.objects.filter(account=account).order_by("id")
    ]


def contract_on(account: Account, on: date) -> Contract | None:
    """The contract under which somebody works on a day, while the appointment itself holds."""
    found = Contract.objects.filter(appointment__account=account, starts_on__lte=on, ends_on__gte=on)
    alive = Q(appointment__ended_on__isnull=True) | Q(appointment__ended_on__gte=on)
    return found.filter(alive).select_related("appointment").order_by("-id").first()


def places_of(appointment: Appointment) -> list[str]:
    """The paths somebody was placed at under an appointment, whatever came of it."""
    found = Assignment.objects.filter(appointment=appointment).order_by().values_list("region_path", flat=True)
    return sorted(set(found))


def waiting_for_assignment(on: date) -> QuerySet[Appointment]:
    """Appointed, in force or to begin, but placed nowhere."""
    placed = Assignment.objects.filter(appointment=OuterRef("pk"))
    return in_force(appointments(), on).filter(~Exists(placed))


def waiting_for_contract(on: date) -> QuerySet[Appointment]:
    """In force without a contract for the year of that day."""
    signed = Contract.objects.filter(appointment=OuterRef("pk"), fiscal_year=on.year)
    return in_force(appointments(), on).filter(~Exists(signed), starts_on__lte=date(on.year, 12, 31))


def waiting_for_successor(on: date) -> QuerySet[Appointment]:
    """Ended before their term, which still runs, and nobody came after."""
    found = appointments().filter(ended_on__isnull=False, ends_on__gte=on, decree__revoked_on__isnull=True)
    return found.filter(~Exists(holding().filter(replaces=OuterRef("pk"))))


def waiting_for_handover(account: Account) -> QuerySet[Appointment]:
    """Somebody's own appointments whose predecessor's work was not taken over yet."""
    taken = DutyHandover.objects.filter(successor=OuterRef("pk"))
    return of_person(account).filter(~Exists(taken), replaces__isnull=False, ended_on__isnull=True)


def seen_by(scope: Scope) -> QuerySet[Appointment]:
    """The appointments of somebody's city, and of those who are placed in their places."""
    own = scope.narrow(Appointment.objects.all(), Verb.FACILITATOR_SEE).values("pk")
    placed = scope.narrow(Assignment.objects.all(), Verb.FACILITATOR_SEE).values("appointment")
    return appointments().filter(Q(pk__in=own) | Q(pk__in=placed))


def units(city_path: str, levels: Sequence[str] = (Level.WARD, Level.DISTRICT, Level.CITY)) -> QuerySet[Region]:
    """The places of a city where a role can be held."""
    inside = Region.objects.filter(path__gte=city_path, path__lt=after(city_path), level__in=levels)
    return inside.filter(valid_to__isnull=True).select_related("parent").order_by("path")
