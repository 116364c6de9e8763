"""How allauth signs people in here: nobody signs up, tries are counted before a password is hashed, secrets sealed."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pendamping.access import phones, throttle
from pendamping.access.enums import Reason
from pendamping.access.models import Account
from pendamping.access.signals import tell
from pendamping.core.personal import crypt

WINDOW = 15 * 60
PER_NAME = 10  # tries of one name in a window
PER_ADDRESS = 100  # an office shares one address
_FIELD = "account.factor"
DEVICE = "device"
DEVICE_SECONDS = 180 * 24 * 3600


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by people management; signing in asks for a name, an e-mail address or a phone number."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("This name and password do not belong together. Check both and try again."),
        "incorrect_password": _("This password is not right. Check it and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return throttle.client_address(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """The account, or None. Known and unknown names cost the same work and get the same sentence."""
        typed, password = spelled(credentials["username"]), credentials["password"]
        now = timezone.now()
        count_try(f"sign-in:address:{throttle.client_address(request)}", PER_ADDRESS, now)
        account = find(typed)
        name = f"sign-in:name:{typed}"
        if account is not None and _knows(request, account):  # strangers' tries do not shut out a device of one's own
            name = f"sign-in:device:{account.uid}"
        count_try(name, PER_NAME, now)
        if account is None:
            Account().set_password(password)
            return None
        if not account.check_password(password) or not account.is_active:
            return None
        throttle.forget(name, seconds=WINDOW)
        return account

    def reauthenticate(self, user: Any, password: str) -> bool:
        count_try(f"sign-in:again:{user.pk}", PER_NAME, timezone.now())
        return user.check_password(password)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Whoever has a second factor proves themselves by it; a password alone would be the weaker half."""
        methods = super().get_reauthentication_methods(user)
        return [method for method in methods if method["id"].startswith("mfa")] or methods

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not again right after signing in."""
        return not proved_recently(context.request)

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        tell("access.signed_in", user)

    def post_login(self, request: HttpRequest, user: Any, **facts: Any) -> HttpResponse:
        """Remember this device as one of this person's, and nothing else about it."""
        response: HttpResponse = super().post_login(request, user, **facts)
        response.set_signed_cookie(
            DEVICE, str(user.uid), salt=DEVICE, max_age=DEVICE_SECONDS, httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE, path=reverse("account_login"),
        )  # fmt: skip
        return response

    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            tell("access.signed_out", request.user)
        super().logout(request)


class FactorAdapter(DefaultMFAAdapter):
    """Second factors: their secrets are sealed in the database, and people see the name of the city."""

    def encrypt(self, text: str) -> str:
        key = crypt.new_subject_key()
        sealed = crypt.encrypt(text, subject_key=key, field=_FIELD)
        return ".".join(base64.b64encode(part).decode() for part in (key, sealed))

    def decrypt(self, encrypted_text: str) -> str:
        key, sealed = (base64.b64decode(part) for part in encrypted_text.split("."))
        return crypt.decrypt(sealed, subject_key=key, field=_FIELD)

    def _get_site_name(self) -> str:
        return f"Pendamping {settings.CITY_NAME}"

    def _get_user_identifier(self, user: Any) -> str:
        return user.username


def _knows(request: HttpRequest, account: Account) -> bool:
    """Did this person sign in on this device before?"""
    return request.get_signed_cookie(DEVICE, "", salt=DEVICE, max_age=DEVICE_SECONDS) == str(account.uid)


def spelled(typed: str) -> str:
    """A typed name in the one spelling it is kept and counted under."""
    return phones.plain(typed) or typed.strip().lower()


def find(typed: str) -> Account | None:
    """The account of a name, an address or a number, in its one spelling; the same queries whatever is found."""
    number = phones.index(typed)
    found = (
        list(
            Account.objects.filter(username=typed)
            .union(
                Account.objects.filter(email=typed),
                Account.objects.filter(phone_index=number),
            )
            .order_by("id")
        )
        if typed
        else []
    )
    return next(
        (account for account in found if account.username == typed),
        found[0] if found else None,
    )


def count_try(key: str, limit: int, at: datetime) -> None:
    """Count a try at proving who one is; refuse with the minutes to wait."""
    wait = throttle.allow(key, limit=limit, seconds=WINDOW, at=at)
    if wait is not None:
        message = str(Reason.TOO_MANY_TRIES.label).format(minutes=-(-wait // 60))
        raise ValidationError(message, code="too_many_tries")


def proved_recently(request: HttpRequest) -> bool:
    """Did this person show who they are within the last quarter of an hour (setting)?"""
    user: Any = request.user
    records = get_authentication_records(request, user) if user.is_authenticated else []
    return any(
        timezone.now().timestamp() - record["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT for record in records
    )
