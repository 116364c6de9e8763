"""Those who answer for a place read its journal, and only its."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pendamping.access.tests import personas
from pendamping.needs.services import give_voice
from pendamping.regions.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _without_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


def test_lurah_reads_the_entries_of_the_own_ward_only(client: Client) -> None:
    here, there = factories.ward(1), factories.ward(2)
    voices = [
        give_voice(by=None, at=timezone.now(), text="Selokan mampet", region=ward, other_words="Selokan")
        for ward in (here, there)
    ]
    client.force_login(personas.lurah(here))
    page = client.get("/kerja/jurnal/").content.decode()
    assert voices[0].code in page
    assert voices[1].code not in page
    assert voices[0].code not in client.get("/kerja/jurnal/", {"q": voices[1].code}).content.decode()


def test_an_entry_is_a_sentence_with_its_verb_kept_small(client: Client) -> None:
    here = factories.ward(1)
    give_voice(by=None, at=timezone.now(), text="Selokan mampet", region=here, other_words="Selokan")
    client.force_login(personas.lurah(here))
    page = client.get("/kerja/jurnal/").content.decode()
    assert "Seorang warga menyampaikan suara" in page
    assert "lewat: Web" in page
    assert '<p class="code">needs.voice_given menu=other · ' in page
    assert "· Warga</p>" in page


def test_a_facilitator_has_no_page_of_the_journal(client: Client) -> None:
    client.force_login(personas.sari(factories.ward()))
    assert client.get("/kerja/jurnal/").status_code == 403
