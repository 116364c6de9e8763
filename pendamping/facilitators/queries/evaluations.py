"""Evaluations as each may see them, the rules in force, who is due, what waits, and values in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from pendamping.access.models import Account, Grant
from pendamping.access.queries import in_force
from pendamping.access.roles import ROLES
from pendamping.access.scope import Scope
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.counters import after
from pendamping.facilitators import indicators as registry
from pendamping.facilitators.enums.absences import AbsenceState
from pendamping.facilitators.enums.evaluations import EvaluationState, IndicatorUnit, RenewalOutcome
from pendamping.facilitators.models import (
    Absence,
    Assignment,
    CoachingTask,
    Evaluation,
    EvaluationRules,
    EvaluationValue,
    Renewal,
)
from pendamping.facilitators.queries.assignments import LAST_DAY
from pendamping.facilitators.queries.logbook import rules_on
from pendamping.facilitators.queries.month_rules import terms
from pendamping.facilitators.rules import months
from pendamping.facilitators.rules.evaluations import coaches, evaluates
from pendamping.facilitators.rules.indicators import Half, Judged, Score, score, without
from pendamping.regions.models import WIDTHS

RIGHTS = (Verb.EVALUATION_COACH, Verb.EVALUATION_DECIDE)  # either reads evaluations


def rules_in_force(city_path: str, on: date) -> EvaluationRules | None:
    """The city's version that holds on a day, else the proposal; None before the installation was seeded."""
    found = EvaluationRules.objects.filter(valid_from__lte=on).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    found = found.filter(Q(region__path=city_path) | Q(region__isnull=True)).select_related("region")
    return found.prefetch_related("lines").order_by(F("region").desc(nulls_last=True), "-valid_from").first()


def rules_versions(city_path: str) -> QuerySet[EvaluationRules]:
    """The versions of a city and the proposal, newest first."""
    found = EvaluationRules.objects.filter(Q(region__path=city_path) | Q(region__isnull=True))
    return found.select_related("region").order_by(F("region").desc(nulls_last=True), "-valid_from")


def closes_on(place: str, half: Half) -> date:
    """The last day on which the report of a half-year's last month comes in time. One query."""
    until = half.until
    return months.closes_on(until.year, until.month, terms(place[: WIDTHS["city"]], until))


def assigned_in(account: Account, half: Half) -> registry.Service:
    """The places and days of somebody up to the end of a half-year, leave included. One query."""
    return registry.service_of(account, half)


def on_duty(assigned: registry.Service) -> registry.Service:
    """The same without approved leave, illness and travel, with the city's working days. Two queries."""
    absent = Absence.objects.filter(
        account=assigned.account, state=AbsenceState.APPROVED, first_day__lte=assigned.until
    )
    days = list(absent.order_by("first_day", "id").values_list("first_day", "last_day"))
    city_path = main_place(assigned)[: WIDTHS["city"]]
    work_days = rules_on(city_path, assigned.until).work_days
    return replace(assigned, spans=without(assigned.spans, days), work_days=work_days)


def evaluations() -> QuerySet[Evaluation]:
    """Evaluations with all a list shows, newest half-year first."""
    related = ("account", "appointment", "region__parent", "renewal")
    return Evaluation.objects.select_related(*related).order_by("-year", "-half", "account__name", "id")


def whole(found: QuerySet[Evaluation]) -> QuerySet[Evaluation]:
    """The same with values and coaching, for one page."""
    tasks = CoachingTask.objects.select_related("value")
    return found.select_related("rules").prefetch_related("values", Prefetch("coaching", tasks))


def seen_by(scope: Scope, found: QuerySet[Evaluation] | None = None) -> QuerySet[Evaluation]:
    """Those somebody stands above, by place and office, never their own: that is on their own page."""
    found = evaluations() if found is None else found
    return found.filter(_below(_offices(scope), evaluates)).exclude(account=scope.account)


def _offices(scope: Scope) -> list[tuple[str, str]]:
    """The offices in which somebody coaches or decides, each with its place."""
    held = [(one.role.key, one.path) for one in scope.holdings if one.role.verbs & set(RIGHTS)]
    return [(office, path) for office, path in held if any(scope.can(right, path) for right in RIGHTS)]


def _below(offices: Iterable[tuple[str, str]], roles: Callable[[str], Sequence[str]]) -> Q:
    """Records of people in some roles inside the places of these offices."""
    found = Q(pk__in=[])
    for office, path in offices:
        found |= Q(role__in=roles(office), region_path__gte=path, region_path__lt=after(path))
    return found


def of_person(account: Account) -> QuerySet[Evaluation]:
    """Somebody's own evaluations, from the moment they are shown."""
    return evaluations().filter(account=account).exclude(state=EvaluationState.DRAFT)


