"""Which voices are joined as one trouble, and which can be parted again."""

from __future__ import annotations

from dataclasses import dataclass

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.needs.enums.merging import MergeReason
from pendamping.needs.enums.voices import VoiceState


@dataclass(frozen=True)
class Told:
    """A voice as facts; `joined_with` is the code of the one it was joined with, "" for none."""

    code: str
    ward: str
    state: str
    joined_with: str = ""


def may_be_joined(voice: Told) -> Verdict:
    """Does this voice stand for itself and wait, so that it can be joined with another?"""
    if voice.joined_with:
        return refused(MergeReason.ALREADY, field="into", code=voice.joined_with)
    return ALLOWED if voice.state == VoiceState.HEARD else refused(MergeReason.HANDLED, field="into")


def may_merge(voice: Told, into: Told) -> Verdict:
    """May this voice go on with that one? A need is of one ward, so they must be too."""
    if voice.code == into.code:
        return refused(MergeReason.ITSELF, field="into")
    if not may_be_joined(voice):
        return may_be_joined(voice)
    if into.joined_with == voice.code:
        return refused(MergeReason.ALREADY, field="into", code=into.code)
    if voice.ward != into.ward:
        return refused(MergeReason.UNKNOWN, field="into", code=into.code)
    if into.state == VoiceState.ANSWERED:
        return refused(MergeReason.ANSWERED, field="into", code=into.code)
    return ALLOWED


def may_part(voice: Told) -> Verdict:
    """May a joined voice stand for itself again? Not once both were answered."""
    if not voice.joined_with:
        return refused(MergeReason.NOT_JOINED)
    return refused(MergeReason.TOO_LATE) if voice.state == VoiceState.ANSWERED else ALLOWED
