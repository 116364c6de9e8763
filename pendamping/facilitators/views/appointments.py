"""Working pages of those appointed: the list, one person's appointment, and what the secretariat does with it."""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.models import Account
from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.moments import day
from pendamping.core.pieces import Act, Link
from pendamping.facilitators.enums.appointments import DecreeKind
from pendamping.facilitators.enums.rounds import PostKind
from pendamping.facilitators.forms import appointments as forms
from pendamping.facilitators.models import Appointment, Assignment, Contract, Decree, EthicsSignature
from pendamping.facilitators.queries import appointments as queries
from pendamping.facilitators.queries.assignments import assignments, levels_of
from pendamping.facilitators.queries.evaluations import denied, renewal_of
from pendamping.facilitators.rules import decrees as decree_rules
from pendamping.facilitators.services import appointments as services
from pendamping.facilitators.services import assignments as placing
from pendamping.facilitators.services import contracts
from pendamping.facilitators.services.decrees import issue_certificate
from pendamping.facilitators.views.appointing import Ask, act_page, managed, pdf, typed
from pendamping.facilitators.views.decrees import ranked

PAGE = 25


@page(Verb.FACILITATOR_SEE)
@require_GET
def appointments(request: HttpRequest) -> HttpResponse:
    """Who is appointed in my places, newest first."""
    today = day(timezone.now())
    kind, words = request.GET.get("state", ""), request.GET.get("q", "").strip()
    found = queries.seen_by(request.scope)  # type: ignore[attr-defined]
    if kind == "now":
        found = queries.in_force(found, today).filter(starts_on__lte=today)
    elif kind == "over":
        found = found.exclude(queries.lasts_until(today))
    if words:
        found = found.filter(Q(account__name__icontains=words) | Q(code__iexact=words))
    before = request.GET.get("before", "")
    if before.isdecimal():
        found = found.filter(pk__lt=int(before))
    shown = list(found[: PAGE + 1])
    older = f"?state={kind}&before={shown[PAGE - 1].pk}" if len(shown) > PAGE else ""
    tabs = [
        Link(label, f"?state={key}", kind == key)
        for key, label in (("", _("All")), ("now", _("In office")), ("over", _("Ended")))
    ]
    context = {"appointments": shown[:PAGE], "older": older, "tabs": tabs, "today": today, "q": words}
    return render_page(request, "facilitators/appointments.html", context)


@page(Verb.FACILITATOR_SEE)
@require_GET
def appointment(request: HttpRequest, code: str) -> HttpResponse:
    """One appointment: term, places, contracts, code of ethics, who came before and after."""
    found = queries.seen_by(request.scope).filter(code=code).first()  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    manages = request.scope.can(Verb.APPOINTMENT_MANAGE, found)  # type: ignore[attr-defined]
    context = {
        "appointment": found, "today": day(timezone.now()), "manages": manages,
        "assignments": list(assignments().filter(appointment=found).order_by("starts_on", "id")),
        "contracts": list(found.contracts.order_by("fiscal_year")) if manages else [],
        "signatures": list(EthicsSignature.objects.filter(appointment=found).select_related("ethics_code")),
        "duty_handover": getattr(found, "duty_handover", None), "successor": queries.successor_of(found),
        "acts": _acts(request, found) if manages else [],
        "places": _crumbs(found),
    }  # fmt: skip
    return render_page(request, "facilitators/appointment.html", context)


def _acts(request: HttpRequest, found: Appointment) -> list[Act]:
    today = day(timezone.now())
    over = _("This appointment is over.") if found.last_day < today else ""
    decree = found.decree
    revoked = decree_rules.in_force(number=decree.number, revoked_on=decree.revoked_on).message
    acts = [
        Act(_("Place somewhere"), _address(found, "appointment_assign"), refusal=over, kind="primary"),
        Act(_("Record a contract"), _address(found, "appointment_contract"), refusal=over),
        Act(_("Certificate (PDF)"), _address(found, "appointment_certificate"), refusal=revoked),
        Act(_("End the appointment"), _address(found, "appointment_end"), refusal=over, kind="danger"),
    ]
    if found.ended_on and not found.ended_with_decree and queries.successor_of(found) is None:
        acts.insert(0, Act(_("Name a successor"), _address(found, "appointment_replace"), kind="primary"))
    if request.scope.can(Verb.PEOPLE_MANAGE, found) and not over:  # type: ignore[attr-defined]
        href = reverse("access:invite", args=[found.account.uid])
        acts.append(Act(_("Link for a first password"), href, kind="quiet"))
    return acts


@page(Verb.APPOINTMENT_MANAGE)
def appointment_end(request: HttpRequest, code: str) -> HttpResponse:
    """End a term early."""
    found = managed(request, code)
    form = forms.EndForm(request.POST or None, initial={"ended_on": day(timezone.now())})
    ask = _ask(
        found, _("End the appointment"), _("End the appointment"), _("The appointment, its assignments and roles end."),
        kind="danger", lead=_("Every assignment ends with it. A successor can then be named from the reserve list."),
    )  # fmt: skip
    return act_page(request, form, ask, services.end_appointment, lambda: {"appointment": found, **typed(form)})