def due(scope: Scope, half: Half) -> QuerySet[Assignment]:
    """Assignments of those somebody stands above who served in a half-year and are not evaluated yet, person by person.

    Whoever also served in an office not below theirs is left to the office above it.
    """
    known = Evaluation.objects.filter(account=OuterRef("account"), year=half.year, half=half.half)
    offices = _offices(scope)
    roles = {role for office, _path in offices for role in evaluates(office)}
    placed = _placed(half)
    higher = placed.filter(account=OuterRef("account")).exclude(role__in=roles)
    found = placed.filter(_below(offices, evaluates), ~Exists(known), ~Exists(higher))
    found = found.exclude(account=scope.account)
    return found.select_related("account", "region", "appointment").order_by("account__name", "account", "id")


def placed_in(account: Account, half: Half) -> QuerySet[Assignment]:
    """The assignments somebody served at least a day of in a half-year."""
    return _placed(half).filter(account=account)


def _placed(half: Half) -> QuerySet[Assignment]:
    served = Q(starts_on__lte=half.until, until__gte=half.since) & Q(until__gte=F("starts_on"))
    return Assignment.objects.annotate(until=LAST_DAY).filter(served)


def people_due(scope: Scope, half: Half) -> list[tuple[Assignment, str]]:
    """One assignment of each person due, with the places they served. One query."""
    found: dict[int, tuple[Assignment, list[str]]] = {}
    for one in due(scope, half):
        found.setdefault(one.account_id, (one, []))[1].append(one.region.label)
    return [(one, ", ".join(dict.fromkeys(labels))) for one, labels in found.values()]


def coached_by(account: Account, on: date) -> QuerySet[Evaluation]:
    """The evaluations of those somebody coaches by an office in force on a day. Two queries."""
    keys = [role.key for role in ROLES.values() if Verb.EVALUATION_COACH in role.verbs]
    held = Grant.objects.filter(in_force(on), account=account, role__in=keys).order_by("id")
    offices = held.values_list("role", "region__path")
    return evaluations().filter(_coached(list(offices), on)).exclude(account=account)


def may_coach(scope: Scope, found: Evaluation, on: date) -> bool:
    """Does somebody coach the person evaluated? One query."""
    mine = Evaluation.objects.filter(_coached(_offices(scope), on), pk=found.pk)
    return mine.exclude(account=scope.account).exists()


def _coached(offices: Sequence[tuple[str, str]], on: date) -> Q:
    """Those next below these offices; below the secretariat also whoever has no coordinator above."""
    secretariat = [(office, path) for office, path in offices if office not in months.RANKS]
    return _below(offices, coaches) | _below(secretariat, evaluates) & _without_coordinator(on)


def _without_coordinator(on: date) -> Q:
    """Evaluations of people above whom no coordinator's office is filled on a day."""
    around = Q(region__path=OuterRef("city_path")) | Q(region__path=OuterRef("district_path"))
    held = Grant.objects.filter(around, in_force(on), account__is_active=True).exclude(account=OuterRef("account"))
    found = Q(pk__in=[])
    for role in months.RANKS[:-1]:
        above = [office for office in months.RANKS if role in coaches(office)]
        found |= Q(~Exists(held.filter(role__in=above)), role=role)
    return found


def may_others_decide(found: Evaluation, on: date) -> bool:
    """May somebody besides whoever computed it, and the person, decide on it? One query."""
    keys = [role.key for role in ROLES.values() if Verb.EVALUATION_DECIDE in role.verbs]
    around = [found.region_path[:width] for width in WIDTHS.values() if width <= len(found.region_path)]
    held = Grant.objects.filter(in_force(on), role__in=keys, region__path__in=around, account__is_active=True)
    return held.exclude(account__in=[found.account_id, found.computed_by_id or 0]).exists()


def waiting_to_show(account: Account, on: date) -> QuerySet[Evaluation]:
    """Computed and not shown, of those this person coaches."""
    return coached_by(account, on).filter(state=EvaluationState.DRAFT)


def waiting_for_reply(account: Account, on: date) -> QuerySet[Evaluation]:
    """Somebody's own evaluations they may still reply to."""
    return of_person(account).filter(state=EvaluationState.SHOWN, reply_by__gte=on).order_by("reply_by", "id")


def waiting_for_settlement(on: date) -> QuerySet[Evaluation]:
    """Replied to, or left without a reply in time: for the secretariat."""
    ready = Q(state=EvaluationState.REPLIED) | Q(state=EvaluationState.SHOWN, reply_by__lt=on)
    return evaluations().filter(ready).order_by("reply_by", "id")


