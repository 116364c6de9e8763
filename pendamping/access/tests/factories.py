"""Roles with dates, second factors and sign-in for tests of access."""

from __future__ import annotations

from datetime import date
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.utils import timezone

from pendamping.access.models import Account, Grant
from pendamping.regions.models import Region

PASSWORD = "kata-sandi-uji-coba"


def grant(
    account: Account,
    role: str,
    region: Region,
    *,
    starts_on: date = date(2020, 1, 1),
    ends_on: date | None = None,
    revoked: bool = False,
) -> Grant:
    over: dict[str, Any] = {"revoked_at": timezone.now(), "revoked_reason": "Pindah tugas"} if revoked else {}
    return Grant.objects.create(
        account=account,
        role=role,
        region=region,
        starts_on=starts_on,
        ends_on=ends_on,
        created_at=timezone.now(),
        **over,
    )


def authenticator(account: Account) -> str:
    """Set up an app and recovery codes; the app's secret."""
    secret = generate_totp_secret()
    TOTP.activate(account, secret)
    RecoveryCodes.activate(account)
    return secret


def sign_in(client: Client, account: Account | str, password: str = PASSWORD) -> Any:
    """As a person does, through the page."""
    name = account if isinstance(account, str) else account.username
    return client.post("/akun/masuk/", {"login": name, "password": password})
