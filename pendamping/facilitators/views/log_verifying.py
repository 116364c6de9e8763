"""Where supervisors read the logbooks of their area: what waits, one line, verifying, sending back, the thresholds."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.forms import ActForm
from pendamping.core.moments import day
from pendamping.core.pieces import Act, Link
from pendamping.facilitators import log_showing as showing
from pendamping.facilitators.enums.logbook import FlagKind
from pendamping.facilitators.forms import logbook as forms
from pendamping.facilitators.forms.appointments import ConfirmActForm
from pendamping.facilitators.models import LogEntry
from pendamping.facilitators.queries import logbook as queries
from pendamping.facilitators.rules import logbook as rules
from pendamping.facilitators.rules.months import is_above
from pendamping.facilitators.services import log_rules, log_verification
from pendamping.facilitators.services import log_verification as services
from pendamping.facilitators.views.appointing import Ask, act_page, typed
from pendamping.facilitators.views.my_logbook import entry_context
from pendamping.regions.models import Level, Region

PAGE = 25


@page(Verb.LOG_VERIFY)
def logbook(request: HttpRequest) -> HttpResponse:
    """Lines of my area: those that wait, those that catch the eye, all; several are verified with one press."""
    form = ConfirmActForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = _verify_ticked(request, form)
        if done is not None:
            return redirect(f"{reverse('facilitators:logbook')}?{request.GET.urlencode()}")
    context = {**_list(request), "form": form}
    return render_page(request, "facilitators/logbook.html", context, status=422 if form.errors else 200)


def _verify_ticked(request: HttpRequest, form: ActForm) -> Any:
    ticked = request.POST.getlist("entry")[:PAGE]
    mine = request.scope.narrow(queries.entries(), Verb.LOG_VERIFY).filter(code__in=ticked)
    found = list(mine.order_by("id"))
    done = form.attempt(services.verify_entries, by=request.scope.account, at=timezone.now(), entries=found)
    if done is not None:
        messages.success(request, _("Lines verified: %(count)s.") % {"count": len(found)})
    return done


def _list(request: HttpRequest) -> dict[str, Any]:
    state, kind = request.GET.get("state", "written"), request.GET.get("tanda", "")
    mine = request.scope.narrow(queries.entries().order_by("-id"), Verb.LOG_VERIFY)
    for_me = queries.logs_waiting_for_verifier(request.scope.account, day(timezone.now())).order_by("-id")
    waits = request.scope.narrow(for_me, Verb.LOG_VERIFY)
    waiting = waits.order_by().count()
    found = mine if state in ("all", "flagged") else waits if state == "written" else mine.filter(state=state)
    if state == "flagged" or kind in FlagKind.values:
        found = queries.flagged(found, kind if kind in FlagKind.values else "")
    words = request.GET.get("q", "").strip()
    if words:
        found = found.filter(account__name__icontains=words)
    before = request.GET.get("before", "")
    if before.isdecimal():
        found = found.filter(pk__lt=int(before))
    shown = list(found[: PAGE + 1])
    labels = (
        ("written", _("Waiting")), ("flagged", _("Catches the eye")), ("returned", _("Sent back")), ("all", _("All")),
    )  # fmt: skip
    return {
        "rows": showing.rows(shown[:PAGE], with_person=True), "state": state, "kind": kind, "q": words,
        "kinds": FlagKind.choices, "waits": state == "written",
        "older": f"?state={state}&tanda={kind}&q={words}&before={shown[PAGE - 1].pk}" if len(shown) > PAGE else "",
        "tabs": [
            Link(label, f"?state={key}", key == state, waiting if key == "written" else None) for key, label in labels
        ],
        "sets_rules": request.scope.can_anywhere(Verb.RULES_MANAGE),
    }  # fmt: skip


@page(Verb.LOG_VERIFY)
@require_GET
def logbook_entry(request: HttpRequest, code: str) -> HttpResponse:
    """One line, for whoever may verify it."""
    found = _found(request, code)
    context = {
        **entry_context(found), "acts": _acts(request, found), "places": _crumbs(found.code), "is_mine": False,
        "day_lines": [row for row in showing.rows(queries.entries_of(found.account, found.day, found.day))
                      if row.entry.pk != found.pk],
    }  # fmt: skip
    return render_page(request, "facilitators/log_entry.html", context)


def _acts(request: HttpRequest, found: LogEntry) -> list[Act]:
    own = found.account_id == request.scope.account.pk
    above = is_above((role.key for role in request.scope.offices_at(found)), found.assignment.role)
    verify = rules.may_verify(state=found.state, state_label=found.get_state_display(), is_own=own, is_above=above)
    send_back = rules.may_return(
        state=found.state, is_own=own, is_above=above, proven=log_verification.is_proven(found), day=found.day,
        month_closed=queries.closed_on(found.account, found.day),
    )  # fmt: skip
    address = [reverse(f"facilitators:logbook_{name}", args=[found.code]) for name in ("verify", "return")]
    return [
        Act(_("Verify"), address[0], refusal=verify.message, kind="primary"),
        Act(_("Send back"), address[1], refusal=send_back.message),
    ]


@page(Verb.LOG_VERIFY)
def logbook_verify(request: HttpRequest, code: str) -> HttpResponse:
    """Verify one line."""
    found = _found(request, code)
    form = ConfirmActForm(request.POST if request.method == "POST" else None)
    lead = _("%(name)s on %(day)s") % {"name": found.account.name, "day": formats.day(found.day)}
    ask = _ask(found, _("Verify"), _("Verify"), _("Verified."), lead=lead)
    return act_page(request, form, ask, services.verify_entry, lambda: {"entry": found}, then=_next(request))


@page(Verb.LOG_VERIFY)
def logbook_return(request: HttpRequest, code: str) -> HttpResponse:
    """Send one line back."""
    found = _found(request, code)
    form = forms.SendBackForm(request.POST or None)
    ask = _ask(found, _("Send back"), _("Send back"), _("Sent back with your words."))
    return act_page(
        request, form, ask, services.return_entry, lambda: {"entry": found, **typed(form)}, then=_next(request)
    )


def _next(request: HttpRequest) -> Any:
    """After one line comes the list of those that wait."""
    return lambda _done: reverse("facilitators:logbook")


@page(Verb.RULES_MANAGE)
def logbook_rules(request: HttpRequest) -> HttpResponse:
    """From when a line catches the eye; a change is a new version."""
    paths = request.scope.paths(Verb.RULES_MANAGE)
    city = Region.objects.filter(level=Level.CITY, path=next(iter(paths), "")).first()
    if city is None:
        raise Http404
    held = queries.rules_on(city.path, day(timezone.now()))
    form = forms.LogRulesForm(request.POST or None, held=held)
    lead = (
        _("In force since %(day)s by %(basis)s.") % {"day": formats.day(held.valid_from), "basis": held.legal_basis}
        if held.pk else _("The city has set none yet; those a new system begins with hold.")
    )  # fmt: skip
    ask = Ask(
        _("Rules of the logbook"), _("Set the rules"), reverse("facilitators:hub"), _("Set. They hold from that day."),
        city.label, lead,
    )  # fmt: skip
    return act_page(request, form, ask, log_rules.set_log_rules, lambda: {"region": city, **typed(form)})


def _found(request: HttpRequest, code: str) -> LogEntry:
    found: LogEntry = request.scope.get_or_404(queries.entries(), Verb.LOG_VERIFY, code=code)
    return found


def _ask(found: LogEntry, title: str, submit: str, said: str, lead: str = "") -> Ask:
    back = reverse("facilitators:logbook_entry", args=[found.code])
    places = [*_crumbs(found.code)[:-1], Link(found.code, back), Link(title)]
    return Ask(title, submit, back, said, found.code, lead, places=places)


def _crumbs(here: str) -> list[Link]:
    return [Link(_("Logbooks"), reverse("facilitators:logbook")), Link(here)]
