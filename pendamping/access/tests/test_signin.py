"""Signing in: three names, one sentence for every failure, exact limits, and no official without a second factor."""

from __future__ import annotations

import base64
import json
import re
from typing import Any
from unittest import mock

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.hashers import check_password
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from pendamping.access import adapter, phones
from pendamping.access.models import Account, Attempt
from pendamping.access.tests import personas
from pendamping.access.tests.factories import PASSWORD, authenticator, sign_in
from pendamping.core.models import JournalEntry
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture
def rahma() -> Account:
    rahma = personas.person("rt_rw", places.ward(), "rahma")
    rahma.email = "rahma@contoh.id"
    phones.put(rahma, phones.Number("+6281234567890"))
    rahma.save()
    return rahma


def code(secret: str, step: int = 0) -> str:
    counter = list(yield_hotp_counters_from_time())[1] + step
    return str(format_hotp_value(hotp_value(secret, counter)))


@pytest.mark.parametrize(
    "typed",
    ["rahma", " Rahma ", "RAHMA@contoh.id", "081234567890", "0812-3456-7890", "+62 812 3456 7890", "6281234567890"],
)
def test_any_of_ones_names_opens_the_door(client: Client, rahma: Account, typed: str) -> None:
    answer = sign_in(client, typed)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/kerja/")
    assert client.session["_auth_user_id"] == str(rahma.pk)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0812 3456 7890", "+6281234567890"),
        ("(0265) 331-234", "+62265331234"),
        ("+62812", None),
        ("+1 202 555 0143", "+12025550143"),
        ("sari", None),
        ("0012345678", None),
        ("", None),
    ],
)
def test_numbers_have_one_spelling(typed: str, number: str | None) -> None:
    assert phones.plain(typed) == number


def test_a_number_is_kept_sealed(rahma: Account) -> None:
    kept = Account.objects.get(pk=rahma.pk)
    assert b"81234567890" not in bytes(kept.phone_cipher or b"")
    assert (phones.shown(kept), phones.number_of(kept)) == ("•••• 7890", phones.Number("+6281234567890"))
    assert "81234567890" not in str(phones.Number("+6281234567890"))


def page_after(client: Client, name: str, password: str) -> str:
    body = sign_in(client, name, password).content.decode()
    token = body.split('name="csrfmiddlewaretoken" value="')
    return "".join(part[64:] if at else part for at, part in enumerate(token)).replace(f'value="{name}"', "")


def test_unknown_wrong_disabled_and_not_yet_chosen_read_the_same(rahma: Account) -> None:
    shut = personas.account("tutup")
    shut.is_active = False
    shut.save()
    fresh = personas.account("baru")
    fresh.set_unusable_password()
    fresh.save()
    tries = [("rahma", "salah"), ("siapa", "salah"), ("tutup", PASSWORD), ("baru", "salah"), ("0899999999", "salah")]
    pages = {page_after(Client(), name, password) for name, password in tries}
    assert len(pages) == 1


def test_unknown_and_known_names_cost_one_hash_each(client: Client, rahma: Account) -> None:
    hasher = "django.contrib.auth.hashers.MD5PasswordHasher"
    hashed = []
    for name in ("rahma", "siapa"):
        with mock.patch(f"{hasher}.encode", autospec=True, side_effect=lambda *a, **k: "md5$salt$hash") as encode:
            sign_in(client, name, "salah")
        hashed.append(encode.call_count)
    assert hashed == [1, 1]


def test_the_tries_of_a_name_are_counted_before_any_hashing(client: Client, rahma: Account) -> None:
    for _ in range(adapter.PER_NAME):
        sign_in(client, "rahma", "salah")
    with mock.patch("pendamping.access.models.Account.check_password") as check:
        answer = sign_in(client, "rahma")
    assert check.called is False
    assert "_auth_user_id" not in client.session
    assert "Terlalu banyak percobaan. Tunggu" in answer.content.decode()
    assert "menit" in answer.content.decode()


def test_an_unknown_name_is_held_up_just_the_same(client: Client) -> None:
    for _ in range(adapter.PER_NAME):
        sign_in(client, "siapa", "salah")
    assert "Terlalu banyak percobaan" in sign_in(client, "siapa", "salah").content.decode()


def test_one_address_trying_many_names_is_held_up(client: Client, rahma: Account, monkeypatch: Any) -> None:
    monkeypatch.setattr(adapter, "PER_ADDRESS", 5)
    for n in range(5):
        sign_in(client, f"siapa{n}", "salah")
    assert "Terlalu banyak percobaan" in sign_in(client, "rahma").content.decode()


