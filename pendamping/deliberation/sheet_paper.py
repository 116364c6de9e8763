"""A sheet of the attendance register (id: lembar hadir) as data for print: empty rows to be filled in the room."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from pendamping.core.documents import printing
from pendamping.deliberation.models import Meeting, PaperSheet

TEMPLATE = "deliberation/sheet"


def pdf(sheet: PaperSheet) -> bytes:
    """The sheet, made anew each time: nothing on it changes."""
    return printing.render(TEMPLATE, data(sheet))


def data(sheet: PaperSheet) -> dict[str, Any]:
    """What stands on the sheet."""
    meeting = Meeting.objects.select_related("region").get(pk=sheet.meeting_id)
    with override("id"):
        return {
            "language": "id",
            "title": _("Attendance register"),
            "office": meeting.region.label,
            "number": f"{meeting.code} / {sheet.number}",
            "note": _("Names are deleted when their time is over; only the counts stay. Disability and poor household "
            "only if you want to say so."),
            "facts": [
                [_("Meeting"), meeting.title],
                [_("Day"), date_format(meeting.held_on, "l, j F Y")],
                [_("Held at"), meeting.place],
                [_("Sheet"), str(sheet.number)],
            ],
            "columns": [
                _("No."), _("Name"), "RT/RW", _("W/M"), _("Age group"), _("Present as"), _("Disability"), _("Poor"),
                _("Signature"),
            ],
            "foot": _("Filled rows, counted on this sheet:"),
            "rows": sheet.rows,
        }  # fmt: skip
