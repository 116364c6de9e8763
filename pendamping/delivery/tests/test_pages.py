"""The working pages of delivery, by persona."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pendamping.access.tests import personas
from pendamping.delivery.models import Payment, ProgressReport
from pendamping.delivery.tests import factories as make
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.MFA_REQUIRED = False


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("foto.jpg", make.jpeg(), "image/jpeg")


def seen_by(client, person, name, *codes):
    client.force_login(person)
    return client.get(reverse(f"delivery:{name}", args=codes))


def test_the_list_shows_what_waits_first_and_only_of_my_place(client):
    waiting = make.reported(make.project(places.ward(), title="Menunggu"))
    make.verified(make.project(places.ward(), title="Lapangan voli"))
    make.reported(make.project(places.ward(2), title="Sebelah"))
    answer = seen_by(client, personas.sekretaris(places.ward()), "reports")
    text = answer.content.decode()
    assert waiting.code in text
    assert "Menunggu" in text
    assert "Lapangan voli" not in text
    assert "Sebelah" not in text
    assert "Lapangan voli" in client.get(reverse("delivery:reports") + "?state=verified").content.decode()


def test_the_list_asks_as_often_for_three_reports_as_for_one(client):
    ward = places.ward()
    make.reported(make.project(ward))
    client.force_login(personas.sari(ward))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("delivery:reports"))
    for number in range(2):
        make.reported(make.project(ward, title=f"Kegiatan {number}"))
    with CaptureQueriesContext(connection) as three:
        client.get(reverse("delivery:reports"))
    assert len(three) == len(one) <= 12


def test_a_facilitator_writes_a_report_with_a_photo(client):
    project = make.project(places.ward())
    page = seen_by(client, personas.sari(project.region), "report", project.code)
    assert page.status_code == 200
    sent = client.post(
        reverse("delivery:report", args=[project.code]),
        {"stage": 0, "spent": "Rp 1.500.000", "note": "Lokasi siap", "photos": photo()},
    )
    report = ProgressReport.objects.get()
    assert sent.status_code == 302
    assert sent["Location"] == reverse("delivery:progress", args=[report.code])
    assert (report.stage, report.spent, report.photos.count()) == (0, 1_500_000, 1)
    assert client.get(sent["Location"]).status_code == 200


def test_what_was_typed_stays_when_the_report_is_refused(client):
    project = make.project(places.ward())
    client.force_login(personas.sari(project.region))
    sent = client.post(
        reverse("delivery:report", args=[project.code]),
        {"stage": 0, "spent": "99.000.000", "note": "Kata yang panjang", "photos": photo()},
    )
    assert sent.status_code == 422
    assert "Kata yang panjang" in sent.content.decode()
    assert ProgressReport.objects.count() == 0


def test_the_next_report_shows_the_photo_before_and_says_when_nothing_can_be_reported(client):
    project = make.project(places.ward())
    first = make.reported(project)
    page = seen_by(client, personas.sari(project.region), "report", project.code).content.decode()
    assert "<textarea" not in page
    assert reverse("delivery:progress", args=[first.code]) in page
    make.verified(other := make.project(places.ward(), title="Lain"))
    name = ProgressReport.objects.get(project=other).photos.get().name
    page = seen_by(client, personas.sari(project.region), "report", other.code).content.decode()
    assert reverse("access:photo", args=[name, "thumb"]) in page


def test_the_secretary_verifies_and_the_project_starts(client):
    report = make.reported(make.project(places.ward()))
    client.force_login(personas.sekretaris(report.region))
    sent = client.post(reverse("delivery:verify", args=[report.code]), {"verify-note": "Dicek di lokasi"})
    report.refresh_from_db()
    assert sent.status_code == 302
    assert (report.state, report.project.state, report.verdict_note) == ("verified", "running", "Dicek di lokasi")


def test_returning_needs_words_and_keeps_the_report(client):
    report = make.reported(make.project(places.ward()))
    client.force_login(personas.sekretaris(report.region))
    url = reverse("delivery:send_back", args=[report.code])
    assert client.post(url, {"return-reason": ""}).status_code == 422
    assert client.post(url, {"return-reason": "Foto kabur"}).status_code == 302
    report.refresh_from_db()
    assert report.state == "returned"
    assert "Foto kabur" in client.get(reverse("delivery:progress", args=[report.code])).content.decode()


def test_the_author_sees_the_reason_instead_of_the_button(client):
    author = personas.person("ward_secretary", places.ward(), "penulis")
    report = make.reported(make.project(places.ward()), by=author)
    page = seen_by(client, author, "progress", report.code).content.decode()
    assert reverse("delivery:verify", args=[report.code]) not in page
    assert client.post(reverse("delivery:verify", args=[report.code]), {}).status_code == 422


def test_the_treasurer_pays_from_the_list(client):
    project = make.project(places.ward())
    make.verified(project)
    treasurer = personas.bendahara(project.region)
    url = reverse("delivery:pay", args=[project.code])
    assert url in seen_by(client, treasurer, "reports").content.decode()
    page = client.get(url).content.decode()
    assert "Syarat: laporan awal sudah dicek" in page
    assert "Syarat: kemajuan 50 % sudah dicek" in page
    sent = client.post(url, {"tranche": 1, "amount": "20.000.000", "paid_on": "2026-03-02", "reference": "SP2D-7"})
    assert sent.status_code == 302
    assert Payment.objects.get().amount == 20_000_000
    assert "SP2D-7" in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("name", "who", "status"),
    [
        ("progress", "sari", 200),
        ("progress", "wati", 404),
        ("progress", "camat", 200),
        ("report", "sari", 200),
        ("report", "sekretaris", 403),
        ("report", "wati", 404),
        ("pay", "bendahara", 200),
        ("pay", "sari", 403),
        ("pay", "lurah", 403),
        ("pay", "elsewhere", 404),
        ("verify", "sari", 403),
        ("verify", "elsewhere_verifier", 404),
    ],
)
def test_who_may_open_what(client, name, who, status):
    ward = places.ward()
    report = make.reported(make.project(ward))
    person = {
        "sari": personas.sari(ward),
        "wati": personas.wati(places.ward(2)),
        "camat": personas.camat(places.district()),
        "sekretaris": personas.sekretaris(ward),
        "bendahara": personas.bendahara(ward),
        "lurah": personas.lurah(ward),
        "elsewhere": personas.person("assistant_treasurer", places.ward(2), "lain"),
        "elsewhere_verifier": personas.person("ward_secretary", places.ward(2), "lain2"),
    }[who]
    client.force_login(person)
    code = report.code if name in ("progress", "verify") else report.project.code
    send = client.post if name == "verify" else client.get
    assert send(reverse(f"delivery:{name}", args=[code])).status_code == status


def test_anyone_is_sent_to_sign_in(client):
    answer = client.get(reverse("delivery:reports"))
    assert answer.status_code == 302
    assert reverse("account_login") in answer["Location"]
