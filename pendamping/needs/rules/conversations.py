"""Who may write in the thread of a voice, whose turn it is then, and whether "no" opens it again."""

from __future__ import annotations

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.needs.enums.conversations import Solved, Turn
from pendamping.needs.enums.messages import Reason
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.rules.clock import higher
from pendamping.needs.rules.words import has_words


def may_write(*, is_resident: bool, state: str, text: str) -> Verdict:
    """May a message be added? The giver's until the voice is answered; an office's also after."""
    return first_refusal(is_open(is_resident=is_resident, state=state), has_words(text, field="text"))


def is_open(*, is_resident: bool, state: str) -> Verdict:
    """Is the thread open to them?"""
    return refused(Reason.ALREADY_ANSWERED) if is_resident and state == VoiceState.ANSWERED else ALLOWED


def may_ask(*, state: str) -> Verdict:
    """Somebody is asked only while their voice is still worked on."""
    return refused(Reason.NOT_ASKED_AFTERWARDS, field="asks") if state == VoiceState.ANSWERED else ALLOWED


def turn_after_office(*, is_waiting: bool, turn: str, office: str, asks: bool) -> Turn:
    """An office wrote. Asked, it is the giver's turn. Otherwise a voice that waits stays with whoever had it, the
    office that wrote if it was the giver; one gathered goes on with its need, one answered is done."""
    if asks:
        return Turn.RESIDENT
    if not is_waiting:
        return Turn.NOBODY
    return Turn(office) if turn == Turn.RESIDENT else Turn(turn)


def turn_after_resident(*, asked_by: str, risen_to: str) -> Turn:
    """The giver wrote: back to the office that spoke with them last, or the higher one that a missed deadline told."""
    return higher(asked_by or Turn.FACILITATOR, risen_to)


def may_say(*, is_asked: bool, is_said: bool) -> Verdict:
    """Whoever gave the voice says once whether it is solved, and only when they were asked."""
    if not is_asked:
        return refused(Reason.NOT_ASKED)
    return refused(Reason.SAID_ALREADY) if is_said else ALLOWED


def reopens(*, answer: str, reopened_before: bool) -> bool:
    """ "No" opens the voice again, once."""
    return answer == Solved.NO and not reopened_before


def state_reopened(*, state: str, is_gathered: bool) -> VoiceState:
    """Where a voice stands once it is open again: with its need when it has one."""
    if state != VoiceState.ANSWERED:
        return VoiceState(state)
    return VoiceState.GATHERED if is_gathered else VoiceState.HEARD
