"""The code of a seat, on the paper its holder is given: derived from the seat, kept only as a digest for finding it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.utils.crypto import salted_hmac

from pendamping.core.codes import ALPHABET

LENGTH = 8  # of 32 signs each: 40 bits, open for one meeting only
MOST = 24  # characters of a code as somebody may type it
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
_BETWEEN = str.maketrans(dict.fromkeys(" -.–\t\n\r"))


def seat_key(seat: uuid.UUID) -> str:
    """The code of a seat (its uid) as people copy it: "7K3Q-XM2P". Always the same for the same seat."""
    signed = salted_hmac("pendamping.deliberation.seat", seat.hex, secret=settings.FIELD_KEY, algorithm="sha256")
    signs = "".join(ALPHABET[byte % 32] for byte in signed.digest()[:LENGTH])
    return f"{signs[:4]}-{signs[4:]}"


def hash_key(typed: str) -> str:
    """What is kept of a code, however it was typed: case, spaces, I/1 and O/0 do not count."""
    bare = typed[:MOST].translate(_BETWEEN).upper().translate(_MISREAD)
    return salted_hmac(
        "pendamping.deliberation.seat_key", bare, secret=settings.FIELD_KEY, algorithm="sha256"
    ).hexdigest()
