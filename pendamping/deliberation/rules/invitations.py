"""May somebody be invited, written to, answer? And is that an address? Values in, a verdict out."""

from __future__ import annotations

import re
from datetime import date

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.deliberation.enums.invitations import SENT, InvitationAnswer, InvitationReason, Way
from pendamping.deliberation.rules.meetings import is_open

_MAIL = re.compile(r"[^@\s,;<>\"()\\]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}")
_MOBILE = re.compile(r"\+628[1-9]\d{7,10}")


def tidy(way: str, address: str) -> str:
    """An address as it is kept: mailboxes in small letters, mobile numbers with +62."""
    if way == Way.EMAIL:
        return address.strip().lower()
    digits = re.sub(r"[\s().\-–]", "", address)
    if digits.startswith("0"):
        return f"+62{digits[1:]}"
    return f"+{digits}" if digits.startswith("62") else digits


def is_address(way: str, tidied: str) -> Verdict:
    """Is this an address of that way? Ways of persons need none."""
    if way not in SENT:
        return ALLOWED
    if not tidied:
        return refused(InvitationReason.ADDRESS_MISSING, field="address")
    shape = _MAIL if way == Way.EMAIL else _MOBILE
    return ALLOWED if shape.fullmatch(tidied) else refused(InvitationReason.ADDRESS_BROKEN, field="address")


def may_invite(*, state: str, held_on: date, today: date) -> Verdict:
    """May people still be invited to this meeting?"""
    return first_refusal(is_open(state=state), refused(InvitationReason.DAY_PAST) if today > held_on else ALLOWED)


def may_answer(*, state: str, held_on: date, today: date, withdrawn: bool, answer: str, instead: str) -> Verdict:
    """May this answer be taken? Until the day of the meeting is over; who sends somebody says whom."""
    if withdrawn:
        return refused(InvitationReason.INVITATION_OVER)
    if not (still := is_open(state=state)):
        return still
    if today > held_on:
        return refused(InvitationReason.ANSWER_LATE)
    if answer == InvitationAnswer.SENDING and not instead.strip():
        return refused(InvitationReason.WHO_INSTEAD, field="instead")
    return ALLOWED


def may_withdraw(*, state: str, withdrawn: bool, is_present: bool) -> Verdict:
    """May an invitation be taken back?"""
    if withdrawn:
        return refused(InvitationReason.INVITATION_OVER)
    return first_refusal(
        is_open(state=state), refused(InvitationReason.PRESENT_ALREADY) if is_present else ALLOWED
    )  # fmt: skip


def may_note(*, state: str, withdrawn: bool, way: str) -> Verdict:
    """May it be noted that a person told them?"""
    if withdrawn:
        return refused(InvitationReason.INVITATION_OVER)
    return first_refusal(is_open(state=state), refused(InvitationReason.NOT_BY_HAND) if way in SENT else ALLOWED)
