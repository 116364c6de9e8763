"""May this voice, need or proposal take its next step? Pure questions; facts in, verdict out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.needs.enums import LandStatus, NeedState, ProposalState, Reason, VoiceState

PIN_MOST_KM = 5.0  # where the area is unknown: wards of a city reach about 4 km from their label point to their edge
PIN_RADII = 3  # where it is known: so many radii of a circle as large as the ward, since wards are long and thin
WARD_LEVELS = ("ward", "rw", "rt")
EDITABLE = (ProposalState.DRAFT, ProposalState.RETURNED)
ENDED = (ProposalState.REJECTED, ProposalState.WITHDRAWN)
PUTTABLE = (ProposalState.CHECKED, ProposalState.DEFERRED)
SETTLED = (ProposalState.FUNDED, ProposalState.DEFERRED, ProposalState.PASSED_ON, ProposalState.REJECTED)


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The great-circle distance between two points (haversine)."""
    a, b = math.radians(latitude), math.radians(other_latitude)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(other_longitude - longitude) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(half))


def pin_reach_km(area_km2: Decimal | None) -> float:
    """How far from a ward's label point a place may still be in the ward, in kilometres."""
    return max(PIN_MOST_KM, PIN_RADII * math.sqrt(float(area_km2 or 0) / math.pi))


def has_words(words: str, *, field: str) -> Verdict:
    """Is something said, and not only spaces?"""
    return ALLOWED if words.strip() else refused(Reason.WORDS_MISSING, field=field)


def may_speak_of(
    *,
    level: str,
    in_force: bool,
    text: str,
    has_menu_item: bool,
    other_words: str,
    km_from_ward: float | None,
    reach_km: float = PIN_MOST_KM,
) -> Verdict:
    """May a voice be kept for this place, subject and point? `km_from_ward` is None when the distance is unknown."""
    if level not in WARD_LEVELS:
        return refused(Reason.PLACE_NOT_WARD, field="ward")
    if not in_force:
        return refused(Reason.PLACE_RETIRED, field="ward")
    if not has_words(text, field="text"):
        return has_words(text, field="text")
    if not has_menu_item and not other_words.strip():
        return refused(Reason.NEED_OTHER_WORDS, field="other_words")
    if km_from_ward is not None and km_from_ward > reach_km:
        return refused(Reason.PIN_OUTSIDE, field="point", km=math.ceil(km_from_ward))
    return ALLOWED


@dataclass(frozen=True)
class Heard:
    """A voice as facts for gathering."""

    code: str
    ward: str
    state: str


def may_gather(*, voices: Sequence[Heard], ward: str = "") -> Verdict:
    """May these voices become part of one need (of `ward`, when the need is there already)?"""
    if not voices:
        return refused(Reason.NO_VOICES, field="voices")
    home = ward or voices[0].ward
    for voice in voices:
        if voice.ward != home:
            return refused(Reason.VOICE_OTHER_WARD, field="voices", code=voice.code)
    return first_refusal(*(is_waiting(state=voice.state) for voice in voices))


def may_add_to(*, state: str) -> Verdict:
    """May further voices join a need? Until it is answered: whoever speaks later follows the same journey."""
    return refused(Reason.NEED_ANSWERED) if state == NeedState.ANSWERED else ALLOWED


def is_waiting(*, state: str) -> Verdict:
    """Does this voice still wait for somebody?"""
    return ALLOWED if state == VoiceState.HEARD else refused(Reason.VOICE_ALREADY_HANDLED, field="voices")


def may_answer_voice(*, state: str, answer: str) -> Verdict:
    """An answer closes a voice that waits, and always with words."""
    return first_refusal(is_waiting(state=state), has_reason(answer, field="answer"))


def has_reason(words: str, *, field: str) -> Verdict:
    """No refusal or answer without words."""
    return ALLOWED if words.strip() else refused(Reason.REASON_MISSING, field=field)


def is_open(*, state: str) -> Verdict:
    """Does this need wait for its site check?"""
    return ALLOWED if state == NeedState.OPEN else refused(Reason.NEED_NOT_OPEN)


def may_verify(*, state: str, finding: str, photos: int) -> Verdict:
    """Seen on site: what was found, and a photo of it."""
    if not is_open(state=state):
        return is_open(state=state)
    if not finding.strip():
        return refused(Reason.FINDING_MISSING, field="finding")
    return ALLOWED if photos else refused(Reason.PHOTO_MISSING, field="photos")


@dataclass(frozen=True)
class Living:
    """A proposal of a need that was neither rejected nor withdrawn, as facts."""

    code: str
    state: str


def is_answerable(*, state: str, live: Iterable[Living] = ()) -> Verdict:
    """A need can be answered unless a proposal of it is under way; a draft or a returned one ends with the answer."""
    if state == NeedState.ANSWERED:
        return refused(Reason.NEED_ANSWERED)
    under_way = next((one for one in live if one.state not in EDITABLE), None)
    return ALLOWED if under_way is None else refused(Reason.NEED_PROPOSED, code=under_way.code)


def may_answer_need(*, state: str, answer: str, live: Iterable[Living] = ()) -> Verdict:
    """Close a need that will not be proposed, with the reason its residents read."""
    return first_refusal(is_answerable(state=state, live=live), has_reason(answer, field="answer"))


def may_propose(*, state: str, live: Iterable[str]) -> Verdict:
    """May a proposal be written for this need? Verified on site, and no other proposal of it still alive."""
    if state not in (NeedState.VERIFIED, NeedState.PROPOSED):
        return refused(Reason.NEED_ANSWERED if state == NeedState.ANSWERED else Reason.NEED_NOT_VERIFIED)
    code = next(iter(live), None)
    return ALLOWED if code is None else refused(Reason.NEED_HAS_PROPOSAL, code=code)


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


def may_defer_funded(*, state: str) -> Verdict:
    """Only what is funded loses its project and waits for a later meeting."""
    return ALLOWED if state == ProposalState.FUNDED else refused(Reason.PROPOSAL_NOT_FUNDED)
