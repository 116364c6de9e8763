"""One's own logbook: the days of a month with what is in them, a line in under a minute, repairs and promises."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from pendamping.access.pages import render_page
from pendamping.core.images import store
from pendamping.core.moments import day
from pendamping.core.pieces import Act, Link
from pendamping.facilitators import log_showing as showing
from pendamping.facilitators.deeds import words_of
from pendamping.facilitators.forms import logbook as forms
from pendamping.facilitators.models import LogEntry
from pendamping.facilitators.own import own_page
from pendamping.facilitators.queries import logbook as queries
from pendamping.facilitators.rules import logbook as rules
from pendamping.facilitators.services import logbook as services
from pendamping.facilitators.views.appointing import Ask, act_page, attempt, typed


@own_page
@require_GET
def my_logbook(request: HttpRequest) -> HttpResponse:
    """The days of a month, newest on top: lines, absences, gaps; above them what waits for me."""
    me, today = _me(request), day(timezone.now())
    first, last = showing.month_of(request.GET.get("bulan", ""), today)
    services.gather(me, first, last)
    shown = [one for one in queries.days(me, first, last, today=today) if one.day <= today or one.lines]
    days = [(one, showing.rows(one.lines)) for one in reversed(shown) if one.lines or one.absence or one.is_served]
    lines = [line for one in shown for line in one.lines]
    later = last + timedelta(days=1)
    context = {
        "days": days, "first": first, "today": today, "lines": len(lines), "met": sum(line.met for line in lines),
        "gaps": sum(one.is_gap for one in shown), "filled": sum(bool(one.lines) for one in shown),
        "returned": list(queries.logs_waiting_for_repair(me)),
        "due": list(queries.follow_ups_waiting(me, today)[:5]),
        "older": f"?bulan={first - timedelta(days=1):%Y-%m}",
        "newer": f"?bulan={later:%Y-%m}" if later <= today else "",
        "serves": any(one.is_served for one in shown),
    }  # fmt: skip
    return render_page(request, "facilitators/my_logbook.html", context)


@own_page
def my_log_write(request: HttpRequest) -> HttpResponse:
    """Write a line."""
    me, today = _me(request), day(timezone.now())
    units = queries.units_of(me)
    initial = {"day": _day(request.GET.get("hari", ""), today), "region": _ward_today(me, today)}
    form = forms.EntryForm(request.POST or None, request.FILES or None, units=units, initial=initial)
    made = attempt(request, form, services.write_entry, said=_("Written. It waits to be verified."))
    if made is not None:
        return redirect("facilitators:my_log_entry", code=made.code)
    context = {
        "form": form, "places": _crumbs(_("Write")), "title": _("Write a line"), "back": _home(), "draft": "log-new",
        "refusal": "", "asked": "",
    }  # fmt: skip
    return render_page(request, "facilitators/my_log_form.html", context, status=422 if form.errors else 200)


@own_page
@require_GET
def my_log_entry(request: HttpRequest, code: str) -> HttpResponse:
    """One line of mine: what it says, what about it catches the eye, what I can do."""
    found = _mine(request, code)
    return render_page(request, "facilitators/log_entry.html", {
        **entry_context(found), "photos": showing.photos(found, own=True), "acts": _acts(found),
        "places": _crumbs(found.code), "is_mine": True,
    })  # fmt: skip


@own_page
@require_safe
def my_log_photo(request: HttpRequest, code: str, name: str, size: str) -> HttpResponseBase:
    """A photo of a line of mine, also after I moved or left."""
    found = _mine(request, code).photos.filter(name=name).first()
    if found is None or size not in ("full", "thumb"):
        raise Http404
    return store.response(found, "thumb" if size == "thumb" else "full")


@own_page
def my_log_repair(request: HttpRequest, code: str) -> HttpResponse:
    """Repair a line of mine."""
    found = _mine(request, code)
    me = _me(request)
    form = forms.EntryForm(
        request.POST or None, request.FILES or None, units=queries.units_of(me), initial=forms.EntryForm.of(found)
    )
    facts = lambda: {"entry": found, **typed(form)}  # noqa: E731 (read when the form is valid)
    done = attempt(request, form, services.repair_entry, facts, said=_("Repaired. It waits to be verified."))
    if done is not None:
        return redirect("facilitators:my_log_entry", code=code)
    context = {
        "form": form, "places": _crumbs(found.code, _("Repair")), "title": _("Repair a line"),
        "draft": f"log-{code}", "asked": found.returned_reason,
        "back": reverse("facilitators:my_log_entry", args=[code]), "refusal": _may_repair(found).message,
    }  # fmt: skip
    return render_page(request, "facilitators/my_log_form.html", context, status=422 if form.errors else 200)


@own_page
def my_log_words(request: HttpRequest, code: str) -> HttpResponse:
    """Add words to a line that came from the journal."""
    found = _mine(request, code)
    kept = {name: getattr(found, name) for name in services.ADDED}
    form = forms.WordsForm(request.POST or None, initial=kept)
    ask = _ask(found, _("Add words"), _("Keep the words"), _("Kept. It waits to be verified."))
    return act_page(request, form, ask, services.add_words, lambda: {"entry": found, **typed(form)})


@own_page
def my_log_done(request: HttpRequest, code: str) -> HttpResponse:
    """Mark a promise as kept."""
    found = _mine(request, code)
    form = forms.DoneForm(request.POST or None, initial={"on": day(timezone.now())})
    ask = _ask(found, _("What was to be done is done"), _("Done"), _("Marked as done."), lead=found.follow_up)
    return act_page(request, form, ask, services.finish_follow_up, lambda: {"entry": found, **typed(form)})


def entry_context(found: LogEntry) -> dict[str, Any]:
    """What the page of a line shows, whoever looks."""
    return {
        "entry": found, "words": words_of(found.what, found.verb), "hours": showing.hours(found),
        "photos": showing.photos(found), "questions": [showing.question(flag) for flag in found.flags.all()],
        "today": day(timezone.now()), "day_lines": [], "earlier": showing.earlier(found),
    }  # fmt: skip


def _acts(found: LogEntry) -> list[Act]:
    acts = []
    if found.is_automatic:
        verdict = rules.may_add_words(
            is_own=True, is_automatic=True, checked=found.verified_by_id is not None, day=found.day,
            month_closed=queries.closed_on(found.account, found.day),
        )  # fmt: skip
        acts.append(Act(_("Add words"), _address(found, "my_log_words"), refusal=verdict.message))
    else:
        kind = "primary" if found.state == "returned" else "secondary"
        refusal = _may_repair(found).message
        acts.append(Act(_("Repair"), _address(found, "my_log_repair"), refusal=refusal, kind=kind))
    if found.follow_up and found.follow_up_done_on is None:
        acts.append(Act(_("What was to be done is done"), _address(found, "my_log_done"), kind="primary"))
    return acts


def _may_repair(found: LogEntry) -> Any:
    window = None if found.state == "returned" else day(timezone.now())
    return rules.may_repair(
        is_own=True, state=found.state, is_automatic=found.is_automatic, day=found.day,
        month_closed=queries.closed_on(found.account, found.day, window),
    )  # fmt: skip


def _ward_today(me: Any, today: date) -> str | None:
    """The only place served today; with several the person chooses."""
    paths = {one.path for one in queries.served(me) if one.first <= today <= one.last}
    found = queries.units_of(me).filter(path__in=paths)
    return str(found.get().pk) if len(paths) == 1 and found.count() == 1 else None


def _day(typed: str, today: date) -> date:
    try:
        return min(date.fromisoformat(typed), today)
    except ValueError:
        return today


def _ask(found: LogEntry, title: str, submit: str, said: str, lead: str = "") -> Ask:
    return Ask(
        title, submit, _address(found, "my_log_entry"), said, found.code, lead, places=_crumbs(found.code, title)
    )


def _mine(request: HttpRequest, code: str) -> LogEntry:
    found = queries.entries().filter(account=_me(request), code=code).first()
    if found is None:
        raise Http404
    return found


def _me(request: Any) -> Any:
    return request.user


def _home() -> str:
    return reverse("facilitators:my_logbook")


def _address(found: LogEntry, name: str) -> str:
    return reverse(f"facilitators:{name}", args=[found.code])


def _crumbs(*here: str) -> list[Link]:
    last = [Link(name) for name in here]
    if len(here) == 2:
        last[0] = Link(here[0], reverse("facilitators:my_log_entry", args=[here[0]]))
    return [Link(_("My appointment"), reverse("facilitators:my_service")), Link(_("My logbook"), _home()), *last]
