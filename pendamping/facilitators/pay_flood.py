"""How often one treasurer may look at bank details: page and API count together, by person."""

from __future__ import annotations

from datetime import datetime

from pendamping.access.models import Account
from pendamping.access.throttle import allow
from pendamping.core.errors import Refused
from pendamping.facilitators.enums.pay import Reason

REVEALS_AN_HOUR = 20


def too_many_reveals(by: Account, at: datetime) -> Refused | None:
    """The refusal when this person looked too often just now, otherwise None; each call counts as one try."""
    wait = allow(f"pay.reveal:{by.pk}", limit=REVEALS_AN_HOUR, seconds=3600, at=at)
    return None if wait is None else Refused(Reason.TOO_MANY_REVEALS, minutes=-(-wait // 60))
