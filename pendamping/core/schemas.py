"""Bounds every value of the API shares: what is accepted fits its column."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

MOST_RUPIAH = 10**13  # far above any city's budget, far below what the databases can add up


def _whole(given: Any) -> Any:
    """An amount is digits and nothing else: "20.000" may be twenty or twenty thousand, and is refused."""
    if isinstance(given, float) or (isinstance(given, str) and not given.isdecimal()):
        raise ValueError("write rupiah in digits only, without separators: 20000")
    return given


Rupiah = Annotated[int, BeforeValidator(_whole), Field(ge=0, le=MOST_RUPIAH)]
People = Annotated[int, Field(ge=0, le=1_000_000)]
Volume = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)]
Words80 = Annotated[str, StringConstraints(max_length=80)]
Words120 = Annotated[str, StringConstraints(max_length=120)]
Words160 = Annotated[str, StringConstraints(max_length=160)]
Words200 = Annotated[str, StringConstraints(max_length=200)]
Sentences = Annotated[str, StringConstraints(max_length=2000)]  # text columns: long enough for people, not for floods
