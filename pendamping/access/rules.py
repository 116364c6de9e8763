"""Pure decisions about rights: who may grant what, and which acts on one object must fall to different people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pendamping.access.enums import Duty, Reason, Side
from pendamping.core.verdicts import ALLOWED, Verdict, refused

BACKDATED = timedelta(days=366)  # a decree may be older than its entry here; an older term is a typing mistake


@dataclass(frozen=True)
class Held:
    """One grant somebody holds, as facts."""

    role: str
    path: str
    ends_on: date | None
    delegates: frozenset[str]
    can_manage: bool


def may_grant(
    *,
    held: Iterable[Held],
    role: str,
    levels: tuple[str, ...],
    level: str,
    path: str,
    starts_on: date,
    ends_on: date | None,
    today: date,
    oneself: bool,
) -> Verdict:
    """May somebody holding `held` hand on `role` at `path` until `ends_on`? Never more than own place, power, term."""
    if oneself:
        return refused(Reason.NOT_TO_ONESELF)
    if level not in levels:
        return refused(Reason.ROLE_NOT_FOR_LEVEL, field="region")
    if starts_on < today - BACKDATED:
        return refused(Reason.TOO_LONG_AGO, field="starts_on", earliest=today - BACKDATED)
    powers = [grant for grant in held if grant.can_manage and path.startswith(grant.path)]
    if not powers:
        return refused(Reason.OUTSIDE_OWN_PLACE, field="region")
    powers = [grant for grant in powers if role in grant.delegates]
    if not powers:
        return refused(Reason.NOT_HELD, field="role")
    if not any(grant.ends_on is None or (ends_on is not None and ends_on <= grant.ends_on) for grant in powers):
        latest = max(grant.ends_on for grant in powers if grant.ends_on is not None)
        return refused(Reason.BEYOND_OWN_TERM, field="ends_on", latest=latest.isoformat())
    return ALLOWED


def may_end(*, held: Iterable[Held], role: str, path: str, oneself: bool) -> Verdict:
    """May a person end somebody's role? Whoever could have given it may take it back, never from oneself."""
    if oneself:
        return refused(Reason.NOT_ONESELF)
    powers = [grant for grant in held if grant.can_manage and path.startswith(grant.path)]
    if not powers:
        return refused(Reason.OUTSIDE_OWN_PLACE)
    return ALLOWED if any(role in grant.delegates for grant in powers) else refused(Reason.NOT_HELD)


def may_keep(*, held: Iterable[Held], theirs: Iterable[tuple[str, str]], oneself: bool) -> Verdict:
    """May a person edit, invite or disable an account holding `theirs` (role, path)?

    Only if every one of these roles is theirs to give: else a ward head could take over the account of somebody who
    also serves the city.
    """
    if oneself:
        return refused(Reason.NOT_ONESELF)
    held, theirs = list(held), list(theirs)
    ends = [may_end(held=held, role=role, path=path, oneself=False) for role, path in theirs]
    return ALLOWED if ends and all(ends) else refused(Reason.HOLDS_MORE)


# On which side of an object each duty stands. Two duties exclude each other when their sides differ.
SIDES: dict[Duty, Side] = {
    Duty.PROPOSER: Side.PROPOSING,
    Duty.SUBMITTER: Side.PROPOSING,
    Duty.REPAIRER: Side.PROPOSING,
    Duty.PREPARER: Side.PROPOSING,
    Duty.REPORTER: Side.PROPOSING,
    Duty.CHECKER: Side.VERIFYING,
    Duty.VERIFIER: Side.VERIFYING,
    Duty.DECIDER: Side.APPROVING,
    Duty.APPROVER: Side.APPROVING,
    Duty.GIVER: Side.APPROVING,
    Duty.PAYER: Side.PAYING,
}
# What a facilitator, who accompanies and reports, never does (domain: actors).
NEVER_FACILITATOR = frozenset({Side.APPROVING, Side.PAYING})


@dataclass(frozen=True)
class Done:
    """A duty somebody took on an object; `part` says on which report or payment (id: tugas yang sudah dijalankan)."""

    duty: Duty
    person: Any  # the account's key; None when nobody with an account did it
    part: str = ""

    @property
    def label(self) -> str:
        return f"{self.duty.label} ({self.part})" if self.part else str(self.duty.label)


def excludes(one: Duty, other: Duty) -> bool:
    """May one person not hold both duties on the same object?"""
    return SIDES[one] != SIDES[other]


def separate(*, actor: Any, takes: Duty, earlier: Iterable[Done]) -> Verdict:
    """Proposer ≠ verifier ≠ approver ≠ payer on one object: nobody crosses from one side to another."""
    for done in earlier:
        if actor is not None and actor == done.person and excludes(takes, done.duty):
            return refused(Reason.SAME_PERSON, duty=done.label)
    return ALLOWED


def no_facilitator(*, is_facilitator: bool) -> Verdict:
    """A facilitator accompanies and reports; approving and paying belong to others (domain: actors)."""
    return refused(Reason.FACILITATOR_NEVER) if is_facilitator else ALLOWED
