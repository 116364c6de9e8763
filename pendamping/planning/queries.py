"""Rules in force, room under the ceiling, projects of a place; and how the measures of planning are counted again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import ExtractMonth, ExtractYear
from django.utils import timezone

from pendamping.access.duties import Done, Duty
from pendamping.core import counters
from pendamping.core.moments import day
from pendamping.deliberation.enums.meetings import MeetingState, Outcome
from pendamping.deliberation.models import Decision, Meeting
from pendamping.deliberation.queries.meetings import duties_until_decided
from pendamping.needs.enums.menu import Stream
from pendamping.needs.enums.proposals import ProposalState
from pendamping.needs.models import Proposal
from pendamping.planning.enums import ProjectState
from pendamping.planning.models import Ceiling, Project, RuleSet
from pendamping.planning.rules import Room, Share
from pendamping.regions.models import Region


def rules_in_force(city_path: str, year: int, on: date | None = None) -> RuleSet | None:
    """The version of a city's rules for a budget year that holds on a day (today when none is given)."""
    on = on or day(timezone.now())
    versions = RuleSet.objects.filter(city__path=city_path, fiscal_year=year, valid_from__lte=on)
    return versions.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on)).order_by("-valid_from").first()


@dataclass(frozen=True)
class CeilingState:
    """The room of one ward in one year, and the rules it follows."""

    ward: Region
    year: int
    rule_set: RuleSet | None
    room: Room
    own_basis: str = ""  # the decree of an amount set for this ward; empty when the city's default holds

    @property
    def amount(self) -> int:
        return self.room.ceiling

    @property
    def planned(self) -> int:
        return self.room.planned_total

    @property
    def left(self) -> int:
        return self.room.left

    def planned_in(self, stream: str) -> int:
        return self.room.planned.get(stream, 0)


def ceiling_state(ward: Region, year: int, on: date | None = None) -> CeilingState:
    """How much a ward may plan in a year, has planned, and has left, by stream."""
    rule_set = rules_in_force(ward.city_path, year, on)
    return _state(
        ward,
        year,
        rule_set,
        Ceiling.objects.filter(ward=ward, fiscal_year=year).first(),
    )


def _state(ward: Region, year: int, rule_set: RuleSet | None, ceiling: Ceiling | None) -> CeilingState:
    rows = standing().filter(ward_path=ward.ward_path, fiscal_year=year).order_by()
    planned = dict(rows.values_list("stream").annotate(sum=Sum("budget")))
    return state_of(ward, year, rule_set, ceiling, planned)


def state_of(
    ward: Region,
    year: int,
    rule_set: RuleSet | None,
    ceiling: Ceiling | None,
    planned: dict[str, int],
) -> CeilingState:
    """The state put together from what was read. A ceiling without a basis of its own follows the rules in force."""
    own = ceiling is not None and ceiling.legal_basis != ""
    amount = ceiling.amount if ceiling is not None and own else rule_set.default_ceiling if rule_set else 0
    basis = ceiling.legal_basis if ceiling is not None else ""
    return CeilingState(ward, year, rule_set, Room(amount, planned, shares_of(rule_set)), basis)


def shares_of(rule_set: RuleSet | None) -> dict[str, Share]:
    """The shares of each stream under some rules."""
    if rule_set is None:
        return {}
    return {
        Stream.INFRASTRUCTURE.value: Share(rule_set.infrastructure_min, rule_set.infrastructure_max),
        Stream.EMPOWERMENT.value: Share(rule_set.empowerment_min, rule_set.empowerment_max),
    }


def ceiling_states(wards: list[Region], year: int, on: date | None = None) -> list[CeilingState]:
    """The room of many wards of one city, in three queries."""
    if not wards:
        return []
    rule_set = rules_in_force(wards[0].city_path, year, on)
    ceilings = {ceiling.ward_id: ceiling for ceiling in Ceiling.objects.filter(ward__in=wards, fiscal_year=year)}
    planned: dict[str, dict[str, int]] = {}
    rows = standing().filter(city_path=wards[0].city_path, fiscal_year=year).order_by()
    for path, stream, total in rows.values_list("ward_path", "stream").annotate(sum=Sum("budget")):
        planned.setdefault(path, {})[stream] = total
    return [state_of(ward, year, rule_set, ceilings.get(ward.pk), planned.get(ward.path, {})) for ward in wards]


