"""What goes in and out of the API of visits."""

from __future__ import annotations

from datetime import date

from ninja import Schema
from pydantic import Field

from pendamping.needs.enums.visits import Group, VisitResult
from pendamping.needs.models import Visit
from pendamping.needs.queries.visits import Door


class VisitIn(Schema):
    """A visit to the doors of an RT; voices written down there that day belong to it by themselves."""

    region: str = Field(pattern=r"^\d{16}$", description="The path of the RT.")
    day: date
    result: VisitResult
    groups: list[Group] = Field([], max_length=len(Group))
    note: str = Field("", max_length=200)


class VisitOut(Schema):
    """A visit as it is kept."""

    code: str
    region: str
    day: date
    result: VisitResult
    groups: list[Group]
    voices: list[str]

    @staticmethod
    def of(visit: Visit) -> VisitOut:
        return VisitOut(
            code=visit.code, region=visit.region_path, day=visit.day, result=VisitResult(visit.result),
            groups=[Group(one) for one in visit.groups], voices=[voice.code for voice in visit.voices.order_by("id")],
        )  # fmt: skip


class DoorOut(Schema):
    """An RT and whether it is still to be heard this quarter."""

    region: str
    label: str
    is_waiting: bool
    voices: int
    heard_on: date | None
    visited_on: date | None
    result: str

    @staticmethod
    def of(door: Door) -> DoorOut:
        return DoorOut(
            region=door.rt.path, label=door.rt.place_label, is_waiting=door.is_waiting, voices=door.voices,
            heard_on=door.heard_on, visited_on=door.visited_on, result=door.result,
        )  # fmt: skip


class DoorsOut(Schema):
    """The RTs of a ward, those longest not heard first, and how often each group was met."""

    first_day: date
    last_day: date
    doors: list[DoorOut]
    groups: dict[Group, int]
