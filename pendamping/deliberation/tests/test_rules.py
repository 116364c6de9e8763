"""Rules of meetings as tables."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pendamping.core.verdicts import first_refusal
from pendamping.deliberation.enums.meetings import Reason
from pendamping.deliberation.rules import meetings as rules
from pendamping.needs.enums.reasons import Reason as NeedReason

DAY = date(2026, 3, 10)
BEFORE, AFTER = date(2026, 3, 9), date(2026, 3, 11)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"kind": "rw", "level": "rw"}, None),
        ({"kind": "rw", "level": "ward"}, None),
        ({"kind": "planning", "level": "rw"}, Reason.PLACE_UNFIT),
        ({"level": "rt", "kind": "rw"}, Reason.PLACE_UNFIT),
        ({"level": "district"}, Reason.PLACE_UNFIT),
        ({"fiscal_year": 2028}, None),
        ({"fiscal_year": 2029}, Reason.YEAR_UNLIKELY),
        ({"fiscal_year": 2025}, Reason.YEAR_UNLIKELY),
        ({"words": {"title": "Musyawarah", "place": "  "}}, NeedReason.WORDS_MISSING),
    ],
)
def test_may_call(changes: dict[str, Any], reason: Reason | None) -> None:
    facts = {
        "kind": "development",
        "level": "ward",
        "held_on": DAY,
        "fiscal_year": 2026,
        "words": {"title": "Musyawarah"},
    }
    facts |= changes
    assert rules.may_call(**facts).reason == reason


@pytest.mark.parametrize(
    ("state", "today", "reason"),
    [
        ("called", BEFORE, Reason.MEETING_NOT_YET),
        ("called", DAY, None),
        ("called", AFTER, None),
        ("closed", AFTER, Reason.MEETING_CLOSED),
        ("closed", BEFORE, Reason.MEETING_CLOSED),
        ("cancelled", AFTER, Reason.MEETING_CANCELLED),
    ],
)
def test_has_begun(state: str, today: date, reason: Reason | None) -> None:
    assert rules.has_begun(state=state, held_on=DAY, today=today).reason == reason


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"proposal_state": "deferred"}, None),
        ({"path": "3278011001005"}, None),  # an RW of the ward
        ({"state": "closed"}, Reason.MEETING_CLOSED),
        ({"proposal_state": "on_agenda"}, Reason.ALREADY_ON_AGENDA),
        ({"proposal_state": "submitted"}, Reason.NOT_READY),
        ({"proposal_state": "funded"}, Reason.NOT_READY),
        ({"path": "3278011002"}, Reason.OTHER_WARD),
        ({"year": 2027}, Reason.OTHER_YEAR),
        ({"year": 2025}, Reason.OTHER_YEAR),
        ({"year": 2025, "proposal_state": "deferred"}, None),  # carried over
        ({"year": 2027, "proposal_state": "deferred"}, Reason.OTHER_YEAR),
        ({"state": "cancelled"}, Reason.MEETING_CANCELLED),
    ],
)
def test_may_put(changes: dict[str, Any], reason: Reason | None) -> None:
    facts = {
        "state": "called", "meeting_path": "3278011001", "meeting_year": 2026, "code": "U26-7K3QX-M",
        "proposal_state": "checked", "path": "3278011001", "year": 2026,
    }  # fmt: skip
    assert rules.may_put(**{**facts, **changes}).reason == reason


@pytest.mark.parametrize(
    ("women", "men", "youth", "field"), [(3, 2, 5, None), (0, 0, 0, "women"), (3, 2, 6, "youth"), (0, 1, 0, None)]
)
def test_is_possible_count(women: int, men: int, youth: int, field: str | None) -> None:
    verdict = rules.is_possible_count(women=women, men=men, groups={"youth": ("Pemuda", youth)})
    assert (verdict.field or None) == field


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"reason": "  "}, Reason.REASON_MISSING),
        ({"amount": None}, Reason.AMOUNT_NEEDED),
        ({"amount": 0}, Reason.AMOUNT_NEEDED),
        ({"outcome": "deferred", "amount": None}, None),
        ({"outcome": "rejected", "reason": ""}, Reason.REASON_MISSING),
        ({"kind": "rw"}, Reason.RW_CANNOT_FUND),
        ({"kind": "rw", "outcome": "passed_on"}, None),
    ],
)
def test_may_decide(changes: dict[str, Any], reason: Reason | None) -> None:
    facts = {"kind": "development", "outcome": "funded", "reason": "Mendesak", "amount": 1, **changes}
    assert rules.may_decide(**facts).reason == reason


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"state": "closed"}, Reason.MEETING_CLOSED),
        ({"today": BEFORE}, Reason.MEETING_NOT_YET),
        ({"is_counted": False}, Reason.ATTENDANCE_MISSING),
        ({"items": 0}, Reason.NOTHING_DECIDED),
        ({"items": 0, "kind": "planning"}, Reason.NOTHING_DECIDED),
        ({"items": 0, "kind": "rw"}, None),
        ({"items": 0, "kind": "rw", "is_counted": False}, Reason.ATTENDANCE_MISSING),
        ({"undecided": ["U26-AAAAA-A", "U26-BBBBB-B"]}, Reason.UNDECIDED),
    ],
)
def test_may_close(changes: dict[str, Any], reason: Reason | None) -> None:
    facts = {
        "kind": "development",
        "state": "called",
        "held_on": DAY,
        "today": DAY,
        "is_counted": True,
        "items": 2,
        "undecided": [],
        **changes,
    }
    assert first_refusal(*rules.obstacles(**facts)).reason == reason


def test_undecided_are_named() -> None:
    [verdict] = rules.obstacles(
        kind="development", state="called", held_on=DAY, today=DAY, is_counted=True, items=3,
        undecided=["U26-AAAAA-A", "U26-BBBBB-B"],
    )  # fmt: skip
    assert "U26-AAAAA-A, U26-BBBBB-B" in verdict.message


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"state": "closed"}, Reason.MEETING_CLOSED),
        ({"state": "cancelled"}, Reason.MEETING_CANCELLED),
        ({"is_held": True}, Reason.MEETING_HELD),
        ({"is_same": True}, Reason.SAME_DAY),
        ({"held_on": date(2027, 1, 5)}, Reason.YEAR_UNLIKELY),
        ({"reason": " "}, Reason.REASON_MISSING),
    ],
)
def test_may_move(changes: dict[str, Any], reason: Reason | None) -> None:
    facts = {
        "state": "called", "is_held": False, "is_same": False, "held_on": AFTER, "fiscal_year": 2026,
        "reason": "Aula dipakai", **changes,
    }  # fmt: skip
    assert rules.may_move(**facts).reason == reason


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"state": "closed"}, Reason.MEETING_CLOSED),
        ({"state": "cancelled"}, Reason.MEETING_CANCELLED),
        ({"decided": ["U26-AAAAA-A"]}, Reason.DECIDER_CANCELS),
        ({"decided": ["U26-AAAAA-A"], "is_decider": True}, None),
        ({"reason": ""}, Reason.REASON_MISSING),
    ],
)
def test_may_cancel(changes: dict[str, Any], reason: Reason | None) -> None:
    facts = {"state": "called", "decided": [], "is_decider": False, "reason": "Hujan lebat", **changes}
    assert rules.may_cancel(**facts).reason == reason


def test_minutes_without_decisions_need_notes() -> None:
    assert [rules.tells_something(items=n, notes=w).reason for n, w in ((1, ""), (0, "Lancar"), (0, " "))] == [
        None, None, Reason.NOTES_MISSING,
    ]  # fmt: skip
