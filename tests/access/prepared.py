"""What stands before meetings in one city: unit prices, checks, matrices; what their doors' addresses stand for."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from pendamping.deliberation.models import Meeting
from pendamping.deliberation.tests import before as make
from pendamping.deliberation.tests import factories as meetings
from pendamping.needs.criteria import seed_criteria
from pendamping.regions.models import Region
from tests.access.routes import Door


class Prepared:
    """The records of one city: prices in force and being prepared; in each ward a check under way and a matrix.

    The doors that begin a matrix knock at a meeting without one.
    """

    def __init__(self, city: Region, wards: list[Region]) -> None:
        self.city, now = city, timezone.now()
        seed_criteria(now)
        make.prices_in_force(wards[0])
        self.draft = make.price_draft(wards[0])
        make.price(self.draft)
        self.records: dict[str, dict[str, Any]] = {}
        for ward in wards:
            proposal = meetings.ready(ward, title="Selokan yang diverifikasi")
            line = make.begun(proposal).lines.get()
            matrix = make.frozen(ward)
            seat = make.seat(matrix.meeting, "Kursi yang menunggu")
            self.records[ward.path] = {
                "proposal": proposal, "line": line, "matrix": matrix, "seat": seat, "empty": meetings.called(ward),
            }  # fmt: skip

    def value(self, door: Door, param: str, region: Region) -> Any:
        """What a parameter of such a door stands for here; `region` is the place that knocks."""
        here, name = self.records.get(region.path) or next(iter(self.records.values())), door.name
        if param == "line":
            return here["line"].uid
        if param == "aspect":
            return "menu"
        if param == "number":
            return here["seat"].number
        if "price" in name:
            return self.draft.code
        if "check" in name:
            return here["proposal"].code
        return self._meeting(here, name).code

    @staticmethod
    def _meeting(here: dict[str, Any], name: str) -> Meeting:
        meeting: Meeting = here["empty"] if name == "deliberation:matrix_begin" else here["matrix"].meeting
        return meeting

    def said(self, door: Door, region: Region) -> dict[str, str]:
        """What the fields of a body say here, where it refers to records."""
        return {"city": self.city.path, "criterion": "urgency"}


def is_here(door: Door) -> bool:
    """Does this door belong to what stands before a meeting?"""
    return door.name.startswith(_DOORS)


_DOORS = (
    "deliberation:price_", "deliberation:unit_price", "deliberation:check", "deliberation:matrix", "deliberation:seat",
    "api /price-lists", "api /check-rules", "api /proposals/{code}/technical-checks", "api /meetings/{code}/matrix",
)  # fmt: skip
