"""The rules of moderation and the proof of work, as tables of cases."""

from __future__ import annotations

import hashlib
from itertools import count

import pytest

from pendamping.needs.enums.moderation import CaseReason, HideReason, ModerationReason
from pendamping.needs.enums.reasons import Reason
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.rules import moderation as rules
from pendamping.needs.rules import proof

OTHER, SPAM = HideReason.OTHER, HideReason.SPAM
BOX = (0, 0, 1000, 1000)


@pytest.mark.parametrize(
    ("is_hidden", "reason", "words", "expected"),
    [
        (False, SPAM, "", None),
        (False, OTHER, "iklan pinjaman", None),
        (False, OTHER, "  ", ModerationReason.OTHER_WITHOUT_WORDS),
        (True, SPAM, "", ModerationReason.ALREADY_HIDDEN),
    ],
)
def test_hiding_needs_a_cause_and_happens_once(is_hidden: bool, reason: str, words: str, expected: object) -> None:
    assert rules.may_hide(is_hidden=is_hidden, reason=reason, words=words).reason == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Jalan rusak", "Jalan rusak berat", None),
        ("Jalan rusak", "Jalan rusak", ModerationReason.UNCHANGED),
        ("Jalan rusak", "   ", Reason.WORDS_MISSING),
    ],
)
def test_an_edit_leaves_other_words(before: str, after: str, expected: object) -> None:
    assert rules.may_edit(before=before, after=after).reason == expected


@pytest.mark.parametrize(
    ("boxes", "is_there", "expected"),
    [
        ([BOX], True, None),
        ([(999, 999, 1, 1)], True, None),
        ([BOX], False, ModerationReason.PHOTO_GONE),
        ([], True, ModerationReason.NO_BOXES),
        ([BOX] * 13, True, ModerationReason.TOO_MANY_BOXES),
        ([(0, 0, 0, 10)], True, ModerationReason.BOX_OUTSIDE),
        ([(0, 0, 10, 0)], True, ModerationReason.BOX_OUTSIDE),
        ([(991, 0, 10, 10)], True, ModerationReason.BOX_OUTSIDE),
        ([(0, 991, 10, 10)], True, ModerationReason.BOX_OUTSIDE),
        ([(-1, 0, 10, 10)], True, ModerationReason.BOX_OUTSIDE),
        ([(0, -1, 10, 10)], True, ModerationReason.BOX_OUTSIDE),
    ],
)
def test_boxes_lie_inside_the_photo(boxes: list[rules.Box], is_there: bool, expected: object) -> None:
    assert rules.may_redact(boxes=boxes, is_there=is_there).reason == expected


@pytest.mark.parametrize(
    ("is_known", "is_blocked", "days", "reason", "expected"),
    [
        (True, False, 1, "iklan", None),
        (True, False, 90, "iklan", None),
        (False, False, 7, "iklan", ModerationReason.NO_SPEAKER),
        (True, True, 7, "iklan", ModerationReason.ALREADY_BLOCKED),
        (True, False, 0, "iklan", ModerationReason.BLOCK_DAYS),
        (True, False, 91, "iklan", ModerationReason.BLOCK_DAYS),
        (True, False, 7, " ", Reason.REASON_MISSING),
    ],
)
def test_blocks_are_short_and_have_a_reason(
    is_known: bool, is_blocked: bool, days: int, reason: str, expected: object
) -> None:
    verdict = rules.may_block(is_known=is_known, is_blocked=is_blocked, days=days, reason=reason)
    assert verdict.reason == expected


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (rules.may_keep_confidential(is_confidential=False, state=VoiceState.HEARD), None),
        (rules.may_keep_confidential(is_confidential=False, state=VoiceState.ANSWERED), None),
        (rules.may_keep_confidential(is_confidential=True, state=VoiceState.HEARD), CaseReason.ALREADY_CONFIDENTIAL),
        (rules.may_keep_confidential(is_confidential=False, state=VoiceState.GATHERED), CaseReason.GATHERED),
        (rules.may_name(is_self=False, is_named=False, holds_office=True), None),
        (rules.may_name(is_self=False, is_named=True, holds_office=True), CaseReason.ALREADY_NAMED),
        (rules.may_name(is_self=False, is_named=False, holds_office=False), CaseReason.NO_OFFICE),
        (rules.may_name(is_self=True, is_named=False, holds_office=True), CaseReason.SELF_NAMED),
        (rules.may_end_naming(is_named=True, has_others=True), None),
        (rules.may_end_naming(is_named=True, has_others=False), CaseReason.LAST_MEMBER),
        (rules.may_end_naming(is_named=False, has_others=True), CaseReason.NOT_NAMED),
        (rules.may_answer_case(is_on_team=True, state=VoiceState.HEARD, answer="Sudah ditegur"), None),
        (rules.may_answer_case(is_on_team=False, state=VoiceState.HEARD, answer="Sudah"), CaseReason.NOT_ON_TEAM),
        (rules.may_answer_case(is_on_team=True, state=VoiceState.ANSWERED, answer="Sudah"), CaseReason.ANSWERED),
        (rules.may_answer_case(is_on_team=True, state=VoiceState.HEARD, answer=" "), Reason.REASON_MISSING),
    ],
)
def test_confidential_voices(verdict: object, expected: object) -> None:
    assert verdict.reason == expected  # type: ignore[attr-defined]


def proof_for(op: str) -> str:
    """The work of a phone, as static/needs/js/proof.js does it."""
    for counter in count():
        if hashlib.sha256(f"{op}:{counter}".encode()).hexdigest().startswith("0000"):
            return str(counter)
    raise AssertionError


def test_a_proof_serves_for_its_own_operation_alone() -> None:
    op = "0f8fad5b-d9cb-469f-a165-70867728950e"
    counter = proof_for(op)
    assert proof.proves(op, counter)
    assert not proof.proves("1f8fad5b-d9cb-469f-a165-70867728950e", counter)
    assert not any(proof.proves(op, wrong) for wrong in ("", str(int(counter) + 1), f" {counter}", "x", "9" * 13))
    assert not proof.proves("", proof_for(""))
