"""Searching voices and having them made into a file over HTTP."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from pendamping.access import tokens
from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.needs.enums.exports import ExportState
from pendamping.needs.models import Export
from pendamping.needs.tests import factories as make
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def ward(settings: Any, tmp_path: Path) -> Region:
    settings.STORAGES = {
        **settings.STORAGES,
        "exports": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    return places.ward(1)


def caller(account: Account, *, reads_only: bool = False) -> Client:
    _token, key = tokens.issue(account=account, label="uji", expires_on=date(2099, 1, 1), reads_only=reads_only)
    return Client(headers={"Authorization": f"Bearer {key}"})


def test_voices_are_found_by_words_and_place(ward: Region) -> None:
    one, other = make.voice(ward, text="Jalan rusak"), make.voice(places.rw(ward), text="Jalan gelap")
    client = caller(personas.sari(ward))

    def codes(**asked: str) -> list[str]:
        return [voice["code"] for voice in client.get(f"{API}/voices", asked).json()["results"]]

    assert codes(q="jalan") == [other.code, one.code]
    assert codes(q="jalan rusak") == [one.code]
    assert codes(q="jalan", region=other.region_path) == [other.code]
    assert codes(region="x") == codes(since="2026-03-03") == codes(q="banjir") == []
    assert client.get(f"{API}/voices", {"since": "kemarin"}).status_code == 422


def test_a_file_is_asked_for_and_looked_after(ward: Region) -> None:
    make.voice(ward)
    client = caller(personas.sari(ward))
    made = client.post(f"{API}/voice-exports", {"query": "view=all", "format": "csv"}, content_type="application/json")
    assert (made.status_code, made.json()["state"]) == (201, ExportState.WAITING)
    address = f"{API}/voice-exports/{made.json()['uid']}"
    seen = client.get(address).json()
    assert (seen["state"], seen["total"], seen["done"]) == (ExportState.READY, 1, 1)
    assert caller(personas.lurah(ward)).get(address).status_code == 404


def test_nobody_without_a_place_and_no_reading_key_asks_for_a_file(ward: Region) -> None:
    asked = {"query": "", "format": "csv"}
    for client in (caller(personas.account("tanpa-peran")), caller(personas.sari(ward), reads_only=True)):
        assert client.post(f"{API}/voice-exports", asked, content_type="application/json").status_code == 403
    assert Export.objects.count() == 0
