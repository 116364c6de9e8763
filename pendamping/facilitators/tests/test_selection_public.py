"""The public pages of a selection and the applicant's own, without an account."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pendamping.core import mail
from pendamping.core.moments import day
from pendamping.facilitators import keys
from pendamping.facilitators.models import Application, Evidence, Round
from pendamping.facilitators.queries.applications import identity, lines_of
from pendamping.facilitators.services import checks, requirements, rounds
from pendamping.facilitators.tests import selection_factories as make
from pendamping.facilitators.tests.selection_factories import now

pytestmark = pytest.mark.django_db


def at(name: str, *args: Any) -> str:
    return reverse(f"facilitators:{name}", args=args)


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:2000]
    return str(answer.content.decode())


def sign_in(client: Client, application: Application, key: str = make.KEY) -> Any:
    return client.post(at("applicant_sign_in"), {"code": application.code, "key": key})


def test_the_page_of_a_round_tells_everything_before_anyone_applies(client: Client) -> None:
    found = make.opened()
    shown = text(client.get(at("public_round", found.code)))
    for word in ("Perwal 12/2022", "pasal 5 huruf a", "Sipol KPU", "Panitia seleksi", "180", at("apply", found.code)):
        assert word in shown
    assert client.get(at("public_round", found.code)).cookies == {}


def test_a_round_being_prepared_is_nobodys_business_yet(client: Client) -> None:
    found = make.prepared(title="Seleksi rahasia")
    assert client.get(at("public_round", found.code)).status_code == 404
    assert found.title not in text(client.get(at("public_rounds")))
    assert "seleksi" in text(client.get(at("public_rounds"))).lower()


def test_versions_stand_there_with_their_reasons(client: Client) -> None:
    found, by = make.opened(), make.secretariat()
    requirements.begin_change(by=by, at=now(), round=found, reason="Putusan rapat Komisi I")
    make.requirement(found, text="Ijazah SMA")
    assert "Ijazah SMA" not in text(client.get(at("public_round", found.code)))
    requirements.publish_change(by=by, at=now(), round=found)
    shown = text(client.get(at("public_round", found.code)))
    assert "Putusan rapat Komisi I" in shown
    assert "Ijazah SMA" in shown


def test_a_cancelled_round_says_why(client: Client) -> None:
    found = rounds.cancel_round(by=make.secretariat(), at=now(), round=make.opened(), reason="Dasar hukum dicabut")
    assert "Dasar hukum dicabut" in text(client.get(at("public_round", found.code)))
    assert at("apply", found.code) not in text(client.get(at("public_round", found.code)))


def test_where_no_mail_is_sent_no_mailbox_is_asked_for(client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = mail.NOWHERE
    found = make.opened()
    assert 'name="email"' not in text(client.get(at("apply", found.code)))
    typed = {"post": found.posts.get().pk, "email": "ani@contoh.invalid", "agrees": "on"}
    assert "ani@contoh.invalid" not in text(client.post(at("apply", found.code), typed))
    assert identity(Application.objects.get())["email"] == ""


def test_small_groups_are_not_told(client: Client) -> None:
    found = make.opened()
    for number in range(4):
        make.submitted(found, f"327801450695000{number}")
    assert re.search(r'class="number">4\s*<', text(client.get(at("public_round", found.code)))) is None
    make.submitted(found, "3278014506950009")
    assert re.search(r'class="number">5\s*<', text(client.get(at("public_round", found.code))))


@pytest.mark.parametrize("name", ["public_rounds", "public_round"])
def test_as_many_queries_for_three_as_for_one(client: Client, name: str) -> None:
    found = make.opened()
    codes = [] if name == "public_rounds" else [found.code]

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            text(client.get(at(name, *codes)))
        return len(seen)

    first = count()
    make.opened(title="Dua")
    make.opened(title="Tiga")
    make.submitted(found)
    assert count() == first


def test_somebody_applies_from_the_first_question_to_handing_in(client: Client) -> None:
    found = make.opened()
    begun = client.post(
        at("apply", found.code), {"post": found.posts.get().pk, "email": "ani@contoh.invalid", "agrees": "on"}
    )
    shown = text(begun)
    application = Application.objects.get()
    key = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", shown)
    assert key and keys.opens(application, key[0])
    cookie = begun.cookies["lamaran"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 7200)
    step = client.post(
        at("apply_step", found.code, "diri"),
        {"name": "Ani Contoh", "nik": "3278 0145 0695 0001", "born_on": "1995-06-05", "sex": "f"},
    )
    assert step.headers["Location"] == at("apply_step", found.code, "alamat")
    client.post(
        at("apply_step", found.code, "alamat"),
        {"address": "Jalan Contoh 1", "phone": "0812 0000 0001", "email": "ani@contoh.invalid"},
    )
    files = at("apply_step", found.code, "berkas")
    upload = SimpleUploadedFile("ktp.pdf", make.pdf_bytes(), content_type="application/pdf")
    assert client.post(f"{files}?r=1", {"r1-file": upload}).status_code == 302
    assert client.post(f"{files}?r=2", {"r2-declared": "on"}).status_code == 302
    assert text(client.get(at("apply_step", found.code, "periksa")))
    application.refresh_from_db()
    code = keys.mail_code(application, "ani@contoh.invalid")
    assert client.post(at("applicant_mail_code"), {"code": code}).status_code == 302
    assert client.post(at("applicant")).status_code == 302
    application.refresh_from_db()
    assert application.state == "submitted"
    shown = text(client.get(at("applicant")))
    assert application.code in shown
    name = Evidence.objects.exclude(file="").get().name
    sent = client.get(at("applicant_file", name))
    assert sent.content == make.pdf_bytes()
    assert sent.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in sent.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["formasi", "diri", "alamat", "berkas", "periksa"])
def test_every_step_is_shown(client: Client, name: str) -> None:
    application = make.filled(make.opened())
    sign_in(client, application)
    assert application.code in text(client.get(at("apply_step", application.round.code, name)))
    answer = client.get(at("apply_step", application.round.code, name))
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_unknown_step_is_nowhere(client: Client) -> None:
    application = make.begun(make.opened())
    sign_in(client, application)
    assert client.get(at("apply_step", application.round.code, "lain")).status_code == 404


def test_whatever_is_right_is_kept_when_something_else_is_wrong(client: Client) -> None:
    application = make.begun(make.opened())
    sign_in(client, application)
    address = at("apply_step", application.round.code, "diri")
    shown = text(client.post(address, {"name": "Ani Contoh", "nik": "123", "born_on": "", "sex": ""}), 422)
    assert 'value="123"' in shown
    assert identity(make.fresh(application))["name"] == "Ani Contoh"


def test_the_form_saves_itself_and_says_when(client: Client) -> None:
    application = make.begun(make.opened())
    sign_in(client, application)
    address = at("apply_step", application.round.code, "diri")
    assert "autosave.js" in text(client.get(address))
    told = client.post(f"{address}?simpan=1", {"name": "Ani", "nik": "32", "born_on": "", "sex": ""})
    assert (told.status_code, "WIB" in told.json()["saved"]) == (200, True)
    assert identity(make.fresh(application))["name"] == "Ani"


def test_a_fake_pdf_is_refused_at_its_field(client: Client) -> None:
    application = make.begun(make.opened())
    sign_in(client, application)
    fake = SimpleUploadedFile("ijazah.pdf", b"MZ\x90\x00", content_type="application/pdf")
    shown = text(client.post(f"{at('apply_step', application.round.code, 'berkas')}?r=1", {"r1-file": fake}), 422)
    assert "field-wrong" in shown
    big = SimpleUploadedFile("besar.pdf", b"%PDF-1.7" + bytes(20_000_000), content_type="application/pdf")
    shown = text(client.post(f"{at('apply_step', application.round.code, 'berkas')}?r=1", {"r1-file": big}), 422)
    assert "20" in shown
    assert Evidence.objects.count() == 0


def test_a_file_is_removed_while_it_is_a_draft(client: Client) -> None:
    application = make.filled(make.opened())
    sign_in(client, application)
    client.post(f"{at('apply_step', application.round.code, 'berkas')}?r=1&hapus=1")
    assert lines_of(application)[0].is_handed_in is False


def test_a_lost_cookie_asks_for_code_and_key_and_the_draft_is_there(client: Client) -> None:
    application = make.filled(make.opened())
    assert client.get(at("applicant")).headers["Location"] == at("applicant_sign_in")
    step = at("apply_step", application.round.code, "diri")
    assert client.get(step).headers["Location"] == at("applicant_sign_in")
    assert sign_in(client, application, make.KEY.lower().replace("-", " ")).status_code == 302
    assert "Ani Contoh" in text(client.get(step))


def test_a_forged_cookie_opens_nothing(client: Client) -> None:
    application = make.filled(make.opened())
    client.cookies["lamaran"] = f"{application.code}:{application.secret_hash[:16]}:x:y"
    assert client.get(at("applicant")).status_code == 302


def test_leaving_closes_the_pages(client: Client) -> None:
    application = make.filled(make.opened())
    sign_in(client, application)
    client.post(at("applicant_sign_out"))
    assert client.get(at("applicant")).status_code == 302


def test_a_wrong_key_is_refused_and_then_throttled(client: Client) -> None:
    application = make.begun(make.opened())
    for _try in range(8):
        text(sign_in(client, application, "AAAA-AAAA-AAAA-AAAA"), 422)
    text(sign_in(client, application, "AAAA-AAAA-AAAA-AAAA"), 429)
    text(sign_in(client, application), 429)


def test_the_first_form_sent_twice_makes_one_application(client: Client) -> None:
    found = make.opened()
    facts = {
        "post": found.posts.get().pk, "agrees": "on", "email": "", "op": "0197a000-0000-7000-8000-000000000001",
    }  # fmt: skip
    first, second = (text(client.post(at("apply", found.code), facts)) for _time in range(2))
    assert Application.objects.count() == 1
    assert Application.objects.get().code in first and Application.objects.get().code in second
    Application.objects.update(created_at=now() - timedelta(hours=1))
    text(client.post(at("apply", found.code), facts), 422)  # a stranger at the same computer learns no key


def test_without_consent_nothing_begins(client: Client) -> None:
    found = make.opened()
    text(client.post(at("apply", found.code), {"post": found.posts.get().pk, "email": "ani@contoh.invalid"}), 422)
    text(client.post(at("apply", found.code), {"post": found.posts.get().pk, "agrees": "on", "website": "x"}), 422)
    assert Application.objects.count() == 0


def test_after_the_last_day_nobody_begins(client: Client) -> None:
    found = make.opened()
    Round.objects.update(closes_on=day(now()) - timedelta(days=1))
    text(client.post(at("apply", found.code), {"post": found.posts.get().pk, "agrees": "on"}), 422)
    assert "<form" not in text(client.get(at("apply", found.code))).split("<main")[1]


def test_another_site_cannot_send_a_form(client: Client) -> None:
    application = make.begun(make.opened())
    sign_in(client, application)
    answer = client.post(at("applicant_withdraw"), {"reason": ""}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert make.fresh(application).state == "draft"


def test_the_link_of_the_mail_verifies_only_when_pressed(client: Client) -> None:
    application = make.filled(make.opened())
    link = at("applicant_mail_link", application.code, keys.mail_token(application, "ani@contoh.invalid"))
    text(client.get(link))
    assert make.fresh(application).verified_at is None
    text(client.post(link))
    assert make.fresh(application).verified_at is not None
    wrong = at("applicant_mail_link", application.code, "0" * 32)
    text(client.post(wrong), 422)


def test_mail_codes_are_throttled_and_the_letter_comes_again(client: Client) -> None:
    application = make.filled(make.opened())
    sign_in(client, application)
    text(client.post(at("applicant_mail_again")))
    for _try in range(8):
        text(client.post(at("applicant_mail_code"), {"code": "000000"}), 422)
    text(client.post(at("applicant_mail_code"), {"code": "000000"}), 429)


def test_the_applicant_reads_the_decision_with_its_reason(client: Client) -> None:
    application = make.submitted(make.opened())
    make.closed(application.round)
    make.checked(application)
    make.second(application, "found", reason="Terdaftar sebagai anggota")
    sign_in(client, application)
    assert "Terdaftar sebagai anggota" not in text(client.get(at("applicant")))
    checks.conclude_files(by=make.checker(), at=now(), application=application)
    assert "Terdaftar sebagai anggota" in text(client.get(at("applicant")))


def test_the_applicant_reads_when_and_where_the_test_is(client: Client) -> None:
    application = make.submitted(make.opened())
    sign_in(client, application)
    assert "Tes komputer Anda" not in text(client.get(at("applicant")))
    make.seated(application)
    shown = text(client.get(at("applicant")))
    assert all(word in shown for word in ("Tes komputer Anda", "3 Maret 2026 08.00 WIB", "Lab SMK Contoh", ">7<"))


def test_the_applicant_answers_a_question(client: Client) -> None:
    application = make.submitted(make.opened())
    make.closed(application.round)
    make.checked(application, right="unclear", reason="Foto buram", answer_until=day(now()) + timedelta(days=2))
    sign_in(client, application)
    assert "Foto buram" in text(client.get(at("applicant")))
    text(client.post(at("applicant_answer", 1), {"answer": ""}), 422)
    assert client.post(at("applicant_answer", 1), {"answer": "Ini KTP saya"}).status_code == 302
    assert lines_of(application)[0].is_asked is False
    checks.check_requirement(
        by=make.checker(), at=now(), application=application, requirement=lines_of(application)[0].requirement,
        is_there=False, right="no", reason="Tetap buram",
    )  # fmt: skip
    assert at("applicant_answer", 2) in text(client.get(at("applicant")))
    checks.conclude_files(by=make.checker(), at=now(), application=application)
    assert at("applicant_answer", 2) not in text(client.get(at("applicant")))
    late = text(client.post(at("applicant_answer", 2), {"answer": "Ini"}), 422)
    assert "tidak ada lagi yang ditanyakan" in late
    assert client.post(at("applicant_answer", 9), {"answer": "x"}).status_code == 404


def test_the_applicant_sees_and_accepts_new_requirements_and_withdraws(client: Client) -> None:
    found, by = make.opened(), make.secretariat()
    application = make.submitted(found)
    requirements.begin_change(by=by, at=now(), round=found, reason="Putusan Komisi I")
    make.requirement(found, text="Ijazah SMA")
    requirements.publish_change(by=by, at=now(), round=found)
    sign_in(client, application)
    assert "Putusan Komisi I" in text(client.get(at("applicant")))
    last = day(now()) - timedelta(days=1)
    Round.objects.filter(pk=found.pk).update(closes_on=last)
    assert f'action="{at("applicant_accept")}"' not in text(client.get(at("applicant")))
    Round.objects.filter(pk=found.pk).update(closes_on=found.closes_on)
    assert f'action="{at("applicant_accept")}"' in text(client.get(at("applicant")))
    assert client.post(at("applicant_accept")).status_code == 302
    text(client.post(at("applicant_accept")), 422)
    text(client.post(at("applicant")), 422)
    assert client.post(at("applicant_withdraw"), {"reason": ""}).status_code == 302
    assert make.fresh(application).state == "withdrawn"


def test_nobody_opens_the_file_of_another(client: Client) -> None:
    found = make.opened()
    mine, other = make.begun(found), make.filled(found)
    sign_in(client, mine)
    name = Evidence.objects.filter(application=other).exclude(file="").get().name
    assert client.get(at("applicant_file", name)).status_code == 404