def waiting_for_renewal() -> QuerySet[Evaluation]:
    """Settled, and nothing decided on the contract."""
    return evaluations().filter(state=EvaluationState.SETTLED, renewal__isnull=True).order_by("settled_at", "id")


def coaching() -> QuerySet[CoachingTask]:
    """Coaching tasks with all a list shows, the first due first."""
    related = ("evaluation__account", "evaluation__region", "value")
    return CoachingTask.objects.select_related(*related).order_by("due_on", "id")


def coaching_waiting() -> QuerySet[CoachingTask]:
    """Those not finished: for whoever coaches there."""
    return coaching().filter(done_at__isnull=True)


def coaching_seen_by(scope: Scope) -> QuerySet[CoachingTask]:
    """The tasks of evaluations somebody reads."""
    return coaching().filter(evaluation__in=seen_by(scope).order_by().values("pk"))


def renewal_of(account: Account, year: int) -> Renewal | None:
    """The newest decision on somebody's contract of a year, from its evaluations; renewing it asks this."""
    found = Renewal.objects.filter(evaluation__account=account, evaluation__year=year)
    return found.select_related("evaluation").order_by("-evaluation__half").first()


def denied(account: Account, year: int) -> str:
    """The code of the evaluation that decided not to renew somebody's contract of a year; empty when none did."""
    decided = renewal_of(account, year)
    return decided.code if decided and decided.outcome == RenewalOutcome.NOT_RENEWED else ""


def score_of(values: Iterable[EvaluationValue], rules: EvaluationRules) -> Score:
    """The total from frozen values, as anybody may compute it again."""
    judged = [Judged(one.weight, None if one.is_struck else one.points) for one in values]
    return score(judged, judged_least=rules.judged_least)


@dataclass(frozen=True)
class Line:
    """One value as a page shows it (id: baris nilai)."""

    value: EvaluationValue
    label: str
    formula: str
    coaching: CoachingTask | None

    @property
    def is_weak(self) -> bool:
        return self.coaching is not None

    @property
    def is_judged(self) -> bool:
        return self.value.points is not None

    @property
    def text(self) -> str:
        """The value with its sample, in words."""
        value = self.value
        if value.value is None:
            return _("Too few to say: %(sample)s of %(least)s needed") % {
                "sample": value.sample, "least": value.sample_least,
            }  # fmt: skip
        if value.unit == IndicatorUnit.SHARE:
            return _("%(share)s (%(part)s of %(sample)s)") % {
                "share": formats.percent(value.value), "part": value.part, "sample": value.sample,
            }  # fmt: skip
        words = _("%(days)s days or longer") if value.at_least else _("%(days)s days")
        sample = _("middle of %(sample)s, %(open)s still open") % {"sample": value.sample, "open": value.still_open}
        return f"{words % {'days': int(value.value)}} ({sample})"

    @property
    def bounds(self) -> str:
        """From where to where points are given."""
        good, poor = self.value.good, self.value.poor
        if self.value.unit == IndicatorUnit.SHARE:
            return _("No points at %(poor)s, full points at %(good)s") % {
                "poor": formats.percent(poor), "good": formats.percent(good),
            }  # fmt: skip
        return _("No points at %(poor)s days, full points at %(good)s days") % {"poor": int(poor), "good": int(good)}


def lines(evaluation: Evaluation) -> list[tuple[str, list[Line]]]:
    """The values of an evaluation by group, in the registry's words. No query when fetched by `whole`."""
    tasks = {one.value_id: one for one in evaluation.coaching.all()}
    found: dict[str, list[Line]] = {}
    for value in evaluation.values.all():
        known = registry.known(value.indicator)
        label, formula = (str(known.label), str(known.formula)) if known else (value.indicator, "")
        line = Line(value, label, formula, tasks.get(value.pk))
        found.setdefault(str(value.get_group_display()), []).append(line)  # type: ignore[attr-defined]
    return list(found.items())


def is_weak(value: EvaluationValue, rules: EvaluationRules) -> bool:
    """Judged, and under the threshold."""
    return value.points is not None and value.points < Decimal(rules.weak_below)


def main_place(service: registry.Service) -> str:
    """The place served longest in the window, the latest and then the widest when equal; empty when none was."""
    days: dict[str, int] = {}
    for span in service.inside:
        days[span.path] = days.get(span.path, 0) + (span.until - span.since).days + 1
    latest = {span.path: span.until for span in service.inside}
    return max(days, key=lambda path: (days[path], latest[path], -len(path), path), default="")


def labels(keys: Sequence[str]) -> dict[str, Any]:
    """The registry's words for some keys."""
    return {key: str(one.label) for key in keys if (one := registry.known(key)) is not None}
