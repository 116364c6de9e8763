"""Was some work done before sending? What a phone does while somebody types, and a program for every single voice."""

from __future__ import annotations

import hashlib
import re

BITS = 16  # about 65,000 tries: a second or two of a cheap phone, and of whoever would send a thousand
_COUNTER = re.compile(r"\d{1,12}")


def proves(op: str, counter: str) -> bool:
    """Does SHA-256 of "<operation id>:<counter>" begin with enough zero bits (as Hashcash does, Back 2002)?

    Bound to the operation id, under which one voice is kept: a proof serves for that voice alone.
    """
    if not op or _COUNTER.fullmatch(counter) is None:
        return False
    found = hashlib.sha256(f"{op}:{counter}".encode()).digest()
    return int.from_bytes(found, "big") >> (256 - BITS) == 0
