"""Who stands above whom where facilitators serve: whose days somebody may judge."""

from __future__ import annotations

from datetime import date

from pendamping.access.models import Account
from pendamping.access.scope import scope_of
from pendamping.facilitators.enums.rounds import PostKind
from pendamping.facilitators.rules.months import is_above


def offices(account: Account, path: str, on: date) -> list[str]:
    """The roles somebody holds over a place on a day."""
    return [role.key for role in scope_of(account, on).offices_at(path)]


def reach(account: Account, on: date) -> list[tuple[str, list[str]]]:
    """The places where somebody stands above some roles, with these roles."""
    return [
        (holding.path, [role for role in PostKind.values if is_above([holding.role.key], role)])
        for holding in scope_of(account, on).holdings
    ]
