"""When a need is verified, answered, proposed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.needs.enums.needs import NeedState
from pendamping.needs.enums.reasons import Reason
from pendamping.needs.rules.proposals import EDITABLE
from pendamping.needs.rules.words import has_reason


def may_add_to(*, state: str) -> Verdict:
    """May further voices join a need? Until it is answered: whoever speaks later follows the same journey."""
    return refused(Reason.NEED_ANSWERED) if state == NeedState.ANSWERED else ALLOWED


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
