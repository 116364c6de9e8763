"""The giver's way back into the thread of a voice: a key derived from it and shown on the receipt; nothing is stored.

Everyone may know the code of a voice; only its giver is shown the key. It never stands in a path or query, where logs,
feeds and the referrers of other pages would keep it: links carry it after "#", which browsers do not send, and pages
receive it in the body of a form. Signed with the field key, which is kept with the backups, it opens for good.
"""

from __future__ import annotations

import hmac
import re
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from pendamping.core import tickets
from pendamping.core.codes import ALPHABET
from pendamping.needs.models import Voice

LENGTH = 16  # of 32 signs each: 80 bits
TICKET, PURPOSE = "baru", "pendamping.needs.receipt"
MOST = 40  # characters of a key as somebody may type it
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


def voice_key(voice: Voice) -> str:
    """The key of a voice as people copy it: "7K3Q-XM2P-0A9V-CD4T". Always the same for the same voice."""
    signed = salted_hmac("pendamping.needs.voice", voice.uid.hex, secret=settings.FIELD_KEY, algorithm="sha256")
    signs = "".join(ALPHABET[byte % 32] for byte in signed.digest()[:LENGTH])
    return "-".join(signs[place : place + 4] for place in range(0, LENGTH, 4))


def read_key(typed: str) -> str:
    """What somebody typed as the key it means: case, spaces, I/1 and O/0 mended; bare, without its hyphens."""
    return re.sub(r"[\s\-.–]", "", typed[:MOST]).upper().translate(_MISREAD)


def opens(voice: Voice, key: str) -> bool:
    """Is this the key of the voice? Compared in constant time."""
    return hmac.compare_digest(read_key(voice_key(voice)).encode(), read_key(key).encode())


def fresh_path(voice: Voice) -> str:
    """Where sending a voice leads: the receipt, which shows the key while the ticket in the address is fresh.

    A quarter of an hour later the address, wherever a log or a history has kept it, opens nothing.
    """
    ticket = tickets.issue(voice.code, purpose=PURPOSE)
    return f"{reverse('needs:receipt', args=[voice.code])}?{urlencode({TICKET: ticket})}"


def is_fresh(voice: Voice, ticket: str) -> bool:
    """Was this voice sent from there just now?"""
    return tickets.is_fresh(voice.code, ticket, purpose=PURPOSE)


def giver_path(voice: Voice) -> str:
    """The giver's own page with the key after "#": for the receipt, its QR code and letters to the giver alone."""
    return f"{reverse('needs:receipt', args=[voice.code])}#{voice_key(voice)}"


def giver_address(voice: Voice) -> str:
    """The same with the name of the site."""
    return settings.SITE_URL.rstrip("/") + giver_path(voice)
