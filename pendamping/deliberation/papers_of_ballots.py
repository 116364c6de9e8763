"""Slips and personal links on paper: codes stand only here, so they are drawn anew each time they are printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from pendamping.core import formats
from pendamping.core.documents import printing
from pendamping.deliberation import sealing
from pendamping.deliberation.models import Poll, RollEntry, Slip
from pendamping.deliberation.services.rolls import name_of

A_FILE = 200  # slips in one file, so that a small machine prints it within a few seconds
TEMPLATE = "deliberation/slips"


def vote_address(poll: Poll, code: str = "") -> str:
    """Where one votes. The code stands behind the #, which a browser never sends: no log keeps it."""
    address = settings.SITE_URL.rstrip("/") + reverse("deliberation:vote", args=[poll.meeting.code, poll.number])
    return f"{address}#{code}" if code else address


def slips_pdf(poll: Poll, slips: Iterable[Slip]) -> bytes:
    """Slips to be cut apart, each with its QR code."""
    return _print(poll, [(str(one.number), sealing.slip_code(one.uid), "") for one in slips])


def links_pdf(poll: Poll, entries: Iterable[RollEntry]) -> bytes:
    """Personal links of people on the roll, to be handed to them."""
    return _print(poll, [(str(one.number), sealing.link_code(one.uid), name_of(one)) for one in entries])


def _print(poll: Poll, rows: list[tuple[str, str, str]]) -> bytes:
    with override("id"):
        data: dict[str, Any] = {
            "language": "id",
            "title": poll.title,
            "office": poll.meeting.region.label,
            "meeting": f"{poll.meeting.title} · {formats.day(poll.meeting.held_on)}",
            "address": vote_address(poll),
            "note": _("One code, one ballot. Show it to nobody; nobody can see how you voted."),
            "rows": [
                {
                    "number": number,
                    "code": sealing.shown(code),
                    "name": name,
                    "qr": printing.qr(vote_address(poll, code)),
                }
                for number, code, name in rows
            ],
        }
        return printing.render(TEMPLATE, data, tags=False)
