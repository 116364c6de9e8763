"""Working pages of count sheets: two people enter each, neither sees the other; a third settles what differs."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.pieces import Photo
from pendamping.core.verdicts import first_refusal
from pendamping.deliberation import services
from pendamping.deliberation.enums.polls import PollState
from pendamping.deliberation.forms import polls as forms
from pendamping.deliberation.models import CountSheet, Poll
from pendamping.deliberation.queries import polls as queries
from pendamping.deliberation.rules import count_sheets as rules
from pendamping.deliberation.services.count_sheets import may_add
from pendamping.deliberation.views.polls import address, apart_of, poll_of, poll_places


@page(Verb.RECORD_SEE)
@require_GET
def sheets(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The count sheets of a ballot and how far each is."""
    found = poll_of(request, code, number)
    verdict = may_add(found, at=timezone.now())
    rows = [(sheet, _stand(sheet), _href(sheet)) for sheet in found.sheets.prefetch_related("entries")]
    context = {
        "poll": found, "rows": rows, "refusal": verdict.message, "places": poll_places(found, _("Count sheets")),
        "can_add": bool(verdict) and request.scope.can(Verb.MEETING_ATTENDANCE, found),  # type: ignore[attr-defined]
        "add": address(found, "count_sheet_add"), "back": address(found),
    }  # fmt: skip
    return render_page(request, "deliberation/count_sheets.html", context)


def _stand(sheet: CountSheet) -> tuple[str, str]:
    """How far a sheet is, and the sign for it."""
    if sheet.is_aside:
        return _("Set aside, counts for nothing"), "stopped"
    if sheet.settled_at:
        return (_("Settled with a reason"), "done") if sheet.reason else (_("Entered twice alike"), "done")
    entered = len(sheet.entries.all())
    if entered == 2:
        return _("The two entries differ"), "stopped"
    return (_("Entered once"), "waiting") if entered else (_("Not entered yet"), "waiting")


def _href(sheet: CountSheet) -> str:
    poll = sheet.poll
    return reverse("deliberation:count_sheet", args=[poll.meeting.code, poll.number, sheet.number])


@page(Verb.MEETING_ATTENDANCE)
def sheet_add(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A new count sheet with its photo."""
    found = poll_of(request, code, number, Verb.MEETING_ATTENDANCE)
    form = forms.SheetForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        facts = {"by": request.user, "at": timezone.now(), "poll": found, "photos": form.cleaned_data["photos"]}
        made = form.attempt(services.add_sheet, **facts)
        if made is not None:
            messages.success(request, _("Sheet %s is there. Two people enter it now.") % made.number)
            return redirect(_href(made))
    context = {
        "title": _("Add a count sheet"), "submit": _("Add the sheet"), "kicker": found.title, "form": form,
        "lead": _("One sheet for each bundle of paper ballots. Photograph it before you enter it."),
        "refusal": "" if form.errors else may_add(found, at=timezone.now()).message, "confirm": "", "draft": "",
        "back": address(found, "count_sheets"), "places": poll_places(found, _("Add a count sheet")),
    }  # fmt: skip
    return render_page(request, "deliberation/poll_form.html", context)


@page(Verb.RECORD_SEE)
def sheet(request: HttpRequest, code: str, number: int, sheet: int) -> HttpResponse:
    """One sheet: enter it, or, where two entries differ, settle it."""
    poll = poll_of(request, code, number)
    found = get_object_or_404(CountSheet.objects.filter(poll=poll), number=sheet)
    found.poll = poll
    entries = list(found.entries.order_by("turn"))
    both = len(entries) == 2
    settles = both and not found.settled_at
    verb = Verb.MEETING_DECIDE if settles else Verb.MEETING_ATTENDANCE
    can = request.scope.can(verb, poll)  # type: ignore[attr-defined]
    if "samping-reason" in request.POST:
        return _set_aside(request, poll, found)
    form = (forms.SettleForm if settles else forms.EntryForm)(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not can:
        poll_of(request, code, number, verb)  # 403
    if request.method == "POST" and form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "op"}
        service = services.settle_sheet if settles else services.enter_sheet
        if form.attempt(service, by=request.user, at=timezone.now(), sheet=found, **facts) is not None:
            messages.success(request, _("The sheet is settled.") if settles else _("Your entry is kept."))
            return redirect(address(poll, "count_sheets"))
    entered_by = [one.by_id for one in entries]
    verdict = may_add(poll, at=timezone.now())
    if verdict and not both:
        verdict = rules.may_enter(is_settled=False, entered_by=entered_by, by=request.user.pk)
    elif verdict and settles:
        verdict = first_refusal(
            rules.may_settle(is_settled=False, entered_by=entered_by, by=request.user.pk, reason="?"),
            apart_of(request, poll),
        )
    is_asidable = bool(may_add(poll, at=timezone.now())) and not found.is_aside
    own = queries.own_entry(found, request.user)
    is_told = poll.state == PollState.CLOSED  # what a sheet says is part of the result
    context = {
        "is_told": is_told, "poll": poll, "sheet": found, "form": form, "can": can and not found.settled_at,
        "settles": settles,
        "aside": forms.AsideForm() if is_asidable and request.scope.can(Verb.MEETING_DECIDE, poll) else None,  # type: ignore[attr-defined]
        "refusal": "" if form.errors or found.settled_at else verdict.message, "stand": _stand(found),
        "differences": _differences(found) if settles and can else [], "entries": entries if settles and can else [],
        "own": rules.as_text(own.lines) if own and not settles else "",
        "photos": _photos(found) if can or is_told else [],
        "lines": rules.as_text(found.lines or {}), "back": address(poll, "count_sheets"),
        "places": poll_places(poll, _("Sheet %s") % found.number), "choices": queries.choices_of(poll),
    }  # fmt: skip
    return render_page(request, "deliberation/count_sheet.html", context)


def _set_aside(request: HttpRequest, poll: Poll, found: CountSheet) -> HttpResponse:
    """The sheet was added by mistake or counted twice; a refusal is said where one comes back to."""
    poll_of(request, poll.meeting.code, poll.number, Verb.MEETING_DECIDE)  # 403
    form = forms.AsideForm(request.POST)
    facts = {"by": request.user, "at": timezone.now(), "sheet": found}
    if form.is_valid() and form.attempt(services.set_aside_sheet, reason=form.cleaned_data["reason"], **facts):
        messages.success(request, _("The sheet is set aside; it counts for nothing."))
        return redirect(address(poll, "count_sheets"))
    for problem in (one for found_in in form.errors.values() for one in found_in):
        messages.error(request, str(problem))
    return redirect(_href(found))


def _differences(found: CountSheet) -> list[list[object]]:
    first, second = found.entries.order_by("turn")
    rows: list[list[object]] = [
        [one.pattern, one.first, one.second] for one in rules.differences(first.lines, second.lines)
    ]
    for label, name in ((_("Blank ballots"), "blank"), (_("Spoiled ballots"), "spoiled")):
        if getattr(first, name) != getattr(second, name):
            rows.append([label, getattr(first, name), getattr(second, name)])
    return rows


def _photos(found: CountSheet) -> list[Photo]:
    return [
        Photo(
            src=reverse("access:photo", args=[one.name, "thumb"]), alt=_("Photo of the count sheet"),
            href=reverse("access:photo", args=[one.name, "full"]),
        )
        for one in found.photos.all()
    ]  # fmt: skip
