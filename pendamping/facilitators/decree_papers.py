"""What a decree looks like on paper: its annex, the excerpt for one person, the invitation, the list of open work."""

from __future__ import annotations

import io
from typing import Any

import segno
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from pendamping.core import formats
from pendamping.facilitators.handover import OpenWork
from pendamping.facilitators.models import Appointment, Assignment, Attendee, Decree
from pendamping.facilitators.rules.tickets import shown

BLANK = "……………………………"


def annex_title(decree: Decree) -> str:
    with override("id"):
        return _("Annex of decree %(number)s") % {"number": decree.number}


def newer_annex(code: str) -> str:
    """Why an annex no longer holds."""
    with override("id"):
        return _("Replaced by the newer list %(code)s.") % {"code": code}


def newer_certificate(code: str) -> str:
    """Why an excerpt no longer holds."""
    with override("id"):
        return _("Replaced by the newer excerpt %(code)s.") % {"code": code}


def term_shortened() -> str:
    """Why an excerpt no longer holds once its person leaves early; the reason itself is nobody's business."""
    with override("id"):
        return _("This appointment ends earlier than is written here.")


def certificate_title() -> str:
    with override("id"):
        return _("Excerpt of the decree of appointment")


def annex(decree: Decree) -> dict[str, Any]:
    """Everybody the decree appoints: name, post, area, term. Names of those appointed are public."""
    found = Appointment.objects.filter(decree=decree).select_related("account", "application__post__region")
    people = list(found.order_by("id"))
    places = _places(people)
    with override("id"):
        rows = [
            [str(number), one.account.name, str(one.get_kind_display()), places.get(one.pk, ""), _term(one)]
            for number, one in enumerate(people, start=1)
        ]
        columns = [(_("No."), False), (_("Name"), True), (_("Post"), True), (_("Area"), True), (_("Term"), False)]
        return {
            "language": "id",
            "letterhead": {"lines": _letterhead(decree)},
            "number": decree.number,
            "blocks": [
                {"kind": "facts", "rows": [*_facts(decree)]},
                {"kind": "table", "columns": [{"title": title, "wide": wide} for title, wide in columns], "rows": rows},
                {"kind": "signatures", "items": [{"role": decree.signatory, "name": BLANK}]},
            ],
        }


def certificate(appointment: Appointment) -> dict[str, Any]:
    """One person's part of the decree."""
    decree, places = appointment.decree, _places([appointment])
    with override("id"):
        rows = [
            [_("Name"), appointment.account.name],
            [_("Post"), str(appointment.get_kind_display())],
            [_("Field"), str(appointment.get_specialism_display())],
            [_("Area"), places.get(appointment.pk) or formats.NONE],
            [_("Term"), _term(appointment)],
        ]
        return {
            "language": "id",
            "letterhead": {"lines": _letterhead(decree)},
            "number": decree.number,
            "blocks": [
                {"kind": "paragraph", "text": _("By this decree the following person is appointed:")},
                {"kind": "facts", "rows": rows},
                {"kind": "heading", "text": _("Decree")},
                {"kind": "facts", "rows": _facts(decree)},
                {"kind": "signatures", "items": [{"role": decree.signatory, "name": BLANK}]},
            ],
        }


def invitation(attendee: Attendee, address: str) -> dict[str, Any]:
    """The invitation to the ceremony, with the code that is read at the door."""
    ceremony, place = attendee.ceremony, attendee.ceremony.place
    with override("id"):
        when = date_format(ceremony.held_on, "l, j F Y")
        if ceremony.starts_at:
            when += f", {ceremony.starts_at:%H.%M}"
        return {
            "language": "id",
            "title": _("Invitation"),
            "letterhead": {"lines": _letterhead(ceremony.decree)},
            "number": ceremony.code,
            "blocks": [
                {"kind": "paragraph", "text": _("You are invited to be inaugurated.")},
                {
                    "kind": "facts",
                    "rows": [
                        [_("Name"), attendee.appointment.account.name],
                        [_("Ceremony"), ceremony.title],
                        [_("Day"), when],
                        [_("Held at"), place],
                        [_("Your code"), shown(attendee.ticket)],
                    ],
                },
                {"kind": "photos", "items": [_ticket_picture(address, shown(attendee.ticket))]},
                {"kind": "paragraph", "text": _("Show this code at the door. It opens once, for you alone.")},
            ],
        }


def open_work(appointment: Appointment, works: list[OpenWork]) -> dict[str, Any]:
    """The list of open work a successor takes over, to be signed by both."""
    with override("id"):
        columns = [(_("What"), True), (_("Code"), False), (_("Place"), True), (_("Since"), False)]
        rows = [[str(one.kind), one.code, one.place, formats.day(one.since)] for one in works]
        before = appointment.replaces
        return {
            "language": "id",
            "title": _("Handover of open work"),
            "letterhead": {"lines": _letterhead(appointment.decree)},
            "number": appointment.code,
            "blocks": [
                {
                    "kind": "facts",
                    "rows": [
                        [_("From"), before.account.name if before else formats.NONE],
                        [_("To"), appointment.account.name],
                        [_("Number of open records"), formats.number(len(works))],
                    ],
                },
                *(
                    [{"kind": "table", "columns": [{"title": t, "wide": wide} for t, wide in columns], "rows": rows}]
                    if rows
                    else [{"kind": "paragraph", "text": _("Nothing is open.")}]
                ),
                {
                    "kind": "signatures",
                    "items": [
                        {"role": _("Handed over by"), "name": BLANK},
                        {"role": _("Taken over by"), "name": BLANK},
                    ],
                },
            ],
        }


def _facts(decree: Decree) -> list[list[str]]:
    rows = [[_("Decree"), decree.number], [_("Dated"), formats.day(decree.dated_on)], [_("About"), decree.about]]
    if decree.starts_on:
        rows.append([_("Term"), f"{formats.day(decree.starts_on)} – {formats.day(decree.ends_on)}"])
    return [*rows, [_("Signed by"), decree.signatory]]


def _places(people: list[Appointment]) -> dict[int, str]:
    """The areas of each person: those of the assignments, else that of the post. One query."""
    found: dict[int, list[str]] = {}
    rows = Assignment.objects.filter(appointment__in=people).select_related("region").order_by("region_path", "id")
    for one in rows:
        if one.last_day >= one.starts_on and one.region.label not in found.setdefault(one.appointment_id, []):
            found[one.appointment_id].append(one.region.label)
    posts = {one.pk: one.application.post.region.label for one in people if one.application}
    return {**posts, **{key: ", ".join(labels) for key, labels in found.items()}}


def _term(appointment: Appointment) -> str:
    return f"{formats.day(appointment.starts_on)} – {formats.day(appointment.last_day)}"


def _letterhead(decree: Decree) -> list[str]:
    return [_("Government of %(city)s") % {"city": decree.region.label}]


def _ticket_picture(address: str, words: str) -> dict[str, Any]:
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="png", scale=8, border=2)
    return {"bytes": list(out.getvalue()), "alt": words, "caption": words}
