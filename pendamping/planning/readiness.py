"""Is a ward ready to carry out its projects? Offices held, rules and ceiling there, meeting closed, money shared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from pendamping.access.models import Grant
from pendamping.access.roles import ROLES
from pendamping.deliberation.enums.meetings import MeetingKind, MeetingState
from pendamping.deliberation.models import Meeting
from pendamping.needs.enums.menu import Stream
from pendamping.planning.queries import CeilingState, ceiling_states
from pendamping.regions.models import Region

# Permendagri 130/2018 wants four officials in a ward: budget holder, verifier, technical officer, assistant treasurer.
OFFICES = ("ward_head", "ward_secretary", "technical_officer", "assistant_treasurer")


@dataclass(frozen=True)
class Check:
    """One thing a ward needs, and whether it is there."""

    label: str
    done: bool


@dataclass(frozen=True)
class Readiness:
    """All the checks of a ward (id: kesiapan kelurahan)."""

    ward: Region
    checks: Sequence[Check]

    @property
    def missing(self) -> list[str]:
        return [check.label for check in self.checks if not check.done]

    @property
    def is_ready(self) -> bool:
        return not self.missing


def readiness_of(wards: list[Region], year: int, on: date) -> list[Readiness]:
    """The readiness of wards of one city; as many queries for one as for all."""
    held = _offices_held(on)
    met = set(
        Meeting.objects.filter(
            fiscal_year=year, state=MeetingState.CLOSED, kind__in=[MeetingKind.DEVELOPMENT, MeetingKind.PLANNING]
        ).values_list("ward_path", flat=True)
    )
    return [
        Readiness(
            state.ward,
            [*_offices(state.ward, held), *_money(state), Check(_("Closed ward meeting"), state.ward.path in met)],
        )
        for state in ceiling_states(wards, year, on)
    ]


def _offices_held(on: date) -> set[tuple[str, str]]:
    in_force = Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))
    grants = Grant.objects.filter(in_force, role__in=OFFICES, revoked_at__isnull=True, account__is_active=True)
    return set(grants.values_list("role", "region__path"))


def _offices(ward: Region, held: set[tuple[str, str]]) -> Iterable[Check]:
    """A grant on the district reaches its wards: staff is lent where a ward has none."""
    reaches = (ward.path, ward.path[:6], ward.path[:4])
    return [Check(str(ROLES[role].office), any((role, path) in held for path in reaches)) for role in OFFICES]


def _money(state: CeilingState) -> Iterable[Check]:
    yield Check(_("Rules of the year"), state.rule_set is not None)
    for stream in Stream:
        least = state.room.least(stream)
        yield Check(_("Smallest share: %(stream)s") % {"stream": stream.label}, state.planned_in(stream) >= least)
