"""Pages of certificates as the browser sees them: the public check, one's own, the office's; and the same by API."""

from __future__ import annotations

import io
import json
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.access.tokens import issue
from pendamping.regions.tests import factories as places
from pendamping.training.models import Certificate, CertificateBatch
from pendamping.training.services import batches
from pendamping.training.services import certificates as services
from pendamping.training.services.curriculum import change_course
from pendamping.training.tests import certificate_factories as certified
from pendamping.training.tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


def as_(client: Client, person: Account) -> Client:
    client.force_login(person)
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def issued(name: str = "", months: int | None = 24) -> Certificate:
    make.course(valid_months=months)
    return certified.issued(name, at=timezone.now())


def test_anyone_sees_what_a_certificate_says_without_a_cookie(client: Client) -> None:
    made = issued()
    answer = client.get(reverse("training:certificate", args=[made.code]))
    assert (answer.status_code, answer.cookies) == (200, {})
    page = text(answer)
    assert all(word in page for word in ("Sari", "Dasar pendampingan", "badge-done", made.code))
    assert made.account.username not in page
    assert made.enrolment.code not in page


def test_the_code_is_read_as_people_write_it_and_an_unknown_one_is_not_there(client: Client) -> None:
    made = issued()
    answer = client.get(f"/sertifikat/{made.code.lower().replace('-', '')}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/sertifikat/{made.code}/")
    assert client.get("/sertifikat/V26-XXXXX-X/").status_code == 404


def test_a_course_renamed_later_leaves_page_and_paper_as_they_were_signed(client: Client) -> None:
    made = issued()
    new = {"id": "Nama Kursus Baru", "en": "New Name"}
    change_course(
        by=make.manager(), at=timezone.now(), course=made.version.course, title=new, about=new, valid_months=24
    )
    page = text(client.get(f"/sertifikat/{made.code}/"))
    assert ("Dasar pendampingan" in page, "Nama Kursus Baru" in page) == (True, False)
    paper = PdfReader(io.BytesIO(as_(client, made.account).get(f"/belajar/sertifikat/{made.code}/pdf/").content))
    printed = " ".join(paper.pages[0].extract_text().split())
    assert ("Dasar pendampingan" in printed, "New Name" in printed) == (True, False)


