"""Gates before the acts of somebody: in force, to come, and whom a new one would shut out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import (
    CharField,
    DateField,
    ExpressionWrapper,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from pendamping.access.models import Account, Grant
from pendamping.access.queries import below, in_force
from pendamping.access.roles import ROLES
from pendamping.access.scope import Scope
from pendamping.access.verbs import Verb
from pendamping.regions.models import WIDTHS, Region
from pendamping.training.enums.certificates import CertificateState
from pendamping.training.enums.curriculum import VersionState
from pendamping.training.enums.gates import FieldAct
from pendamping.training.models import Certificate, Course, Gate, Module
from pendamping.training.rules import gates as rules

CITY = WIDTHS["city"]
HINT_DAYS = 30  # how long before a gate shuts My work says so


@dataclass(frozen=True)
class Closing:
    """A gate that shuts, or is shut, for somebody (id: syarat yang akan menutup)."""

    gate: Gate
    on: date


def gates() -> QuerySet[Gate]:
    """Every gate with its course."""
    return Gate.objects.select_related("city", "course")


def modules_in_use(courses: QuerySet[Course]) -> QuerySet[Module]:
    """The modules a gate can lead to: those of the published versions of these courses, in their order."""
    found = Module.objects.filter(version__state=VersionState.PUBLISHED, version__course__in=courses)
    return found.select_related("version__course").order_by("version__course__key", "position")


def carriers(verb: str) -> list[str]:
    """The keys of the roles that carry a verb."""
    return [role.key for role in ROLES.values() if verb in role.verbs]


class Before:
    """What stands before one person on a day (id: syarat di hadapan seseorang), when first asked.

    One small query for all verbs; one more for a verb that has a gate.
    """

    def __init__(self, scope: Scope, on: date) -> None:
        self._scope, self._on = scope, on
        self._gated: set[str] | None = None

    def shut(self, verb: Verb) -> Gate | None:
        """The gate that keeps this person from a verb; None where the verb cannot be gated, without a query."""
        carried = _carried(self._scope, verb)
        if verb.value not in FieldAct.values or self._scope.account is None or not carried:
            return None
        if self._gated is None:
            standing = _standing(self._scope, _held(self._scope), self._on).filter(starts_on__lte=self._on)
            self._gated = set(standing.values_list("verb", flat=True))
        if verb not in self._gated:
            return None
        found = {gate.pk: gate for gate in _before(self._scope, [verb], self._on).filter(starts_on__lte=self._on)}
        met = rules.shut([_asked(gate) for gate in found.values()], carried, self._on, self._on)
        return found[met.key] if met else None


def shut(scope: Scope, verb: Verb, on: date) -> Gate | None:
    """The gate that keeps this person from a verb on a day."""
    return Before(scope, on).shut(verb)


def closing(scope: Scope, on: date, days: int = HINT_DAYS) -> list[Closing]:
    """The gates that are shut for this person or shut within so many days, the nearest first. One query."""
    verbs = _held(scope)
    if scope.account is None or not verbs:
        return []
    found = {gate.pk: gate for gate in _before(scope, verbs, on).filter(starts_on__lte=on + timedelta(days=days))}
    shutting = []
    for verb in verbs if found else []:
        of_verb = [_asked(gate) for gate in found.values() if gate.verb == verb]
        met = rules.shut(of_verb, _carried(scope, verb), on + timedelta(days=days), on) if of_verb else None
        if met is not None:
            shutting.append(Closing(found[met.key], max(on, rules.closes_on(met, on) or on)))
    return sorted(shutting, key=lambda one: (one.on, one.gate.pk))


def _held(scope: Scope) -> list[Verb]:
    """The acts in the field that some role of this person carries."""
    return [verb for verb in map(Verb, FieldAct.values) if _carried(scope, verb)]


def _standing(scope: Scope, verbs: Iterable[Verb], on: date) -> QuerySet[Gate]:
    """The gates not over yet that stand before these verbs in the person's cities."""
    cities = {held.path[:CITY] for held in scope.holdings}
    not_over = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    return Gate.objects.filter(not_over, city__path__in=cities, verb__in=[verb.value for verb in verbs])


def _before(scope: Scope, verbs: Iterable[Verb], on: date) -> QuerySet[Gate]:
    """Those of `_standing`, with what the rule wants to know."""
    carried = Q(pk__in=[])
    for verb in verbs:
        carried |= Q(asked=verb.value, role__in=carriers(verb.value))
    began = (
        Grant.objects.filter(account=scope.account)
        .annotate(asked=_outer("verb"), only=_outer("role"))
        .filter(carried, Q(only="") | Q(role=F("only")))
        .order_by("starts_on")
        .values("starts_on")[:1]
    )
    proof = (
        Certificate.objects.filter(
            account=scope.account, version__course=OuterRef("course"), state=CertificateState.VALID
        )
        .order_by()
        .values("version__course")
        .annotate(last=Max(Coalesce("valid_until", Value(date.max, DateField()))))
        .values("last")
    )
    found = _standing(scope, verbs, on).select_related("city", "course")
    return found.annotate(began_on=Subquery(began), until=Subquery(proof))


def _outer(field: str) -> ExpressionWrapper:
    return ExpressionWrapper(OuterRef(field), output_field=CharField())


def _asked(gate: Gate) -> rules.Asked:
    return rules.Asked(
        key=gate.pk, city_path=gate.city.path, verb=gate.verb, role=gate.role, starts_on=gate.starts_on,
        ends_on=gate.ends_on, grace_days=gate.grace_days,
        began_on=gate.began_on, until=gate.until,  # type: ignore[attr-defined]  # see _before
    )  # fmt: skip


def _carried(scope: Scope, verb: Verb) -> list[rules.Carried]:
    return [rules.Carried(held.role.key, held.path) for held in scope.holdings if verb in held.role.verbs]


def shut_out(*, city: Region, course: Course, verb: str, role: str, grace_days: int, on: date) -> list[Account]:
    """Who would be shut out today by such a gate alone, by name. Three queries, however many serve."""
    grants = Grant.objects.filter(below((city.path,)), role__in=carriers(verb), account__is_active=True)
    serving = grants.filter(in_force(on)).select_related("region").order_by("id")
    carried: dict[int, list[rules.Carried]] = {}
    for grant in serving:
        carried.setdefault(grant.account_id, []).append(rules.Carried(grant.role, grant.region.path))
    served = grants.filter(role=role) if role else grants
    began = dict(served.order_by().values_list("account").annotate(first=Min("starts_on")))
    have = _holders(course, on)
    out = []
    for account, roles in carried.items():
        gate = rules.Asked(
            key=0, city_path=city.path, verb=verb, role=role, starts_on=on, ends_on=None, grace_days=grace_days,
            began_on=began.get(account), until=date.max if account in have else None,
        )  # fmt: skip
        if rules.shut([gate], roles, on, on) is not None:
            out.append(account)
    return list(Account.objects.filter(pk__in=out).order_by("name", "pk"))


def _holders(course: Course, on: date) -> set[int]:
    """The accounts with a certificate of the course that counts on a day."""
    valid = Certificate.objects.filter(version__course=course, state=CertificateState.VALID)
    return set(valid.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on)).values_list("account", flat=True))
