"""Working pages of decrees: recorded, those they appoint, the annex, revoked."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.moments import day
from pendamping.core.pieces import Act, Link
from pendamping.facilitators.enums.appointments import DecreeKind
from pendamping.facilitators.enums.rounds import SelectionOutcome
from pendamping.facilitators.forms import appointments as forms
from pendamping.facilitators.identity import identity_of
from pendamping.facilitators.models import Ceremony, Decree, Standing
from pendamping.facilitators.queries import appointments as queries
from pendamping.facilitators.rules import decrees as rules
from pendamping.facilitators.services import appointments
from pendamping.facilitators.services import decrees as services
from pendamping.facilitators.views.appointing import Ask, act_page, pdf, typed
from pendamping.regions.models import Level, Region

PAGE = 25


@page(Verb.FACILITATOR_SEE)
@require_GET
def decrees(request: HttpRequest) -> HttpResponse:
    """The decrees of my city, newest first."""
    found = request.scope.narrow(queries.decrees(), Verb.FACILITATOR_SEE)  # type: ignore[attr-defined]
    start = int(given) if (given := request.GET.get("from", "")).isdecimal() else 0
    shown = list(found[start : start + PAGE + 1])
    context = {
        "decrees": shown[:PAGE],
        "older": f"?from={start + PAGE}" if len(shown) > PAGE else "",
        "can_record": request.scope.can_anywhere(Verb.APPOINTMENT_MANAGE),  # type: ignore[attr-defined]
    }
    return render_page(request, "facilitators/decrees.html", context)


@page(Verb.FACILITATOR_SEE)
@require_GET
def decree(request: HttpRequest, code: str) -> HttpResponse:
    """One decree: facts, whom it appoints, its ceremonies, what I may do."""
    found = _found(request, code, Verb.FACILITATOR_SEE)
    today = day(timezone.now())
    context = {
        "decree": found, "today": today, "people": list(queries.appointments().filter(decree=found).order_by("id")),
        "ceremonies": list(Ceremony.objects.filter(decree=found).order_by("held_on", "id")),
        "acts": _acts(request, found), "places": _crumbs(found),
    }  # fmt: skip
    return render_page(request, "facilitators/decree.html", context)


def _acts(request: HttpRequest, found: Decree) -> list[Act]:
    if not request.scope.can(Verb.APPOINTMENT_MANAGE, found):  # type: ignore[attr-defined]
        return []
    stands = rules.in_force(number=found.number, revoked_on=found.revoked_on).message
    acts = [Act(_("Revoke the decree"), _address(found, "decree_revoke"), refusal=stands, kind="danger")]
    if found.kind == DecreeKind.APPOINTMENT:
        acts.insert(0, Act(_("Appoint somebody"), _address(found, "decree_appoint"), refusal=stands, kind="primary"))
    if found.kind != DecreeKind.DISMISSAL:
        acts.insert(1, Act(_("Record that somebody declines"), _address(found, "decree_decline"), refusal=stands))
        acts.insert(1, Act(_("Annex (PDF)"), _address(found, "decree_annex"), refusal=stands))
        acts.insert(2, Act(_("Call the inauguration"), _address(found, "ceremony_call"), refusal=stands))
    return acts


@page(Verb.APPOINTMENT_MANAGE)
def decree_record(request: HttpRequest) -> HttpResponse:
    """Record a signed decree."""
    cities = request.scope.narrow(Region.objects.filter(level=Level.CITY).order_by("path"), Verb.APPOINTMENT_MANAGE)  # type: ignore[attr-defined]
    form = forms.DecreeForm(request.POST or None, cities=cities)
    ask = Ask(
        title=_("Record a decree"), submit=_("Record the decree"), back=reverse("facilitators:decrees"),
        said=_("The decree is recorded. Now appoint those it names."), draft="decree",
        lead=_("Only what is signed. Names come with the appointments."),
    )  # fmt: skip
    return act_page(request, form, ask, services.record_decree, then=_address)


@page(Verb.APPOINTMENT_MANAGE)
def decree_revoke(request: HttpRequest, code: str) -> HttpResponse:
    """Revoke a decree with all that rests on it."""
    found = _found(request, code)
    form = forms.RevokeForm(request.POST or None, initial={"on": day(timezone.now())})
    ask = Ask(
        title=_("Revoke the decree"), submit=_("Revoke the decree"), back=_address(found), kicker=found.number,
        said=_("The decree is revoked. Its appointments, assignments and roles ended."), kind="danger",
        lead=_("Everybody it appoints stops serving that day; their roles and papers end."), places=_crumbs(found),
        confirm=_("Revoke the decree? This cannot be undone."),
    )  # fmt: skip
    return act_page(request, form, ask, services.revoke_decree, lambda: {"decree": found, **typed(form)})


@page(Verb.APPOINTMENT_MANAGE)
def decree_appoint(request: HttpRequest, code: str) -> HttpResponse:
    """Appoint somebody under the decree."""
    found = _found(request, code)
    standings = [(one, ranked(one)) for one in queries.takeable(found.region_path, timezone.now())]
    form = forms.AppointForm(
        request.POST or None, standings=standings, units=queries.units(found.region_path),
        initial={"starts_on": found.starts_on, "ends_on": found.ends_on},
    )  # fmt: skip
    ask = Ask(
        title=_("Appoint somebody"), submit=_("Appoint"), back=_address(found), kicker=found.number,
        said=_("Appointed. Give the person a link for a first password, then place them."), places=_crumbs(found),
        lead=_("The account is made from the application when there is none yet."),
    )  # fmt: skip
    return act_page(
        request, form, ask, appointments.appoint, lambda: {"decree": found, **form.facts()},
        then=lambda made: reverse("facilitators:appointment", args=[made.code]),
    )  # fmt: skip


@page(Verb.APPOINTMENT_MANAGE)
def decree_decline(request: HttpRequest, code: str) -> HttpResponse:
    """Record that somebody selected does not take the place up."""
    found = _found(request, code)
    waiting = queries.candidates(found.region_path, SelectionOutcome.CHOSEN, SelectionOutcome.RESERVE)
    form = forms.DeclineForm(request.POST or None, standings=[(one, ranked(one)) for one in waiting])
    ask = Ask(
        title=_("Record that somebody declines"), submit=_("Record it"), back=_address(found), kicker=found.number,
        said=_("Recorded. The next of the reserve list can be appointed."), places=_crumbs(found), kind="danger",
        lead=_("The place goes to the next of the reserve list, and the files are deleted on schedule."),
        confirm=_("Record that this person declines? This cannot be undone."),
    )  # fmt: skip
    return act_page(request, form, ask, appointments.decline_place)


@page(Verb.APPOINTMENT_MANAGE)
@require_GET
def decree_annex(request: HttpRequest, code: str) -> HttpResponse:
    """The annex as PDF."""
    found = _found(request, code)
    if found.revoked_on is not None or request.scope.viewer is not None:  # printing is an act, looking is not
        raise Http404
    return pdf(services.issue_annex(decree=found, at=timezone.now()), f"lampiran-{found.code}")


def ranked(standing: Standing) -> str:
    """ "1 · Ani Contoh · D26-… · Ward facilitator · Kelurahan Sukajaya · Selected": for whoever writes the decree."""
    person = identity_of(standing.application)
    name = person.name if person else ""
    words = [str(standing.rank or "–"), name, standing.application.code, str(standing.application.post)]
    return " · ".join(word for word in (*words, str(standing.get_outcome_display())) if word)


def _found(request: HttpRequest, code: str, verb: Verb = Verb.APPOINTMENT_MANAGE) -> Decree:
    found: Decree = request.scope.get_or_404(queries.decrees(), verb, code=code)  # type: ignore[attr-defined]
    return found


def _address(found: Any, name: str = "decree") -> str:
    return reverse(f"facilitators:{name}", args=[found.code])


def _crumbs(found: Decree) -> list[Link]:
    return [Link(_("Decrees"), reverse("facilitators:decrees")), Link(found.number, _address(found))]
