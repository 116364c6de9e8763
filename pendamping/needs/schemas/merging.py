"""Joining voices over the API."""

from __future__ import annotations

from ninja import Schema

from pendamping.core.schemas import Code


class MergeIn(Schema):
    """The code of the voice that this one goes on with."""

    into: Code
