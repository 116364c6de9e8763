"""Wrong codes of a ballot, counted for each network: a right code is taken whatever others typed before.

A hall stands behind one address, so nobody may be kept out because of a neighbour. What makes guessing hopeless is the
length of the codes, not the counting: among 5,000 slips one guess in 200 thousand million finds one.
"""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from pendamping.access.throttle import allow, client_address
from pendamping.core.errors import Refused
from pendamping.deliberation.enums.polls import PollReason

WRONG_CODES, WITHIN = 300, 900


def wrong_code(request: HttpRequest, refusal: Refused, at: datetime) -> Refused:
    """What is answered to a wrong code: the refusal itself, or, after very many from this network, that it is so."""
    if refusal.reason != PollReason.CODE_UNKNOWN:
        return refusal
    wait = allow(f"vote:{client_address(request)}", limit=WRONG_CODES, seconds=WITHIN, at=at)
    return refusal if wait is None else Refused(PollReason.TOO_MANY_TRIES, field="code")
