"""What a candidate's device holds while the test lasts: a signed note of the seat and of the entry it came in by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from pendamping.facilitators.models import Seat

COOKIE = "__Host-exam" if settings.HTTPS else "exam"
SECONDS = 6 * 3600
_SALT = "facilitators.exam"


@dataclass
class Pass:
    """Who holds it: the seat, and the number of the entry that was current when it was given."""

    seat_id: int
    entry: int

    @property
    def ref(self) -> Seat:
        """The seat by its key alone: enough for acts that read it under their own lock."""
        return Seat(pk=self.seat_id)

    @cached_property
    def seat(self) -> Seat:
        """The seat with all a page shows of it."""
        return Seat.objects.select_related("sitting__round__blueprint", "application").get(pk=self.seat_id)


def issue(seat: Seat) -> str:
    """A note for the device that just entered."""
    return signing.dumps([seat.pk, seat.entry], salt=_SALT, compress=False)


def read(note: str) -> Pass | None:
    """What a note says; None when it is missing, too old or not ours."""
    try:
        seat_id, entry = signing.loads(note, salt=_SALT, max_age=SECONDS)
    except (signing.BadSignature, ValueError):
        return None
    return Pass(seat_id, entry)


def of(request: HttpRequest) -> Pass | None:
    """The note a page's request carries."""
    return read(request.COOKIES.get(COOKIE, ""))


def hand_out(response: HttpResponse, seat: Seat) -> None:
    """Put the note on the device, unreadable for scripts, for this site only."""
    response.set_cookie(
        COOKIE, issue(seat), max_age=SECONDS, httponly=True, samesite="Lax", secure=settings.HTTPS, path="/"
    )
