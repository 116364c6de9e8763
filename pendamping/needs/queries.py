"""Reads that matter in this app, and how its measures are counted again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from django.db.models import Count, Q, QuerySet

from pendamping.access.duties import Done, Duty
from pendamping.core import counters
from pendamping.core.codes import read_code
from pendamping.needs import rules
from pendamping.needs.models import MenuItem, Need, Proposal, ProposalRevision, Voice
from pendamping.regions.models import WIDTHS, Level, Region

M = TypeVar("M", Voice, Need, Proposal)

counters.recounts_states("voice.state", Voice)
counters.recounts_states("need.state", Need)
counters.recounts_states("proposal.state", Proposal)


@counters.recounts("voice.received")
def _voices_received() -> Iterator[tuple[counters.Key, int]]:
    rows = Voice.objects.order_by().values_list("ward_path", "period", "channel").annotate(count=Count("pk"))
    for path, month, channel, count in rows:
        yield ("voice.received", path, month, channel), count


def menu_in_force(on: date) -> QuerySet[MenuItem]:
    """The activities the ward fund may pay for on a day."""
    in_force = Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    return MenuItem.objects.filter(in_force).order_by("code")


def live_proposals(need: Need) -> QuerySet[Proposal]:
    """Proposals of a need neither rejected nor withdrawn: while there is one, no second is written."""
    return Proposal.objects.filter(need=need).exclude(state__in=rules.ENDED).order_by("-id")


def living(need: Need) -> list[rules.Living]:
    """The live proposals of a need as facts for its answer."""
    return [rules.Living(code, state) for code, state in live_proposals(need).values_list("code", "state")]


def duties_of_proposal(proposal: Proposal) -> list[Done]:
    """Everybody's duty on a proposal so far: who wrote, submitted, repaired and checked it. One query."""
    return [Done(done.duty, done.person) for done in duties_of_proposals([proposal])]


def duties_of_proposals(proposals: Sequence[Proposal]) -> list[Done]:
    """The same for several at once, each naming its proposal. One query."""
    repaired = ProposalRevision.objects.filter(proposal__in=proposals).order_by().values_list("proposal", "by")
    codes = {proposal.pk: proposal.code for proposal in proposals}
    found: list[Done] = []
    for proposal in proposals:
        found += [
            Done(Duty.PROPOSER, proposal.proposed_by_id, proposal.code),
            Done(Duty.SUBMITTER, proposal.submitted_by_id, proposal.code),
            Done(Duty.CHECKER, proposal.checked_by_id, proposal.code),
        ]
    return [*found, *(Done(Duty.REPAIRER, person, codes[proposal]) for proposal, person in repaired.distinct())]


def proposed_facts(proposal: Proposal) -> rules.Proposed:
    """A proposal as the facts its gate asks for."""
    item = proposal.menu_item
    return rules.Proposed(
        place=proposal.place,
        menu_valid_from=item.valid_from,
        menu_valid_to=item.valid_to,
        menu_is_other=item.is_other,
        other_words=proposal.other_words,
        volume=proposal.volume,
        estimated_cost=proposal.estimated_cost,
        women=proposal.women,
        men=proposal.men,
        children=proposal.children,
        poor=proposal.poor,
        disabled=proposal.disabled,
        land_status=proposal.land_status,
        land_consent=proposal.land_consent,
        photos=proposal.photos.count(),
    )


def neighbourhood(ward: Region, rw: str, rt: str) -> tuple[Region, str]:
    """The RW or RT meant by typed numbers, as far as the tree knows it, and the words for what it does not know."""
    place = ward
    unknown: list[str] = []
    for level, typed in ((Level.RW, rw), (Level.RT, rt)):
        if not typed:
            continue
        number = str(int(typed))
        names = {number.zfill(width) for width in (1, 2, 3)}
        found = None if unknown else Region.objects.filter(parent=place, level=level, name__in=names).first()
        if found is None:
            unknown.append(f"{level.label} {int(typed):03d}")
        else:
            place = found
    return place, ", ".join(unknown)


def code_or_words(records: QuerySet[M], typed: str, *fields: str) -> QuerySet[M]:
    """Records found by what was typed: a code as people write it, otherwise words."""
    code = read_code(typed)
    if code is not None:
        return records.filter(code=code)
    wanted = Q()
    for field in fields:
        wanted |= Q(**{f"{field}__icontains": typed})
    return records.filter(wanted)


def wards_of(paths: Iterable[str] = ("",)) -> QuerySet[Region]:
    """The wards in force that lie in these places or around them, by district and name."""
    reached = Q(pk__in=[])
    for path in paths:
        reached |= Q(path__startswith=path[: WIDTHS["ward"]])
    wards = Region.objects.filter(reached, level=Level.WARD, valid_to__isnull=True)
    return wards.select_related("parent").order_by("parent__path", "name")


def places_for_proposal(ward_path: str) -> QuerySet[Region]:
    """A ward in force with its RW and RT, in the order of their numbers: where a proposal of it may be for."""
    inside = Region.objects.filter(path__startswith=ward_path, valid_to__isnull=True)
    return inside.filter(level__in=rules.WARD_LEVELS).select_related("parent__parent").order_by("path")


def is_in_force(place: Region, on: date) -> bool:
    """Does a ward, RW or RT exist on a day, and all it lies in up to the ward? A ward is known without a query."""
    if place.level == Level.WARD:
        return place.valid_to is None or place.valid_to >= on
    around = [place.path[: WIDTHS[level]] for level in rules.WARD_LEVELS]
    return not Region.objects.filter(path__in=around, valid_to__lt=on).exists()
