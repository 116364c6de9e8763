"""When a proposal is whole, and what may become of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.needs.enums.needs import NeedState
from pendamping.needs.enums.proposals import LandStatus, ProposalState
from pendamping.needs.enums.reasons import Reason
from pendamping.needs.rules.voices import WARD_LEVELS
from pendamping.needs.rules.words import has_reason

EDITABLE = (ProposalState.DRAFT, ProposalState.RETURNED)


ENDED = (ProposalState.REJECTED, ProposalState.WITHDRAWN)


PUTTABLE = (ProposalState.CHECKED, ProposalState.DEFERRED, ProposalState.RECOMMENDED, ProposalState.PASSED_ON)


SETTLED = (
    ProposalState.FUNDED, ProposalState.RECOMMENDED, ProposalState.DEFERRED, ProposalState.PASSED_ON,
    ProposalState.TO_CITY, ProposalState.REJECTED,
)  # fmt: skip


def is_editable(*, state: str) -> Verdict:
    """A proposal can be changed while it is a draft or came back for repair."""
    return ALLOWED if state in EDITABLE else refused(Reason.PROPOSAL_NOT_DRAFT)


def is_withdrawable(*, state: str) -> Verdict:
    """A proposal can be withdrawn until a meeting holds or funds it, also after it was deferred or passed on."""
    if state in ENDED:
        return refused(Reason.PROPOSAL_ENDED)
    if state == ProposalState.ON_AGENDA:
        return refused(Reason.PROPOSAL_ON_AGENDA)
    return refused(Reason.PROPOSAL_FUNDED) if state == ProposalState.FUNDED else ALLOWED


def may_withdraw(*, state: str, reason: str) -> Verdict:
    """Withdraw a proposal, with the reason its residents read."""
    return first_refusal(is_withdrawable(state=state), has_reason(reason, field="reason"))


def may_stand_at(*, level: str, path: str, ward: str) -> Verdict:
    """May a proposal be for this place? The ward of its need, or an RW or RT of that ward."""
    inside = level in WARD_LEVELS and path.startswith(ward)
    return ALLOWED if inside else refused(Reason.PLACE_OUTSIDE_WARD, field="region")


@dataclass(frozen=True)
class Proposed:
    """A proposal as facts for its gate."""

    place: str
    menu_valid_from: date
    menu_valid_to: date | None
    menu_is_other: bool
    other_words: str
    volume: Decimal
    estimated_cost: int
    women: int
    men: int
    children: int
    poor: int
    disabled: int
    land_status: str
    land_consent: str
    photos: int


def lacking(facts: Proposed, *, on: date) -> list[Verdict]:
    """Everything a proposal still lacks before it may be ranked (domain 3.2), in the order of its form."""
    verdicts = (_menu(facts, on), _place(facts), _amounts(facts), *_people(facts), _land(facts), _photo(facts))
    return [verdict for verdict in verdicts if not verdict]


def may_submit(facts: Proposed, *, state: str, need_state: str, on: date) -> Verdict:
    """The gate between a draft and the check."""
    need = ALLOWED if need_state in (NeedState.VERIFIED, NeedState.PROPOSED) else refused(Reason.NEED_NOT_VERIFIED)
    return first_refusal(is_editable(state=state), need, *lacking(facts, on=on))


def _menu(facts: Proposed, on: date) -> Verdict:
    if facts.menu_valid_from > on or (facts.menu_valid_to is not None and facts.menu_valid_to < on):
        return refused(Reason.MENU_NOT_VALID, field="menu_item")
    if facts.menu_is_other and not facts.other_words.strip():
        return refused(Reason.MENU_OTHER_NEEDS_WORDS, field="other_words")
    return ALLOWED


def _place(facts: Proposed) -> Verdict:
    return ALLOWED if facts.place.strip() else refused(Reason.PLACE_MISSING, field="place")


def _amounts(facts: Proposed) -> Verdict:
    if facts.volume <= 0 or facts.estimated_cost <= 0:
        return refused(Reason.NOTHING_PROPOSED, field="volume" if facts.volume <= 0 else "estimated_cost")
    return ALLOWED


def _people(facts: Proposed) -> tuple[Verdict, ...]:
    whole = facts.women + facts.men
    if whole <= 0:
        return (refused(Reason.NO_BENEFICIARIES, field="women"),)
    parts = {"children": facts.children, "poor": facts.poor, "disabled": facts.disabled}
    return tuple(
        refused(Reason.BENEFICIARY_PARTS, field=name, part=part, whole=whole)
        for name, part in parts.items()
        if part > whole
    )


def _land(facts: Proposed) -> Verdict:
    if facts.land_status == LandStatus.UNKNOWN:
        return refused(Reason.LAND_UNKNOWN, field="land_status")
    without_paper = facts.land_status == LandStatus.PRIVATE_CONSENT and not facts.land_consent.strip()
    if facts.land_status == LandStatus.PRIVATE_OPEN or without_paper:
        return refused(Reason.LAND_CONSENT_MISSING, field="land_consent")
    return ALLOWED


def _photo(facts: Proposed) -> Verdict:
    return ALLOWED if facts.photos else refused(Reason.PHOTO_MISSING, field="photos")


def is_submitted(*, state: str) -> Verdict:
    """Does this proposal wait for its check?"""
    return ALLOWED if state == ProposalState.SUBMITTED else refused(Reason.PROPOSAL_NOT_SUBMITTED)


def may_check(*, state: str, ok: bool, note: str) -> Verdict:
    """A check passes a proposal on, or returns it with what to repair."""
    return first_refusal(is_submitted(state=state), ALLOWED if ok else has_reason(note, field="note"))


def may_put(*, state: str) -> Verdict:
    """May a proposal go on an agenda? Once checked; one deferred earlier may come back to a later meeting."""
    return ALLOWED if state in PUTTABLE else refused(Reason.PROPOSAL_NOT_CHECKED)


def may_carry_over(*, state: str, year: int, to: int) -> Verdict:
    """May a proposal go to a meeting of this budget year? Its own; a deferred one also to a later one."""
    if to == year or (state == ProposalState.DEFERRED and to > year):
        return ALLOWED
    return refused(Reason.YEAR_EARLIER)


def may_settle(*, state: str) -> Verdict:
    """Only what is on an agenda can be decided."""
    return ALLOWED if state == ProposalState.ON_AGENDA else refused(Reason.PROPOSAL_NOT_ON_AGENDA)


def may_reopen(*, state: str, decided: str) -> Verdict:
    """A decision can be opened again while the proposal still stands as it was decided."""
    return ALLOWED if state == decided and state in SETTLED else refused(Reason.PROPOSAL_WENT_ON)


def may_defer_funded(*, state: str) -> Verdict:
    """Only what is funded loses its project and waits for a later meeting."""
    return ALLOWED if state == ProposalState.FUNDED else refused(Reason.PROPOSAL_NOT_FUNDED)


def is_deferred(*, state: str) -> Verdict:
    """Only what a meeting deferred is carried to another year or passed up."""
    return ALLOWED if state == ProposalState.DEFERRED else refused(Reason.PROPOSAL_NOT_DEFERRED)
