"""Whether somebody may act as the giver of a voice, on pages and over the API: their key, and how often."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from pendamping.access.throttle import allow, client_address
from pendamping.core.errors import Refused
from pendamping.needs import keys
from pendamping.needs.enums.messages import Reason
from pendamping.needs.models import Voice

TRIES_AN_HOUR = 60  # of keys, from one address
MESSAGES_A_DAY = 20  # about one voice, from its giver


def refused_key(request: HttpRequest, voice: Voice | None, key: str, at: datetime) -> tuple[Refused | None, int]:
    """Why a key does not open a voice, with the status to answer; wrong ones are counted, right ones are not.

    Without a voice every key is wrong.
    """
    if voice is not None and keys.opens(voice, key):
        return None, 200
    wait = allow(f"needs.key:{client_address(request)}", limit=TRIES_AN_HOUR, seconds=3600, at=at)
    if wait is not None:
        return Refused(Reason.TOO_MANY_TRIES, minutes=-(-wait // 60)), 429
    return Refused(Reason.KEY_WRONG, field="key"), 422


def too_many_messages(voice: Voice, at: datetime) -> Refused | None:
    """The refusal when the giver of a voice wrote many times today; each call counts as one."""
    wait = allow(f"needs.message:{voice.pk}", limit=MESSAGES_A_DAY, seconds=86400, at=at)
    return None if wait is None else Refused(Reason.TOO_MANY_MESSAGES)
