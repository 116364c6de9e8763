"""The one exception for every expected refusal, and how its sentence is made."""

from __future__ import annotations

from datetime import date
from typing import Any

from pendamping.core import formats
from pendamping.core.money import rupiah


class Refused(Exception):
    """An act was refused, with a reason code and a sentence in the person's language.

    `reason` is a member of a TextChoices whose label is the sentence; parameters ending in `_rupiah` are shown
    as amounts, dates as "1 Juli 2025". `field` names the input to mend, empty when none does.
    """

    def __init__(self, reason: Any, field: str = "", **params: Any) -> None:
        self.reason = reason
        self.field = field
        self.params = params
        super().__init__(str(reason))

    @property
    def code(self) -> str:
        return str(getattr(self.reason, "value", self.reason))

    @property
    def message(self) -> str:
        shown = {key: _shown(key, value) for key, value in self.params.items()}
        return str(getattr(self.reason, "label", self.reason)).format(**shown)

    def __str__(self) -> str:
        return self.message


def _shown(key: str, value: Any) -> Any:
    if key.endswith("_rupiah"):
        return rupiah(value)
    return formats.day(value) if isinstance(value, date) else value


class OperationMismatch(Exception):
    """The same operation id came with other contents (HTTP 409)."""
