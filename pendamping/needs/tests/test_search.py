"""Voices are found by their words on both databases, as they read now, and only by whoever may see them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from pendamping.access.tests import personas
from pendamping.needs import search_index, services
from pendamping.needs.enums.voices import Channel, VoiceState
from pendamping.needs.models import Category, Hiding, Voice
from pendamping.needs.queries.search import Asked, search_public, search_voices
from pendamping.needs.rules import search as rules
from pendamping.needs.tests import factories as make
from pendamping.needs.tests.factories import NOW
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Jalan rusak, RW 5!", ["jalan", "rusak", "rw", "5"]),
        ("a ,.- ", []),
        ('lampu" OR NEAR(x', ["lampu", "or", "near"]),
        ("satu satu SATU dua", ["satu", "dua"]),
        ("aa bb cc dd ee ff gg hh ii", ["aa", "bb", "cc", "dd", "ee", "ff", "gg", "hh"]),
    ],
)
def test_what_was_typed_as_words(typed: str, words: list[str]) -> None:
    assert rules.words_of(typed) == words


@pytest.mark.parametrize(
    ("word", "known", "near"),
    [
        ("selokn", ["selokan", "sekolah", "selamat"], ["selokan"]),
        ("jalann", ["jalan", "jalur"], ["jalan", "jalur"]),
        ("banjir", ["sampah"], []),
        ("lampu", [], []),
    ],
)
def test_what_is_nearly_a_word(word: str, known: list[str], near: list[str]) -> None:
    assert rules.near(word, known) == near


@pytest.fixture
def ward(db: None) -> Region:
    return places.ward(1)


def found(voices: Any = None, *, nearly: bool = False, **asked: Any) -> set[str]:
    voices = Voice.objects.all() if voices is None else voices
    return {voice.text for voice in search_voices(voices, Asked(**asked), nearly=nearly)}


def test_every_word_or_its_beginning_must_occur(ward: Region) -> None:
    make.voice(ward, text="Jalan rusak depan sekolah")
    make.voice(ward, text="Lampu jalan mati")
    assert found(words="jalan") == {"Jalan rusak depan sekolah", "Lampu jalan mati"}
    assert found(words="JAL rus") == {"Jalan rusak depan sekolah"}
    assert found(words="jalan banjir") == set()
    assert found(words="alan") == set()
    assert len(found()) == 2


@pytest.mark.parametrize(
    "typed", ['"', "jalan*", "text:jalan", "NOT", "ward_path : 3278", "a'); DROP", "jalan & !mati"]
)
def test_signs_of_the_database_are_only_signs(ward: Region, typed: str) -> None:
    make.voice(ward, text="Jalan rusak")
    found(words=typed)
    found(words=typed, nearly=True)


def test_landmark_and_answer_are_found_too(ward: Region) -> None:
    voice = make.voice(ward, text="Sampah", place_words="belakang pasar", menu_item=None, other_words="bau busuk")
    services.answer_voice(by=personas.sari(ward), at=NOW, voice=voice, answer="Truk datang setiap Kamis")
    for words in ("pasar", "busuk", "kamis"):
        assert found(words=words) == {"Sampah"}, words


def test_the_index_follows_the_words(ward: Region) -> None:
    voice = make.voice(ward, text="Selokan mampet")
    Voice.objects.filter(pk=voice.pk).update(text="Jembatan retak")
    assert (found(words="selokan"), found(words="jembatan")) == (set(), {"Jembatan retak"})
    voice.deadlines.all().delete()
    Voice.objects.filter(pk=voice.pk).delete()
    assert found(words="jembatan") == set()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only there the index is a table with triggers")
def test_an_index_that_was_lost_is_made_anew(ward: Region) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER needs_voice_search_put")
    make.voice(ward, text="Selokan mampet")
    assert found(words="selokan") == set()
    search_index.keep()
    assert found(words="selokan") == {"Selokan mampet"}
    search_index.keep()
    make.voice(ward, text="Selokan bau")
    assert len(found(words="selokan")) == 2


def test_a_slip_of_the_pen_still_finds(ward: Region) -> None:
    make.voice(ward, text="Selokan depan sekolah mampet")
    make.voice(ward, text="Sampah menumpuk")
    assert found(words="selokn mampet") == set()
    if connection.vendor == "sqlite" or search_index.has_trigrams():
        assert found(words="selokn mampet", nearly=True) == {"Selokan depan sekolah mampet"}
    assert found(words="helikopter", nearly=True) == set()


def test_other_spellings_and_sundanese_are_nearly_the_same(ward: Region) -> None:
    make.voice(ward, text="Solokan mampeut di gg melati")
    make.voice(ward, text="Gotong royong")
    assert found(words="selokan gang") == set()
    assert found(words="selokan gang", nearly=True) == {"Solokan mampeut di gg melati"}
    assert "Gotong royong" not in found(words="selokan", nearly=True)


def test_a_code_finds_its_voice_whatever_else_is_asked(ward: Region) -> None:
    voice = make.voice(ward, text="Lampu mati")
    make.voice(ward)
    assert found(words=voice.code.lower().replace("-", " "), states=("answered",)) == {"Lampu mati"}


@pytest.mark.parametrize(
    ("asked", "texts"),
    [
        ({"states": ("answered",)}, {"b"}),
        ({"group": "other"}, {"c"}),
        ({"group": "A1"}, {"a", "b"}),
        ({"channel": "counter"}, {"b"}),
        ({"since": date(2026, 3, 3)}, {"c"}),
        ({"until": date(2026, 3, 2)}, {"a", "b"}),
        ({"since": date.min, "until": date.max}, {"a", "b", "c"}),
        ({"category": "selokan"}, {"c"}),
        ({"turn": "ward"}, {"a"}),
        ({"box": (108.0, -7.4, 108.3, -7.2)}, {"a"}),
        ({"words": "b", "states": ("heard",)}, {"a", "c"}),
    ],
)
def test_filters(ward: Region, asked: dict[str, Any], texts: set[str]) -> None:
    category = Category.objects.create(
        key="selokan", title={"id": "Selokan"}, valid_from=date(2026, 1, 1), created_at=NOW
    )
    make.voice(ward, text="a", latitude=Decimal("-7.3"), longitude=Decimal("108.2"))
    second = make.voice(ward, text="b", channel=Channel.COUNTER)
    third = make.voice(ward, text="c", menu_item=None, other_words="x", heard_at=NOW + timedelta(days=1))
    Voice.objects.filter(pk=third.pk).update(category=category)
    Voice.objects.filter(text="a").update(turn="ward")
    services.answer_voice(by=personas.sari(ward), at=NOW, voice=second, answer="Sudah")
    assert found(**asked) == texts


@pytest.mark.parametrize("width", [4, 6, 10])
def test_places(ward: Region, width: int) -> None:
    make.voice(ward, text="Jalan di sini")
    make.voice(places.ward(2), text="Jalan di sebelah")
    texts = found(place=ward.path[:width], words="jalan")
    assert texts == ({"Jalan di sini"} if width == 10 else {"Jalan di sini", "Jalan di sebelah"})


def test_an_rt_is_part_of_its_ward(ward: Region) -> None:
    rt = places.rt(places.rw(ward))
    make.voice(rt, text="Jalan di RT")
    make.voice(ward, text="Jalan di kelurahan")
    assert found(place=rt.path, words="jalan") == {"Jalan di RT"}
    assert len(found(place=ward.path, words="jalan")) == 2


def test_the_public_finds_only_what_is_public(ward: Region) -> None:
    heard = make.voice(ward, text="Jalan belum dibaca")
    read, hidden, private = (make.voice(ward, text=f"Jalan {name}") for name in ("dibaca", "tersembunyi", "rahasia"))
    Voice.objects.exclude(pk=heard.pk).update(state=VoiceState.GATHERED)
    Hiding.objects.create(voice=hidden, reason="spam", created_at=NOW, hidden_by=personas.sari(ward))
    Voice.objects.filter(pk=private.pk).update(is_confidential=True)
    assert set(search_public(Asked(words="jalan"))) == {read}
    assert set(search_public(Asked())) == {heard, read}
    assert set(search_public(Asked(words=private.code))) == set()
    assert set(search_public(Asked(words=heard.code))) == {heard}
