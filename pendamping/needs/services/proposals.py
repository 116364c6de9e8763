"""A proposal is written, repaired, submitted, and checked by somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from pendamping.access.duties import Duty, duty_verdict, office_of
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import counters, journal
from pendamping.core.acts import act
from pendamping.core.images import store
from pendamping.core.images.door import CleanImage
from pendamping.core.moments import day
from pendamping.core.personal import mask, mask_to
from pendamping.core.verdicts import Verdict
from pendamping.needs.enums.menu import Unit
from pendamping.needs.enums.needs import NeedState
from pendamping.needs.enums.proposals import Lack, LandStatus, ProposalState
from pendamping.needs.models import MenuItem, Need, Proposal, ProposalRevision
from pendamping.needs.queries.assessments import photos_of_need
from pendamping.needs.queries.proposals import duties_of_proposal, live_proposals, proposed_facts
from pendamping.needs.rules import proposals as rules
from pendamping.needs.rules.needs import may_propose
from pendamping.needs.rules.words import has_words
from pendamping.needs.services.photos import attach
from pendamping.regions.models import Region

WORDS = ("title", "description", "place", "other_words", "land_consent")
MOST = {"title": 160, "place": 200, "other_words": 120, "land_consent": 200}  # description has no end
FACTS = (
    *WORDS, "fiscal_year", "menu_item", "volume", "unit", "estimated_cost", "women", "men", "children", "poor",
    "disabled", "land_status",
)  # fmt: skip


@act("needs.proposal_written")
def write_proposal(
    *,
    by: Account,
    at: datetime,
    need: Need,
    fiscal_year: int,
    title: str,
    menu_item: MenuItem,
    region: Region | None = None,
    description: str = "",
    place: str = "",
    other_words: str = "",
    volume: Decimal = Decimal(0),
    unit: Unit = Unit.METRE,
    estimated_cost: int = 0,
    women: int = 0,
    men: int = 0,
    children: int = 0,
    poor: int = 0,
    disabled: int = 0,
    land_status: LandStatus = LandStatus.UNKNOWN,
    land_consent: str = "",
    photos: Sequence[CleanImage] = (),
    need_photos: bool = False,
) -> Proposal:
    """Begin a proposal for a verified need (id: menyusun usulan): a draft, where what is unknown may wait.

    It is for the need's own place unless `region` names the ward or another RW or RT of it. With `need_photos` it also
    shows those of the site check and the newest from each fixed point, which are public already. Refuses a need not
    verified, answered, or with another live proposal, and a title without words. The need becomes "proposed" on
    submission.
    """
    need = Need.objects.select_for_update(of=("self",)).select_related("region").get(pk=need.pk)
    may_propose(state=need.state, live=live_proposals(need).values_list("code", flat=True)).or_raise()
    has_words(title, field="title").or_raise()
    region = _place(region, need.region)
    facts = _masked(locals())
    proposal = Proposal.add(at=at, region=region, need=need, proposed_by=by, **facts)
    attach(proposal, photos, at=at, public=False)
    if need_photos:
        proposal.photos.add(*photos_of_need(need))
    counters.moved("proposal.state", proposal, None, ProposalState.DRAFT)
    _tell("needs.proposal_written", proposal, by=by, at=at, changes={"need": need.code})
    return proposal


@act("needs.proposal_revised")
def revise_proposal(
    *,
    by: Account,
    at: datetime,
    proposal: Proposal,
    fiscal_year: int,
    title: str,
    menu_item: MenuItem,
    region: Region | None = None,
    description: str = "",
    place: str = "",
    other_words: str = "",
    volume: Decimal = Decimal(0),
    unit: Unit = Unit.METRE,
    estimated_cost: int = 0,
    women: int = 0,
    men: int = 0,
    children: int = 0,
    poor: int = 0,
    disabled: int = 0,
    land_status: LandStatus = LandStatus.UNKNOWN,
    land_consent: str = "",
    photos: Sequence[CleanImage] = (),
) -> Proposal:
    """Rewrite a draft, or repair what was returned (id: memperbaiki usulan); how it read before is kept.

    All facts are given anew, only the place stays without a `region`; `photos` are added to those there. Refuses a
    proposal already submitted, and a title without words.
    """
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("region").get(pk=proposal.pk)
    rules.is_editable(state=proposal.state).or_raise()
    has_words(title, field="title").or_raise()
    region = _place(region, proposal.region)
    facts = _masked(locals())
    before = _plain_facts(proposal)
    ProposalRevision.objects.create(proposal=proposal, facts=before, by=by, created_at=at)
    for name, value in {**facts, "region": region, "region_path": region.path}.items():
        setattr(proposal, name, value)
    proposal.save(update_fields=[*facts, "region", "region_path"])
    proposal.photos.update(region_path=region.path)
    attach(proposal, photos, at=at, public=False)
    after = _plain_facts(proposal)
    changed = {name: [before[name], after[name]] for name in after if name not in WORDS and before[name] != after[name]}
    reworded = [name for name in WORDS if before[name] != after[name]]
    changes = {**changed, "reworded": reworded, "photos_added": len(photos)}
    _tell("needs.proposal_revised", proposal, by=by, at=at, changes=changes)
    return proposal


def _place(chosen: Region | None, known: Region) -> Region:
    """Where a proposal is for: the place chosen, which lies in the same ward, or the one known so far."""
    if chosen is None:
        return known
    rules.may_stand_at(level=chosen.level, path=chosen.path, ward=known.ward_path).or_raise()
    return chosen


def _masked(given: dict[str, Any]) -> dict[str, Any]:
    words = {name: mask_to(given[name], MOST[name]) if name in MOST else mask(given[name]).text for name in WORDS}
    return {name: given[name] for name in FACTS} | words


def _plain_facts(proposal: Proposal) -> dict[str, Any]:
    facts = {name: getattr(proposal, name) for name in FACTS}
    plain = {"menu_item": facts["menu_item"].code, "volume": f"{Decimal(facts['volume']):.2f}"}
    return {**facts, **plain, "region": proposal.region_path}


@act("needs.proposal_submitted")
def submit_proposal(*, by: Account, at: datetime, proposal: Proposal) -> Proposal:
    """Hand a proposal in for the check (id: mengajukan usulan).

    The gate: menu item in force, place, volume, cost, who benefits, land and consent, a photo of the present state.
    Its photos become public, the need becomes "proposed".
    """
    need = Need.objects.select_for_update().get(pk=proposal.need_id)  # before its proposals, as every act does
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("menu_item").get(pk=proposal.pk)
    rules.may_submit(proposed_facts(proposal), state=proposal.state, need_state=need.state, on=day(at)).or_raise()
    old = proposal.state
    counters.moved("proposal.state", proposal, old, ProposalState.SUBMITTED)
    proposal.state, proposal.submitted_at, proposal.submitted_by = ProposalState.SUBMITTED, at, by
    proposal.save(update_fields=["state", "submitted_at", "submitted_by"])
    if need.state != NeedState.PROPOSED:
        counters.moved("need.state", need, need.state, NeedState.PROPOSED)
        need.state = NeedState.PROPOSED
        need.save(update_fields=["state"])
    for photo in proposal.photos.filter(published_at=None):
        store.publish(photo, at=at)
    changes = {"state": [old, ProposalState.SUBMITTED], "estimated_rupiah": proposal.estimated_cost}
    _tell("needs.proposal_submitted", proposal, by=by, at=at, changes=changes)
    return proposal


@act("needs.proposal_withdrawn")
def withdraw_proposal(*, by: Account, at: datetime, proposal: Proposal, reason: str) -> Proposal:
    """End a proposal that goes no further, with the reason (id: mencabut usulan).

    Its need waits for another one or an answer. Refuses one on an agenda, funded, rejected or withdrawn, and empty
    words.
    """
    need = Need.objects.select_for_update().get(pk=proposal.need_id)
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    reason = mask(reason).text
    rules.may_withdraw(state=proposal.state, reason=reason).or_raise()
    end(proposal, reason=reason, by=by, at=at)
    if need.state == NeedState.PROPOSED:
        counters.moved("need.state", need, NeedState.PROPOSED, NeedState.VERIFIED)
        need.state = NeedState.VERIFIED
        need.save(update_fields=["state"])
    return proposal


def end(proposal: Proposal, *, reason: str, by: Account, at: datetime, right: Verb = Verb.PROPOSAL_WRITE) -> None:
    """Withdraw one locked proposal and tell of it; the caller's act asked the rule."""
    changes = {"state": [proposal.state, ProposalState.WITHDRAWN]}
    counters.moved("proposal.state", proposal, proposal.state, ProposalState.WITHDRAWN)
    proposal.state, proposal.withdrawal = ProposalState.WITHDRAWN, reason
    proposal.withdrawn_at, proposal.withdrawn_by = at, by
    proposal.save(update_fields=["state", "withdrawal", "withdrawn_at", "withdrawn_by"])
    _tell("needs.proposal_withdrawn", proposal, by=by, at=at, changes=changes, reason=reason, right=right)


