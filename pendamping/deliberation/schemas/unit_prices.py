"""What goes in and out of the API of unit prices."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

from pendamping.core.schemas import MOST_RUPIAH, SomeWords160, SomeWords200
from pendamping.deliberation.enums.unit_prices import PriceListState


def _some(most: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=most)


class PriceListIn(Schema):
    """A version of the unit prices of a year; `city` is the path of the city. With `copy` it begins as the last one."""

    city: str = Field(pattern=r"^\d{4}$")
    fiscal_year: int = Field(ge=2020, le=2100)
    title: SomeWords160
    legal_basis: SomeWords200
    copy_last: bool = False


class PriceListOut(Schema):
    """A version of the unit prices of a year; its digest is there once it is in force."""

    code: str
    city: str
    fiscal_year: int
    version: int
    title: str
    legal_basis: str
    state: PriceListState
    items: int
    fixed_at: datetime | None
    digest: str


class PriceListsOut(Schema):
    """All versions of the cities you work in."""

    results: list[PriceListOut]


class UnitPriceIn(Schema):
    """An item of a list being prepared; `price` in rupiah for one `unit`; `region` only where it holds in one place."""

    item_code: Annotated[str, _some(40)]
    name: Annotated[str, _some(300)]
    specification: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] = ""
    unit: Annotated[str, _some(60)]
    price: int = Field(ge=1, le=MOST_RUPIAH)
    kind: Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)] = ""
    ward: Annotated[str, StringConstraints(pattern=r"^(\d{10})?$")] = ""


class UnitPriceOut(Schema):
    """An item of a list."""

    item_code: str
    name: str
    specification: str
    unit: str
    price: int
    kind: str
    region: str | None


class UnitPricesOut(Schema):
    """A page of items."""

    next: str | None
    results: list[UnitPriceOut]
