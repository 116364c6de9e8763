"""A real planning list, imported and carried from its rows to standing assets, every step told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from pendamping.core.imports import plan
from pendamping.core.imports.sheet import read
from pendamping.deliberation.enums.meetings import Outcome
from pendamping.demo.people import cast_of, hold, sign_in
from pendamping.demo.road import Clock, Road, Wish
from pendamping.needs.enums.menu import Stream, Unit
from pendamping.needs.enums.proposals import LandStatus
from pendamping.needs.importers import Proposals, read_mapping
from pendamping.needs.models import Proposal
from pendamping.regions import services as regions
from pendamping.regions.importers import Places
from pendamping.regions.models import Region

Tell = Callable[[str, Any], None]


def import_places(city_code: str, file: Path, at: datetime) -> plan.Report:
    """The districts and wards of a city from its own list, nothing else."""
    city = regions.add_city(by=None, at=at, code=city_code, with_wards=False)
    importer = Places(city, add=True, words=("Kapanewon", "Kalurahan"))
    return plan.run(importer, read(file), mode="good", dry_run=False, by=None, at=at)


def import_proposals(
    city: Region, file: Path, mapping: str, at: datetime, progress: plan.Progress | None = None
) -> plan.Report:
    """The proposals of a list, in the name of an importing account of the city."""
    by = hold(sign_in("pengimpor", "Akun impor"), "planning_agency", city, at)
    importer = Proposals(city, read_mapping(mapping))
    return plan.run(importer, read(file), mode="good", dry_run=False, by=by, at=at, progress=progress)


def year_of(file: Path) -> int:
    """The budget year of a list, from its first row."""
    _header, columns, rows = plan.find_header(Proposals.columns, read(file))
    year = next(place for column, place in columns.items() if column.name == "year" and place is not None)
    return int(rows[0].cells[year])


def carry(proposals: list[Proposal], *, tell: Tell, start: date) -> None:
    """Take the proposals of one ward through check, meeting, project, progress, benefit and handover.

    What the list lacks (volume, beneficiaries, land) is completed by the ward's facilitator, as the check demands.
    """
    ward = Region.objects.get(path=proposals[0].ward_path)
    clock = Clock.on(start, ward.zone)
    road = Road(ward, cast_of(ward, clock.now, ward.name.lower().replace(" ", "")), start.year, clock, tell)
    wishes = {proposal.pk: wish_of(proposal) for proposal in proposals}
    ready = [road.check(road.complete(proposal, wishes[proposal.pk])) for proposal in proposals]
    meeting = road.meet(ready, title=f"Musyawarah pembangunan {ward.label}", agenda="Usulan dari daftar perencanaan")
    decisions = {
        p.pk: (Outcome.FUNDED, "Kebutuhan nyata, lahan siap, biaya di bawah pagu.", p.estimated_cost) for p in ready
    }
    road.decide(meeting, decisions, "Disepakati bersama.")
    decided_at = road.clock.now
    for proposal in ready:
        wish = wishes[proposal.pk]
        road.clock = Clock(decided_at)
        project = road.build(road.approve(road.plan(proposal, wish)), wish)
        road.benefit(project, wish, [("yes", ""), ("partly", "Perlu dirapikan sedikit lagi.")])
        if proposal.menu_item.stream == Stream.INFRASTRUCTURE:
            asset = road.hand_over(project, wish)
            road.inspect(asset, wish.scene)


def wish_of(proposal: Proposal) -> Wish:
    """What the ward's facilitator would fill in on site for a row of a list."""
    infrastructure = proposal.menu_item.stream == Stream.INFRASTRUCTURE
    scene = {"A1.08": "lamp", "A1.02": "drain", "A2.01": "lane"}.get(proposal.menu_item.code, "post")
    return replace(
        Wish(
            title=proposal.title, menu=proposal.menu_item.code, place=proposal.place, volume=Decimal(1),
            unit=Unit(proposal.unit), cost=proposal.estimated_cost, women=14, men=12, children=6, poor=9,
        ),
        scene=scene if infrastructure else "class",
        land=LandStatus.PUBLIC if infrastructure else LandStatus.NOT_NEEDED,
        other_words=proposal.other_words,
        executor=f"Pokmas {proposal.region.name} (contoh)",
    )  # fmt: skip
