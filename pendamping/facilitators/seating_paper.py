"""The seating list (id: daftar tempat duduk) as data for the printed paper: one row a seat, with the PIN to cut off."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from pendamping.facilitators.models import Sitting
from pendamping.facilitators.queries import exams as queries
from pendamping.facilitators.services.exam_papers import pin_of


def seating(sitting: Sitting) -> dict[str, Any]:
    """Names stand only here, on paper: the list is printed anew each time and kept nowhere."""
    with override("id"):
        starts = timezone.localtime(sitting.starts_at)
        return {
            "language": "id",
            "title": _("Seating list of the computer test"),
            "number": sitting.code,
            "blocks": [
                {"kind": "facts", "rows": [
                    [_("Selection"), sitting.round.title],
                    [_("Held at"), sitting.place],
                    [_("Begins at"), date_format(starts, "l, j F Y H.i ") + str(starts.tzname())],
                    [_("Length in minutes"), str(sitting.minutes)],
                ]},
                {"kind": "paragraph", "text": _(
                    "Give each candidate only their own code and PIN. Keep this list under lock, destroy it afterwards."
                )},
                {"kind": "table",
                 "columns": [
                     {"title": _("Seat"), "align": "right"}, {"title": _("Name"), "wide": True},
                     {"title": _("Code of the application")}, {"title": _("PIN")},
                     {"title": _("Signature"), "wide": True},
                 ],
                 "rows": [
                     [str(seat.number), queries.name_of(seat.application), seat.application.code, pin_of(seat), ""]
                     for seat in queries.seats_of(sitting)
                 ]},
            ],
        }  # fmt: skip
