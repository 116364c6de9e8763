"""Voices in the figures: only those that everyone may know of are counted."""

from __future__ import annotations

from collections.abc import Iterable

from pendamping.core import counters
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.models import Voice
from pendamping.needs.queries.visible import hidden_among


def moved(voices: Iterable[Voice], to: VoiceState) -> None:
    """Count locked voices out of their state and into another; what is hidden or confidential is not counted."""
    voices = [voice for voice in voices if not voice.is_confidential]
    hidden = hidden_among(voices)
    for voice in voices:
        if voice.pk not in hidden:
            counters.moved("voice.state", voice, voice.state, to)


def appeared(voice: Voice) -> None:
    """Count a voice that everyone may know of from now on."""
    _count(voice, 1)


def vanished(voice: Voice) -> None:
    """Count a voice no more: it was hidden, or is about a person."""
    _count(voice, -1)


def _count(voice: Voice, by: int) -> None:
    for measure, dimension in (("voice.state", voice.state), ("voice.received", voice.channel)):
        counters.change(measure, region_path=voice.region_path, period=voice.period, dimension=str(dimension), by=by)
