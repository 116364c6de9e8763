"""One answer per device without knowing whose it is: a random token in a cookie, kept only as a keyed hash per work."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from pendamping.planning.models import Project

COOKIE = "device"
SALT = "pendamping.benefits.device"
LIFE = 2 * 365 * 24 * 3600


def token_of(request: HttpRequest, fresh: uuid.UUID | None = None) -> str:
    """The token this device has shown; without one, `fresh` (the form's own id, so that a double tap is one device)."""
    try:
        return str(request.get_signed_cookie(COOKIE, salt=SALT, max_age=LIFE))
    except (KeyError, signing.BadSignature):
        return (fresh or uuid.uuid4()).hex


def device_hash(token: str, project: Project) -> str:
    """What is kept. The work is part of it, so the answers of one device about two works cannot be laid together."""
    return salted_hmac(f"{SALT}:{project.uid}", token, secret=settings.FIELD_KEY, algorithm="sha256").hexdigest()


def remember(response: HttpResponse, token: str) -> None:
    """Set the cookie, only in answer to a form sent: reading a page never does."""
    response.set_signed_cookie(
        COOKIE, token, salt=SALT, max_age=LIFE, httponly=True, secure=settings.HTTPS, samesite="Lax"
    )