@act("needs.proposal_checked")
def check_proposal(
    *, by: Account, at: datetime, proposal: Proposal, ok: bool, note: str = "", lack: Lack | str = ""
) -> Proposal:
    """Pass a proposal on to the meeting, or return it with what to repair (id: memeriksa usulan).

    `lack` says what a returned one lacked above all (Lack); not said, it is something else. Refuses whoever wrote,
    repaired or submitted it, one that does not wait for a check, and a return without words. Raises ValueError when
    the lack of a returned one is no member of Lack.
    """
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    note = mask(note).text
    rules.may_check(state=proposal.state, ok=ok, note=note).or_raise()
    check_duty(by=by, at=at, proposal=proposal).or_raise()
    new = ProposalState.CHECKED if ok else ProposalState.RETURNED
    lack = "" if ok else Lack(lack or Lack.OTHER)
    changes = {"state": [proposal.state, new], **({"lack": str(lack)} if lack else {})}
    counters.moved("proposal.state", proposal, proposal.state, new)
    proposal.state, proposal.check_note, proposal.check_lack = new, note, lack
    proposal.checked_at, proposal.checked_by = (at, by) if ok else (None, None)
    proposal.save(update_fields=["state", "check_note", "check_lack", "checked_at", "checked_by"])
    verb = "needs.proposal_checked" if ok else "needs.proposal_returned"
    _tell(verb, proposal, by=by, at=at, changes=changes, reason=note, right=Verb.PROPOSAL_CHECK)
    return proposal


def check_duty(*, by: Account, at: datetime, proposal: Proposal) -> Verdict:
    """Is this somebody who has not had a hand in the proposal?"""
    return duty_verdict(by=by, place=proposal, at=at, takes=Duty.CHECKER, earlier=duties_of_proposal(proposal))


def _tell(
    verb: str, proposal: Proposal, *, by: Account, at: datetime, changes: dict[str, Any], reason: str = "",
    right: Verb = Verb.PROPOSAL_WRITE,
) -> None:  # fmt: skip
    journal.record(
        verb,
        subject=proposal,
        region=proposal.region_path,
        by=by,
        at=at,
        office=office_of(by, right, proposal, at),
        reason=reason,
        changes=changes,
    )
