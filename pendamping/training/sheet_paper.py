"""The sign-in sheet (id: daftar hadir) as data for print: names stand only here, so it is made anew each time."""

from __future__ import annotations

import io
from typing import Any

import segno
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from pendamping.core.documents import printing
from pendamping.training.models import Session
from pendamping.training.queries import sessions as queries
from pendamping.training.rules import sheet

TEMPLATE = "training/sheet"


def pdf(session: Session) -> bytes:
    """The sheet of everybody expected."""
    return printing.render(TEMPLATE, data(session))


def data(session: Session) -> dict[str, Any]:
    """One row a person, and the millimetres the photo is later measured by."""
    with override("id"):
        starts = timezone.localtime(session.starts_at)
        return {
            "language": "id",
            "title": _("Attendance list"),
            "office": session.region.label,
            "number": session.code,
            "note": _("Sign inside the box. Photograph each page whole, from above, in good light."),
            "facts": [
                [_("Session"), session.title],
                [_("Begins"), date_format(starts, "l, j F Y H.i ") + str(starts.tzname())],
                [_("Held at"), session.place],
                [_("Trainer"), trainer_of(session)],
            ],
            "columns": [_("No."), _("Name"), _("Code"), _("Signature")],
            "rows": [_row(session, one.row, one.enrolment) for one in queries.expected(session)],
            "mm": {
                "code": sheet.CODE, "left": sheet.BOX_LEFT, "width": sheet.BOX_WIDTH, "height": sheet.BOX_HEIGHT,
                "pitch": sheet.PITCH,
            },
        }  # fmt: skip


def trainer_of(session: Session) -> str:
    """The trainer's name, or the office of a guest."""
    return session.trainer.name if session.trainer else session.trainer_office


def _row(session: Session, number: int, enrolment: Any) -> dict[str, Any]:
    text = sheet.row_code(session.code, number, session.secret)
    out = io.BytesIO()
    segno.make(text, version=1, error="q", boost_error=False, micro=False).save(
        out, kind="svg", border=0, xmldecl=False, svgns=True
    )
    return {
        "number": number, "name": enrolment.account.name, "area": enrolment.region.label, "text": text,
        "qr": list(out.getvalue()),
    }  # fmt: skip