def versions(city: Region) -> QuerySet[RuleSet]:
    """All versions of a city's rules, the newest year and version first."""
    return RuleSet.objects.filter(city=city).order_by("-fiscal_year", "-valid_from")


def standing() -> QuerySet[Project]:
    """The projects that take from a ceiling: all but the cancelled ones."""
    return Project.objects.exclude(state=ProjectState.CANCELLED)


def projects() -> QuerySet[Project]:
    """Projects with all that a list or a page shows of them."""
    return Project.objects.select_related(
        "region__parent__parent",
        "sub_activity",
        "rule_set",
        "decision__item__proposal__need",
        "decision__item__meeting",
    )


def projects_of(path: str) -> QuerySet[Project]:
    """The projects of a place and all below it, newest first."""
    inside = projects().filter(region_path__gte=path, region_path__lt=counters.after(path))
    return inside.order_by("-id")


def project_of_proposal(proposal: Proposal) -> Project | None:
    """The project that grew from a proposal, if any stands."""
    return projects().exclude(state=ProjectState.CANCELLED).filter(decision__item__proposal=proposal).first()


def funding_decision(proposal: Proposal) -> Decision | None:
    """The decision of a closed meeting to fund a proposal, if any."""
    return (
        Decision.objects.select_related(
            "item__meeting", "item__proposal__menu_item", "item__proposal__region__parent__parent"
        )
        .filter(
            item__proposal=proposal,
            outcome=Outcome.FUNDED,
            item__meeting__state=MeetingState.CLOSED,
        )
        .order_by("-id")
        .first()
    )


def decisions_to_plan() -> QuerySet[Proposal]:
    """Funded proposals that have no project yet, newest first."""
    planned = standing().values("decision__item__proposal")
    return (
        Proposal.objects.filter(state="funded")
        .exclude(pk__in=planned)
        .select_related("region__parent__parent", "menu_item")
        .order_by("-id")
    )


def to_take_over(meeting: Meeting) -> list[Decision]:
    """What a closed meeting funded and no standing project plans yet, in the order of its agenda. One query."""
    planned = standing().values("decision")
    found = Decision.objects.filter(item__meeting=meeting, outcome=Outcome.FUNDED).exclude(pk__in=planned)
    return list(
        found.filter(item__meeting__state=MeetingState.CLOSED, item__proposal__state=ProposalState.FUNDED)
        .select_related("item__meeting", "item__proposal__menu_item", "item__proposal__region__parent__parent")
        .order_by("item__position")
    )


def duties_until_approved(project: Project) -> list[Done]:
    """Everybody's duty on the proposal and its decision, and who prepared, repaired or approved the project.

    Three queries.
    """
    repaired_by = project.revisions.order_by("id").values_list("by", flat=True)
    return [
        *duties_until_decided(project.decision.item.proposal),
        Done(Duty.PREPARER, project.prepared_by_id),
        *(Done(Duty.PREPARER, account) for account in repaired_by),
        Done(Duty.APPROVER, project.approved_by_id),
    ]


def sums(found: QuerySet[Project]) -> dict[str, int]:
    """How many projects, and their budgets by stream and together."""
    total = found.order_by().aggregate(
        count=Count("pk"),
        whole=Sum("budget"),
        **{stream.value: Sum("budget", filter=Q(stream=stream)) for stream in Stream},
    )
    return {name: value or 0 for name, value in total.items()}


counters.recounts_states("project.state", Project)
counters.recounts_money("planned.rupiah", Project, "budget", "stream", but={"state": ProjectState.CANCELLED})


@counters.recounts("approved.rupiah")
def _approved() -> Iterator[tuple[counters.Key, int]]:
    """Budgets approved, in the month of approval, by stream."""
    rows: Any = (
        Project.objects.filter(approved_at__isnull=False)
        .order_by()
        .values_list(
            "ward_path",
            "stream",
            ExtractYear("approved_at") * 100 + ExtractMonth("approved_at"),
        )
        .annotate(sum=Sum(F("budget")))
    )
    for path, stream, month, total in rows:
        yield ("approved.rupiah", path, month, stream), total
