"""Bounds every value of the API shares: what is accepted fits its column."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints

MOST_RUPIAH = 10**13  # far above any city's budget, far below what the databases can add up

Rupiah = Annotated[int, Field(ge=0, le=MOST_RUPIAH)]
People = Annotated[int, Field(ge=0, le=1_000_000)]
Volume = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)]
Words80 = Annotated[str, StringConstraints(max_length=80)]
Words120 = Annotated[str, StringConstraints(max_length=120)]
Words160 = Annotated[str, StringConstraints(max_length=160)]
Words200 = Annotated[str, StringConstraints(max_length=200)]
Sentences = Annotated[str, StringConstraints(max_length=2000)]  # text columns: long enough for people, not for floods
