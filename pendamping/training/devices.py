"""One phone, one person at a session: a random token in a long-lived cookie, kept only as a keyed hash per session."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from pendamping.training.models import Session

COOKIE = "attendance"
SALT = "pendamping.training.device"
LIFE = 2 * 365 * 24 * 3600


def token_of(request: HttpRequest, fresh: uuid.UUID | None = None, *, cookie: str = COOKIE) -> str:
    """The token this phone has shown; without one, `fresh` (the form's own id, so that a double tap is one phone)."""
    try:
        return str(request.get_signed_cookie(cookie, salt=SALT, max_age=LIFE))
    except (KeyError, signing.BadSignature):
        return (fresh or uuid.uuid4()).hex


def device_hash(token: str, session: Session) -> str:
    """What is kept. The session is part of it, so that nobody is followed from one session to the next."""
    return salted_hmac(f"{SALT}:{session.uid}", token, secret=settings.FIELD_KEY, algorithm="sha256").hexdigest()


def remember(response: HttpResponse, token: str, *, life: int = LIFE, cookie: str = COOKIE) -> None:
    """Set the cookie for so many seconds, only in answer to a form sent: opening the link never does."""
    response.set_signed_cookie(
        cookie, token, salt=SALT, max_age=life, httponly=True, secure=settings.HTTPS, samesite="Lax"
    )
