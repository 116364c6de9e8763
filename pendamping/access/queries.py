"""People within somebody's places, and what a person holds."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from pendamping.access import phones
from pendamping.access.models import Account, Grant
from pendamping.access.roles import ROLES
from pendamping.access.rules import Held
from pendamping.access.scope import Scope
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.counters import after
from pendamping.core.models import JournalEntry
from pendamping.regions.models import Region

LEVELS = {4: ("city", "district", "ward"), 6: ("district", "ward"), 10: ("ward", "rw", "rt"), 13: ("rw", "rt")}


def below(paths: tuple[str, ...], field: str = "region__path") -> Q:
    """Everything at or below one of these places."""
    wanted = Q(pk__in=[])
    for path in paths:
        wanted |= Q(**{f"{field}__gte": path, f"{field}__lt": after(path)})
    return wanted


def in_force(on: date) -> Q:
    """Grants that count on a day."""
    return Q(revoked_at__isnull=True, starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def over(on: date) -> Q:
    """Grants that count no longer."""
    return Q(revoked_at__isnull=False) | Q(ends_on__lt=on)


def held_by(account: Account | None, on: date, *, lock: bool = False) -> list[Held]:
    """What somebody holds on a day, as facts for the rules."""
    grants = Grant.objects.filter(in_force(on), account=account).select_related("region")
    if lock:
        grants = grants.select_for_update(of=("self",))
    return [
        Held(
            grant.role,
            grant.region.path,
            grant.ends_on,
            ROLES[grant.role].delegates,
            Verb.PEOPLE_MANAGE in ROLES[grant.role].verbs,
        )
        for grant in grants
    ]


def theirs(account: Account, on: date) -> list[tuple[str, str]]:
    """The roles and places that decide who may change an account: those not over; without any, the last ones."""
    grants = Grant.objects.filter(account=account).select_related("region").order_by("-id")
    living = grants.exclude(over(on))
    return [(grant.role, grant.region.path) for grant in (living or grants[:1])]


def people(
    scope: Scope, verb: Verb, *, on: date, ended: bool = False, role: str = "", path: str = ""
) -> QuerySet[Account]:
    """The people with a role in the places where `verb` is held, newest first, with those roles loaded."""
    mine = Grant.objects.filter(below(scope.paths(verb)))
    wanted = mine.filter(over(on)) if ended else mine.exclude(over(on))
    if role:
        wanted = wanted.filter(role=role)
    if path:
        wanted = wanted.filter(below((path,)))
    loaded = mine.select_related("region", "granted_by").order_by("region__path", "role", "-starts_on")
    found = Account.objects.filter(Exists(wanted.filter(account=OuterRef("pk"))))
    if ended:
        found = found.exclude(Exists(mine.exclude(over(on)).filter(account=OuterRef("pk"))))
    return found.prefetch_related(Prefetch("grants", queryset=loaded, to_attr="roles_here")).order_by("-id")


def named(found: QuerySet[Account], typed: str) -> QuerySet[Account]:
    """Those whose name or user name holds what was typed, or whose address or number it is."""
    typed = typed.strip()
    number = phones.plain(typed)
    wanted = Q(name__icontains=typed) | Q(username__icontains=typed) | Q(email__iexact=typed)
    return found.filter(wanted | Q(phone_index=phones.index(number)) if number else wanted)


def person(scope: Scope, verb: Verb, uid: Any) -> Account | None:
    """Somebody who has or had a role in the places where `verb` is held."""
    mine = Grant.objects.filter(below(scope.paths(verb)))
    loaded = mine.select_related("region", "granted_by").order_by("region__path", "role", "-starts_on")
    return (
        Account.objects.filter(Exists(mine.filter(account=OuterRef("pk"))), uid=uid)
        .prefetch_related(Prefetch("grants", queryset=loaded, to_attr="roles_here"))
        .first()
    )


def history(account: Account, roles: list[Grant]) -> list[JournalEntry]:
    """What was done with an account and its roles here, newest first; without sign-ins."""
    found = journal.entries_about([account, *roles], public_only=False)
    return list(found.exclude(verb__in=("access.signed_in", "access.signed_out")).order_by("-at", "-id")[:50])


def places_to_give(scope: Scope) -> QuerySet[Region]:
    """The places a manager may choose among: a ward head down to the RT, the city down to the wards."""
    wanted = Q(pk__in=[])
    for path in scope.paths(Verb.PEOPLE_MANAGE):
        wanted |= below((path,), "path") & Q(level__in=LEVELS.get(len(path), ("rt",)))
    return Region.objects.filter(wanted).order_by("path")


def roles_to_give(scope: Scope) -> list[str]:
    """The roles this person may hand on somewhere, in the order they are declared."""
    given = {key for holding in scope.holdings for key in holding.role.delegates}
    return [key for key in ROLES if key in given]
