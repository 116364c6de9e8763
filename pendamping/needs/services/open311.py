"""A request of another system becomes a voice."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction

from pendamping.access.models import Account
from pendamping.core import mail
from pendamping.needs.enums.contacts import ContactKind
from pendamping.needs.enums.voices import Channel
from pendamping.needs.models import Voice
from pendamping.needs.services.contacts import reach
from pendamping.needs.services.voices import give_voice


def take_request(*, by: Account, at: datetime, email: str = "", op: uuid.UUID | None = None, **facts: Any) -> Voice:
    """Keep what somebody said to another system, whose key is `by`'s; `facts` are those of give_voice.

    Of a person only the e-mail address is taken, sealed, and written to once its reader has confirmed it; where no mail
    is sent it is left. Refuses what
    give_voice refuses, and what is no address.
    """
    with transaction.atomic():
        contact = reach(kind=ContactKind.EMAIL, address=email, at=at) if email and mail.goes() else None
        return give_voice(by=by, at=at, op=op, channel=Channel.OPEN311, contact=contact, **facts)
