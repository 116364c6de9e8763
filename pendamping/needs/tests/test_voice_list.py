"""The working list of voices: filters, kept views, and files for whoever asked."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from python_calamine import CalamineWorkbook

from pendamping.access.models import Account, Grant
from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.needs.enums.exports import ExportFormat, ExportState, Reason
from pendamping.needs.models import Export, SavedView, Voice
from pendamping.needs.queries.search import Asked, read_box
from pendamping.needs.services import cases, exports, saved_views
from pendamping.needs.tests import factories as make
from pendamping.needs.tests.factories import NOW
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
PAGE = "/kerja/suara/"


@pytest.fixture
def ward() -> Region:
    return places.ward(1)


@pytest.fixture
def sari(ward: Region) -> Account:
    return personas.sari(ward)


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """Files go to a folder of their own, made at once."""
    settings.STORAGES = {
        **settings.STORAGES,
        "exports": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    settings.MFA_REQUIRED = False
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    return tmp_path


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def texts(client: Client, **asked: str) -> list[str]:
    return [row.record.text for row in client.get(PAGE, {"view": "all", **asked}).context["rows"]]


@pytest.mark.parametrize("typed", ["", "1,2,3", "a,b,c,d", "108.3,-7.4,108.1,-7.2", "0,0,999,1"])
def test_a_box_that_is_none(typed: str) -> None:
    assert read_box(typed) is None


def test_filters_that_make_no_sense_count_as_not_said() -> None:
    asked = Asked.read({"place": "32x", "since": "2026-02-31", "until": "kemarin", "view": "all"})
    assert asked == Asked()
    assert Asked.read({}).states == ("heard",)


def test_the_list_is_searched_and_narrowed(ward: Region, sari: Account) -> None:
    rw = places.rw(ward)
    make.voice(rw, text="Jalan rusak")
    make.voice(ward, text="Jalan berlubang", menu_item=None, other_words="aspal")
    make.voice(places.ward(2), text="Jalan di kelurahan lain")
    client = signed_in(sari)
    assert set(texts(client, q="jalan")) == {"Jalan rusak", "Jalan berlubang"}
    assert texts(client, q="jalan", place=rw.path) == ["Jalan rusak"]
    assert texts(client, q="aspal", about="other") == ["Jalan berlubang"]
    assert texts(client, q="jalan", place=places.ward(2).path) == [], "a place outside one's own is empty"
    near = client.get(PAGE, {"view": "all", "q": "berlubnag"})
    assert near.context["is_near"] is True
    assert [row.record.text for row in near.context["rows"]] == ["Jalan berlubang"]
    assert client.get(PAGE, {"q": "jalan"}).context["total"] == "2"


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ({"view": "all", "show": "points"}, "Belum satu pun dari suara ini punya titik di peta"),
        ({"view": "all", "q": "helikopter"}, "Tidak ada yang cocok dengan saringan ini"),
        ({"view": "all", "q": "helikopter", "show": "points"}, "Tidak ada yang cocok dengan saringan ini"),
        ({"view": "answered"}, "Belum ada suara di sini"),
    ],
)
def test_why_there_is_nothing_is_said(ward: Region, sari: Account, query: dict[str, str], title: str) -> None:
    make.voice(ward, text="Lampu mati")
    titles = [
        "Belum satu pun dari suara ini punya titik di peta",
        "Tidak ada yang cocok dengan saringan ini",
        "Belum ada suara di sini",
    ]
    page = signed_in(sari).get(PAGE, query).content.decode()
    assert [one for one in titles if one in page] == [title]


def test_a_voice_about_persons_is_in_no_list(ward: Region, sari: Account) -> None:
    voice = make.voice(ward, text="Rahasia")
    Voice.objects.filter(pk=voice.pk).update(is_confidential=True)
    client = signed_in(sari)
    assert texts(client, q="rahasia") == texts(client, q=voice.code) == texts(client) == []


def test_a_view_is_kept_and_dropped(ward: Region, sari: Account) -> None:
    client = signed_in(sari)
    kept = client.get(PAGE, {"q": "jalan", "view": "all", "before": "9", "x": "1"}).context["kept"]
    assert kept == "q=jalan&view=all"
    answer = client.post(PAGE, {"name": " Jalan  rusak ", "query": kept})
    assert (answer.status_code, answer["Location"]) == (303, f"{PAGE}?q=jalan&view=all")
    assert [view.name for view in client.get(PAGE).context["views"]] == ["Jalan rusak"]
    assert client.post(PAGE, {"name": "", "query": "q=a\nSet-Cookie: b"})["Location"] == f"{PAGE}?q=a%0ASet-Cookie%3A+b"
    other = signed_in(personas.lurah(ward))
    assert other.get(PAGE).context["views"] == []
    other.post(PAGE, {"drop": "Jalan rusak"})
    client.post(PAGE, {"name": "Jalan rusak", "query": "q=lain"})
    assert SavedView.objects.get().query == "q=lain"
    client.post(PAGE, {"drop": "Jalan rusak"})
    assert SavedView.objects.count() == 0


@pytest.mark.parametrize(
    ("facts", "reason"),
    [({"name": "  "}, Reason.NAME_MISSING), ({"query": "q=" + "x" * 400}, Reason.QUERY_TOO_LONG)],
)
def test_a_view_that_is_not_kept(sari: Account, facts: dict[str, str], reason: Reason) -> None:
    with pytest.raises(Refused) as caught:
        saved_views.keep_view(**{"by": sari, "at": NOW, "page": "voices", "name": "A", "query": "", **facts})
    assert caught.value.reason == reason


def test_so_many_views_and_no_more(sari: Account) -> None:
    for number in range(saved_views.VIEWS_MOST):
        saved_views.keep_view(by=sari, at=NOW, page="voices", name=str(number), query="")
    saved_views.keep_view(by=sari, at=NOW, page="voices", name="3", query="q=x")
    with pytest.raises(Refused):
        saved_views.keep_view(by=sari, at=NOW, page="voices", name="neu", query="")


def asked_for(client: Client, kind: str, query: str = "view=all") -> Export:
    client.post(PAGE, {"format": kind, "query": query})
    return Export.objects.latest("pk")


def body(client: Client, export: Export) -> bytes:
    answer = client.get(reverse("needs:voice_file", args=[export.uid]))
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    return b"".join(answer.streaming_content)


def test_a_file_holds_the_view_and_runs_nothing(ward: Region, sari: Account) -> None:
    make.voice(ward, text="=HYPERLINK(1) jalan", place_words="@pasar")
    make.voice(ward, text="Sampah")
    make.voice(places.ward(2), text="Jalan kelurahan lain")
    client = signed_in(sari)
    export = asked_for(client, "csv", "view=all&q=jalan")
    assert (export.state, export.total, export.done) == (ExportState.READY, 1, 1)
    text = body(client, export).decode("utf-8-sig")
    assert "'=HYPERLINK(1) jalan" in text
    assert "'@pasar" in text
    assert "Sampah" not in text
    assert "lain" not in text
    entry = JournalEntry.objects.get(verb="needs.export_asked")
    assert (entry.is_public, entry.changes, "jalan" in str(entry.__dict__)) == (False, {"format": "csv"}, False)


def test_a_workbook_and_map_points(ward: Region, sari: Account, tmp_path: Path) -> None:
    make.voice(ward, text="=1+1", latitude=Decimal("-7.3"), longitude=Decimal("108.2"))
    make.voice(ward, text="Tanpa titik")
    client = signed_in(sari)
    book = tmp_path / "buku.xlsx"
    book.write_bytes(body(client, asked_for(client, "xlsx")))
    rows = CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0).to_python()
    assert [row[5] for row in rows[1:]] == ["=1+1", "Tanpa titik"]
    points = json.loads(body(client, asked_for(client, "geojson")))
    [point] = points["features"]
    assert point["geometry"] == {"type": "Point", "coordinates": [108.2, -7.3]}
    assert point["properties"]["words"] == "=1+1"


def test_more_than_one_step_is_one_file(ward: Region, sari: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "STEP", 2)
    for number in range(5):
        make.voice(ward, text=f"Suara {number}")
    client = signed_in(sari)
    export = asked_for(client, "csv")
    assert (export.total, export.done) == (5, 5)
    assert body(client, export).decode().count("Suara ") == 5


def test_a_file_is_for_whoever_asked(ward: Region, sari: Account) -> None:
    export = asked_for(signed_in(sari), "csv")
    address = reverse("needs:voice_file", args=[export.uid])
    assert signed_in(personas.lurah(ward)).get(address).status_code == 404
    body(signed_in(sari), export)
    assert Client().get(address).status_code == 302


def test_what_a_file_holds_is_asked_when_it_is_made(ward: Region, sari: Account) -> None:
    make.voice(ward, text="Jalan")
    export = Export.objects.create(account=sari, created_at=NOW, page="voices", query="view=all", format="csv")
    sari.is_active = False
    sari.save()
    exports.make_file.call(export.pk)
    export.refresh_from_db()
    assert (export.state, export.total) == (ExportState.READY, 0)


def test_a_file_of_places_somebody_reads_no_longer_is_gone_for_them(ward: Region, sari: Account) -> None:
    make.voice(ward, text="Jalan")
    export = asked_for(signed_in(sari), "csv")
    client = signed_in(sari)
    body(client, export)
    Grant.objects.filter(account=sari).update(ends_on=date(2020, 2, 1))
    personas.sari(places.ward(2))
    client = signed_in(sari)
    assert client.get(reverse("needs:voice_file", args=[export.uid])).status_code == 404
    assert str(export.uid) not in client.get(PAGE).content.decode()
    body(client, asked_for(client, "csv"))


def test_no_voice_about_persons_leaves_in_a_file(ward: Region, sari: Account) -> None:
    voice = make.voice(ward, text="Rahasia")
    Voice.objects.filter(pk=voice.pk).update(is_confidential=True)
    client = signed_in(sari)
    assert "Rahasia" not in body(client, asked_for(client, "csv")).decode()


def test_files_made_before_a_voice_became_confidential_are_gone(
    ward: Region, sari: Account, folder: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    voice, wati = make.voice(ward, text="Rahasia"), personas.wati(places.ward(2))
    mine, elsewhere = asked_for(signed_in(sari), "csv"), asked_for(signed_in(wati), "csv")
    with django_capture_on_commit_callbacks(execute=True):
        cases.keep_confidential(by=sari, at=NOW, voice=voice)
    mine.refresh_from_db()
    assert (mine.state, (folder / mine.file_name).exists()) == (ExportState.GONE, False)
    assert signed_in(sari).get(reverse("needs:voice_file", args=[mine.uid])).status_code == 404
    body(signed_in(wati), elsewhere)
    assert "Rahasia" not in body(signed_in(sari), asked_for(signed_in(sari), "csv")).decode()


def test_a_file_in_the_making_when_a_voice_becomes_confidential_is_not_kept(
    ward: Region, sari: Account, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice, write = make.voice(ward, text="Rahasia"), exports.export_files.write

    def meanwhile(*facts: Any) -> None:
        write(*facts)
        cases.keep_confidential(by=sari, at=NOW, voice=voice)

    monkeypatch.setattr(exports.export_files, "write", meanwhile)
    made = asked_for(signed_in(sari), "csv")
    assert (made.state, list(folder.iterdir())) == (ExportState.GONE, [])


def test_the_page_asks_how_far_a_file_is_until_it_is_ready(ward: Region, sari: Account) -> None:
    made = Export.objects.create(account=sari, created_at=NOW, page="voices", query="", format="csv", total=4, done=1)
    client, asked = signed_in(sari), {"headers": {"HX-Request": "true", "HX-Target": "files"}}
    page = client.get(PAGE, {"view": "all"}).content.decode()
    assert 'hx-get="/kerja/suara/?view=all" hx-trigger="every' in page
    assert '<a href="/kerja/suara/?view=all">' in page
    Export.objects.filter(pk=made.pk).update(state=ExportState.RUNNING)
    part = client.get(PAGE, {"view": "all"}, **asked).content.decode()
    assert ("<html" in part, "hx-trigger" in part, 'class="meter ' in part) == (False, True, True)
    Export.objects.filter(pk=made.pk).update(state=ExportState.READY, file_name="berkas.csv")
    for answer in (client.get(PAGE, **asked), client.get(PAGE)):
        assert reverse("needs:voice_file", args=[made.uid]) in answer.content.decode()
        assert "hx-trigger" not in answer.content.decode()


def test_so_many_files_at_once(ward: Region, sari: Account) -> None:
    for _number in range(exports.AT_ONCE_MOST):
        Export.objects.create(account=sari, created_at=NOW, page="voices", format="csv")
    with pytest.raises(Refused) as caught:
        exports.ask_export(by=sari, at=NOW, place=ward.path, page="voices", query="", format=ExportFormat.CSV)
    assert caught.value.reason == Reason.TOO_MANY_FILES


def test_files_go_and_what_stands_still_begins_anew(ward: Region, sari: Account, folder: Path) -> None:
    old = asked_for(signed_in(sari), "csv")
    now = timezone.now()
    still = Export.objects.create(
        account=sari, created_at=now, page="voices", query="", format="csv", state=ExportState.RUNNING, seen_at=now
    )
    exports.tidy(now)
    still.refresh_from_db()
    assert (still.state, len(list(folder.iterdir()))) == (ExportState.RUNNING, 1)
    exports.tidy(now + timedelta(days=7, hours=1))
    old.refresh_from_db(), still.refresh_from_db()
    assert (old.state, still.state) == (ExportState.GONE, ExportState.READY)
    assert not (folder / old.file_name).exists()
    exports.tidy(now + timedelta(days=31))
    assert not Export.objects.filter(pk=old.pk).exists()


def test_what_cannot_be_written_is_said(ward: Region, sari: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(exports.export_files, "write", full)
    client = signed_in(sari)
    export = asked_for(client, "csv")
    assert export.state == ExportState.FAILED
    assert client.get(reverse("needs:voice_file", args=[export.uid])).status_code == 404