@page(Verb.APPOINTMENT_MANAGE)
def appointment_replace(request: HttpRequest, code: str) -> HttpResponse:
    """Name who serves out the term."""
    found = managed(request, code)
    usable = Decree.objects.filter(
        region=found.region, kind=DecreeKind.REPLACEMENT, revoked_on__isnull=True
    ).order_by("-dated_on", "-id")  # fmt: skip
    form = forms.ReplaceForm(
        request.POST or None, standings=[(one, ranked(one)) for one in queries.reserves_for(found, timezone.now())],
        decrees=usable, units=queries.units(found.region_path),
    )  # fmt: skip
    ask = _ask(
        found, _("Name a successor"), _("Appoint the successor"),
        _("The successor is appointed. Open work waits on their page."),
        lead=_("The first of the reserve list follows; passing somebody over needs a reason."),
    )  # fmt: skip
    return act_page(
        request, form, ask, services.replace, lambda: {"leaving": found, **typed(form)},
        then=_address,
    )  # fmt: skip


@page(Verb.APPOINTMENT_MANAGE)
def appointment_assign(request: HttpRequest, code: str) -> HttpResponse:
    """Place somebody at one or several units."""
    found = managed(request, code)
    role = request.POST.get("role") or found.kind
    levels = levels_of(role if role in PostKind.values else found.kind)
    usable = Decree.objects.filter(region=found.region, revoked_on__isnull=True).exclude(kind=DecreeKind.DISMISSAL)
    form = forms.AssignForm(
        request.POST or None, units=queries.units(found.region_path, levels),
        decrees=usable.order_by("-dated_on", "-id"),
        initial={"starts_on": max(found.starts_on, day(timezone.now())), "ends_on": found.last_day},
    )  # fmt: skip
    ask = _ask(
        found, _("Place somewhere"), _("Place somewhere"),
        _("Placed. The role there begins and ends with these days."),
        lead=_("Several areas to a person and several people to an area are possible."),
    )  # fmt: skip
    return act_page(request, form, ask, placing.assign_all, lambda: {"appointment": found, **typed(form)})


@page(Verb.APPOINTMENT_MANAGE)
def assignment_end(request: HttpRequest, code: str) -> HttpResponse:
    """End one assignment early."""
    found: Assignment = request.scope.get_or_404(assignments(), Verb.APPOINTMENT_MANAGE, code=code)  # type: ignore[attr-defined]
    form = forms.EndForm(request.POST or None, initial={"ended_on": day(timezone.now())})
    ask = _ask(
        found.appointment, _("End the assignment"), _("End the assignment"), _("The assignment and its role end."),
        kind="danger", kicker=f"{found.account.name} · {found.region.label}",
    )  # fmt: skip
    return act_page(request, form, ask, placing.end_assignment, lambda: {"assignment": found, **typed(form)})


@page(Verb.APPOINTMENT_MANAGE)
def appointment_contract(request: HttpRequest, code: str) -> HttpResponse:
    """Record the contract of a year."""
    found = managed(request, code)
    form = forms.ContractForm(request.POST or None, initial={"fiscal_year": day(timezone.now()).year})
    before = day(timezone.now()).year - 1
    lead = _decided(found.account, before) if denied(found.account, before) else ""
    ask = _ask(found, _("Record a contract"), _("Record the contract"), _("The contract is recorded."), lead=lead)
    return act_page(request, form, ask, contracts.sign_contract, lambda: {"appointment": found, **typed(form)})


@page(Verb.APPOINTMENT_MANAGE)
def contract_renew(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Renew the contract of a year for the next."""
    found = managed(request, code)
    contract = Contract.objects.filter(appointment=found, fiscal_year=year).first()
    if contract is None:
        raise Http404
    form = forms.RenewForm(request.POST or None, initial={"monthly": contract.monthly})
    ask = _ask(
        found, _("Renew the contract"), _("Renew the contract"), _("The contract is renewed."),
        lead=_decided(found.account, year),
    )  # fmt: skip
    return act_page(request, form, ask, contracts.renew_contract, lambda: {"contract": contract, **typed(form)})


def _decided(account: Account, year: int) -> str:
    """What the evaluations of a year decided on somebody's contract."""
    decided = renewal_of(account, year)
    if decided is None:
        return _("No evaluation of %(year)d has decided on this contract.") % {"year": year}
    said = _("Evaluation %(code)s decided: %(outcome)s.") % {
        "code": decided.code, "outcome": decided.get_outcome_display(),
    }  # fmt: skip
    return f"{said} {decided.conditions}".strip()


@page(Verb.APPOINTMENT_MANAGE)
@require_GET
def appointment_certificate(request: HttpRequest, code: str) -> HttpResponse:
    """The excerpt of the decree as PDF."""
    found = managed(request, code)
    if found.decree.revoked_on is not None or request.scope.viewer is not None:  # printing is an act, looking is not
        raise Http404
    return pdf(issue_certificate(appointment=found, at=timezone.now()), f"petikan-{found.code}")


def _ask(
    found: Appointment, title: str, submit: str, said: str, *, lead: str = "", kind: str = "primary", kicker: str = ""
) -> Ask:
    kicker = kicker or f"{found.account.name} · {found.get_kind_display()}"
    return Ask(title, submit, _address(found), said, kicker, lead, kind, places=_crumbs(found))


def _address(found: Appointment, name: str = "appointment") -> str:
    return reverse(f"facilitators:{name}", args=[found.code])


def _crumbs(found: Appointment) -> list[Link]:
    return [Link(_("Appointments"), reverse("facilitators:appointments")), Link(found.account.name, _address(found))]
