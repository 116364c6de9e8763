"""The rules as tables of cases: facts in, reason out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pendamping.core.verdicts import Verdict
from pendamping.needs.enums.needs import NeedState
from pendamping.needs.enums.proposals import LandStatus, ProposalState
from pendamping.needs.enums.reasons import Reason
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.rules import proposals as rules
from pendamping.needs.rules.needs import Living, may_add_to, may_answer_need, may_propose, may_verify
from pendamping.needs.rules.proposals import Proposed
from pendamping.needs.rules.voices import Heard, distance_km, may_answer_voice, may_gather, may_speak_of, pin_reach_km

WHOLE = Proposed(
    place="Gang Melati", menu_valid_from=date(2018, 12, 27), menu_valid_to=None, menu_is_other=False, other_words="",
    volume=Decimal(100), estimated_cost=45_000_000, women=30, men=20, children=10, poor=5, disabled=1,
    land_status=LandStatus.PUBLIC, land_consent="", photos=1,
)  # fmt: skip
TODAY = date(2026, 3, 2)

SPEAK = {
    "level": "ward", "in_force": True, "text": "Lampu mati", "has_subject": True, "other_words": "",
    "km_from_ward": None,
}  # fmt: skip
DRAFT, UNDER_WAY = Living("U1", ProposalState.DRAFT), Living("U2", ProposalState.PASSED_ON)
VOICE_A, VOICE_B = Heard("S1", "3278011001", VoiceState.HEARD), Heard("S2", "3278011002", VoiceState.HEARD)
VERIFY = {"state": NeedState.OPEN, "finding": "Benar", "photos": 1}
CHECK = {"state": ProposalState.SUBMITTED, "ok": True, "note": ""}

CASES: list[tuple[Callable[..., Verdict], dict[str, Any], Reason | None]] = [
    (may_speak_of, SPEAK, None),
    (may_speak_of, SPEAK | {"level": "rt"}, None),
    (may_speak_of, SPEAK | {"level": "district"}, Reason.PLACE_NOT_WARD),
    (may_speak_of, SPEAK | {"level": "city"}, Reason.PLACE_NOT_WARD),
    (may_speak_of, SPEAK | {"has_subject": False}, Reason.NEED_OTHER_WORDS),
    (may_speak_of, SPEAK | {"has_subject": False, "other_words": "  "}, Reason.NEED_OTHER_WORDS),
    (may_speak_of, SPEAK | {"has_subject": False, "other_words": "parkir"}, None),
    (may_speak_of, SPEAK | {"km_from_ward": 5.0}, None),
    (may_speak_of, SPEAK | {"km_from_ward": 5.01}, Reason.PIN_OUTSIDE),
    (may_speak_of, SPEAK | {"km_from_ward": 9.0, "reach_km": pin_reach_km(Decimal(30))}, None),
    (
        may_speak_of,
        SPEAK | {"km_from_ward": 9.3, "reach_km": pin_reach_km(Decimal(30))},
        Reason.PIN_OUTSIDE,
    ),
    (may_speak_of, SPEAK | {"in_force": False}, Reason.PLACE_RETIRED),
    (may_speak_of, SPEAK | {"text": " \n "}, Reason.WORDS_MISSING),
    (may_gather, {"voices": []}, Reason.NO_VOICES),
    (may_gather, {"voices": [VOICE_A]}, None),
    (may_gather, {"voices": [VOICE_A, VOICE_B]}, Reason.VOICE_OTHER_WARD),
    (may_gather, {"voices": [VOICE_A], "ward": "3278011002"}, Reason.VOICE_OTHER_WARD),
    (may_gather, {"voices": [replace(VOICE_A, state=VoiceState.GATHERED)]}, Reason.VOICE_ALREADY_HANDLED),
    (may_add_to, {"state": NeedState.PROPOSED}, None),
    (may_add_to, {"state": NeedState.ANSWERED}, Reason.NEED_ANSWERED),
    (may_answer_voice, {"state": VoiceState.HEARD, "answer": "Sudah"}, None),
    (may_answer_voice, {"state": VoiceState.HEARD, "answer": " "}, Reason.REASON_MISSING),
    (may_answer_voice, {"state": VoiceState.ANSWERED, "answer": "Sudah"}, Reason.VOICE_ALREADY_HANDLED),
    (may_verify, VERIFY, None),
    (may_verify, VERIFY | {"state": NeedState.VERIFIED}, Reason.NEED_NOT_OPEN),
    (may_verify, VERIFY | {"finding": ""}, Reason.FINDING_MISSING),
    (may_verify, VERIFY | {"photos": 0}, Reason.PHOTO_MISSING),
    (may_answer_need, {"state": NeedState.VERIFIED, "answer": "Sudah"}, None),
    (
        may_answer_need,
        {"state": NeedState.PROPOSED, "answer": "Sudah", "live": [UNDER_WAY]},
        Reason.NEED_PROPOSED,
    ),
    (may_answer_need, {"state": NeedState.VERIFIED, "answer": "Sudah", "live": [DRAFT]}, None),
    (may_answer_need, {"state": NeedState.PROPOSED, "answer": "Sudah"}, None),
    (may_answer_need, {"state": NeedState.ANSWERED, "answer": "Sudah"}, Reason.NEED_ANSWERED),
    (may_answer_need, {"state": NeedState.OPEN, "answer": ""}, Reason.REASON_MISSING),
    (may_propose, {"state": NeedState.VERIFIED, "live": []}, None),
    (may_propose, {"state": NeedState.PROPOSED, "live": []}, None),
    (may_propose, {"state": NeedState.OPEN, "live": []}, Reason.NEED_NOT_VERIFIED),
    (may_propose, {"state": NeedState.ANSWERED, "live": []}, Reason.NEED_ANSWERED),
    (may_propose, {"state": NeedState.VERIFIED, "live": ["U1"]}, Reason.NEED_HAS_PROPOSAL),
    (rules.is_editable, {"state": ProposalState.DRAFT}, None),
    (rules.is_editable, {"state": ProposalState.RETURNED}, None),
    (rules.is_editable, {"state": ProposalState.SUBMITTED}, Reason.PROPOSAL_NOT_DRAFT),
    *(
        (rules.may_withdraw, {"state": state, "reason": "Sudah dikerjakan"}, reason)
        for state, reason in (
            (ProposalState.DRAFT, None),
            (ProposalState.SUBMITTED, None),
            (ProposalState.RETURNED, None),
            (ProposalState.CHECKED, None),
            (ProposalState.DEFERRED, None),
            (ProposalState.PASSED_ON, None),
            (ProposalState.ON_AGENDA, Reason.PROPOSAL_ON_AGENDA),
            (ProposalState.FUNDED, Reason.PROPOSAL_FUNDED),
            (ProposalState.REJECTED, Reason.PROPOSAL_ENDED),
            (ProposalState.WITHDRAWN, Reason.PROPOSAL_ENDED),
        )
    ),
    (rules.may_withdraw, {"state": ProposalState.DRAFT, "reason": " "}, Reason.REASON_MISSING),
    (rules.may_carry_over, {"state": ProposalState.CHECKED, "year": 2026, "to": 2026}, None),
    (rules.may_carry_over, {"state": ProposalState.CHECKED, "year": 2026, "to": 2027}, Reason.YEAR_EARLIER),
    (rules.may_carry_over, {"state": ProposalState.DEFERRED, "year": 2026, "to": 2027}, None),
    (rules.may_carry_over, {"state": ProposalState.DEFERRED, "year": 2026, "to": 2025}, Reason.YEAR_EARLIER),
    (rules.may_stand_at, {"level": "rt", "path": "3278011001003001", "ward": "3278011001"}, None),
    (rules.may_stand_at, {"level": "rw", "path": "3278011002003", "ward": "3278011001"}, Reason.PLACE_OUTSIDE_WARD),
    (rules.may_stand_at, {"level": "district", "path": "327801", "ward": "3278011001"}, Reason.PLACE_OUTSIDE_WARD),
    (rules.may_check, CHECK, None),
    (rules.may_check, CHECK | {"state": ProposalState.DRAFT}, Reason.PROPOSAL_NOT_SUBMITTED),
    (rules.may_check, CHECK | {"ok": False}, Reason.REASON_MISSING),
    (rules.may_check, CHECK | {"ok": False, "note": "Biaya"}, None),
    (rules.may_put, {"state": ProposalState.CHECKED}, None),
    (rules.may_put, {"state": ProposalState.DEFERRED}, None),
    (rules.may_put, {"state": ProposalState.SUBMITTED}, Reason.PROPOSAL_NOT_CHECKED),
    (rules.may_put, {"state": ProposalState.REJECTED}, Reason.PROPOSAL_NOT_CHECKED),
    (rules.may_settle, {"state": ProposalState.ON_AGENDA}, None),
    (rules.may_settle, {"state": ProposalState.CHECKED}, Reason.PROPOSAL_NOT_ON_AGENDA),
]


@pytest.mark.parametrize(("rule", "facts", "reason"), CASES)
def test_rule(rule: Callable[..., Verdict], facts: dict[str, Any], reason: Reason | None) -> None:
    assert rule(**facts).reason == reason


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({}, []),
        ({"menu_valid_from": date(2026, 3, 3)}, [Reason.MENU_NOT_VALID]),
        ({"menu_valid_to": date(2026, 3, 1)}, [Reason.MENU_NOT_VALID]),
        ({"menu_valid_to": TODAY}, []),
        ({"menu_is_other": True}, [Reason.MENU_OTHER_NEEDS_WORDS]),
        ({"menu_is_other": True, "other_words": "Pasar"}, []),
        ({"place": " "}, [Reason.PLACE_MISSING]),
        ({"volume": Decimal(0)}, [Reason.NOTHING_PROPOSED]),
        ({"estimated_cost": 0}, [Reason.NOTHING_PROPOSED]),
        ({"women": 0, "men": 0}, [Reason.NO_BENEFICIARIES]),
        ({"women": 0, "men": 50}, []),
        ({"children": 50}, []),
        ({"children": 51}, [Reason.BENEFICIARY_PARTS]),
        ({"poor": 51, "disabled": 51}, [Reason.BENEFICIARY_PARTS, Reason.BENEFICIARY_PARTS]),
        ({"land_status": LandStatus.UNKNOWN}, [Reason.LAND_UNKNOWN]),
        ({"land_status": LandStatus.PRIVATE_OPEN, "land_consent": "Surat 12"}, [Reason.LAND_CONSENT_MISSING]),
        ({"land_status": LandStatus.PRIVATE_CONSENT}, [Reason.LAND_CONSENT_MISSING]),
        ({"land_status": LandStatus.PRIVATE_CONSENT, "land_consent": "Surat 12"}, []),
        ({"land_status": LandStatus.NOT_NEEDED}, []),
        ({"photos": 0}, [Reason.PHOTO_MISSING]),
        ({"place": "", "photos": 0}, [Reason.PLACE_MISSING, Reason.PHOTO_MISSING]),
    ],
)
def test_gate_names_all_that_is_missing(changes: dict[str, Any], reasons: list[Reason]) -> None:
    assert [verdict.reason for verdict in rules.lacking(replace(WHOLE, **changes), on=TODAY)] == reasons


@pytest.mark.parametrize(
    ("state", "need_state", "reason"),
    [
        (ProposalState.DRAFT, NeedState.VERIFIED, None),
        (ProposalState.RETURNED, NeedState.PROPOSED, None),
        (ProposalState.SUBMITTED, NeedState.PROPOSED, Reason.PROPOSAL_NOT_DRAFT),
        (ProposalState.DRAFT, NeedState.ANSWERED, Reason.NEED_NOT_VERIFIED),
    ],
)
def test_submission_asks_for_both_states(state: str, need_state: str, reason: Reason | None) -> None:
    assert rules.may_submit(WHOLE, state=state, need_state=need_state, on=TODAY).reason == reason


def test_distance_of_two_known_points() -> None:
    """One degree of latitude is 111.2 km."""
    assert distance_km(-7.0, 108.2, -8.0, 108.2) == pytest.approx(111.19, abs=0.01)
    assert distance_km(-7.3, 108.2, -7.3, 108.2) == 0
