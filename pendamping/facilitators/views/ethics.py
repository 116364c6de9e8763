"""The code for everybody, the public form for a breach, and a case for its panel alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from pendamping.access.pages import page, public_page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.codes import read_code
from pendamping.core.forms import ActForm
from pendamping.core.moments import day
from pendamping.core.pieces import Act, Link
from pendamping.facilitators.enums.ethics import CaseState
from pendamping.facilitators.flood import too_many_reports
from pendamping.facilitators.forms import ethics as forms
from pendamping.facilitators.models import Appointment, EthicsCase
from pendamping.facilitators.queries import appointments as people
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


@page(Verb.ETHICS_REVIEW)
@require_GET
def ethics_cases(request: HttpRequest) -> HttpResponse:
    """The cases on whose panel I sit."""
    context = {"cases": list(queries.cases_of_member(_member(request))[:200])}
    return render_page(request, "facilitators/ethics_cases.html", context)


@page(Verb.ETHICS_REVIEW)
@require_GET
def ethics_case(request: HttpRequest, code: str) -> HttpResponse:
    """One case, for a member of its panel."""
    found = _case(request, code)
    seats = list(found.seats.filter(left_at__isnull=True).select_related("account"))
    context = {
        "case": found, "seats": seats, "contact": services.contact_of(found),
        "earlier": queries.cases().filter(about__account=found.about.account, state=CaseState.DECIDED).exclude(
            pk=found.pk
        ) if found.about else [],
        "acts": [
            Act(str(step.title), reverse("facilitators:ethics_step", args=[found.code, key]), kind=step.kind)
            for key, step in STEPS.items()
            if found.state in step.states
        ],
        "places": [Link(_("Cases of ethics"), reverse("facilitators:ethics_cases")), Link(found.code)],
    }  # fmt: skip
    return render_page(request, "facilitators/ethics_case.html", context)


@dataclass(frozen=True)
class Step:
    """One act of a panel on a case."""

    title: Any
    submit: Any
    said: Any
    form: type[ActForm]
    service: Callable[..., Any]
    states: tuple[str, ...]
    kind: str = "secondary"
    confirm: Any = ""


STEPS: dict[str, Step] = {
    "siapa": Step(
        gettext_lazy("Say whom it is about"), gettext_lazy("Record"), gettext_lazy("Recorded."), forms.PersonForm,
        services.name_person, (CaseState.RECEIVED,),
    ),
    "panggil": Step(
        gettext_lazy("Ask the person to answer"), gettext_lazy("Ask for the answer"),
        gettext_lazy("The person now sees the allegation on their page."), forms.CallForm, services.call_person,
        (CaseState.RECEIVED,), "primary",
    ),
    "dengar": Step(
        gettext_lazy("Record a hearing"), gettext_lazy("Record the statement"),
        gettext_lazy("The statement is recorded."),
        forms.StatementForm, services.record_hearing, (CaseState.CALLED,), "primary",
    ),
    "diam": Step(
        gettext_lazy("Record that no answer came"), gettext_lazy("Record that no answer came"),
        gettext_lazy("Recorded."),
        forms.SilenceForm, services.note_silence, (CaseState.CALLED,),
    ),
    "putus": Step(
        gettext_lazy("Record the decision"), gettext_lazy("Record the decision"),
        gettext_lazy("The decision is recorded and carried out."), forms.DecisionForm, services.decide_case,
        (CaseState.HEARD,), "primary", gettext_lazy("Record the decision? It cannot be changed."),
    ),
    "tutup": Step(
        gettext_lazy("Close: it concerns no facilitator"), gettext_lazy("Close the report"), gettext_lazy("Closed."),
        forms.LeaveForm, services.close_case, (CaseState.RECEIVED,),
    ),
    "mundur": Step(
        gettext_lazy("Leave the panel"), gettext_lazy("Leave the panel"),
        gettext_lazy("You left the panel. The secretariat names somebody else."), forms.LeaveForm, services.leave_panel,
        (CaseState.RECEIVED, CaseState.CALLED, CaseState.HEARD), "quiet",
    ),
}  # fmt: skip


@page(Verb.ETHICS_REVIEW)
def ethics_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """One step of a case."""
    found, chosen = _case(request, code), STEPS.get(step)
    if chosen is None:
        raise Http404
    extra = {"people": _nameable(found)} if chosen.form is forms.PersonForm else {}
    form = chosen.form(request.POST or None, **extra)
    here = reverse("facilitators:ethics_case", args=[found.code])
    ask = Ask(
        title=str(chosen.title), submit=str(chosen.submit), back=here, said=str(chosen.said), kicker=found.code,
        confirm=str(chosen.confirm), kind="primary",
    )  # fmt: skip
    then = reverse("facilitators:ethics_cases") if step == "mundur" else here
    return act_page(
        request, form, ask, chosen.service, lambda: {"case": found, **typed(form)}, then=lambda _done: then
    )  # fmt: skip


def _nameable(found: EthicsCase) -> list[tuple[Appointment, str]]:
    here = people.appointments().filter(city_path=found.region_path).order_by("account__name", "-id")
    return [(one, f"{one.account.name} · {one.get_kind_display()} · {one.code}") for one in here]


def _member(request: Any) -> Any:
    """Who looks; nobody looks through somebody else's eyes here."""
    if request.scope.viewer is not None:
        raise PermissionDenied
    return request.scope.account


def _case(request: HttpRequest, code: str) -> EthicsCase:
    """A case on whose panel this person sits; to everybody else it does not exist."""
    found = queries.cases_of_member(_member(request)).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _city(request: Any) -> Region:
    path = next(iter(request.scope.paths(Verb.APPOINTMENT_MANAGE)), "")
    found = Region.objects.filter(level=Level.CITY, path=path).first()
    if found is None:
        raise Http404
    return found
