"""A gateway that reaches nobody: what is sent stays in a list. For tests, and for trying on one's own machine."""

from __future__ import annotations

from pendamping.needs.gateways.relay import Relay


class Fake(Relay):
    """Signed like the real one; `sent` holds what would have gone out, as (to, text)."""

    def __init__(self, key: str = "kunci-gerbang-uji-coba") -> None:
        super().__init__("", key)
        self.sent: list[tuple[str, str]] = []

    def send(self, to: str, text: str) -> None:
        self.sent.append((to, text))
