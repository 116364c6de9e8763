"""Who may hand on, take back, or change what: tables of cases without a database."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pendamping.access import rules
from pendamping.access.enums import Duty, Reason
from pendamping.access.roles import ROLES
from pendamping.access.rules import Done, Held
from pendamping.access.verbs import READS, Verb

WARD, SIBLING, CITY, FOREIGN = "3278011001", "3278011002", "3278", "3279011001"
TODAY = date(2026, 7, 1)
HEAD = Held("ward_head", WARD, None, ROLES["ward_head"].delegates, True)
OFFICE = Held("secretariat", CITY, date(2026, 12, 31), ROLES["secretariat"].delegates, True)
COORDINATOR = Held("city_coordinator", CITY, None, frozenset(), False)


def grant(**changed: Any) -> Any:
    facts: dict[str, Any] = {
        "held": [HEAD], "role": "rt_rw", "levels": ("rw", "rt", "ward"), "level": "ward", "path": WARD,
        "starts_on": TODAY, "ends_on": None, "today": TODAY, "oneself": False,
    }  # fmt: skip
    return rules.may_grant(**{**facts, **changed}).reason


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({}, None),
        ({"path": WARD + "001", "level": "rw"}, None),
        ({"oneself": True}, Reason.NOT_TO_ONESELF),
        ({"starts_on": date(2025, 6, 30)}, None),
        ({"starts_on": date(2025, 6, 29)}, Reason.TOO_LONG_AGO),
        ({"level": "city", "path": CITY}, Reason.ROLE_NOT_FOR_LEVEL),
        ({"path": SIBLING}, Reason.OUTSIDE_OWN_PLACE),
        ({"path": FOREIGN}, Reason.OUTSIDE_OWN_PLACE),
        ({"held": []}, Reason.OUTSIDE_OWN_PLACE),
        ({"held": [COORDINATOR]}, Reason.OUTSIDE_OWN_PLACE),
        ({"role": "ward_facilitator", "levels": ("ward",)}, Reason.NOT_HELD),
        ({"role": "ward_head", "levels": ("ward",)}, Reason.NOT_HELD),
        ({"held": [OFFICE], "ends_on": date(2026, 12, 31)}, None),
        ({"held": [OFFICE], "ends_on": date(2027, 1, 1)}, Reason.BEYOND_OWN_TERM),
        ({"held": [OFFICE], "ends_on": None}, Reason.BEYOND_OWN_TERM),
        ({"held": [OFFICE, HEAD], "ends_on": None}, None),
        ({"held": [OFFICE], "path": FOREIGN, "ends_on": date(2026, 1, 1)}, Reason.OUTSIDE_OWN_PLACE),
    ],
)
def test_nobody_hands_on_more_than_their_place_power_and_term(changed: dict[str, Any], reason: Reason | None) -> None:
    assert grant(**changed) == reason


@pytest.mark.parametrize(
    ("held", "role", "path", "oneself", "reason"),
    [
        ([HEAD], "rt_rw", WARD, False, None),
        ([HEAD], "rt_rw", WARD, True, Reason.NOT_ONESELF),
        ([HEAD], "rt_rw", SIBLING, False, Reason.OUTSIDE_OWN_PLACE),
        ([HEAD], "ward_facilitator", WARD, False, Reason.NOT_HELD),
        ([OFFICE], "ward_facilitator", WARD, False, None),
        ([COORDINATOR], "rt_rw", WARD, False, Reason.OUTSIDE_OWN_PLACE),
    ],
)
def test_a_role_is_ended_by_those_who_could_give_it(
    held: list[Held], role: str, path: str, oneself: bool, reason: Reason | None
) -> None:
    assert rules.may_end(held=held, role=role, path=path, oneself=oneself).reason == reason


@pytest.mark.parametrize(
    ("held", "theirs", "oneself", "reason"),
    [
        ([HEAD], [("rt_rw", WARD)], False, None),
        ([HEAD], [("rt_rw", WARD), ("lpm", WARD)], False, None),
        ([HEAD], [("rt_rw", WARD)], True, Reason.NOT_ONESELF),
        ([HEAD], [("rt_rw", WARD), ("ward_facilitator", WARD)], False, Reason.HOLDS_MORE),
        ([HEAD], [("rt_rw", WARD), ("rt_rw", SIBLING)], False, Reason.HOLDS_MORE),
        ([HEAD], [], False, Reason.HOLDS_MORE),
        ([], [("rt_rw", WARD)], False, Reason.HOLDS_MORE),
        ([OFFICE], [("ward_head", WARD)], False, None),
        ([OFFICE], [("secretariat", CITY)], False, Reason.HOLDS_MORE),
    ],
)
def test_an_account_is_changed_only_by_those_who_could_give_all_it_holds(
    held: list[Held], theirs: list[tuple[str, str]], oneself: bool, reason: Reason | None
) -> None:
    assert rules.may_keep(held=held, theirs=theirs, oneself=oneself).reason == reason


@pytest.mark.parametrize("takes", list(Duty))
@pytest.mark.parametrize("had", list(Duty))
def test_one_object_one_side(takes: Duty, had: Duty) -> None:
    sides = [
        {"proposer", "submitter", "repairer", "preparer", "reporter"},
        {"checker", "verifier"},
        {"decider", "approver", "giver"},
        {"payer"},
    ]
    same_side = any(takes in side and had in side for side in sides)
    verdict = rules.separate(actor=1, takes=takes, earlier=[Done(had, 1, "L26-1")])
    assert verdict.reason == (None if same_side else Reason.SAME_PERSON)
    assert same_side or "L26-1" in verdict.message
    assert rules.separate(actor=1, takes=takes, earlier=[Done(had, 2), Done(had, None)])
    assert rules.separate(actor=None, takes=takes, earlier=[Done(had, None)])


def test_a_facilitator_never_approves_or_pays() -> None:
    assert rules.no_facilitator(is_facilitator=True).reason == Reason.FACILITATOR_NEVER
    assert rules.no_facilitator(is_facilitator=False)
    deciding = {Verb.MEETING_DECIDE, Verb.PROJECT_APPROVE, Verb.PAYMENT_RECORD}
    assert [role.key for role in ROLES.values() if role.is_facilitator and role.verbs & deciding] == []


def test_no_role_hands_on_its_own_power_or_a_role_that_could() -> None:
    managers = {role.key for role in ROLES.values() if Verb.PEOPLE_MANAGE in role.verbs}
    assert managers == {"ward_head", "secretariat"}
    assert ROLES["ward_head"].delegates & managers == set()
    assert ROLES["secretariat"].delegates & {"secretariat", "administrator", "inspectorate"} == set()
    assert {key for role in ROLES.values() for key in role.delegates} <= set(ROLES)


def test_who_only_looks_holds_only_reading_verbs() -> None:
    """But the inspectorate names who reads a voice about a person: it may be about those who otherwise would."""
    beyond = {key: set(ROLES[key].verbs - READS) for key in ("inspectorate", "city_leader", "council")}
    assert beyond == {"inspectorate": {Verb.CASE_HANDLE}, "city_leader": set(), "council": set()}
