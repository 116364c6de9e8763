"""A case of ethics for its panel alone: to everybody else it does not exist."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.forms import ActForm
from pendamping.core.moments import day
from pendamping.core.pieces import Act, Link
from pendamping.facilitators.enums.ethics import CaseState
from pendamping.facilitators.forms import ethics as forms
from pendamping.facilitators.models import Appointment, EthicsCase
from pendamping.facilitators.queries import appointments as people
from pendamping.facilitators.queries import ethics as queries
from pendamping.facilitators.rules import ethics as rules
from pendamping.facilitators.services import ethics_cases as services
from pendamping.facilitators.services import ethics_decisions as decisions
from pendamping.facilitators.views.appointing import Ask, act_page, typed


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
        "acts": _acts(request, found),
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
        gettext_lazy("The decision is recorded. A suspension or termination waits for a second member."),
        forms.DecisionForm, decisions.decide_case, (CaseState.HEARD,), "primary",
        gettext_lazy("Record the decision? It cannot be changed."),
    ),
    "sahkan": Step(
        gettext_lazy("Confirm the decision"), gettext_lazy("Confirm the decision"),
        gettext_lazy("The decision is confirmed and carried out."), forms.ConfirmForm, decisions.confirm_decision,
        (CaseState.PROPOSED,), "primary", gettext_lazy("Confirm the decision? It takes effect at once."),
    ),
    "kembalikan": Step(
        gettext_lazy("Send the decision back"), gettext_lazy("Send back"),
        gettext_lazy("Sent back. The panel decides anew."), forms.LeaveForm, decisions.send_back,
        (CaseState.PROPOSED,),
    ),
    "tutup": Step(
        gettext_lazy("Close: it concerns no facilitator"), gettext_lazy("Close the report"), gettext_lazy("Closed."),
        forms.LeaveForm, services.close_case, (CaseState.RECEIVED,),
    ),
    "mundur": Step(
        gettext_lazy("Leave the panel"), gettext_lazy("Leave the panel"),
        gettext_lazy("You left the panel. The secretariat names somebody else."), forms.LeaveForm, services.leave_panel,
        tuple(rules.OPEN), "quiet",
    ),
}  # fmt: skip


def _acts(request: HttpRequest, found: EthicsCase) -> list[Act]:
    """The steps of a case where it stands; deciding and confirming say why this member may not do them now."""
    today = day(timezone.now())
    ripe = rules.is_ripe(
        state=found.state, has_answered=found.answered_at is not None, answer_by=found.answer_by, today=today
    )  # fmt: skip
    second = rules.may_confirm(
        actor=_member(request).pk, proposer=found.decided_by_id, seated=queries.seated(found), least=found.panel_least,
        sanction=found.sanction, suspended_from=found.suspended_from, suspended_until=found.suspended_until,
        today=today,
    )  # fmt: skip
    refusals = {"putus": ripe.message, "sahkan": second.message}
    return [
        Act(str(one.title), _to(found, key), kind=one.kind, refusal=refusals.get(key, ""))
        for key, one in STEPS.items() if found.state in one.states
    ]  # fmt: skip


def _to(found: EthicsCase, key: str) -> str:
    return reverse("facilitators:ethics_step", args=[found.code, key])


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
