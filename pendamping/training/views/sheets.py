"""The printed sheet: printed with codes, photographed when signed, read, and confirmed row by row."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.training import sheet_paper, sheet_reader
from pendamping.training.enums.sessions import Presence
from pendamping.training.forms.sessions import ReadingForm, SheetPhotoForm
from pendamping.training.models import Place, Session, SheetReading
from pendamping.training.queries import sessions as queries
from pendamping.training.rules import sessions as rules
from pendamping.training.services import attendance as services
from pendamping.training.services import sheets
from pendamping.training.views.sessions import act_page, address, attempt, found_session, trail


@page(Verb.SESSION_HOLD)
@require_POST
def session_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet as PDF; it holds names, so that it was printed is written down."""
    found = sheets.print_sheet(by=request.user, at=timezone.now(), session=found_session(request, code))
    answer = HttpResponse(sheet_paper.pdf(found), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="daftar-hadir-{found.code}.pdf"'
    return answer


@page(Verb.SESSION_HOLD)
def session_photo(request: HttpRequest, code: str) -> HttpResponse:
    """One page of the signed sheet comes in and is read; the photo is forgotten."""
    found = found_session(request, code)
    form = SheetPhotoForm(request.POST or None, request.FILES or None)
    said = _("The sheet is read. Look at each row, then confirm.")

    def facts(form: Any) -> dict[str, Any]:
        return {"session": found, "seen": sheet_reader.read(form.cleaned_data["photo"].data)}

    reading = attempt(request, form, services.keep_reading, facts, said=said)
    if reading is not None:
        return redirect(reverse("training:session_reading", args=[found.code, reading.uid]))
    return act_page(
        request, form, title=_("Read a signed sheet"), submit=_("Read the sheet"), session=found,
        lead=_("Nobody is marked before you have confirmed what was read."),
    )  # fmt: skip


@page(Verb.SESSION_HOLD)
def session_reading(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """Each row with what was seen and what is proposed."""
    found = found_session(request, code)
    reading = SheetReading.objects.filter(session=found, uid=uid).first()
    if reading is None:
        raise Http404
    places = {one.row: one for one in queries.expected(found)}
    read = {row["row"]: row for row in reading.rows if "session" not in row}
    own = {row for row, place in places.items() if place.enrolment.account_id == request.user.pk}
    rows = [_proposed(places[row], read[row]) for row in sorted(read) if row in places and row not in own]
    form = ReadingForm(request.POST or None, rows=rows)
    said = _("The rows are confirmed and marked.")
    if attempt(
        request, form, services.confirm_reading, lambda form: {"reading": reading, "rows": form.marks()}, said=said
    ):
        return redirect(address(found))
    context = {
        "session": found, "reading": reading, "form": form, "places": trail(found, _("Confirm the sheet")),
        "back": address(found),
        "signed": sum(row["signed"] is True for row in read.values()), "rows": len(rows),
        "doubtful": sum(row["signed"] is None for row in read.values()), "own": bool(own & set(read)),
        "others": _others(reading, found),
    }  # fmt: skip
    return render_page(request, "training/session_reading.html", context, status=422 if form.errors else 200)


def _proposed(place: Place, seen: dict[str, Any]) -> tuple[Place, str, str]:
    """Signed becomes present, unless somebody is already known as present or late; the rest is left to the trainer."""
    known = _("Now: %(presence)s.") % {"presence": place.get_presence_display()} if place.presence else ""
    words = {True: _("Signed."), False: _("No signature."), None: _("Unclear: look at the sheet.")}
    proposed = Presence.PRESENT if seen["signed"] and place.presence not in rules.CAME else ""
    return place, proposed, f"{words[seen['signed']]} {known}".strip()


def _others(reading: SheetReading, found: Session) -> list[dict[str, Any]]:
    """Rows of other sessions in the photo, by the name of their session where it is known here."""
    foreign = [row for row in reading.rows if "session" in row]
    codes = {row["session"] for row in foreign}
    names = dict(Session.objects.filter(code__in=codes, city_path=found.city_path).values_list("code", "title"))
    return [{**row, "title": names.get(row["session"], row["session"])} for row in foreign]
