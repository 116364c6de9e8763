"""Who may speak of what, and which voices are gathered."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.needs.enums.reasons import Reason
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.rules.words import has_reason, has_words

PIN_MOST_KM = 5.0  # where the area is unknown: wards of a city reach about 4 km from their label point to their edge


PIN_RADII = 3  # where it is known: so many radii of a circle as large as the ward, since wards are long and thin


WARD_LEVELS = ("ward", "rw", "rt")


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The great-circle distance between two points (haversine)."""
    a, b = math.radians(latitude), math.radians(other_latitude)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(other_longitude - longitude) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(half))


def lies_in(latitude: float, longitude: float, geometry: Mapping[str, Any]) -> bool:
    """Does a point lie within a GeoJSON Polygon or MultiPolygon? By counting the edges east of it; holes count too."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return any(sum(_crossed(latitude, longitude, ring) for ring in rings) % 2 == 1 for rings in polygons)


def _crossed(latitude: float, longitude: float, ring: Sequence[Sequence[float]]) -> int:
    edges = itertools.pairwise(ring)
    return sum(
        (a[1] > latitude) != (b[1] > latitude) and longitude < a[0] + (latitude - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
        for a, b in edges
    )


def pin_reach_km(area_km2: Decimal | None) -> float:
    """How far from a ward's label point a place may still be in the ward, in kilometres."""
    return max(PIN_MOST_KM, PIN_RADII * math.sqrt(float(area_km2 or 0) / math.pi))


def may_speak_of(
    *,
    level: str,
    in_force: bool,
    text: str,
    has_subject: bool,
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
    if not has_subject and not other_words.strip():
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


def is_waiting(*, state: str, is_reopened: bool = False) -> Verdict:
    """Does this voice still wait for somebody? Part of a need, only once its giver said that it is not solved."""
    waits = state == VoiceState.HEARD or (is_reopened and state == VoiceState.GATHERED)
    return ALLOWED if waits else refused(Reason.VOICE_ALREADY_HANDLED, field="voices")


def may_answer_voice(*, state: str, answer: str, is_reopened: bool = False) -> Verdict:
    """An answer closes a voice that waits, and always with words."""
    return first_refusal(is_waiting(state=state, is_reopened=is_reopened), has_reason(answer, field="answer"))
