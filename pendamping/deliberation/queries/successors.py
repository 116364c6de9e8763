"""Where deferred proposals go on whose ward was split or merged: the wards that follow it, as far as it is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pendamping.deliberation.models import Meeting
from pendamping.needs.models import Need, Proposal
from pendamping.needs.queries.pins import pins_of
from pendamping.needs.rules.voices import lies_in
from pendamping.regions.models import WIDTHS, Boundary, Level, Region, Succession
from pendamping.regions.queries import below, successors_of


@dataclass(frozen=True)
class GoingOn:
    """A proposal of a ward that ended (id: usulan kelurahan yang dimekarkan), and the wards that follow."""

    proposal: Proposal
    ward: Region
    successors: tuple[Region, ...]
    known: Region | None  # the ward, RW or RT that follows its place, when the records say which

    def home(self, chosen: Region | None) -> Region | None:
        """The place it goes on in: the known one, or the ward somebody chose; None while neither is there."""
        if chosen is None or (self.known is not None and self.known.ward_path == chosen.path):
            return self.known
        return chosen


def ended_wards(proposals: Iterable[Proposal], on: date) -> dict[str, Region]:
    """The wards of these proposals that stand no more, by path."""
    paths = {proposal.ward_path for proposal in proposals}
    return {ward.path: ward for ward in Region.objects.filter(path__in=paths, level=Level.WARD, valid_to__lt=on)}


def going_on(proposals: Sequence[Proposal], on: date) -> dict[int, GoingOn]:
    """Those of these proposals whose ward stands no more, by their keys."""
    ended = ended_wards(proposals, on)
    wards = {path: tuple(successors_of(ward)) for path, ward in ended.items()}
    found = {}
    for one in proposals:
        if one.ward_path in ended:
            ward, ways = ended[one.ward_path], wards[one.ward_path]
            found[one.pk] = GoingOn(one, ward, ways, known_home(one, ward, ways))
    return found


def known_home(proposal: Proposal, ward: Region, ways: Sequence[Region]) -> Region | None:
    """The place that follows a proposal's: by its RT or RW, named or of the same number, its pins, or the only one."""
    return (
        _named(proposal, ways) or _numbered(proposal, ward, ways) or _pinned(proposal.need, ways)
        or (ways[0] if len(ways) == 1 else None)
    )  # fmt: skip


def _named(proposal: Proposal, ways: Sequence[Region]) -> Region | None:
    """The one RT or RW that was named to follow the proposal's own."""
    paths = [proposal.region_path[: WIDTHS[level]] for level in ("rt", "rw") if _reaches(proposal, level)]
    for unit in Region.objects.filter(path__in=paths).order_by("-path"):
        found = [one for one in successors_of(unit) if _way(one, ways)]
        if len(found) == 1:
            return found[0]
    return None


def _numbered(proposal: Proposal, ward: Region, ways: Sequence[Region]) -> Region | None:
    """The RT or RW of the same number, if one ward has it; only new wards of a split, for others number their own."""
    if not all(_is_new(way, ward) for way in ways):
        return None
    for level in ("rt", "rw"):
        number = proposal.region_path[WIDTHS["ward"] : WIDTHS[level]]
        if _reaches(proposal, level):
            found = [one for way in ways for one in below(way.path, level).filter(path=f"{way.path}{number}")]
            if len(found) == 1:
                return found[0]
    return None


def _is_new(way: Region, ward: Region) -> bool:
    began = way.valid_from is not None and ward.valid_to is not None and way.valid_from >= ward.valid_to
    return began and Succession.objects.filter(successor=way).count() == 1


def _pinned(need: Need, ways: Sequence[Region]) -> Region | None:
    """The one ward whose outline holds every point at which people gave this need."""
    pins = pins_of(need)
    outlines = Boundary.objects.filter(region__in=ways).select_related("region") if pins else ()
    found = [one.region for one in outlines if all(lies_in(north, east, one.geometry) for north, east in pins)]
    return found[0] if len(found) == 1 else None


def _reaches(proposal: Proposal, level: str) -> bool:
    return len(proposal.region_path) >= WIDTHS[level]


def _way(unit: Region, ways: Sequence[Region]) -> bool:
    return any(unit.path.startswith(way.path) for way in ways)


@dataclass(frozen=True)
class Ended:
    """The place of a meeting that was split or merged (id: wilayah yang berakhir)."""

    place: Region
    successors: tuple[Region, ...]

    @property
    def names(self) -> str:
        return ", ".join(one.place_label for one in self.successors)


def ended_place(meeting: Meeting) -> Ended | None:
    """What is to be said of a meeting whose place stands no more: it can be finished, and what follows the place."""
    region = meeting.region
    if region.is_open:
        return None
    ward = region if region.level != Level.RW else region.parent or region
    return Ended(region, tuple(successors_of(region) or successors_of(ward)))
