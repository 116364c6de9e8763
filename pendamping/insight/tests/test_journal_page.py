"""Those who answer for a place read its journal, and only its."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pendamping.access.tests import personas
from pendamping.core.codes import new_code
from pendamping.deliberation.tests.factories import called, closed, counted, decided, put
from pendamping.insight.views import audit
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


def rows(page: str) -> list[str]:
    """What the page says of each entry, tags left out."""
    return [" ".join(re.sub("<[^>]*>", " ", row).split()) for row in page.split('<li class="row">')[1:]]


def test_a_decision_and_that_it_stands_are_told_apart_and_found_by_the_meeting(client: Client) -> None:
    here = factories.ward(1)
    meeting = called(here)
    items = [put(meeting), put(meeting)]
    for item in items:
        decided(item)
    closed(meeting)
    decided_elsewhere = put(called(here))
    decided(decided_elsewhere)
    client.force_login(personas.lurah(here))
    said = rows(client.get("/kerja/jurnal/", {"q": meeting.code}).content.decode())
    noted = [one for one in said if "masih dapat berubah sampai musyawarah ditutup" in one]
    stands = [one for one in said if "Putusan atas usulan tetap, musyawarah ditutup" in one]
    codes = [item.proposal.code for item in items]
    for found in (noted, stands):
        assert [sum(code in one for one in found) for code in codes] == [1, 1]
    assert not any(decided_elsewhere.proposal.code in one for one in said)
    assert any("berita acaranya tetap" in one and "2 putusan" in one for one in said)


def test_a_code_stands_once_in_what_an_entry_is_about(client: Client) -> None:
    here = factories.ward(1)
    voice = give_voice(by=None, at=timezone.now(), text="Selokan mampet", region=here, other_words="Selokan")
    client.force_login(personas.lurah(here))
    page = client.get("/kerja/jurnal/", {"q": voice.code.lower()}).content.decode()
    assert [one.count(voice.code) for one in rows(page)] == [1]
    assert audit._about("V26-1F91K-8", "Berita acara (V26-1F91K-8)") == "V26-1F91K-8 Berita acara"
    assert audit._about("", "Kelurahan Sukamaju") == "Kelurahan Sukamaju"


def test_a_code_that_is_nobodys_says_so(client: Client) -> None:
    here = factories.ward(1)
    give_voice(by=None, at=timezone.now(), text="Selokan mampet", region=here, other_words="Selokan")
    client.force_login(personas.lurah(here))
    for code in (new_code("M", timezone.now()), "M26-SALAH"):
        page = client.get("/kerja/jurnal/", {"q": code}).content.decode()
        assert f"Tidak ada catatan dengan kode “{code}”" in page
        assert "Periksa ejaan kodenya" in page and "Setiap tindakan di wilayah Anda tampil di sini" not in page


def test_those_counted_first_have_nobody_before_them_and_no_small_group_is_told(client: Client) -> None:
    here = factories.ward(1)
    counted(called(here), women=84, men=3, youth=12, disabled=4, lpm=1)
    client.force_login(personas.lurah(here))
    said = [one for one in rows(client.get("/kerja/jurnal/").content.decode()) if "attendance_counted" in one]
    assert len(said) == 1
    for told in ("84 perempuan", "kurang dari 5 laki-laki", "youth=12", "disabled=kurang dari 5", "lpm=kurang dari 5"):
        assert told in said[0]  # in the order in which the database keeps them
    assert "→" not in said[0]
