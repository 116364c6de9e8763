"""The invitation to a meeting (id: surat undangan) as data for the printed paper: offices and groups, no names."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override, pgettext

from pendamping.access import duties
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.documents import document as documents
from pendamping.core.models import Document
from pendamping.core.trace import Step, Trace
from pendamping.deliberation import papers
from pendamping.deliberation.models import AgendaPoint, Invitation, Meeting
from pendamping.deliberation.queries import invitations as queries
from pendamping.deliberation.queries.own_groups import capacities_of
from pendamping.deliberation.rules.points import read_lines

KIND = "invitation"
TITLE = gettext_noop("Invitation to a meeting")
REPLACED = gettext_noop("A newer invitation replaces this one.")
CALLED_OFF = gettext_noop("The meeting was cancelled.")


def issue(meeting: Meeting, *, at: datetime) -> Document:
    """The invitation as a verifiable paper; asked again it is the same one until something in it changed.

    The one before is then revoked, so that nobody comes on the old day with a paper that says it is genuine. Takes
    some hundredths of a second: never inside a transaction.
    """
    meeting = Meeting.objects.select_related("region", "called_by").get(pk=meeting.pk)
    role = duties.office_of(meeting.called_by, Verb.MEETING_CALL, meeting, meeting.created_at)
    paper = documents.issue(
        kind=KIND, template="deliberation/invitation", data=data(meeting), subject=meeting, region=meeting.region,
        at=at, office=papers.office(role), title=_in_indonesian(TITLE),
    )  # fmt: skip
    void(meeting, but=paper, at=at, reason=REPLACED)
    return paper


def void(meeting: Meeting, *, at: datetime, reason: str, but: Document | None = None) -> None:
    """Declare the invitations printed so far no longer valid."""
    old = Document.objects.filter(
        kind=KIND, subject_type=Meeting._meta.label, subject_id=meeting.pk, revoked_at__isnull=True
    )
    for one in old.exclude(pk=but.pk) if but else old:
        documents.revoke(one, reason=_in_indonesian(reason), at=at)


def _in_indonesian(words: str) -> str:
    with override("id"):
        return _(words)


def data(meeting: Meeting) -> dict[str, Any]:
    """Letterhead, who is invited, when and where, the agenda with its hours, who chairs."""
    with override("id"):
        everybody = list(queries.invitations(meeting))
        return {
            "language": "id",
            "letterhead": {"lines": papers.letterhead(meeting)},
            "number": meeting.code,
            "trace": {"steps": len(Step), "at": Trace(Step.DELIBERATION).number, "text": Trace(Step.DELIBERATION).text},
            "blocks": [
                {"kind": "paragraph", "text": _("To those named in the list below.")},
                {"kind": "paragraph", "text": _("You are invited to “%(title)s”, which takes place:")
                 % {"title": meeting.title}},
                {"kind": "facts", "rows": _when(meeting)},
                {"kind": "heading", "text": _("Agenda")},
                {"kind": "steps", "items": _agenda(meeting)},
                {"kind": "paragraph", "text": _("Whoever cannot come is asked to send somebody else from the same "
                 "office, group or RT. Please come in time.")},
                {"kind": "signatures", "items": [
                    {"role": _("Inviting"), "name": papers.BLANK, "note": meeting.chair_office}]},
                *_list(everybody),
            ],
        }  # fmt: skip


def _when(meeting: Meeting) -> list[list[str]]:
    starts = formats.hour(meeting.starts_at)
    return [
        [_("Day"), date_format(meeting.held_on, "l, j F Y")],
        [_("Begins at"), starts or "–"],
        [_("Held at"), f"{meeting.place}, {meeting.region.label}"],
        [_("Meeting"), str(meeting.get_kind_display())],
        [_("Who chairs"), meeting.chair_office],
    ]


def _agenda(meeting: Meeting) -> list[str]:
    points = list(AgendaPoint.objects.filter(meeting=meeting))
    if points:
        return [_("%(title)s (%(minutes)s minutes)") % {"title": one.title, "minutes": one.minutes} for one in points]
    return [one.title for one in read_lines(meeting.agenda)] or [meeting.title]


def _list(everybody: list[Invitation]) -> list[dict[str, Any]]:
    """Who is invited, by capacity: RTs and RWs by their numbers, guests by their office or group."""
    if not everybody:
        return []
    known = dict(capacities_of(everybody[0].meeting))
    order = list(known)
    ordered = sorted(everybody, key=lambda one: (order.index(one.capacity), one.pk))
    rows = []
    for capacity, found in groupby(ordered, key=lambda one: one.capacity):
        ones = list(found)
        which = sorted({one.place.place_label for one in ones if one.place} | {one.label for one in ones if one.label})
        number = formats.number(len(ones))
        rows.append([known[capacity], "; ".join(which) or "–", number])
    columns = [
        {"title": _("Invited")}, {"title": _("Which"), "wide": True},
        {"title": pgettext("column", "Count"), "align": "right"},
    ]  # fmt: skip
    totals = [_("Together"), "", formats.number(len(everybody))]
    table = {"kind": "table", "columns": columns, "rows": rows, "totals": totals}
    return [{"kind": "heading", "text": _("List of those invited")}, table]
