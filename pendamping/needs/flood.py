"""How many voices one connection may send: pages and API count together."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from pendamping.access.throttle import allow, client_address
from pendamping.core.errors import Refused
from pendamping.needs.enums.reasons import Reason

VOICES_AN_HOUR = 60  # from one address: a whole meeting may share one connection


def too_many(request: HttpRequest, at: datetime) -> Refused | None:
    """The refusal when too many voices come from one address just now, otherwise None; each call counts as one try."""
    wait = allow(f"needs.voice:{client_address(request)}", limit=VOICES_AN_HOUR, seconds=3600, at=at)
    return None if wait is None else Refused(Reason.TOO_MANY_VOICES, minutes=-(-wait // 60))
