"""When does a gate shut on somebody: tables of cases."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pendamping.training.enums.gates import Reason
from pendamping.training.rules.gates import Asked, Carried, closes_on, may_end, may_set, shut

TODAY = date(2026, 3, 2)


def gate(**changes: Any) -> Asked:
    facts: dict[str, Any] = {
        "key": 1, "city_path": "3278", "verb": "need.verify", "role": "", "starts_on": date(2026, 1, 1),
        "ends_on": None, "grace_days": 0, "began_on": date(2020, 1, 1), "until": None,
    }  # fmt: skip
    return Asked(**{**facts, **changes})


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        ({}, date(2026, 1, 1)),
        ({"until": date.max}, None),
        ({"until": date(2026, 3, 10)}, date(2026, 3, 11)),
        ({"until": date(2026, 2, 10)}, date(2026, 1, 1)),  # one that is over is none
        ({"grace_days": 60, "began_on": date(2026, 2, 1)}, date(2026, 4, 2)),
        ({"grace_days": 60}, date(2026, 1, 1)),
        ({"starts_on": date(2026, 6, 1)}, date(2026, 6, 1)),
        ({"until": date(2026, 3, 10), "ends_on": date(2026, 3, 10)}, None),
        ({"ends_on": date(2025, 12, 31)}, None),  # taken back before it began
    ],
)
def test_the_day_it_shuts(changes: dict[str, Any], first: date | None) -> None:
    assert closes_on(gate(**changes), TODAY) == first


FACILITATOR = Carried("ward_facilitator", "3278011001")
SECRETARY = Carried("ward_secretary", "3278011001")


@pytest.mark.parametrize(
    ("gates", "carried", "is_shut"),
    [
        ([gate()], [FACILITATOR], True),
        ([], [FACILITATOR], False),
        ([gate()], [], False),
        ([gate(role="ward_facilitator")], [FACILITATOR], True),
        ([gate(role="ward_facilitator")], [SECRETARY, FACILITATOR], False),  # an ungated role carries it
        ([gate()], [SECRETARY, FACILITATOR], True),
        ([gate(city_path="3279")], [FACILITATOR], False),
        ([gate(until=date.max), gate(key=2)], [FACILITATOR], True),  # two courses are asked for, one is there
        ([gate(ends_on=date(2026, 3, 1))], [FACILITATOR], False),
        ([gate(ends_on=TODAY)], [FACILITATOR], True),
    ],
)
def test_who_is_shut_out(gates: list[Asked], carried: list[Carried], is_shut: bool) -> None:
    assert (shut(gates, carried, TODAY, TODAY) is not None) == is_shut


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"verb": "training.manage"}, Reason.ACT_NOT_GATED),
        ({"role": "lpm"}, Reason.ROLE_WITHOUT_ACT),
        ({"is_offered": False}, Reason.NO_COURSE),
        ({"module_key": "m9"}, Reason.NO_MODULE),
        ({"starts_on": date(2026, 3, 1)}, Reason.STARTS_BEFORE),
        ({"ends_on": date(2026, 3, 1)}, Reason.ENDS_BEFORE),
        ({"grace_days": 366}, Reason.GRACE_TOO_LONG),
        ({"legal_basis": " "}, Reason.BASIS_MISSING),
    ],
)
def test_which_gates_are_set(changes: dict[str, Any], reason: Reason | None) -> None:
    facts: dict[str, Any] = {
        "verb": "need.verify", "role": "ward_facilitator", "carriers": ["ward_facilitator"], "starts_on": TODAY,
        "ends_on": None, "today": TODAY, "grace_days": 0, "legal_basis": "Perwal", "is_offered": True,
        "module_key": "m1", "modules": ["m1"],
    }  # fmt: skip
    assert may_set(**{**facts, **changes}).reason == reason


@pytest.mark.parametrize(
    ("ends_on", "on", "reason"),
    [
        (None, date(2026, 3, 1), None),
        (None, date(2026, 2, 28), Reason.TOO_LATE),
        (date(2026, 3, 1), TODAY, Reason.ENDED),
        (date(2026, 9, 1), TODAY, None),
        (date(2026, 9, 1), date(2026, 9, 2), Reason.ENDS_SOONER),
    ],
)
def test_when_a_gate_ends(ends_on: date | None, on: date, reason: Reason | None) -> None:
    assert may_end(ends_on=ends_on, on=on, today=TODAY).reason == reason
