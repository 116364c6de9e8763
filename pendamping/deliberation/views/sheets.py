"""Paper sheets: printed, photographed, typed in beside their photo, confirmed by their count."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import page, render_page
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.core.pieces import Act, Link
from pendamping.deliberation import sealed, services
from pendamping.deliberation import sheet_paper as paper
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.forms import register as forms
from pendamping.deliberation.models import Meeting, PaperSheet
from pendamping.deliberation.queries import presence as queries
from pendamping.deliberation.queries.invitations import neighbourhoods
from pendamping.deliberation.queries.own_groups import capacities_of
from pendamping.deliberation.rules import meetings as rules
from pendamping.deliberation.services.sheets import photo_of
from pendamping.deliberation.views.acting import act_page, address, found_meeting
from pendamping.deliberation.views.register import KEEP, register_trail


@page(KEEP)
def sheets(request: HttpRequest, code: str) -> HttpResponse:
    """The sheets of a meeting, and a new one to print."""
    found = found_meeting(request, code, KEEP)
    form = forms.PrintSheetForm(request.POST or None)
    return act_page(
        request, form, services.print_sheet, lambda: {"meeting": found, "rows": form.cleaned_data["rows"]},
        said=_("The sheet is ready. Open it below to print it."), back=address(found, "sheets"),
        title=_("Paper sheets"), submit=_("Make a sheet"), kicker=found.title, no_cancel=True,
        lead=_("Without signal: print a sheet, let people sign, photograph it, type it in, confirm the count."),
        rows=[_row(found, one) for one in queries.sheets(found)], places=register_trail(found, _("Paper sheets")),
        refusal=rules.is_open(state=found.state).message,
    )  # fmt: skip


def _row(found: Meeting, one: Any) -> dict[str, Any]:
    done = one.confirmed_at is not None
    return {
        "title": _("Sheet %(number)d") % {"number": one.number}, "href": address(found, "sheet", one.uid),
        "meta": _("%(typed)d of %(rows)d rows typed") % {"typed": one.typed, "rows": one.rows},
        "badge": _("Confirmed") if done else _("Not confirmed yet"), "state": "done" if done else "waiting",
    }  # fmt: skip


@page(KEEP, for_own_eyes=True)
def sheet(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """One sheet: type its rows as they stand on the paper."""
    found = found_meeting(request, code, KEEP)
    one = _one(found, uid)
    form = forms.TypedSheetForm(
        request.POST or None,
        sheet=one,
        places=list(neighbourhoods(found)),
        capacities=capacities_of(found),
        initial=_typed_so_far(found, one),
    )
    begun = rules.has_begun(state=found.state, held_on=found.held_on, today=day(timezone.now()))
    if request.method == "POST" and form.is_valid() and _keep(request, form, one):
        return redirect(address(found, "sheet", uid))
    typed = one.presences.filter(struck_at__isnull=True).count()
    context = {
        "meeting": found, "sheet": one, "form": form, "refusal": begun.message, "typed": typed,
        "acts": _acts(found, one, begun.message, typed), "places": _here(found, one),
    }  # fmt: skip
    return render_page(request, "deliberation/sheet.html", context, status=422 if form.errors or form.wrong else 200)


def _keep(request: Any, form: forms.TypedSheetForm, one: PaperSheet) -> bool:
    """Kept, or the row that is wrong says why; what was typed stands as it was."""
    rows = form.typed()
    try:
        services.type_sheet(
            by=request.user, at=timezone.now(), op=form.cleaned_data["op"], sheet=one, rows=rows
        )  # fmt: skip
    except Refused as refusal:
        row = refusal.field.removeprefix("row_")
        form.wrong = {int(row) if row.isdecimal() else 0: [refusal.message]}
        return False
    messages.success(request, _("%(rows)d rows are kept.") % {"rows": len(rows)})
    return True


def _typed_so_far(found: Meeting, one: PaperSheet) -> dict[str, Any]:
    """The rows as they were typed; their names only while the meeting is open."""
    initial: dict[str, Any] = {}
    for row in one.presences.filter(struck_at__isnull=True).select_related("place"):
        name = sealed.name_of(row) if found.state == MeetingState.CALLED else ""
        facts = {
            "name": name, "sex": row.sex, "age_group": row.age_group, "place": row.place.path if row.place else "",
            "capacity": row.capacity, "is_disabled": row.is_disabled, "is_poor": row.is_poor,
        }  # fmt: skip
        initial |= {f"row_{row.sheet_row}_{part}": value for part, value in facts.items()}
    return initial


def _acts(found: Meeting, one: PaperSheet, refusal: str, typed: int) -> list[Act]:
    acts = [Act(_("Print this sheet (PDF)"), address(found, "sheet_paper", one.uid))]
    if found.state == MeetingState.CALLED and paper.invited(one):
        named = f"{address(found, 'sheet_paper', one.uid)}?undangan=1"
        acts.append(Act(_("Print it with the names of the invited (PDF)"), named))
    if one.confirmed_at is None:
        acts += [
            Act(_("Photograph the signed sheet"), address(found, "sheet_photo", one.uid)),
            Act(_("Confirm the count"), address(found, "sheet_confirm", one.uid), kind="primary",
                refusal=refusal or ("" if typed else _("Type the rows of this sheet first."))),
        ]  # fmt: skip
    return acts


@page(KEEP)
@require_GET
def sheet_paper(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """The sheet as PDF: empty rows; with `?undangan=1` the invited stand there to sign, while the meeting is open."""
    found = found_meeting(request, code, KEEP)
    one = _one(found, uid)
    may_read = found.state == MeetingState.CALLED and request.scope.viewer is None  # type: ignore[attr-defined]
    named = may_read and request.GET.get("undangan") == "1"
    answer = HttpResponse(paper.pdf(one, named=named), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="daftar-hadir-{found.code}-{one.number}.pdf"'
    return answer


@page(KEEP)
def sheet_photo(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """The photo comes in, and is sealed."""
    found = found_meeting(request, code, KEEP)
    one = _one(found, uid)
    form = forms.SheetPhotoForm(request.POST or None, request.FILES or None)
    return act_page(
        request, form, services.keep_photo, lambda: {"sheet": one, "photo": form.cleaned_data["photo"][0]},
        said=_("The photo is kept. Now type the rows."), back=address(found, "sheet", uid),
        title=_("Photograph the signed sheet"), submit=_("Keep the photo"), kicker=found.title,
        places=_here(found, one, _("Photo")),
    )  # fmt: skip


@page(KEEP, for_own_eyes=True)
@require_GET
def sheet_picture(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """The photo, for those who keep the register, while the meeting is open."""
    found = found_meeting(request, code, KEEP)
    picture = photo_of(_one(found, uid))
    if not picture or found.state != MeetingState.CALLED:
        raise Http404
    answer = HttpResponse(picture, content_type="image/webp")
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Disposition"] = 'inline; filename="lembar.webp"'
    return answer


@page(KEEP)
def sheet_confirm(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """The count on the paper against what was typed."""
    found = found_meeting(request, code, KEEP)
    one = _one(found, uid)
    form = forms.ConfirmSheetForm(request.POST or None)
    return act_page(
        request, form, services.confirm_sheet, lambda: {"sheet": one, "heads": form.cleaned_data["heads"]},
        said=_("The sheet is confirmed; its rows count now."), back=address(found, "sheets"),
        title=_("Confirm the count"), submit=_("Confirm the sheet"), kicker=found.title,
        lead=_("Count the filled rows on the paper itself, not on the screen."),
        places=_here(found, one, _("Confirm the count")),
    )  # fmt: skip


def _one(found: Meeting, uid: uuid.UUID) -> PaperSheet:
    one = PaperSheet.objects.filter(meeting=found, uid=uid).select_related("meeting").first()
    if one is None:
        raise Http404
    return one


def _here(found: Meeting, one: PaperSheet, *more: str) -> list[Link]:
    all_sheets = Link(_("Paper sheets"), address(found, "sheets"))
    this = Link(_("Sheet %(number)d") % {"number": one.number}, address(found, "sheet", one.uid) if more else "")
    return register_trail(found, all_sheets, this, *more)
