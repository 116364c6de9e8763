"""What a rule answers: allowed, or refused with a reason people can be told."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from pendamping.core.errors import Refused


@dataclasses.dataclass(frozen=True)
class Verdict:
    """The answer of a pure rule (id: putusan aturan)."""

    reason: Any = None
    field: str = ""
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def allowed(self) -> bool:
        return self.reason is None

    def __bool__(self) -> bool:
        return self.allowed

    def or_raise(self) -> None:
        """Raise Refused when the rule said no."""
        if self.reason is not None:
            raise Refused(self.reason, field=self.field, **self.params)

    @property
    def message(self) -> str:
        """The sentence shown beside an act that is not possible now; empty when it is."""
        return "" if self.reason is None else Refused(self.reason, field=self.field, **self.params).message


ALLOWED = Verdict()


def refused(reason: Any, field: str = "", **params: Any) -> Verdict:
    """A refusal: `reason` is a member of an app's `Reason`, its label a sentence with {placeholders}."""
    return Verdict(reason=reason, field=field, params=params)


def first_refusal(*verdicts: Verdict) -> Verdict:
    """The first verdict that says no, or ALLOWED."""
    return next((verdict for verdict in verdicts if not verdict), ALLOWED)


def refusals(*verdicts: Verdict) -> list[Verdict]:
    """Every verdict that says no, for a page that tells all of them at once."""
    return [verdict for verdict in verdicts if not verdict]
