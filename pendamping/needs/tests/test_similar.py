"""Which voices are about the same trouble: the rule, its measures, and the search."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from pendamping.needs.enums.moderation import HideReason
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.models import Category, Hiding, Voice
from pendamping.needs.queries.similar import similar_voices
from pendamping.needs.queries.visible import public_voices
from pendamping.needs.rules import similar as rules
from pendamping.needs.tests import factories as make
from pendamping.needs.tests import tellings
from pendamping.needs.tests.factories import NOW
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

SPOT = {"latitude": Decimal("-7.330000"), "longitude": Decimal("108.220000")}
HERE = rules.Telling(rules.trigrams_of("Lampu gang mati"), "3278071002003002", 100.0, "light", -7.33, 108.22)
NEAR = {"near_metres": 100, "near_days": 100}


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("Jln2 gg.Melati bolooong euy!", "jalan gang lati lubang"),
        ("PJU pareum payuneun masigit", "lampu jalan mati depan masjid"),
        ("Lampu jalan tidak menyala di dpn mesjid", "lampu jalan mati depan masjid"),
        ("SMPH GOT", "smph selokan"),
        ("samph got", "sampah selokan"),
        ("solokan pinuh runtah hareupeun sakola", "selokan mampet sampah depan sekolah"),
        ("Saluran air bersih RT 007 mati", "air bersih rt 7 mati"),
        ("jalan-jalan rusak", "jalan rusak"),
        ("mohon bantuannya pak lurah 🙏", ""),
        ("", ""),
        ("ﬁ Café", "fi cafe"),
    ],
)
def test_words_in_one_form(written: str, normal: str) -> None:
    assert rules.normal(written) == normal


def test_only_the_beginning_of_a_long_text_is_read() -> None:
    assert rules.normal("lampu " + "x" * 10_000).startswith("lampu")
    assert len(rules.trigrams_of("a " * 10_000)) < 10


@pytest.mark.parametrize(
    ("changes", "nearness"),
    [
        ({}, 1.0),
        ({"latitude": -7.33 + 100 / 111_195}, 0.5),
        ({"latitude": -7.33 + 200.1 / 111_195}, 0.0),
        ({"latitude": None, "longitude": None}, 0.9),
        ({"latitude": None, "longitude": None, "region_path": "3278071002003"}, 0.6),
        ({"latitude": None, "longitude": None, "region_path": "3278071002003001"}, 0.6),
        ({"latitude": None, "longitude": None, "region_path": "3278071002"}, 0.3),
        ({"latitude": None, "longitude": None, "region_path": "3278071003003002"}, 0.0),
    ],
)
def test_nearness(changes: dict[str, Any], nearness: float) -> None:
    assert rules.nearness(HERE, replace(HERE, **changes), near_metres=100) == pytest.approx(nearness, abs=0.01)


@pytest.mark.parametrize(
    ("changes", "likeness"),
    [
        ({}, 1.0),
        ({"day": 50.0}, 0.95),
        ({"day": 201.0}, 0.0),
        ({"latitude": -7.34}, 0.0),
        ({"category": "road"}, 0.7),
        ({"category": ""}, 1.0),
        ({"trigrams": frozenset()}, 1.0),
        ({"trigrams": frozenset(), "day": 50.0}, (0.28 + 0.05) / 0.38),
        ({"trigrams": rules.trigrams_of("zzz")}, 0.38),
    ],
)
def test_likeness(changes: dict[str, Any], likeness: float) -> None:
    assert rules.likeness(HERE, replace(HERE, **changes), **NEAR) == pytest.approx(likeness, abs=0.005)
    assert rules.likeness(replace(HERE, **changes), HERE, **NEAR) == pytest.approx(likeness, abs=0.005)


def test_likeness_of_the_labelled_set() -> None:
    pairs = tellings.pairs()
    assert sum(pair.same for pair in pairs) >= 60
    for half in (True, False):
        measure = tellings.measured(pair for pair in pairs if pair.tuned is half)
        assert measure.precision >= 0.9, half
        assert measure.recall >= 0.85, half
    whole = tellings.measured(pairs)
    assert (whole.precision >= 0.85, whole.recall >= 0.9) == (True, True), whole


@pytest.fixture
def ward(db: None) -> Region:
    return places.ward(1)


def found(region: Region, text: str = "pju di gang melati pareum", **facts: Any) -> list[Voice]:
    given = {"at": NOW + timedelta(days=2), "text": text, "category": Category.objects.get(key="light")}
    return [one.voice for one in similar_voices(public_voices(), region=region, **{**given, **facts})]


def light(region: Region, **facts: Any) -> Voice:
    given = {"text": "Lampu jalan gang Melati mati", "category": Category.objects.get(key="light")}
    return make.voice(region, **{**given, **facts})


def test_voices_are_found_by_point_or_by_place(ward: Region) -> None:
    rw = places.rw(ward, 1)
    pinned, same_rw = light(ward, **SPOT), light(rw)
    light(places.ward(2))
    far = {"latitude": Decimal("-7.333000"), "longitude": Decimal("108.220000")}
    assert found(ward, **SPOT)[0] == pinned
    assert pinned not in found(ward, **far)
    assert found(rw)[0] == same_rw


def test_a_point_finds_over_the_edge_of_the_ward(ward: Region) -> None:
    there = light(places.ward(2), **SPOT)
    assert found(ward, **SPOT) == [there]


@pytest.mark.parametrize(
    "changes",
    [
        {"state": VoiceState.ANSWERED, "answer": "Sudah", "answered_at": NOW},
        {"is_confidential": True},
        {"heard_at": NOW - timedelta(days=300)},
    ],
)
def test_what_is_not_offered(ward: Region, changes: dict[str, Any]) -> None:
    voice = light(ward, **SPOT)
    assert found(ward, **SPOT) == [voice]
    Voice.everything.filter(pk=voice.pk).update(**changes)
    assert found(ward, **SPOT) == []


def test_hidden_merged_and_the_voice_itself_are_not_offered(ward: Region) -> None:
    first, second = light(ward, **SPOT), light(ward, **SPOT)
    assert found(ward, **SPOT, besides=first) == [second]
    Voice.objects.filter(pk=second.pk).update(duplicate_of=first)
    assert found(ward, **SPOT) == [first]
    Hiding.objects.create(voice=first, reason=HideReason.SPAM, created_at=NOW)
    assert found(ward, **SPOT) == []


def test_without_words_neighbours_are_shown_nearest_first(ward: Region) -> None:
    rw = places.rw(ward, 1)
    elsewhere, here = make.voice(ward, text="Jalan rusak"), make.voice(rw, text="Sampah menumpuk")
    assert found(rw, text="", category=None) == [here, elsewhere]
    assert found(rw, text="", category=None, at=NOW + timedelta(days=119)) == [here]


@pytest.mark.parametrize("count", [1, 3])
def test_the_search_asks_four_times_whatever_there_is(
    ward: Region, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        light(ward, **SPOT)
    asked = {"region": ward, "at": NOW, "text": "lampu gang melati mati", **SPOT}
    with django_assert_num_queries(4):
        shown = [one.voice for one in similar_voices(public_voices(), **asked)]
        assert [one.subject for one in shown] == ["Lampu jalan"] * count
        assert [one.region.place_label for one in shown] == [ward.label] * count
