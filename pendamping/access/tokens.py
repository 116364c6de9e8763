"""Keys for programs: shown once, kept as a hash, scoped like the person they act for."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from pendamping.access.models import Account, Token
from pendamping.access.scope import NOBODY, scope_of
from pendamping.core.moments import day


def issue(*, account: Account, label: str, expires_on: date, reads_only: bool = True) -> tuple[Token, str]:
    """Make a token; the key is returned once and never kept."""
    key = "pdp_" + secrets.token_urlsafe(32)
    token = Token.objects.create(
        account=account,
        label=label,
        key_hash=_hash(key),
        expires_on=expires_on,
        reads_only=reads_only,
        created_at=timezone.now(),
    )
    return token, key


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


class TokenAuth(HttpBearer):
    """Bearer tokens; a request without one has the scope of nobody."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        today = day(timezone.now())
        found = (
            Token.objects.select_related("account")
            .filter(key_hash=_hash(token), revoked_at__isnull=True, expires_on__gte=today, account__is_active=True)
            .first()
        )
        if found is None:
            request.scope = NOBODY  # type: ignore[attr-defined]
            return None
        if found.last_used_on != today:
            Token.objects.filter(pk=found.pk).update(last_used_on=today)
        request.scope = scope_of(found.account, today, reads_only=found.reads_only)  # type: ignore[attr-defined]
        return found.account


token_auth = TokenAuth()
