"""Fills a data folder with a ward, a meeting and an open ballot with a slip for each phone, in a process of its own."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from pendamping.deliberation.tests import poll_factories as make
from pendamping.regions.tests import factories as places


def main(*, phones: int, proposals: int) -> dict[str, Any]:
    """Where one votes, and the codes of the slips."""
    meeting = make.meeting(places.ward(), proposals)
    poll = make.opened(meeting, slips=phones, channels=["hall"])
    return {"address": reverse("deliberation:vote", args=[meeting.code, poll.number]), "codes": make.codes(poll)}
