"""What of voices may be shown: to everyone, and to whoever works with them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from pendamping.access.models import Account
from pendamping.needs.models import CaseMember, Hiding, Voice


def public_voices() -> QuerySet[Voice]:
    """Voices that everyone may know of: none about persons, none hidden. Every public door begins here."""
    hidden = Hiding.objects.filter(
        voice=OuterRef("pk"), message__isnull=True, photo__isnull=True, lifted_at__isnull=True
    )
    return Voice.objects.filter(~Exists(hidden))


def voices_read_by(account: Account) -> QuerySet[Voice]:
    """Voices with those about persons for whose case team this account is named; places are asked of the scope."""
    named = CaseMember.objects.filter(voice=OuterRef("pk"), account=account, ended_at__isnull=True)
    return Voice.everything.filter(Q(is_confidential=False) | Exists(named))
