"""Whose calendar does a secret open?"""

from __future__ import annotations

from django.utils.crypto import salted_hmac

from pendamping.access.models import Account
from pendamping.training.models import CalendarKey


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return salted_hmac("pendamping.training.calendar", secret, algorithm="sha256").hexdigest()


def owner_of(secret: str) -> Account | None:
    """The person whose calendar it opens, while their account is in use."""
    found = CalendarKey.objects.select_related("account").filter(digest=digest_of(secret), account__is_active=True)
    key = found.first()
    return key.account if key else None


def has_key(account: Account) -> bool:
    return CalendarKey.objects.filter(account=account).exists()
