"""A sheet of the attendance register (id: lembar hadir) as data for print: rows to be filled or signed in the room."""

from __future__ import annotations

from typing import Any

from django.db.models import Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from pendamping.core.documents import printing
from pendamping.deliberation import sealed
from pendamping.deliberation.enums.invitations import InvitationAnswer
from pendamping.deliberation.models import Invitation, Meeting, PaperSheet
from pendamping.deliberation.queries.invitations import invitations

TEMPLATE = "deliberation/sheet"


def pdf(sheet: PaperSheet, *, named: bool = False) -> bytes:
    """The sheet, made anew each time and kept nowhere; `named` with the invited, for those who may read them."""
    return printing.render(TEMPLATE, data(sheet, named=named))


def invited(sheet: PaperSheet) -> list[Invitation]:
    """Whom the rows of this sheet are for: those after the rows of the sheets before it. Three queries."""
    before = PaperSheet.objects.filter(meeting=sheet.meeting_id, number__lt=sheet.number)
    first = before.aggregate(rows=Sum("rows"))["rows"] or 0
    coming = invitations(sheet.meeting).exclude(answer=InvitationAnswer.AWAY)
    return list(coming[first : first + sheet.rows])


def data(sheet: PaperSheet, *, named: bool = False) -> dict[str, Any]:
    """What stands on the sheet."""
    people = [_person(one) for one in invited(sheet)] if named else []
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
            "rows": [*people, *([["", "", ""]] * (sheet.rows - len(people)))],
        }  # fmt: skip


def _person(one: Invitation) -> list[str]:
    """Name of who comes, RT/RW, present as; without a name, it is written by hand beside the office."""
    return [
        sealed.instead_of(one) or sealed.name_of(one),
        one.place.label if one.place else "",
        one.label or one.meeting.capacity_label(one.capacity),
    ]
