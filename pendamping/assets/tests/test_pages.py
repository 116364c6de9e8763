"""The public page of an asset and the working pages, by persona."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from pendamping.access.tests import personas
from pendamping.assets.models import Asset, FaultReport, Inspection
from pendamping.assets.tests import factories as make
from pendamping.core.icons import ICONS
from pendamping.delivery.tests import factories as delivery
from pendamping.needs import services as needs
from pendamping.needs.keys import voice_key
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.MFA_REQUIRED = False


def url(name, code):
    return reverse(f"assets:{name}", args=[code])


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("foto.jpg", delivery.jpeg(), "image/jpeg")


def text_of(answer) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)


def test_anyone_reads_the_page_of_an_asset_without_a_cookie(client, django_assert_max_num_queries):
    asset = make.asset(places.ward())
    make.inspected(asset, "light_damage")
    make.broken(asset)
    with django_assert_max_num_queries(8):
        page = client.get(url("public", asset.code))
    text = page.content.decode()
    assert page.status_code == 200
    assert not page.cookies
    for fact in (
        "Rp\u00a048.500.000",
        "DAU Tambahan",
        "Pengurus RW 005",
        "Dinding retak 2 m",
        url("report_fault", asset.code),
    ):
        assert fact in text
    assert url("report_fault", asset.code) in text[: text.index("</header>", text.index("<h1>"))]
    assert f'"{ICONS["stop"]}"' in text[text.index("badge-waiting") :][:200]  # a warning, not a clock
    assert client.get(url("public", asset.code.lower().replace("-", " "))).status_code == 200
    again = client.get(url("public", asset.code), headers={"if-none-match": page["ETag"]})
    assert again.status_code == 304


def test_the_words_of_a_fault_are_public_only_after_somebody_has_handled_it(client):
    asset = make.standing(places.ward())
    fault = make.broken(asset, "Tutup selokan pecah sekali")
    assert "pecah sekali" not in client.get(url("public", asset.code)).content.decode()
    needs.answer_voice(
        by=personas.sari(asset.region), at=make.AT, voice=fault.voice, answer="Sudah diganti hari Jumat."
    )
    page = client.get(url("public", asset.code)).content.decode()
    assert "pecah sekali" in page
    assert "Sudah diganti hari Jumat." in page


def test_anyone_reports_a_fault_and_gets_a_code(client):
    asset = make.standing(places.ward())
    page = client.get(url("report_fault", asset.code))
    assert page.status_code == 200
    assert not page.cookies
    sent = client.post(url("report_fault", asset.code), {"text": "Retak di tengah", "photos": photo()})
    fault = FaultReport.objects.get()
    assert sent["Location"].startswith(reverse("needs:receipt", args=[fault.voice.code]))
    assert voice_key(fault.voice) in client.get(sent["Location"]).content.decode()  # the way back into its thread
    assert not sent.cookies
    assert not fault.voice.photos.get().is_public


def test_a_fault_without_words_is_said_at_the_field(client):
    asset = make.standing(places.ward())
    assert client.post(url("report_fault", asset.code), {"text": ""}).status_code == 422
    assert FaultReport.objects.count() == 0


def test_unknown_assets_are_404(client):
    assert client.get("/aset/A26-XXXXX-X/").status_code == 404


def test_the_list_shows_what_is_due_and_what_can_be_handed_over(client):
    ward = places.ward()
    make.standing(ward, name="Terlambat", next_inspection_on=date(2026, 6, 1))
    make.standing(ward, title="B", name="Nanti", next_inspection_on=date(2099, 1, 1))
    make.standing(places.ward(2), name="Sebelah", next_inspection_on=date(2026, 6, 1))
    waiting = delivery.project(ward, title="Siap diserahkan", state="completed", completed_at=delivery.AT)
    client.force_login(personas.lurah(ward))
    page = client.get(reverse("assets:assets")).content.decode()
    assert "Terlambat" in page
    assert "Nanti" not in page
    assert url("hand_over", waiting.code) in page
    everything = client.get(reverse("assets:assets") + "?view=all").content.decode()
    assert "Nanti" in everything
    assert "Sebelah" not in everything


def test_the_list_asks_as_often_for_three_assets_as_for_one(client):
    ward = places.ward()
    client.force_login(personas.sari(ward))
    asked = []
    for number in (1, 3):
        while Asset.objects.count() < number:
            make.standing(ward, next_inspection_on=date(2026, 6, 1))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("assets:assets"))
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 12


def test_the_lurah_hands_over_and_prints(client):
    project = delivery.completed(places.ward())
    client.force_login(personas.lurah(project.region))
    page = client.get(url("hand_over", project.code))
    assert "Rp\u00a048.500.000" in page.content.decode()
    today = date.today().isoformat()
    facts = {
        "number": "12/BAST/2026", "handed_over_on": today, "giver": "Pokmas Mawar Bersama", "custodian": "RW 005",
        "name": "Drainase Gang Mawar", "place": "Gang Mawar", "value": "48.500.000", "volume": "118.5",
        "next_inspection_on": "2099-01-01",
    }  # fmt: skip
    sent = client.post(url("hand_over", project.code), facts)
    asset = Asset.objects.get()
    assert sent["Location"] == url("asset", asset.code)
    assert client.get(sent["Location"]).status_code == 200
    minutes = client.get(url("minutes", asset.code))
    assert minutes["Content-Type"] == "application/pdf"
    assert "118,5 m" in text_of(minutes)
    assert asset.code in text_of(client.get(url("plate", asset.code)))
    refused = client.get(url("hand_over", project.code)).content.decode()
    assert url("asset", asset.code) in refused
    assert "<textarea" not in refused


def test_a_refused_handover_keeps_what_was_typed(client):
    project = delivery.completed(places.ward())
    client.force_login(personas.lurah(project.region))
    facts = {
        "number": "Nomor Khusus", "handed_over_on": "2026-05-20", "giver": "Pokmas", "custodian": "RW 005",
        "name": "Drainase", "place": "Gang", "value": "1", "next_inspection_on": "2026-05-01",
    }  # fmt: skip
    sent = client.post(url("hand_over", project.code), facts)
    assert sent.status_code == 422
    assert "Nomor Khusus" in sent.content.decode()
    assert Asset.objects.count() == 0


def test_the_facilitator_inspects(client):
    asset = make.standing(places.ward())
    client.force_login(personas.sari(asset.region))
    assert client.get(url("inspect", asset.code)).status_code == 200
    facts = {"inspected_on": "2026-06-01", "condition": "heavy_damage", "next_inspection_on": "2026-12-01"}
    assert client.post(url("inspect", asset.code), {**facts, "photos": photo()}).status_code == 422
    sent = client.post(url("inspect", asset.code), {**facts, "finding": "Ambles 3 m", "photos": photo()})
    assert sent.status_code == 302
    assert Inspection.objects.get().condition == "heavy_damage"


@pytest.mark.parametrize(
    ("role", "place", "name", "status"),
    [
        ("ward_secretary", 1, "asset", 200),
        ("ward_facilitator", 2, "asset", 404),
        ("technical_officer", 1, "inspect", 200),
        ("ward_head", 1, "inspect", 403),
        ("technical_officer", 2, "inspect", 404),
        ("ward_head", 1, "hand_over", 200),
        ("ward_facilitator", 1, "hand_over", 403),
        ("ward_head", 2, "hand_over", 404),
        ("ward_facilitator", 2, "minutes", 404),
        ("ward_facilitator", 2, "plate", 404),
    ],
)
def test_who_may_open_what(client, role, place, name, status):
    asset = make.standing(places.ward())
    client.force_login(personas.person(role, places.ward(place)))
    code = asset.handover.project.code if name == "hand_over" else asset.code
    assert client.get(url(name, code)).status_code == status
