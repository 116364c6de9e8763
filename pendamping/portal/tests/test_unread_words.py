"""What a resident wrote under "other" is on no public page before an official has read it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from pendamping.access.tests import personas
from pendamping.needs.models import Voice
from pendamping.needs.services import answer_voice, gather_voices
from pendamping.needs.tests import factories as make
from pendamping.regions.tests.factories import ward as a_ward

pytestmark = pytest.mark.django_db

WORDS = "Tetangga pemalas"


def pages(voice: Voice) -> list[str]:
    """Every public place where a voice shows."""
    path = voice.region_path
    return [
        "/", f"/wilayah/{path}/", f"/daftar/suara/?wilayah={path}", "/daftar/suara/", "/daftar/suara/atom.xml",
        f"/jejak/{voice.code}/", f"/jejak/{voice.code}/atom.xml", f"/api/v1/journeys/{voice.code}",
        f"/suara/{voice.code}/", f"/cari/?q={voice.code}", "/cari/?q=pemalas", f"/api/v1/voices/{voice.code}",
    ]  # fmt: skip


def shown(client: Client, voice: Voice) -> dict[str, bool]:
    found = {}
    for page in pages(voice):
        answer = client.get(page, follow=True)
        assert answer.status_code == 200, page
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        found[page] = WORDS in body.decode()
    return found


@pytest.mark.parametrize("with_item", [False, True])
def test_unread_words_are_on_no_public_page(client: Client, with_item: bool) -> None:
    ward = a_ward()
    make.menu()
    voice = make.voice(ward, menu_item=make.menu("A1.02") if with_item else None, other_words=WORDS)
    assert not any(shown(client, voice).values())
    if not with_item:
        assert "Hal lain" in client.get("/daftar/suara/", follow=True).content.decode()


def test_officials_see_the_words_at_once(client: Client, settings: Any) -> None:
    settings.MFA_REQUIRED = False
    ward = a_ward()
    voice = make.voice(ward, menu_item=None, other_words=WORDS)
    client.force_login(personas.sari(ward))
    for page in (f"/kerja/suara/{voice.code}/", "/kerja/suara/"):
        assert WORDS in client.get(page).content.decode(), page


@pytest.mark.parametrize("read", ["gathered", "answered"])
def test_read_words_are_public(client: Client, read: str) -> None:
    ward = a_ward()
    sari = personas.sari(ward)
    voice = make.voice(ward, menu_item=None, other_words=WORDS)
    if read == "answered":
        answer_voice(by=sari, at=make.NOW, voice=voice, answer="Sudah dibicarakan")
    else:
        gather_voices(by=sari, at=make.NOW, voices=[voice], title="Gotong royong")
    assert WORDS in client.get(f"/suara/{voice.code}/").content.decode()
