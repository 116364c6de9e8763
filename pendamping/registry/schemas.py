"""What goes in and out of the API of places and files."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from pendamping.core.schemas import Words80

Code = Annotated[str, Field(min_length=5, max_length=20)]
Name = Annotated[str, Field(min_length=1, max_length=80)]


class KeptPlaceOut(Schema):
    """A place as it is kept."""

    path: str
    code: str
    level: str
    name: str
    label: str
    valid_from: date | None
    valid_to: date | None


class CorrectionIn(Schema):
    """Facts to correct; what is left out stays."""

    name: Words80 | None = None
    kind: Annotated[str, Field(max_length=40)] | None = None
    population: Annotated[int, Field(ge=0, le=20_000_000)] | None = None
    population_year: Annotated[int, Field(ge=1945, le=2100)] | None = None
    area_km2: Annotated[Decimal, Field(ge=0, le=50_000, max_digits=9, decimal_places=3)] | None = None
    valid_from: date | None = None


class AliasIn(Schema):
    """Another name."""

    name: Name


class CodeIn(Schema):
    """A new official code and the day from which it holds."""

    code: Code
    on: date


class ClosingIn(Schema):
    """The last day of a place, why it ends, and what follows it; of one closed already only the last is taken."""

    on: date
    reason: str = Field(min_length=1, max_length=300)
    successors: list[Code] = Field([], max_length=40, description="Codes of the places that follow it.")


class UnitIn(Schema):
    """An RW, or an RT in it."""

    rw: str = Field(min_length=1, max_length=8)
    rt: str = Field(default="", max_length=8)


class PlaceIn(Schema):
    """A district or ward to add."""

    code: Code
    name: Name
    kind: str = Field(min_length=1, max_length=40)


class FileIn(Schema):
    """Which kind of file it is, and for which city; `tried` is the digest a trial gave back."""

    city: str = Field(max_length=16)
    kind: str = Field(max_length=40)
    good_rows: bool = False


class FileWriteIn(FileIn):
    """The same, to be written."""

    tried: str = Field(max_length=64)


class FileReportOut(Schema):
    """What would come of a file."""

    sha256: str
    report: dict[str, Any]


class BatchOut(Schema):
    """What came of a file."""

    uid: str
    rows: int
    added: int
    already: int
    changed: int
    refused: int
