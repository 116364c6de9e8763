"""What comes in and goes out over the API."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema

from pendamping.assets.enums import Condition
from pendamping.core.schemas import Rupiah, Sentences, Volume, Words80, Words120, Words160, Words200


class HandoverIn(Schema):
    """A finished work given into somebody's care."""

    number: Words80
    handed_over_on: date
    giver: Words120
    custodian: Words120
    value: Rupiah
    name: Words160
    place: Words200
    next_inspection_on: date
    condition_note: Sentences = ""
    volume: Volume | None = None


class AssetOut(Schema):
    """A facility in upkeep, as everyone may see it."""

    code: str
    name: str
    place: str
    region: str
    project: str
    custodian: str
    value: int
    built_on: date
    condition: Condition
    inspected_on: date | None
    next_inspection_on: date
    page: str


class AssetsOut(Schema):
    """A page of assets, newest first."""

    next: str | None
    results: list[AssetOut]


class InspectionIn(Schema):
    """How an asset was found; photos travel beside it as files."""

    inspected_on: date
    condition: Condition
    next_inspection_on: date
    finding: Sentences = ""


class InspectionOut(Schema):
    """An inspection as recorded."""

    code: str
    asset: str
    inspected_on: date
    condition: Condition
    finding: str
    next_inspection_on: date


class FaultIn(Schema):
    """What is broken; photos may travel beside it as files."""

    text: Sentences


class FaultOut(Schema):
    """A fault taken in: follow its voice by the code."""

    voice: str
    asset: str
    reported_at: datetime
    page: str
    key: str  # opens the thread of the voice; for whoever reported it alone
