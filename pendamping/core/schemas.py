"""Bounds every value of the API shares: what is accepted fits its column, and words are words, not spaces.

`Words…` may be left empty, `SomeWords…` may not; both lose the spaces around them. A NUL is refused before any schema
is asked (core/nul.py).
"""

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


def _words(most: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, max_length=most)


def _some(most: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=most)


Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=16)]
Words60 = Annotated[str, _words(60)]
Words80 = Annotated[str, _words(80)]
Words120 = Annotated[str, _words(120)]
Words160 = Annotated[str, _words(160)]
Words200 = Annotated[str, _words(200)]
Sentences = Annotated[str, _words(2000)]  # text columns: long enough for people, not for floods
Pages = Annotated[str, _words(4000)]
SomeWords60 = Annotated[str, _some(60)]
SomeWords80 = Annotated[str, _some(80)]
SomeWords120 = Annotated[str, _some(120)]
SomeWords160 = Annotated[str, _some(160)]
SomeWords200 = Annotated[str, _some(200)]
SomeSentences = Annotated[str, _some(2000)]
SomePages = Annotated[str, _some(4000)]
