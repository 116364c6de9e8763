"""The secrets of a meeting, derived and kept nowhere: its changing code in the room, the links to answer by.

Both come from the field key, so a copy of the database alone opens nothing.
"""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from pendamping.core.codes import ALPHABET
from pendamping.core.personal import crypt

if TYPE_CHECKING:
    from pendamping.deliberation.models import Invitation, Meeting

SIGNS = 20  # of 32 each: 100 bits


def room_secret(meeting: Meeting) -> str:
    """What the code shown in the room is made from."""
    return _signed("pendamping.deliberation.room", meeting.uid).hexdigest()


def answer_secret(uid: uuid.UUID) -> str:
    """The secret in the link of an invitation: always the same for the same one."""
    digest = _signed("pendamping.deliberation.answer", uid).digest()
    return "".join(ALPHABET[byte % 32] for byte in digest[:SIGNS]).lower()


def answer_digest(secret: str) -> str:
    """What an invitation is found by: keyed, so that no copy of the table gives its links."""
    return crypt.blind_index(re.sub(r"\W", "", secret)[:SIGNS].lower(), purpose="deliberation.answer")


def answer_address(invitation: Invitation) -> str:
    """The whole address by which somebody invited answers."""
    path = reverse("deliberation:answer", args=[answer_secret(invitation.uid)])
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def _signed(purpose: str, uid: uuid.UUID):  # type: ignore[no-untyped-def]
    return salted_hmac(purpose, uid.hex, secret=settings.FIELD_KEY, algorithm="sha256")
