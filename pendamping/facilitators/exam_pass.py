"""What a candidate's device holds while the test lasts: a signed note of the seat and of the entry it came in by."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from pendamping.facilitators.models import Seat

COOKIE = "__Host-exam" if settings.HTTPS else "exam"
SECONDS = 6 * 3600
_SALT = "facilitators.exam"


@dataclass(frozen=True)
class Pass:
    """Who holds it: the seat, and the number of the entry that was current when it was given."""

    seat: Seat
    entry: int


def issue(seat: Seat) -> str:
    """A note for the device that just entered."""
    return signing.dumps([seat.uid.hex, seat.entry], salt=_SALT, compress=False)


def read(note: str) -> Pass | None:
    """The seat of a note; None when it is missing, too old or not ours."""
    try:
        uid, entry = signing.loads(note, salt=_SALT, max_age=SECONDS)
    except (signing.BadSignature, ValueError):
        return None
    seat = Seat.objects.select_related("sitting__round__blueprint", "application").filter(uid=uid).first()
    return Pass(seat, entry) if seat is not None else None


def of(request: HttpRequest) -> Pass | None:
    """The note a page's request carries."""
    return read(request.COOKIES.get(COOKIE, ""))


def hand_out(response: HttpResponse, seat: Seat) -> None:
    """Put the note on the device, unreadable for scripts, for this site only."""
    response.set_cookie(
        COOKIE, issue(seat), max_age=SECONDS, httponly=True, samesite="Lax", secure=settings.HTTPS, path="/"
    )


def take_back(response: HttpResponse) -> None:
    """Forget the note."""
    response.delete_cookie(COOKIE, path="/", samesite="Lax")
