"""How often somebody may try a PIN: pages and API count together."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from pendamping.access.throttle import allow, client_address, forget
from pendamping.core.errors import Refused
from pendamping.facilitators.enums.exams import Reason

TRIES_A_CODE, CODE_SECONDS = 8, 900  # a PIN has a million values: hopeless at this pace
TRIES_A_ROOM, ROOM_SECONDS = 1500, 3600  # a whole test room shares one connection


def too_many(request: HttpRequest, code: str, at: datetime) -> Refused | None:
    """The refusal when a code or a connection was tried too often; each call counts as one try."""
    waits = [
        allow(f"exam.pin:{code}", limit=TRIES_A_CODE, seconds=CODE_SECONDS, at=at),
        allow(f"exam.room:{client_address(request)}", limit=TRIES_A_ROOM, seconds=ROOM_SECONDS, at=at),
    ]
    wait = max((one for one in waits if one is not None), default=None)
    return None if wait is None else Refused(Reason.TOO_MANY_TRIES, minutes=-(-wait // 60))


def proved(code: str) -> None:
    """Begin anew for a code whose PIN was right."""
    forget(f"exam.pin:{code}", seconds=CODE_SECONDS)
