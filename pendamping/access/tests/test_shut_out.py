"""Who is shut out stays out, who has their own device is not, and nobody's number is read by who may not mend it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pendamping.access import adapter, phones, services
from pendamping.access.models import Account, Invitation, Token
from pendamping.access.tests import personas
from pendamping.access.tests.factories import PASSWORD, sign_in
from pendamping.access.tokens import issue
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


def sees_work(client: Client) -> bool:
    return client.get("/kerja/").status_code == 200


def test_an_account_opened_again_has_no_session_key_or_link_from_before(client: Client) -> None:
    ward = places.ward()
    sari, office = personas.sari(ward), personas.secretariat(places.city())
    sign_in(client, sari)
    key = issue(account=sari, label="x", expires_on=date(2099, 1, 1))[1]
    link = services.invite(by=office, at=timezone.now(), account=sari)
    services.disable_person(by=office, at=timezone.now(), account=sari, reason="HP hilang")
    services.enable_person(by=office, at=timezone.now(), account=sari, reason="Sudah kembali")
    assert not sees_work(client)
    assert client.get("/api/v1/voices", headers={"Authorization": f"Bearer {key}"}).status_code == 401
    assert services.open_invitation(link.key, timezone.now()) is None
    assert Token.objects.get().revoked_at and Invitation.objects.get().withdrawn_at


def test_signing_out_everywhere_ends_every_session_and_key(client: Client) -> None:
    sari, other = personas.sari(places.ward()), Client()
    for browser in (client, other):
        sign_in(browser, sari)
    issue(account=sari, label="x", expires_on=date(2099, 1, 1))
    assert client.get(reverse("access:sign_out_everywhere")).status_code == 200
    assert client.post(reverse("access:sign_out_everywhere"), {}).headers["Location"] == reverse("account_login")
    assert not sees_work(client) and not sees_work(other)
    assert Token.objects.get().revoked_at is not None
    entry = JournalEntry.objects.get(verb="access.signed_out_everywhere")
    assert (entry.office, entry.region_path) == ("ward_facilitator", places.ward().path)


def test_nobody_revokes_the_key_of_somebody_else() -> None:
    sari, wati = personas.sari(places.ward()), personas.wati(places.ward(2))
    token = issue(account=sari, label="x", expires_on=date(2099, 1, 1))[0]
    with pytest.raises(Refused):
        services.revoke_token(by=wati, at=timezone.now(), token=token)
    assert Token.objects.get().revoked_at is None


def test_strangers_cannot_lock_somebody_out_of_their_own_device(client: Client) -> None:
    sari, stranger = personas.sari(places.ward()), Client()
    sign_in(client, sari)
    client.post("/akun/keluar/")
    for _try in range(adapter.PER_NAME + 1):
        sign_in(stranger, "sari", "salah-sama-sekali")
    assert sign_in(stranger, sari).status_code == 200  # too many tries from elsewhere
    assert sign_in(client, sari).status_code == 302


def test_tries_on_ones_own_device_are_counted_too(client: Client) -> None:
    sari = personas.sari(places.ward())
    sign_in(client, sari)
    client.post("/akun/keluar/")
    for _try in range(adapter.PER_NAME):
        sign_in(client, "sari", "salah-sama-sekali")
    assert sign_in(client, sari).status_code == 200


@pytest.mark.parametrize("password", ["pendamping123", "Bismillah-12345", "tasikmalaya2026", "kotatasikmalaya1"])
def test_a_local_word_with_digits_is_no_password(settings: Any, password: str) -> None:
    settings.CITY_NAME = "Kota Tasikmalaya"
    with pytest.raises(ValidationError) as refusal:
        validate_password(password)
    assert "local_word" in {problem.code for problem in refusal.value.error_list}


def test_several_words_are_a_password() -> None:
    validate_password("pendamping naik sepeda hijau")


def test_a_number_is_neither_shown_to_who_mends_it_nor_lost_by_mending() -> None:
    ward = places.ward()
    chair, client = personas.person("rt_rw", ward, "pak-rw"), Client()
    phones.put(chair, phones.Number("+6281234567890"))
    chair.save()
    sign_in(client, personas.lurah(ward))
    address = reverse("access:edit", args=[chair.uid])
    shown = client.get(address).content.decode()
    assert "•••• 7890" in shown and "81234567890" not in shown
    client.post(address, {"name": "Pak RW", "email": "", "phone": ""})
    chair.refresh_from_db()
    assert (chair.name, phones.shown(chair)) == ("Pak RW", "•••• 7890")
    client.post(address, {"name": "Pak RW", "email": "", "phone": "", "forget_phone": "on"})
    assert phones.shown(Account.objects.get(pk=chair.pk)) == ""


def test_who_may_not_mend_an_account_does_not_read_it_either() -> None:
    ward = places.ward()
    sari, client = personas.sari(ward), Client()
    Account.objects.filter(pk=sari.pk).update(email="sari@contoh.id")
    sign_in(client, personas.lurah(ward))
    answer = client.get(reverse("access:edit", args=[sari.uid]))
    assert answer.headers["Location"] == reverse("access:person", args=[sari.uid])


def test_a_changed_password_is_told_to_the_journal(client: Client) -> None:
    sari = personas.sari(places.ward())
    sign_in(client, sari)
    new = "sepeda hijau naik gunung"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    entry = JournalEntry.objects.get(verb="access.password_changed")
    assert (entry.region_path, entry.office, entry.is_public) == (places.ward().path, "ward_facilitator", False)


def test_who_watches_the_machine_needs_no_host_name(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["pendamping.example.go.id"]
    assert client.get("/healthz", headers={"host": "127.0.0.1:8000"}).status_code == 200
    assert client.get("/", headers={"host": "127.0.0.1:8000"}).status_code == 400
