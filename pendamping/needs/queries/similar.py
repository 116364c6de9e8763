"""Voices that may be about the same trouble: a bounded search by index, then the rule (rules/similar.py)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.text import Truncator

from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.models import Category, Voice
from pendamping.needs.rules import similar as rules
from pendamping.needs.rules.merging import Told
from pendamping.regions.models import Region

MOST_READ = 200  # candidates of each kind: around the point, waiting in the ward, gathered in the ward
METRES_OF_A_DEGREE = 111_195  # of latitude
NEAR_METRES, NEAR_DAYS = 150, 120  # as Category's own defaults, for a voice without one
OPEN = (VoiceState.HEARD, VoiceState.GATHERED)

Row = tuple[int, str, str, datetime, str | None, Decimal | None, Decimal | None]


@dataclass(frozen=True)
class Similar:
    """A voice with how likely it is the same trouble, 0 to 1."""

    voice: Voice
    likeness: float

    @property
    def title(self) -> str:
        """What it is called in public: in its own words only once an official has read them."""
        return self.voice.subject if self.voice.state == VoiceState.HEARD else Truncator(self.voice.text).chars(100)


def similar_voices(
    voices: QuerySet[Voice],
    *,
    region: Region,
    at: datetime,
    text: str = "",
    category: Category | None = None,
    latitude: Decimal | float | None = None,
    longitude: Decimal | float | None = None,
    besides: Voice | None = None,
    most: int = 5,
) -> list[Similar]:
    """The open voices likest to one said here at this time, likest first; `voices` are those its reader may see.

    How near and how long is "the same" comes from the category. Without a text, neighbours by place and time alone.
    Merged ones are not offered: the voice they were merged into is. At most four queries, whatever there is.
    """
    metres, days = (category.near_metres, category.near_days) if category else (NEAR_METRES, NEAR_DAYS)
    near = voices.filter(duplicate_of__isnull=True, heard_at__gte=at - timedelta(days=days))
    if besides is not None:
        near = near.exclude(pk=besides.pk)
    asked = rules.Telling(
        rules.trigrams_of(text), region.path, _day(at), category.key if category else "", _number(latitude),
        _number(longitude),
    )  # fmt: skip
    least = rules.SAME if text.strip() else rules.NEAR
    found = {}
    for row in _candidates(near, region, asked, metres):
        likeness = rules.likeness(asked, _telling(row, text=bool(asked.trigrams)), near_metres=metres, near_days=days)
        if likeness >= least:
            found[row[0]] = likeness
    likest = sorted(found, key=lambda key: (-found[key], -key))[:most]
    loaded = voices.select_related("category", "menu_item", "region__parent__parent").in_bulk(likest)
    return [Similar(loaded[key], found[key]) for key in likest if key in loaded]


def _candidates(near: QuerySet[Voice], region: Region, asked: rules.Telling, metres: int) -> list[Row]:
    rows = near.values_list("pk", "text", "region_path", "heard_at", "category__key", "latitude", "longitude")
    inside = rows.filter(ward_path=region.ward_path)
    found: list[Row] = [row for state in OPEN for row in inside.filter(state=state).order_by("-pk")[:MOST_READ]]
    if asked.latitude is not None and asked.longitude is not None:
        reach = 2 * metres / METRES_OF_A_DEGREE  # where nearness ends
        wide = reach / math.cos(math.radians(asked.latitude))
        box = rows.filter(
            state__in=OPEN,
            latitude__range=(asked.latitude - reach, asked.latitude + reach),
            longitude__range=(asked.longitude - wide, asked.longitude + wide),
        )
        found += box.order_by("latitude", "longitude")[: 2 * MOST_READ]  # in the order of its index
    return found


def _telling(row: Row, *, text: bool) -> rules.Telling:
    _key, words, path, heard_at, category, latitude, longitude = row
    trigrams = rules.trigrams_of(words) if text else frozenset()
    return rules.Telling(trigrams, path, _day(heard_at), category or "", _number(latitude), _number(longitude))


def _day(at: datetime) -> float:
    return at.timestamp() / 86400


def _number(degrees: Decimal | float | None) -> float | None:
    return None if degrees is None else float(degrees)


def told(voice: Voice) -> Told:
    """A voice as the rules of joining take it."""
    joined = voice.duplicate_of.code if voice.duplicate_of is not None else ""
    return Told(voice.code, voice.ward_path, voice.state, joined)
