"""What comes to a proposal from outside this app: an agenda, a decision, or an older list it stood on."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from pendamping.access.duties import office_of
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import counters, journal
from pendamping.core.acts import act
from pendamping.core.moments import day
from pendamping.core.personal import mask, mask_to
from pendamping.needs.enums.menu import Unit
from pendamping.needs.enums.needs import NeedState
from pendamping.needs.enums.proposals import LandStatus, ProposalState
from pendamping.needs.models import MenuItem, Need, Proposal
from pendamping.needs.queries.places import is_in_force
from pendamping.needs.rules import proposals as rules
from pendamping.needs.rules.voices import may_speak_of
from pendamping.needs.services.going_on import lay
from pendamping.regions.models import Region


@act("needs.proposal_put_on_agenda")
def put_on_agenda(*, by: Account | None, at: datetime, proposal: Proposal, fiscal_year: int | None = None) -> Proposal:
    """Mark a checked (or earlier deferred) proposal as put to a meeting (id: mengagendakan usulan).

    A deferred one may be carried over to the later budget year of its meeting.
    Writes no journal entry: deliberation records "deliberation.proposal_put" with the proposal as subject.
    """
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    rules.may_put(state=proposal.state).or_raise()
    year = fiscal_year or proposal.fiscal_year
    rules.may_carry_over(state=proposal.state, year=proposal.fiscal_year, to=year).or_raise()
    return _move(proposal, ProposalState.ON_AGENDA, year)


@act("needs.proposal_taken_off_agenda")
def take_off_agenda(
    *, by: Account | None, at: datetime, proposal: Proposal, state: ProposalState, fiscal_year: int | None = None
) -> Proposal:
    """Give a proposal back the state and year it had before its agenda: checked or deferred (id: batal diagendakan).

    Writes no journal entry: deliberation records "deliberation.proposal_taken_off" with the proposal as subject.
    """
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    rules.may_settle(state=proposal.state).or_raise()
    rules.may_put(state=state).or_raise()
    return _move(proposal, state, fiscal_year)


@act("needs.proposal_settled")
def settle_proposal(*, by: Account | None, at: datetime, proposal: Proposal, state: ProposalState) -> Proposal:
    """Give a proposal what the meeting decided: funded, recommended, deferred, passed on, rejected (id: nasib usulan).

    Writes no journal entry: deliberation records "deliberation.proposal_decided" with the proposal as subject.
    """
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    rules.may_settle(state=proposal.state).or_raise()
    if state not in rules.SETTLED:
        raise ValueError(f"{state} is no outcome of a meeting")
    return _move(proposal, state)


@act("needs.proposal_reopened")
def reopen_proposal(
    *, by: Account | None, at: datetime, proposal: Proposal, decided: str, fiscal_year: int,
    region: Region | None = None,
) -> Proposal:  # fmt: skip
    """Put a proposal back on the agenda of the meeting that decided it so (id: membuka kembali putusan usulan).

    It is of that meeting's budget year again, and of the `region` it lay in then, if it went to another since.
    Refuses one that went on since. Writes no journal entry: deliberation records "deliberation.meeting_reopened".
    """
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    rules.may_reopen(state=proposal.state, decided=decided).or_raise()
    if region is not None and region != proposal.region:
        proposal = lay(proposal, region, former_path="")
    return _move(proposal, ProposalState.ON_AGENDA, fiscal_year)


@act("needs.proposal_deferred")
def defer_funded(*, by: Account | None, at: datetime, proposal: Proposal) -> Proposal:
    """Defer a funded proposal whose project was given up before its approval (id: menunda usulan).

    Writes no journal entry: planning records "planning.project_cancelled" with its reason.
    """
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    rules.may_defer_funded(state=proposal.state).or_raise()
    return _move(proposal, ProposalState.DEFERRED)


def _move(proposal: Proposal, state: ProposalState, fiscal_year: int | None = None) -> Proposal:
    counters.moved("proposal.state", proposal, proposal.state, state)
    proposal.state, proposal.fiscal_year = state, fiscal_year or proposal.fiscal_year
    proposal.save(update_fields=["state", "fiscal_year"])
    return proposal


@act("needs.proposal_imported")
def import_proposal(
    *,
    by: Account,
    at: datetime,
    region: Region,
    source: str,
    source_ref: str,
    fiscal_year: int,
    title: str,
    problem: str,
    place: str,
    menu_item: MenuItem,
    description: str = "",
    other_words: str = "",
    volume: Decimal = Decimal(0),
    unit: Unit = Unit.LUMP_SUM,
    estimated_cost: int = 0,
    women: int = 0,
    men: int = 0,
    children: int = 0,
    poor: int = 0,
    disabled: int = 0,
    land_status: LandStatus = LandStatus.UNKNOWN,
    land_consent: str = "",
) -> Proposal:
    """Take over a proposal from another system's list (id: mengimpor usulan), waiting for the check like any other.

    Its need is made with it: `problem` is the finding, verified in the name of the importing account; the journal
    gives the reason "imported". It skips the submission gate, since old lists have no photo; what is missing stays
    visible to the checker, who is never the importer. The same `source` and `source_ref` give the proposal kept before.
    """
    known = _kept_before(source, source_ref)
    if known is not None:
        return known
    may_speak_of(
        level=region.level, in_force=is_in_force(region, day(at)), text=title, has_subject=True, other_words="",
        km_from_ward=None,
    ).or_raise()  # fmt: skip
    title, words = mask_to(title, 160), mask(problem or title).text
    try:
        with transaction.atomic():
            need = Need.add(
                at=at, region=region, title=title, menu_item=menu_item, recorded_by=by, state=NeedState.PROPOSED,
                finding=words, verified_at=at, verified_by=by,
            )  # fmt: skip
            proposal = Proposal.add(
                at=at, region=region, need=need, fiscal_year=fiscal_year, title=title,
                description=mask(description).text, place=mask_to(place, 200), menu_item=menu_item,
                other_words=mask_to(other_words, 120), volume=volume, unit=unit, estimated_cost=estimated_cost,
                women=women, men=men, children=children, poor=poor, disabled=disabled, land_status=land_status,
                land_consent=mask_to(land_consent, 200), state=ProposalState.SUBMITTED, proposed_by=by, submitted_at=at,
                submitted_by=by, source=source, source_ref=source_ref,
            )  # fmt: skip
    except IntegrityError:  # the same line of a list, sent twice at the same moment
        known = _kept_before(source, source_ref)
        if known is None:
            raise
        return known
    counters.moved("need.state", need, None, NeedState.PROPOSED)
    counters.moved("proposal.state", proposal, None, ProposalState.SUBMITTED)
    for verb, subject in (("needs.need_verified", need), ("needs.proposal_submitted", proposal)):
        office = office_of(by, Verb.IMPORT_RUN, subject, at)
        changes = {"source": source, "source_ref": source_ref}
        journal.record(
            verb, subject=subject, region=region, by=by, at=at, office=office, reason="imported", changes=changes
        )
    return proposal


def _kept_before(source: str, source_ref: str) -> Proposal | None:
    return Proposal.objects.filter(source=source, source_ref=source_ref).first() if source_ref else None
