"""Codes, receipts and envelopes of a ballot (docs/adr/0015-ballots-are-secret.md).

A printed code is drawn from a row's uid with the server's key, so it is in no table and no backup; a row knows only the
keyed digest of it. A receipt needs, besides, the number that the voter's own phone made: from the tables alone nobody
can tell which receipt a code was given.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from pendamping.core.codes import ALPHABET
from pendamping.core.personal import crypt
from pendamping.deliberation.models import Poll

SLIP_SIGNS, LINK_SIGNS, RECEIPT_SIGNS = 10, 16, 12
FIELD = "ballot"
EMPTY_WITHIN = 2000  # milliseconds
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
_A_PICK = 8  # "40=1000 ": the longest a choice can be
_ENVELOPE = 64  # the receipt, and what holds the parts together


def slip_code(uid: uuid.UUID) -> str:
    """What is printed on a slip, from its uid."""
    return _signs(crypt.blind_index(uid.hex, purpose="deliberation.slip"), SLIP_SIGNS)


def link_code(uid: uuid.UUID) -> str:
    """What the personal link of somebody on the roll carries, from the uid of their entry."""
    return _signs(crypt.blind_index(uid.hex, purpose="deliberation.link"), LINK_SIGNS)


def digest_of(code: str) -> str:
    """By what a code is found again."""
    return crypt.blind_index(code, purpose="deliberation.vote-code")


def tidy(typed: str) -> str:
    """A code as somebody typed it, without spaces and dashes, misread signs mended."""
    return re.sub(r"[^0-9A-Z]", "", typed.upper().translate(_MISREAD))


def shown(code: str) -> str:
    """A code in groups that the eye can hold: "7K3QX-M2P0A", "7K3Q-XM2P-0A9V"."""
    size = 5 if len(code) % 5 == 0 else 4
    return "-".join(code[start : start + size] for start in range(0, len(code), size))


def receipt_of(poll: Poll, code: str, op: uuid.UUID) -> str:
    """The receipt of a ballot: the same for the same ballot sent again from the same phone."""
    return _signs(crypt.blind_index(f"{poll.uid.hex}:{code}:{op.hex}", purpose="deliberation.receipt"), RECEIPT_SIGNS)


def receipt_digest(receipt: str) -> str:
    """By what an envelope is found when its ballot is sent again."""
    return crypt.blind_index(receipt, purpose="deliberation.receipt-digest")


class Broken(Exception):
    """An envelope that nobody's ballot made: changed, copied or moved in the database."""


def seal(poll: Poll, *, pattern: str, receipt: str, channel: str, choices: int) -> bytes:
    """A ballot under the key of the poll; all envelopes of a poll are equally long."""
    text = json.dumps([pattern, receipt, str(channel)]).ljust(_ENVELOPE + _A_PICK * choices)
    return crypt.encrypt(text, subject_key=bytes(poll.sealing_key or b""), field=FIELD)


def open_envelope(poll: Poll, sealed: Any, *, digest: str, channel: str) -> tuple[str, str]:
    """(pattern, receipt) of a sealed ballot; only the count asks. Raises Broken when its row was changed."""
    try:
        text = crypt.decrypt(bytes(sealed), subject_key=bytes(poll.sealing_key or b""), field=FIELD)
    except crypt.Unreadable as fault:
        raise Broken from fault
    pattern, receipt, way = json.loads(text)
    if way != channel or receipt_digest(receipt) != digest:
        raise Broken
    return pattern, receipt


def empty_log() -> None:
    """Empty SQLite's write-ahead log: what was deleted still stands there, in the order it was written in.

    Waits two seconds for readers; a log that cannot be emptied now is written over by what comes next.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {EMPTY_WITHIN}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(before)}")


@contextmanager
def overwriting() -> Iterator[None]:
    """What is deleted meanwhile is overwritten in the file too, where the database leaves that to us."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA secure_delete").fetchone()[0]
        cursor.execute("PRAGMA secure_delete = ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA secure_delete = ON" if before else "PRAGMA secure_delete = OFF")


def _signs(hexadecimal: str, count: int) -> str:
    number = int(hexadecimal, 16)
    return "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(count))
