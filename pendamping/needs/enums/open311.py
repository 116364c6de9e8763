"""What Open311 knows of a request, and why it is refused."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """Where a request stands for Open311 (id: status Open311): GeoReport v2 knows these two only."""

    OPEN = "open", "open"
    CLOSED = "closed", "closed"


class Reason(TextChoices):
    """Sentences for whoever wrote the program that asks."""

    NO_FORMAT = "no_format", _("Answers come as .xml or .json only.")
    NO_JURISDICTION = "no_jurisdiction", _("There is no jurisdiction_id {code} here. Leave it out, or see discovery.")
    NO_SERVICE = "no_service", _("There is no service with the code “{code}”. GET services lists them all.")
    NO_REQUEST = "no_request", _("There is no request with the id “{code}”.")
    BAD_STATUS = "bad_status", _("“{text}” is no status. Ask for open, closed, or both with a comma between.")
    BAD_INSTANT = "bad_instant", _("“{text}” is no date and time. Write it as 2026-03-02T10:00:00+07:00.")
    SPAN_TOO_LONG = "span_too_long", _("start_date and end_date lie at most {days} days apart. Ask several times.")
    SPAN_REVERSED = "span_reversed", _("start_date is later than end_date. Swap them.")
    TOO_MANY_IDS = "too_many_ids", _("At most {most} ids in one request.")
    NO_KEY = "no_key", _("The api_key is missing, unknown, expired, or may only read. Ask the office for one.")
    NO_PLACE = "no_place", _("Say where it is: address_id, lat and long, or an address_string with the ward's name.")
    BAD_POINT = "bad_point", _("lat and long are degrees, and belong together.")


STATUS_CODES = {
    Reason.NO_FORMAT: 404,
    Reason.NO_JURISDICTION: 404,
    Reason.NO_SERVICE: 404,
    Reason.NO_REQUEST: 404,
    Reason.NO_KEY: 403,
    "too_many_voices": 429,
}  # fmt: skip  (everything else is 400)
