"""When does a gate shut on somebody, and may one be set or ended? Values in, a verdict out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.training.enums.gates import FieldAct, Reason

GRACE_MOST = 365


@dataclass(frozen=True)
class Asked:
    """A gate as it stands before one person."""

    key: int
    city_path: str
    verb: str
    role: str  # empty: every role that carries the verb
    starts_on: date
    ends_on: date | None
    grace_days: int
    began_on: date | None  # when the person first served in such a role
    until: date | None  # the last day of the person's certificate of the course; None: there is none


@dataclass(frozen=True)
class Carried:
    """A role in force at a place."""

    role: str
    path: str


def closes_on(gate: Asked, today: date) -> date | None:
    """The day from which this gate is shut for the person, today or earlier when it is; None: it will not shut."""
    first = gate.starts_on
    if gate.began_on is not None and gate.grace_days:
        first = max(first, gate.began_on + timedelta(days=gate.grace_days))
    if gate.until is not None and gate.until >= today:  # one that ended shuts as if there was none
        if gate.until == date.max:
            return None
        first = max(first, gate.until + timedelta(days=1))
    return None if gate.ends_on is not None and first > gate.ends_on else first


def shut(gates: Iterable[Asked], carried: Sequence[Carried], on: date, today: date) -> Asked | None:
    """The gate that keeps the person from a verb on a day; None: some role of theirs carries it freely.

    `gates` are those of the verb, `carried` the person's roles that carry it. Without any role nothing is shut here:
    the right itself is missing, which is said elsewhere.
    """
    gates, first = list(gates), None
    for one in carried:
        met = next((gate for gate in gates if _stands_before(gate, one) and _is_shut(gate, on, today)), None)
        if met is None:
            return None
        first = first or met
    return first


def _stands_before(gate: Asked, one: Carried) -> bool:
    return gate.role in ("", one.role) and one.path.startswith(gate.city_path)


def _is_shut(gate: Asked, on: date, today: date) -> bool:
    if gate.ends_on is not None and gate.ends_on < on:
        return False
    first = closes_on(gate, today)
    return first is not None and first <= on


def may_set(
    *, verb: str, role: str, carriers: Sequence[str], starts_on: date, ends_on: date | None, today: date,
    grace_days: int, legal_basis: str, is_offered: bool, module_key: str, modules: Sequence[str],
) -> Verdict:  # fmt: skip
    """May this gate be set? `carriers` are the roles that carry the verb, `modules` those of the version in use."""
    if verb not in FieldAct.values:
        return refused(Reason.ACT_NOT_GATED, field="verb")
    if role and role not in carriers:
        return refused(Reason.ROLE_WITHOUT_ACT, field="role")
    if not is_offered:
        return refused(Reason.NO_COURSE, field="course")
    if module_key and module_key not in modules:
        return refused(Reason.NO_MODULE, field="module_key", module=module_key)
    if starts_on < today:
        return refused(Reason.STARTS_BEFORE, field="starts_on")
    if ends_on is not None and ends_on < starts_on:
        return refused(Reason.ENDS_BEFORE, field="ends_on", day=starts_on)
    if not 0 <= grace_days <= GRACE_MOST:
        return refused(Reason.GRACE_TOO_LONG, field="grace_days", most=GRACE_MOST)
    return ALLOWED if legal_basis.strip() else refused(Reason.BASIS_MISSING, field="legal_basis")


def may_end(*, ends_on: date | None, on: date, today: date) -> Verdict:
    """May `on` be the last day of this gate? Yesterday at the earliest: then it asks nobody any more from now on."""
    if ends_on is not None and ends_on < today:
        return refused(Reason.ENDED, day=ends_on)
    if ends_on is not None and on > ends_on:
        return refused(Reason.ENDS_SOONER, field="on", day=ends_on)
    if on < today - timedelta(days=1):
        return refused(Reason.TOO_LATE, field="on", day=today - timedelta(days=1))
    return ALLOWED