def test_signing_in_clears_ones_own_slips(client: Client, rahma: Account) -> None:
    for _ in range(3):
        for _ in range(adapter.PER_NAME - 1):
            sign_in(Client(), "rahma", "salah")
        assert sign_in(Client(), "rahma").status_code == 302
    kept = " ".join(Attempt.objects.values_list("key", flat=True))
    assert "rahma" not in kept


def test_the_journal_tells_of_coming_and_going_without_name_or_address(client: Client, rahma: Account) -> None:
    sign_in(client, "rahma")
    client.post("/akun/keluar/")
    entries = list(JournalEntry.objects.filter(verb__startswith="access.signed").order_by("id"))
    assert [entry.verb for entry in entries] == ["access.signed_in", "access.signed_out"]
    assert {entry.actor_uid for entry in entries} == {rahma.uid}
    assert {entry.is_public for entry in entries} == {False}
    assert {entry.region_path for entry in entries} == {places.ward().path}
    words = json.dumps([[entry.subject_label, entry.changes, entry.reason] for entry in entries])
    assert "127.0.0.1" not in words
    assert "ahma" not in words


def test_nobody_signs_up_or_changes_addresses_by_themselves(client: Client) -> None:
    for path in ("/akun/signup/", "/akun/daftar/", "/akun/email/", "/akun/phone/change/", "/akun/password/reset/"):
        assert client.get(path).status_code == 404


