"""Under which office somebody acts here: what the journal shows instead of a name."""

from __future__ import annotations

from typing import Any

from pendamping.access.models import Account
from pendamping.access.verbs import Verb


def acting(scope: Any, verb: Verb, place: Any) -> Account:
    """The account of a scope with the office it acts under at a place; acts on places know no offices themselves."""
    account = scope.account
    account.office = scope.office_for(verb, place)  # what journal.record() asks for
    return account  # type: ignore[no-any-return]
