"""The key of a giver: the same for ever, of one voice only, read as people type it."""

from __future__ import annotations

import uuid

import pytest

from pendamping.needs import keys
from pendamping.needs.models import Voice

ONE, OTHER = Voice(uid=uuid.UUID(int=1), code="S26-7K3QX-M"), Voice(uid=uuid.UUID(int=2), code="S26-7K3QY-N")


def test_a_key_is_long_and_the_same_every_time():
    assert keys.voice_key(ONE) == keys.voice_key(ONE)
    assert len(keys.read_key(keys.voice_key(ONE))) == keys.LENGTH
    assert keys.voice_key(ONE) != keys.voice_key(OTHER)


@pytest.mark.parametrize("typed", ["{}", " {} ", "{lower}", "{bare}", "{misread}"])
def test_a_key_opens_its_voice_however_it_is_typed(typed):
    key = keys.voice_key(ONE)
    misread = key.replace("1", "l").replace("0", "o").replace("V", "U")
    said = typed.format(key, lower=key.lower(), bare=key.replace("-", ""), misread=misread)
    assert keys.opens(ONE, said)


@pytest.mark.parametrize("typed", ["", "é", "-", keys.LENGTH * "0", "S26-7K3QX-M", "9" * 10_000])
def test_anything_else_does_not_open_it(typed):
    assert not keys.opens(ONE, typed)


def test_the_key_of_another_voice_does_not_open_it():
    assert not keys.opens(ONE, keys.voice_key(OTHER))


def test_another_field_key_makes_another_key(settings):
    before = keys.voice_key(ONE)
    settings.FIELD_KEY = "another"
    assert not keys.opens(ONE, before)


def test_a_link_to_the_giver_holds_the_key_where_no_server_sees_it(settings):
    settings.SITE_URL = "https://suara.example/"
    path, fragment = keys.giver_address(ONE).split("#")
    assert path == f"https://suara.example/suara/{ONE.code}/"
    assert fragment == keys.voice_key(ONE)
