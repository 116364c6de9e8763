"""What a gateway is, and a message as it came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol


@dataclass(frozen=True)
class Incoming:
    """A message as it came (id: pesan masuk)."""

    number: str  # the gateway's own
    sender: str  # such as "whatsapp:+62812…"
    text: str
    sent_at: datetime
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    photos: tuple[bytes, ...] = ()


class Gateway(Protocol):
    """A way by which messages come and go (id: gerbang pesan)."""

    name: str

    def opened(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> Sequence[Incoming]:
        """The messages of a delivery. Raises Refused: not signed, too old, or unreadable."""

    def send(self, to: str, text: str) -> None:
        """Send a text to a sender; raises when it did not go out."""
