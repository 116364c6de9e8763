"""Who may hide, edit, cover and block what, and who reads a confidential voice."""

from __future__ import annotations

from collections.abc import Sequence

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.needs.enums.moderation import CaseReason, HideReason, ModerationReason
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.rules.words import has_reason, has_words

Box = tuple[int, int, int, int]  # left, top, width, height in thousandths of the picture

BOXES_MOST = 12
BLOCK_DAYS_MOST = 90  # our proposal: long enough for a campaign, short enough for a connection that changes hands
WHOLE = 1000


def has_cause(*, reason: str, words: str) -> Verdict:
    """“Something else” says nothing without words."""
    if reason == HideReason.OTHER and not words.strip():
        return refused(ModerationReason.OTHER_WITHOUT_WORDS, field="words")
    return ALLOWED


def may_hide(*, is_hidden: bool, reason: str, words: str) -> Verdict:
    """May this be hidden now?"""
    if is_hidden:
        return refused(ModerationReason.ALREADY_HIDDEN)
    return has_cause(reason=reason, words=words)


def may_settle(*, is_settled: bool) -> Verdict:
    """A report is settled once."""
    return refused(ModerationReason.ALREADY_SETTLED) if is_settled else ALLOWED


def may_edit(*, before: str, after: str) -> Verdict:
    """An edit leaves words, and other ones than before."""
    if before == after:
        return refused(ModerationReason.UNCHANGED, field="text")
    return has_words(after, field="text")


def may_redact(*, boxes: Sequence[Box], is_there: bool) -> Verdict:
    """May these boxes be drawn over a photo, which is still there?"""
    if not is_there:
        return refused(ModerationReason.PHOTO_GONE)
    if not boxes:
        return refused(ModerationReason.NO_BOXES, field="boxes")
    if len(boxes) > BOXES_MOST:
        return refused(ModerationReason.TOO_MANY_BOXES, field="boxes", most=BOXES_MOST)
    if not all(_is_inside(box) for box in boxes):
        return refused(ModerationReason.BOX_OUTSIDE, field="boxes")
    return ALLOWED


def _is_inside(box: Box) -> bool:
    left, top, width, height = box
    return left >= 0 and top >= 0 and width > 0 and height > 0 and left + width <= WHOLE and top + height <= WHOLE


def may_block(*, is_known: bool, is_blocked: bool, days: int, reason: str) -> Verdict:
    """May nothing more be taken from an address or connection, for so many days?"""
    if not is_known:
        return refused(ModerationReason.NO_SPEAKER)
    if is_blocked:
        return refused(ModerationReason.ALREADY_BLOCKED)
    if not 1 <= days <= BLOCK_DAYS_MOST:
        return refused(ModerationReason.BLOCK_DAYS, field="days", most=BLOCK_DAYS_MOST)
    return has_reason(reason, field="reason")


def may_keep_confidential(*, is_confidential: bool, state: str) -> Verdict:
    """A voice about a person leaves everybody's sight; one in a need is hidden instead."""
    if is_confidential:
        return refused(CaseReason.ALREADY_CONFIDENTIAL)
    return refused(CaseReason.GATHERED) if state == VoiceState.GATHERED else ALLOWED


def may_name(*, is_self: bool, is_named: bool, holds_office: bool) -> Verdict:
    """May somebody be named to read a confidential voice? Nobody by themselves: it may be about them."""
    if is_self:
        return refused(CaseReason.SELF_NAMED, field="account")
    if not holds_office:
        return refused(CaseReason.NO_OFFICE, field="account")
    return refused(CaseReason.ALREADY_NAMED, field="account") if is_named else ALLOWED


def may_end_naming(*, is_named: bool, has_others: bool) -> Verdict:
    """May somebody leave a case team? It is never left without anybody."""
    if not is_named:
        return refused(CaseReason.NOT_NAMED)
    return ALLOWED if has_others else refused(CaseReason.LAST_MEMBER)


def may_answer_case(*, is_on_team: bool, state: str, answer: str) -> Verdict:
    """An answer to a confidential voice comes from its team, once, with words."""
    if not is_on_team:
        return refused(CaseReason.NOT_ON_TEAM)
    if state == VoiceState.ANSWERED:
        return refused(CaseReason.ANSWERED)
    return first_refusal(has_reason(answer, field="answer"))
