"""How much one connection may send: pages and API count together. No address is kept, only keyed hashes for an hour."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from pendamping.access.throttle import allow, client_address
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.needs.enums.moderation import ModerationReason
from pendamping.needs.enums.reasons import Reason
from pendamping.needs.queries.blocks import block_of_connection
from pendamping.needs.rules.proof import proves

VOICES_AN_HOUR = 60  # from one address: a whole meeting may share one connection
UNPROVEN_AN_HOUR = 20  # of these without the work that a phone does while somebody types (static/needs/js/proof.js)
REPORTS_AN_HOUR = 20


def too_many(request: HttpRequest, at: datetime, *, of: str = "voice", reason: Any = None) -> Refused | None:
    """The refusal when too many voices come from one address just now, otherwise None; each call counts as one try.

    What is counted apart (`of`) leaves the voices alone and has its own `reason`, with {minutes}.
    Without JavaScript no work is done beforehand: then fewer are taken, and the field that people do not see remains.
    """
    address = client_address(request)
    block = block_of_connection(address, at)
    if block is not None:
        return Refused(ModerationReason.BLOCKED, day=day(block.until))
    wait = allow(f"needs.{of}:{address}", limit=VOICES_AN_HOUR, seconds=3600, at=at)
    if wait is None and not proves(request.POST.get("op", ""), request.POST.get("proof", "")):
        wait = allow(f"needs.{of}.unproven:{address}", limit=UNPROVEN_AN_HOUR, seconds=3600, at=at)
    return None if wait is None else Refused(reason or Reason.TOO_MANY_VOICES, minutes=-(-wait // 60))


def too_many_reports(request: HttpRequest, at: datetime) -> Refused | None:
    """The same for saying that something shown should not be."""
    wait = allow(f"needs.report:{client_address(request)}", limit=REPORTS_AN_HOUR, seconds=3600, at=at)
    return None if wait is None else Refused(ModerationReason.TOO_MANY_REPORTS, minutes=-(-wait // 60))
