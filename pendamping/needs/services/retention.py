"""What moderation keeps for a time only: sealed originals, and blocks that are over."""

from __future__ import annotations

from datetime import datetime

from pendamping.needs.services import blocks, originals


def tidy(at: datetime) -> None:
    """Destroy what is over; the rounds ask it every hour, and it says by itself what is due."""
    originals.destroy_old(at)
    blocks.forget_old(at)
