"""Meetings to come, what a meeting decided, proposals ready for one; and how its measures are counted again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import ExtractMonth, ExtractYear
from django.utils import timezone

from pendamping.access.duties import Done, Duty
from pendamping.core import counters
from pendamping.core.moments import day
from pendamping.deliberation.enums.meetings import MeetingState, Outcome
from pendamping.deliberation.models import AgendaItem, Attendance, Decision, Meeting
from pendamping.deliberation.queries.checks import technical_duties
from pendamping.deliberation.rules.meetings import ready_for
from pendamping.needs.enums.proposals import ProposalState
from pendamping.needs.models import Proposal
from pendamping.needs.queries.proposals import duties_of_proposal, duties_of_proposals

HELD_MONTH = ExtractYear("item__meeting__held_on") * 100 + ExtractMonth("item__meeting__held_on")


def meetings() -> QuerySet[Meeting]:
    """Meetings with their place and, once counted, who was there."""
    return Meeting.objects.select_related("region__parent", "attendance", "minutes", "rules")


def meetings_listed() -> QuerySet[Meeting]:
    """Meetings, the latest day first, with how many proposals they hold and what was agreed."""
    counted = meetings().annotate(item_count=Count("items"), agreed=Sum("items__decision__amount"))
    return counted.order_by("-held_on", "-id")


def upcoming_meetings(path: str, on: date | None = None, most: int = 5) -> QuerySet[Meeting]:
    """The next meetings of a place and all below it, the soonest first: public."""
    inside = meetings().filter(region_path__gte=path, region_path__lt=counters.after(path))
    called = inside.filter(state=MeetingState.CALLED, held_on__gte=on or day(timezone.now()))
    return called.order_by("held_on", "starts_at", "id")[:most]


def meetings_of_year(city_path: str, fiscal_year: int, on: date, most: int = 40) -> tuple[list[Meeting], list[Meeting]]:
    """The meetings of a city for a budget year: those of today and later, the soonest first; those held, the latest
    first. Public; what was called off is left out."""
    found = meetings().filter(city_path=city_path, fiscal_year=fiscal_year).exclude(state=MeetingState.CANCELLED)
    coming = found.filter(held_on__gte=on).order_by("held_on", "starts_at", "id")
    return list(coming[:most]), list(found.filter(held_on__lt=on).order_by("-held_on", "-id")[:most])


def decisions_of(proposal: Proposal) -> QuerySet[Decision]:
    """What closed meetings decided about a proposal, the latest first: public. Open meetings have not decided yet."""
    return (
        Decision.objects.filter(item__proposal=proposal, item__meeting__state=MeetingState.CLOSED)
        .select_related("item__meeting__region", "item__proposal")
        .order_by("-item__meeting__closed_at", "-id")
    )


def items_of(meeting: Meeting) -> QuerySet[AgendaItem]:
    """The agenda in order, each proposal with its decision if there is one."""
    return AgendaItem.objects.filter(meeting=meeting).select_related(
        "meeting", "decision", "proposal__region__parent__parent", "proposal__menu_item", "proposal__need",
        "proposal__proposed_by", "proposal__submitted_by", "proposal__checked_by", "lay_in__parent__parent",
    )  # fmt: skip


def duties_until_decided(proposal: Proposal) -> list[Done]:
    """Everybody's duty on a proposal, with those who checked it technically or recorded decisions about it.

    Three queries.
    """
    deciders = Decision.objects.filter(item__proposal=proposal).order_by().values_list("by", flat=True).distinct()
    checkers = technical_duties([proposal])
    return [*duties_of_proposal(proposal), *checkers, *(Done(Duty.DECIDER, person) for person in deciders)]


def duties_until_closed(meeting: Meeting) -> list[Done]:
    """Everybody's duty on all proposals of a meeting, each naming its proposal. Three queries."""
    proposals = list(Proposal.objects.filter(pk__in=meeting.items.values("proposal")).order_by("pk"))
    return duties_on(proposals)


def duties_on(proposals: Sequence[Proposal]) -> list[Done]:
    """Everybody's duty on these proposals, those who checked them technically too, each naming its proposal."""
    return [*duties_of_proposals(proposals), *technical_duties(proposals, named=True)]


def ready_proposals(meeting: Meeting) -> QuerySet[Proposal]:
    """Proposals of the meeting's area and year in the states its kind takes, and earlier deferred ones, on no agenda.

    To a district meeting come those that its wards passed on.
    """
    path, year, states = meeting.region_path, meeting.fiscal_year, ready_for(meeting.kind)
    carried_over = Q(state=ProposalState.DEFERRED, fiscal_year__lt=year)
    now = Q(state__in=states, fiscal_year=year)
    return (
        Proposal.objects.filter(now | carried_over if ProposalState.DEFERRED in states else now)
        .filter(region_path__gte=path, region_path__lt=counters.after(path))
        .select_related("region__parent__parent", "menu_item")
        .order_by("menu_item__stream", "-id")
    )


def totals(meeting: Meeting) -> dict[str, int]:
    """How many proposals took which outcome, how many wait, and the money agreed."""
    outcomes = {outcome.value: Count("pk", filter=Q(decision__outcome=outcome)) for outcome in Outcome}
    found = AgendaItem.objects.filter(meeting=meeting).aggregate(
        items=Count("pk"),
        waiting=Count("pk", filter=Q(decision__isnull=True)),
        amount=Sum("decision__amount"),
        estimated=Sum("proposal__estimated_cost"),
        **outcomes,
    )
    return {name: value or 0 for name, value in found.items()}


counters.recounts_states("meeting.state", Meeting)


@counters.recounts("decided.rupiah")
def _decided() -> Iterator[tuple[counters.Key, int]]:
    """Money agreed by closed meetings, in the month they were held, by stream."""
    rows: Any = (
        Decision.objects.filter(item__meeting__state=MeetingState.CLOSED, amount__isnull=False)
        .order_by()
        .values_list("item__meeting__ward_path", "item__proposal__menu_item__stream", HELD_MONTH)
        .annotate(sum=Sum("amount"))
    )
    for path, stream, month, total in rows:
        yield ("decided.rupiah", path, month, stream), total


def _present(measure: str, field: str) -> None:
    @counters.recounts(measure)
    def recount() -> Iterator[tuple[counters.Key, int]]:
        month = ExtractYear("meeting__held_on") * 100 + ExtractMonth("meeting__held_on")
        rows: Any = Attendance.objects.order_by().values_list("meeting__ward_path", month).annotate(sum=Sum(F(field)))
        for path, held, total in rows:
            yield (measure, path, held, ""), total


_present("attendance.women", "women")
_present("attendance.men", "men")
