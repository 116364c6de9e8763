"""How many reports of breach one connection may send: page and API count together."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from pendamping.access.throttle import allow, client_address
from pendamping.core.errors import Refused
from pendamping.facilitators.enums.ethics import Reason

REPORTS_AN_HOUR = 10


def too_many_reports(request: HttpRequest, at: datetime) -> Refused | None:
    """The refusal when too many reports come from one address just now, otherwise None; each call counts as one try."""
    wait = allow(f"ethics.report:{client_address(request)}", limit=REPORTS_AN_HOUR, seconds=3600, at=at)
    return None if wait is None else Refused(Reason.TOO_MANY_REPORTS, minutes=-(-wait // 60))