def test_an_official_without_a_second_factor_is_led_to_set_one_up(client: Client, settings: Any) -> None:
    settings.MFA_REQUIRED = True
    personas.lurah(places.ward())
    sign_in(client, "lurah")
    for path in ("/kerja/", "/kerja/orang/", "/kerja/akun/"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/akun/langkah-kedua/")
    assert client.post("/kerja/orang/tambah/", {"name": "X"}).headers["Location"] == "/akun/langkah-kedua/"
    assert "Siapkan langkah kedua sebelum mulai" in client.get("/akun/langkah-kedua/").content.decode()


def test_an_official_with_a_second_factor_works(client: Client, settings: Any) -> None:
    settings.MFA_REQUIRED = True
    secret = authenticator(personas.lurah(places.ward()))
    answer = sign_in(client, "lurah")
    assert answer.headers["Location"].startswith("/akun/langkah-kedua/authenticate/")
    assert client.get("/kerja/akun/").headers["Location"].startswith("/akun/masuk/")
    answer = client.post("/akun/langkah-kedua/authenticate/", {"code": code(secret)})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/kerja/")
    assert client.get("/kerja/akun/").status_code == 200


def test_somebody_without_an_office_needs_none(client: Client, settings: Any, rahma: Account) -> None:
    settings.MFA_REQUIRED = True
    sign_in(client, "rahma")
    assert client.get("/kerja/akun/").status_code == 200


def test_a_code_counts_once_also_on_another_machine(client: Client, settings: Any) -> None:
    secret = authenticator(personas.lurah(places.ward()))
    now = code(secret)
    answers = []
    for typed in (now, f"{now[:3]} {now[3:]}"):
        browser = Client()
        sign_in(browser, "lurah")
        with mock.patch("allauth.mfa.totp.internal.auth.cache.add", return_value=True):  # another process's cache
            answers.append(browser.post("/akun/langkah-kedua/authenticate/", {"code": typed}).status_code)
    assert answers == [302, 200]


def test_codes_cannot_be_guessed(client: Client) -> None:
    secret = authenticator(personas.lurah(places.ward()))
    sign_in(client, "lurah")
    wrong = str((int(code(secret)) + 1) % 1_000_000).zfill(6)
    for _ in range(adapter.PER_NAME):
        client.post("/akun/langkah-kedua/authenticate/", {"code": wrong})
    answer = client.post("/akun/langkah-kedua/authenticate/", {"code": code(secret)})
    assert answer.status_code == 200
    assert "Terlalu banyak percobaan" in answer.content.decode()


def test_a_recovery_code_counts_once(client: Client) -> None:
    lurah = personas.lurah(places.ward())
    authenticator(lurah)
    codes = Authenticator.objects.get(user=lurah, type="recovery_codes").wrap().get_unused_codes()
    answers = []
    for typed in (codes[0], codes[0], codes[1]):
        browser = Client()
        sign_in(browser, "lurah")
        answers.append(browser.post("/akun/langkah-kedua/authenticate/", {"code": typed}).status_code)
    assert answers == [302, 200, 302]


def test_secrets_of_second_factors_are_sealed() -> None:
    lurah = personas.lurah(places.ward())
    secret = authenticator(lurah)
    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert base64.b64encode(secret.encode()).decode() not in kept


def test_changing_rights_asks_for_fresh_proof_and_never_keeps_what_was_sent(client: Client) -> None:
    ward = places.ward()
    client.force_login(personas.lurah(ward))
    answer = client.post("/kerja/orang/tambah/", {"name": "Rahasia Sekali"})
    assert answer.headers["Location"] == "/akun/buktikan/?next=%2Fkerja%2Forang%2Ftambah%2F"
    assert "Rahasia Sekali" not in json.dumps(dict(client.session.items()), default=str)
    answer = client.post("/akun/buktikan/", {"password": PASSWORD, "next": "/kerja/orang/tambah/"})
    assert answer.headers["Location"] == "/kerja/orang/tambah/"
    assert client.get("/kerja/orang/tambah/").status_code == 200


def test_who_has_a_factor_proves_themselves_by_it(client: Client) -> None:
    lurah = personas.lurah(places.ward())
    authenticator(lurah)
    client.force_login(lurah)
    answer = client.get("/kerja/orang/tambah/")
    assert answer.headers["Location"].startswith("/akun/langkah-kedua/reauthenticate/")


def test_a_disabled_account_is_out_at_once(client: Client, rahma: Account) -> None:
    sign_in(client, "rahma")
    Account.objects.update(is_active=False)
    assert client.get("/kerja/akun/").headers["Location"].startswith("/akun/masuk/")


def test_passwords_are_hashed_within_what_a_small_server_spares(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["pendamping.access.hashers.PasswordHasher"]
    account = Account(username="uji")
    account.set_password(PASSWORD)
    assert account.password.startswith("argon2$argon2id$v=19$m=47104,t=2,p=1$")
    assert check_password(PASSWORD, account.password)


def test_every_answer_carries_the_headers(client: Client) -> None:
    for path in ("/akun/masuk/", "/tidak-ada/", "/healthz"):
        headers = client.get(path).headers
        assert "no-store" in headers["Cache-Control"]
        if path == "/healthz":
            continue  # answered before all else, to whoever watches the machine
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Permissions-Policy"].startswith("camera=(self), geolocation=(self), microphone=()")
        assert "'unsafe" not in headers["Content-Security-Policy"]


def test_pages_of_the_library_hold_no_inline_script_or_handler(client: Client) -> None:
    lurah = personas.lurah(places.ward())
    authenticator(lurah)
    for path in ("/akun/masuk/", "/akun/langkah-kedua/authenticate/"):
        sign_in(client, "lurah")
        assert inline(client.get(path).content.decode()) == []
    client.force_login(lurah)
    prove(client)
    base = "/akun/langkah-kedua/"
    for path in ("", "webauthn/add/", "webauthn/", "webauthn/reauthenticate/", "reauthenticate/", "totp/deactivate/",
                 "recovery-codes/", "recovery-codes/generate/"):  # fmt: skip
        assert inline(client.get(base + path).content.decode()) == []
    Authenticator.objects.all().delete()
    assert inline(client.get(base + "totp/activate/").content.decode()) == []


def prove(client: Client) -> None:
    """Signed in a moment ago."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": timezone.now().timestamp()}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()


def inline(body: str) -> list[str]:
    """Scripts with code of their own, styles and handlers in a page: what the strict policy would block."""

    scripts = re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", body)
    return [*scripts, *re.findall(r"<style|\sstyle=|\son[a-z]+=", body)]


def test_pages_of_the_library_speak_as_ours_do(client: Client) -> None:
    lurah = personas.lurah(places.ward())
    sign_in_page = client.get("/akun/masuk/").content.decode()
    client.force_login(lurah)
    proof = client.get("/akun/buktikan/").content.decode()
    change = client.get("/akun/kata-sandi/").content.decode()
    for page in (sign_in_page, proof, change):
        assert "placeholder" not in page
    assert "Masih Anda?" in proof
    assert "Paling sedikit 12 huruf" in change


@pytest.mark.parametrize("name", ["totp_activated", "recovery_codes_generated"])
def test_nothing_is_said_over_the_recovery_codes(name: str) -> None:
    assert render_to_string(f"mfa/messages/{name}.txt").strip() == ""
