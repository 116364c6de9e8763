"""An applicant's own pages without an account: a signed cookie that ends by itself and opens one application only."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from pendamping.facilitators.models import Application
from pendamping.facilitators.queries.applications import applications

SECONDS = 2 * 3600  # from the last page; a shared computer forgets by itself
SALT = "pendamping.facilitators.applicant"
_MARK = 16  # signs of the key's digest in the cookie: a new key shuts every door opened with the one before


def cookie_name() -> str:
    """Bound to this host where there is HTTPS."""
    return "__Host-lamaran" if settings.SESSION_COOKIE_SECURE else "lamaran"


def signed_in_applicant(request: HttpRequest) -> Application | None:
    """Whose pages these are, or None: no cookie, too old, changed by somebody, another key, or forgotten."""
    said = request.get_signed_cookie(cookie_name(), default="", salt=SALT, max_age=SECONDS)
    code, _, mark = (said or "").partition(":")
    if not mark:
        return None
    found = applications().filter(code=code, forgotten_at__isnull=True).first()
    return found if found is not None and found.secret_hash[:_MARK] == mark else None


def sign_in_applicant(response: HttpResponse, application: Application) -> None:
    """Open the applicant's pages on this device for a while; each page that they use prolongs it."""
    value = f"{application.code}:{application.secret_hash[:_MARK]}"
    response.set_signed_cookie(cookie_name(), value, salt=SALT, max_age=SECONDS, **_kind())


def sign_out_applicant(response: HttpResponse) -> None:
    """Close them."""
    response.delete_cookie(cookie_name(), path="/", samesite="Lax")


def _kind() -> dict[str, Any]:
    return {"httponly": True, "samesite": "Lax", "secure": settings.SESSION_COOKIE_SECURE, "path": "/"}
