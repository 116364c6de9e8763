"""Separation of duties, asked by services: the facts about a person at a place, put to the pure rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pendamping.access import rules
from pendamping.access.enums import Duty
from pendamping.access.roles import ROLES
from pendamping.access.rules import Done
from pendamping.access.scope import scope_of
from pendamping.access.verbs import Verb
from pendamping.core.moments import day
from pendamping.core.verdicts import Verdict, first_refusal

OPERATOR = "operator"  # somebody at the command line, or without any role


def office_of(by: Any, verb: Verb, place: Any, at: datetime) -> str:
    """The role key under which somebody acts here, for the journal; empty for residents without an account."""
    return scope_of(by, day(at)).office_for(verb, place) if by is not None else ""


def nearest_office(by: Any, place: Any, at: datetime) -> str:
    """The role under which somebody acts here when no verb of theirs says it: the nearest, else any they hold."""
    if by is None:
        return OPERATOR
    scope = scope_of(by, day(at))
    roles = [role.key for role in scope.offices_at(place)] + [holding.role.key for holding in scope.holdings]
    return next(iter(roles), OPERATOR)


def duty_verdict(*, by: Any, place: Any, at: datetime, takes: Duty, earlier: Iterable[Done]) -> Verdict:
    """May this person take this duty on this object? `earlier` holds every duty taken on it so far, by anybody."""
    same = rules.separate(actor=getattr(by, "pk", None), takes=takes, earlier=earlier)
    if rules.SIDES[takes] not in rules.NEVER_FACILITATOR or by is None:
        return same
    return first_refusal(same, rules.no_facilitator(is_facilitator=_is_facilitator(by, place, at)))


def _is_facilitator(by: Any, place: Any, at: datetime) -> bool:
    return any(ROLES[role.key].is_facilitator for role in scope_of(by, day(at)).offices_at(place))


__all__ = ["Done", "Duty", "duty_verdict", "nearest_office", "office_of"]
