"""Short codes that people read aloud: kind letter, year, five Crockford base32 characters, a check character."""

from __future__ import annotations

import re
import secrets
from datetime import datetime

from pendamping.core.moments import day

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
_SHAPE = re.compile(r"^([A-Z])(\d\d)-([0-9A-HJKMNP-TV-Z]{5})-([0-9A-HJKMNP-TV-Z])$")


def check_character(body: str) -> str:
    """One character that catches any single wrong one (odd weights, modulo 32) and nearly all swapped neighbours."""
    values = [ord(body[0]) - 65, *(ALPHABET.index(char) for char in body[1:])]
    return ALPHABET[sum((2 * place + 1) * value for place, value in enumerate(values, start=1)) % 32]


def new_code(kind: str, at: datetime) -> str:
    """A fresh random code such as "S26-7K3QX-M"; uniqueness is the table's constraint."""
    body = f"{kind}{day(at).year % 100:02d}" + "".join(secrets.choice(ALPHABET) for _ in range(5))
    return f"{body[:3]}-{body[3:]}-{check_character(body)}"


def read_code(typed: str) -> str | None:
    """What somebody typed as the code it means (case, spaces, I/1 and O/0 mended), or None when it cannot be one."""
    bare = re.sub(r"[\s\-.–]", "", typed).upper()
    if len(bare) != 9:
        return None
    kind, year, rest = bare[0], bare[1:3].translate(_MISREAD), bare[3:].translate(_MISREAD)
    code = f"{kind}{year}-{rest[:5]}-{rest[5:]}"
    match = _SHAPE.match(code)
    if match is None or check_character(kind + year + rest[:5]) != rest[5]:
        return None
    return code
