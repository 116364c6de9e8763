"""The code on the trainer's page, which changes every 20 seconds by the server's clock: nobody's phone tells the time.

Made as one-time passwords are (RFC 6238): an HMAC of the session's secret over the number of the time step.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import datetime

from pendamping.training.enums.sessions import CodeState

STEP = 20  # seconds
SIGNS = 6
REMEMBERED = 90  # steps: half an hour in which an old code is told from a wrong one
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


def code_at(secret: str, at: datetime) -> str:
    """The six signs shown at an instant."""
    return _code(secret, _step(at))


def seconds_left(at: datetime) -> int:
    """Until the next code is shown: 1 to 20."""
    return STEP - int(at.timestamp()) % STEP


def read_code(typed: str) -> str:
    """What somebody typed as the code it means: case, spaces, I/1 and O/0 mended."""
    return re.sub(r"[\s\-.–]", "", typed).upper().translate(_MISREAD)[:64]


def judged(secret: str, typed: str, at: datetime) -> CodeState:
    """Is this the code of this step or the one before? Compared in constant time."""
    code, step = read_code(typed), _step(at)
    good = [hmac.compare_digest(code.encode(), _code(secret, one).encode()) for one in (step, step - 1)]
    if any(good):
        return CodeState.GOOD
    old = (_code(secret, step - past) for past in range(2, REMEMBERED))
    return CodeState.OLD if any(hmac.compare_digest(code.encode(), one.encode()) for one in old) else CodeState.WRONG


def _step(at: datetime) -> int:
    return int(at.timestamp()) // STEP


def _code(secret: str, step: int) -> str:
    digest = hmac.new(secret.encode(), step.to_bytes(8, "big"), hashlib.sha256).digest()
    return "".join(_ALPHABET[byte % 32] for byte in digest[:SIGNS])
