"""The code for everybody, the public form for a breach, and the secretariat's register."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import page, public_page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.codes import read_code
from pendamping.core.moments import day
from pendamping.facilitators.enums.ethics import CaseState
from pendamping.facilitators.flood import too_many_reports
from pendamping.facilitators.forms import ethics as forms
from pendamping.facilitators.models import Appointment, EthicsCase
from pendamping.facilitators.queries import assignments as placed
from pendamping.facilitators.queries import ethics as queries
from pendamping.facilitators.services import ethics_cases as services
from pendamping.facilitators.services import ethics_code
from pendamping.facilitators.views.appointing import Ask, act_page, typed
from pendamping.facilitators.views.own import text_of
from pendamping.regions import queries as regions
from pendamping.regions.models import Level, Region


@public_page()
def ethics(request: HttpRequest) -> HttpResponse:
    """The code of ethics in force, for everybody."""
    city = regions.site_city()
    current = queries.code_in_force(city.path) if city else None
    if current is None:
        raise Http404
    context = {"version": current, "text": text_of(current), "city": city}
    return render_page(request, "facilitators/ethics.html", context)


@public_page(max_age=0, methods=("GET", "POST"))
def ethics_report(request: HttpRequest) -> HttpResponse:
    """Report a breach, without an account and, if wished, without a name."""
    city = regions.site_city()
    if city is None:
        raise Http404
    form = forms.ReportForm(request.POST or None, people=_public_people(city))
    status = 200
    if request.method == "POST":
        at, status = timezone.now(), 422
        refusal = too_many_reports(request, at)
        if refusal is not None:
            form.add_error(None, refusal.message)
            status = 429
        elif form.is_valid():
            made = form.attempt(services.report_breach, by=None, at=at, city=city, **typed(form))
            if made is not None:
                answer = redirect("facilitators:ethics_receipt", code=made.code)
                answer.status_code = 303
                return answer
    context = {"form": form, "csrf_token": ""}
    return render_page(request, "facilitators/ethics_report.html", context, status=status)


def _public_people(city: Region) -> list[tuple[Appointment, str]]:
    """Everybody in office with their places: names are public by decree."""
    found: dict[int, tuple[Appointment, list[str]]] = {}
    for one in placed.serving_on(day(timezone.now())).filter(city_path=city.path).order_by("account__name", "id"):
        found.setdefault(one.appointment_id, (one.appointment, [one.account.name]))[1].append(one.region.label)
    return [(one, " · ".join(words)) for one, words in found.values()]


@public_page(max_age=0)
def ethics_receipt(request: HttpRequest, code: str) -> HttpResponse:
    """The code of a report and how far it is; nothing of what it says."""
    found = EthicsCase.objects.filter(code=read_code(code) or code).first()
    if found is None:
        raise Http404
    over = found.state in (CaseState.DECIDED, CaseState.CLOSED)
    return render_page(request, "facilitators/ethics_receipt.html", {"code": found.code, "is_over": over})


@page(Verb.APPOINTMENT_MANAGE)
@require_GET
def ethics_register(request: HttpRequest) -> HttpResponse:
    """For the secretariat: codes, days and whether a panel is complete; and the versions of the code."""
    city = _city(request)
    today = day(timezone.now())
    context = {
        "city": city, "cases": list(queries.cases().filter(city_path=city.path)[:200]),
        "versions": list(queries.versions(city.path)),
        "unsigned": list(queries.waiting_for_signature(city.path, today)[:200]),
    }  # fmt: skip
    return render_page(request, "facilitators/ethics_register.html", context)


@page(Verb.APPOINTMENT_MANAGE)
def ethics_publish(request: HttpRequest) -> HttpResponse:
    """Publish a new version of the code."""
    city = _city(request)
    before = queries.code_in_force(city.path)
    names = ("text_id", "text_en", "legal_basis", "panel_least", "answer_days")
    form = forms.CodeForm(
        request.POST or None, initial={name: getattr(before, name) for name in names} if before else {}
    )
    ask = Ask(
        title=_("A new version of the code"), submit=_("Publish"), back=reverse("facilitators:ethics_register"),
        said=_("Published. Everybody in office is asked to sign it."), draft="ethics-code",
        lead=_("Everybody in office is asked to sign the new version."),
    )  # fmt: skip
    return act_page(request, form, ask, ethics_code.publish_code, lambda: {"region": city, **typed(form)})


@page(Verb.APPOINTMENT_MANAGE)
def ethics_panel(request: HttpRequest, code: str) -> HttpResponse:
    """Name who sits on the panel of a case, knowing nothing but its code."""
    found: EthicsCase = request.scope.get_or_404(queries.cases(), Verb.APPOINTMENT_MANAGE, code=code)  # type: ignore[attr-defined]
    form = forms.PanelForm(request.POST or None, people=queries.panelists(found.region_path, day(timezone.now())))
    ask = Ask(
        title=_("Name the panel"), submit=_("Name the panel"), back=reverse("facilitators:ethics_register"),
        said=_("The panel is named. Only its members read the case."), kicker=found.code,
        lead=_("At least %(count)d members. You do not see what the case is about.") % {"count": found.panel_least},
    )  # fmt: skip
    return act_page(
        request, form, ask, services.name_panel,
        lambda: {"case": found, "members": list(form.cleaned_data["members"])},
    )  # fmt: skip


def _city(request: Any) -> Region:
    path = next(iter(request.scope.paths(Verb.APPOINTMENT_MANAGE)), "")
    found = Region.objects.filter(level=Level.CITY, path=path).first()
    if found is None:
        raise Http404
    return found