def test_the_box_for_papers_finds_certificates_too(client: Client) -> None:
    made = issued()
    answer = client.get("/periksa/", {"code": made.code.lower()}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/sertifikat/{made.code}/"


def wanted(client: Client, learner: Account, module: str = "m1") -> str:
    """What the page says to whom a gate led there."""
    course = make.course()
    page = text(as_(client, learner).get("/belajar/sertifikat/", {"kursus": course.code, "modul": module}))
    return page.split('id="kurang"')[1].split("</section>")[0]


def test_whoever_a_gate_led_here_is_told_the_step_that_is_theirs(client: Client) -> None:
    make.version(make.course(valid_months=12))
    newcomer = personas.person("ward_facilitator", places.ward(2), "wati")
    assert "Anda belum terdaftar" in wanted(client, newcomer)
    learning = make.enrolled(places.ward(2), "wati")
    assert reverse("training:my_module", args=[learning.code, "m1"]) in wanted(client, newcomer)
    mine = certified.passed()
    assert "Sekretariat menerbitkan sertifikatnya" in wanted(client, mine.account)
    made = services.issue_certificate(by=make.manager(), at=timezone.now(), enrolment=mine)
    assert "Anda sudah punya sertifikatnya" in wanted(client, mine.account)
    Certificate.objects.update(valid_from=date(2025, 1, 1), valid_until=date(2025, 12, 31))
    assert "Sertifikat Anda sudah berakhir" in wanted(client, mine.account)
    services.revoke_certificate(by=make.manager(), at=timezone.now(), certificate=made, reason="Nilai keliru")
    assert "tidak berlaku lagi" in wanted(client, mine.account)
    assert "sertifikat sedang disiapkan" not in text(client.get("/belajar/sertifikat/"))


def test_verification_of_a_corrected_one_says_so_and_leads_to_the_new(client: Client) -> None:
    old = issued()
    new = services.correct_certificate(
        by=make.manager(), at=timezone.now(), certificate=old, name="Sari Dewi", reason="Salah ketik di kantor"
    )
    page = text(client.get(f"/sertifikat/{old.code}/"))
    assert "badge-stopped" in page
    assert f'href="/sertifikat/{new.code}/"' in page
    assert "Salah ketik di kantor" not in page
    assert "badge-done" in text(client.get(f"/sertifikat/{new.code}/"))


def test_revoked_and_expired_are_told_in_words_and_by_a_sign(client: Client) -> None:
    made = issued()
    Certificate.objects.update(valid_from=date(2024, 1, 1), valid_until=date(2024, 12, 31))
    assert "badge-waiting" in text(client.get(f"/sertifikat/{made.code}/"))
    services.revoke_certificate(by=make.manager(), at=timezone.now(), certificate=made, reason="Nilai keliru")
    page = text(client.get(f"/sertifikat/{made.code}/"))
    assert "badge-stopped" in page
    assert "Nilai keliru" not in page


def test_i_download_mine_any_time_and_nobody_elses(client: Client) -> None:
    made, other = issued(), issued("wati")
    as_(client, made.account)
    page = text(client.get("/belajar/sertifikat/"))
    assert made.code in page
    assert other.code not in page
    for kind, begins in (("pdf", b"%PDF"), ("png", b"\x89PNG"), ("svg", b"<svg"), ("jwt", b"eyJ"), ("json", b"{")):
        answer = client.get(f"/belajar/sertifikat/{made.code}/{kind}/")
        assert answer.content.startswith(begins), kind
        assert answer["Cache-Control"] == "private, no-store"
        assert client.get(f"/belajar/sertifikat/{other.code}/{kind}/").status_code == 404
    assert client.get(f"/belajar/sertifikat/{made.code}/exe/").status_code == 404
    services.revoke_certificate(by=make.manager(), at=timezone.now(), certificate=made, reason="Nilai keliru")
    assert client.get(f"/belajar/sertifikat/{made.code}/pdf/").status_code == 404


def test_the_paper_says_it_on_one_page_with_an_english_line(client: Client) -> None:
    make.version(make.course(valid_months=24), modules=12)
    name = "Raden Ajeng Siti Nurhasanah Kusumawardhani Prawiradilaga, S.Sos., M.Si."
    made = services.issue_certificate(by=make.manager(), at=timezone.now(), enrolment=certified.passed(), name=name)
    paper = PdfReader(io.BytesIO(as_(client, made.account).get(f"/belajar/sertifikat/{made.code}/pdf/").content))
    words = " ".join(paper.pages[0].extract_text().split())
    assert len(paper.pages) == 1
    assert paper.pages[0].mediabox.width > paper.pages[0].mediabox.height
    assert all(word in words for word in ("Prawiradilaga", "Dasar pendampingan (en)", "24 JP", made.code, "certify"))


def test_the_office_finds_by_code_and_name_with_the_same_queries_for_one_and_three(client: Client) -> None:
    first = issued()
    as_(client, make.manager())
    client.get("/kerja/pelatihan/sertifikat/")
    with CaptureQueriesContext(
        connection,
    ) as one:
        assert first.code in text(client.get("/kerja/pelatihan/sertifikat/"))
    issued("wati"), issued("budi")
    with CaptureQueriesContext(connection) as three:
        client.get("/kerja/pelatihan/sertifikat/")
    assert len(one) == len(three)
    page = text(client.get("/kerja/pelatihan/sertifikat/", {"q": "wat"}))
    assert "Wati" in page
    assert first.code not in page
    assert first.code in text(client.get("/kerja/pelatihan/sertifikat/", {"q": first.code.lower()}))
    assert first.code not in text(client.get("/kerja/pelatihan/sertifikat/", {"standing": "revoked"}))


def test_the_office_issues_corrects_and_revokes(client: Client) -> None:
    enrolment = certified.passed()
    as_(client, make.manager())
    assert "Sari" in text(client.get("/kerja/pelatihan/sertifikat/terbitkan/"))
    address = f"/kerja/pelatihan/sertifikat/terbitkan/{enrolment.code}/"
    assert client.post(address, {"name": "Sari 327801010190"}).status_code == 422
    client.post(address, {"name": "Sari Dewi"})
    made = Certificate.objects.get()
    assert made.name == "Sari Dewi"
    assert "Sari" not in text(client.get("/kerja/pelatihan/sertifikat/terbitkan/"))
    page = f"/kerja/pelatihan/sertifikat/{made.code}/"
    assert "Sari Dewi" in text(client.get(page))
    assert client.get(f"{page}berkas/pdf/").content.startswith(b"%PDF")
    assert client.get(f"{page}perpanjang/").status_code == 200
    client.post(f"{page}perbaiki/", {"name": "Sari Déwi", "reason": "Salah ketik"})
    new = Certificate.objects.get(supersedes=made)
    client.post(f"/kerja/pelatihan/sertifikat/{new.code}/cabut/", {"reason": "Nilai keliru"})
    new.refresh_from_db()
    assert new.state == "revoked"


@pytest.mark.parametrize(("who", "status"), [("sari", 403), ("budi", 403), ("stranger", 404), ("nobody", 302)])
def test_who_may_not_issue(client: Client, who: str, status: int) -> None:
    made = issued()
    people = {
        "sari": lambda: made.account, "budi": lambda: personas.budi(places.city()),
        "stranger": lambda: personas.person("secretariat", places.city("3279", "Kota Lain"), "jauh"),
    }  # fmt: skip
    if who in people:
        as_(client, people[who]())
    assert client.get(f"/kerja/pelatihan/sertifikat/{made.code}/cabut/").status_code == status


def test_a_batch_shows_how_far_it_is_with_and_without_script(client: Client) -> None:
    version = make.version()
    for name in ("sari", "wati", "budi"):
        certified.passed(name, of=version)
    Account.objects.filter(username="wati").update(is_active=False)
    as_(client, make.manager())
    answer = client.post("/kerja/pelatihan/sertifikat/massal/", {"version": version.pk})
    batch = CertificateBatch.objects.get()
    assert answer["Location"] == f"/kerja/pelatihan/sertifikat/massal/{batch.code}/"
    page = text(client.get(answer["Location"]))
    assert "hx-trigger" in page
    assert "<html" in page
    part = text(client.get(answer["Location"], headers={"HX-Request": "true"}))
    assert "hx-trigger" in part
    assert "<html" not in part
    batches.go_on.func(batch.pk)
    page = text(client.get(answer["Location"]))
    assert "hx-trigger" not in page
    assert Certificate.objects.count() == 2
    assert batch.code in text(client.get("/kerja/pelatihan/sertifikat/massal/"))


def test_refreshers_due_are_listed(client: Client) -> None:
    made = issued()
    as_(client, make.manager())
    assert made.code not in text(client.get("/kerja/pelatihan/sertifikat/jatuh-tempo/"))
    Certificate.objects.update(valid_until=timezone.localdate() + timedelta(days=20))
    assert made.code in text(client.get("/kerja/pelatihan/sertifikat/jatuh-tempo/"))


def ask(client: Client, person: Account | None, method: str, path: str, body: Any = None, op: str = "") -> Any:
    headers = {"Idempotency-Key": op} if op else {}
    if person is not None:
        _token, key = issue(account=person, label="uji", expires_on=date(2099, 1, 1), reads_only=False)
        headers["Authorization"] = f"Bearer {key}"
    sent = "" if body is None else json.dumps(body)
    return client.generic(method, f"/api/v1{path}", sent, content_type="application/json", headers=headers)


def test_the_same_over_the_api(client: Client) -> None:
    enrolment, boss, op = certified.passed(), make.manager(), str(uuid.uuid4())
    made, again = (ask(client, boss, "POST", "/certificates", {"enrolment": enrolment.code}, op) for _time in range(2))
    assert (made.status_code, made.json()["standing"]) == (201, "valid")
    assert again.json() == made.json()
    code = made.json()["code"]
    assert ask(client, None, "GET", f"/certificates/{code}").json()["name"] == "Sari"
    mine = ask(client, enrolment.account, "GET", "/my/certificates").json()
    assert mine[0]["credential"].startswith("eyJ")
    new = ask(client, boss, "POST", f"/certificates/{code}/correction", {"name": "Sari Dewi", "reason": "Salah"}).json()
    assert ask(client, None, "GET", f"/certificates/{code}").json()["successor"] == new["code"]
    gone = ask(client, boss, "POST", f"/certificates/{new['code']}/revocation", {"reason": "Keliru"})
    assert gone.json()["standing"] == "revoked"
    refused = ask(client, boss, "POST", f"/certificates/{code}/revocation", {"reason": "Keliru"})
    assert (refused.status_code, refused.json()["code"]) == (422, "certificate_not_valid")
    assert (
        ask(client, enrolment.account, "POST", f"/certificates/{code}/revocation", {"reason": "x"}).status_code == 403
    )
    other = certified.passed("wati")
    facts = {"course": other.version.course.code, "version": 1}
    begun = ask(client, boss, "POST", "/certificate-batches", facts)
    assert (begun.status_code, begun.json()["total"]) == (201, 2)
    batches.go_on.func(CertificateBatch.objects.get().pk)
    done = ask(client, boss, "GET", f"/certificate-batches/{begun.json()['code']}").json()
    assert (done["state"], done["refused"]) == (
        "done", [{"enrolment": enrolment.code, "reason": "certificate_was_revoked"}]
    )  # fmt: skip
