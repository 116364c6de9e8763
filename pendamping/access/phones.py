"""Phone numbers of people who sign in: one spelling, kept encrypted, found by a keyed index."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pendamping.access.models import Account
from pendamping.core.personal import crypt

_FIELD = "account.phone"


@dataclass(frozen=True)
class Number:
    """A number on its way into an act; written out it is only its keyed index, so no digest of an act tells it."""

    plain: str

    def __str__(self) -> str:
        return index(self.plain)


def plain(typed: str) -> str | None:
    """A number as +62…: "0812-3456-7890", "62 812…" and "+62 812…" are the same; None when it is no phone number."""
    bare = re.sub(r"[\s().\-–]", "", typed)
    if re.fullmatch(r"0[1-9]\d{7,12}", bare):
        return "+62" + bare[1:]
    if re.fullmatch(r"62[1-9]\d{7,12}", bare):
        return "+" + bare
    return bare if re.fullmatch(r"\+[1-9]\d{7,14}", bare) else None


def index(number: str) -> str:
    """What the number is found by, without telling it."""
    return crypt.blind_index(number, purpose=_FIELD)


def put(account: Account, number: Number | None) -> None:
    """Set or clear the number on the account; saving is the caller's."""
    if number is None:
        account.phone_cipher = account.phone_index = None
        return
    account.subject_key = account.subject_key or crypt.new_subject_key()
    account.phone_cipher = crypt.encrypt(number.plain, subject_key=bytes(account.subject_key), field=_FIELD)
    account.phone_index = str(number)


def shown(account: Account) -> str:
    """The number for people who manage people: the last four digits."""
    number = number_of(account)
    return crypt.last_four(number.plain) if number else ""


def number_of(account: Account) -> Number | None:
    """The number kept, on its way back into an act; no page shows it."""
    if not account.phone_cipher or not account.subject_key:
        return None
    return Number(crypt.decrypt(bytes(account.phone_cipher), subject_key=bytes(account.subject_key), field=_FIELD))
