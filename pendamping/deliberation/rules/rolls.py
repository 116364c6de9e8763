"""Who can stand on the roll of a ballot: a name, a number that tells residents apart, perhaps a telephone."""

from __future__ import annotations

import re

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.deliberation.enums.polls import PollReason

_PHONE = re.compile(r"^(?:\+?62|0)8\d{7,12}$")


def tidy_identity(typed: str) -> str:
    """A resident number without spaces and signs, in capitals: the same number typed otherwise is the same person."""
    return re.sub(r"[^0-9A-Z]", "", typed.upper())


def tidy_phone(typed: str) -> str:
    """ "0812-3456-7890" as "6281234567890", as gateways want it."""
    digits = re.sub(r"\D", "", typed)
    return f"62{digits[1:]}" if digits.startswith("0") else digits


def may_be_on_roll(*, name: str, identity: str, phone: str) -> Verdict:
    """Are these facts enough, and possible?"""
    bare = re.sub(r"[\s().-]", "", phone)
    return first_refusal(
        ALLOWED if name.strip() else refused(PollReason.NAME_MISSING, field="name"),
        ALLOWED if identity else refused(PollReason.IDENTITY_MISSING, field="identity"),
        ALLOWED if not bare or _PHONE.match(bare) else refused(PollReason.PHONE_UNFIT, field="phone"),
    )
