"""What the sign-in library does to an account is told to the journal like every other act."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone

from pendamping.access import services
from pendamping.core import journal


def tell(verb: str, account: Any, **changes: Any) -> None:
    """One entry in the chain of the place where the person works; without an address."""
    at = timezone.now()
    home = services.home_of(account, at)
    with transaction.atomic():
        journal.record(
            verb, subject=account, region=home, by=account, at=at, office=services.acting_office(account, home, at),
            public=False, changes=changes,
        )  # fmt: skip


@receiver([password_changed, password_reset, password_set], dispatch_uid="access.password_changed")
def _password(user: Any, **_facts: Any) -> None:
    tell("access.password_changed", user)


@receiver([authenticator_added, authenticator_reset], dispatch_uid="access.factor_added")
def _factor(user: Any, authenticator: Any, **_facts: Any) -> None:
    tell("access.factor_added", user, kind=str(authenticator.type))


@receiver(authenticator_removed, dispatch_uid="access.factor_removed")
def _no_factor(user: Any, authenticator: Any, **_facts: Any) -> None:
    tell("access.factor_removed", user, kind=str(authenticator.type))
