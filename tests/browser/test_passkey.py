"""A passkey from setting it up to signing in by it, under the strict policy, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pendamping.access.tests import personas
from pendamping.access.tests.factories import PASSWORD
from pendamping.regions.tests import factories as places

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.django_db(transaction=True)
def test_an_official_sets_up_a_passkey_and_signs_in_by_it(page: Page, live: str, settings: Any) -> None:
    settings.MFA_REQUIRED = True
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    personas.lurah(places.ward())
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": device})

    page.goto(f"{live}/kerja/akun/")
    page.get_by_label("Nama pengguna, alamat surel, atau nomor telepon").fill("lurah")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url(f"{live}/akun/langkah-kedua/")  # led there: no working page before it
    page.get_by_role("link", name="Tambah passkey").click()
    page.locator("#id_passwordless").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/recovery-codes/")
    assert page.locator(".recovery-codes li").count() == 10
    page.goto(f"{live}/kerja/akun/")
    page.locator("summary", has_text="Lurah").click()
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_url(f"{live}/")

    page.goto(f"{live}/akun/masuk/?next=/kerja/akun/")
    page.get_by_role("button", name="Masuk dengan passkey").click()
    page.wait_for_url(lambda url: "/masuk/" not in url)
    page.goto(f"{live}/kerja/akun/")
    assert page.get_by_role("heading", level=1).inner_text() == "Akun saya"
