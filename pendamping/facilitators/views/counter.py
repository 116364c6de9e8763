"""The counter: applications from paper, identity cards shown, lost keys, receipts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.codes import read_code
from pendamping.core.documents.pdf_door import sandboxed
from pendamping.core.documents.printing import render
from pendamping.core.forms import ActForm
from pendamping.core.pieces import Act, Link
from pendamping.facilitators import keys, papers
from pendamping.facilitators.enums.rounds import ApplicationState, RoundStage
from pendamping.facilitators.forms.applications import AnswerForm, CardForm, PaperForm, WithdrawForm
from pendamping.facilitators.forms.objections import ObjectionForm
from pendamping.facilitators.models import Application
from pendamping.facilitators.people import nik_index
from pendamping.facilitators.queries import applications as queries
from pendamping.facilitators.queries import objections
from pendamping.facilitators.queries.exams import seat_of_code
from pendamping.facilitators.queries.rounds import posts_of, rounds
from pendamping.facilitators.rules import applications as rules
from pendamping.facilitators.services import applications as services
from pendamping.facilitators.services import verification
from pendamping.facilitators.services.evidence import answer_clarification, read_file
from pendamping.facilitators.services.objections import lodge_objection
from pendamping.facilitators.views.applicants import TONES
from pendamping.facilitators.views.appointing import attempt, typed
from pendamping.facilitators.views.filling import STEPS, Desk, facts_of, fill

PAGE = 25


@require_safe
@page(Verb.APPLICATION_RECEIVE)
def applications(request: HttpRequest) -> HttpResponse:
    """Applications by code, the newest first: no names in a list."""
    asked = request.GET
    found = request.scope.narrow(queries.applications(), Verb.APPLICATION_RECEIVE)  # type: ignore[attr-defined]
    search, view = asked.get("q", "").strip(), asked.get("view", "")
    if search:
        found = found.filter(code=read_code(search) or search[:12])
    elif view in ApplicationState.values:
        found = found.filter(state=view)
    elif view == "paper":
        found = found.filter(entered_by__isnull=False)
    elif view == "asked":
        found = found.filter(pk__in=queries.paper_applications_asked().order_by().values("pk"))
    before = asked.get("before", "")
    if before.isdecimal():
        found = found.filter(pk__lt=int(before[:18]))
    shown = list(found.order_by("-id")[: PAGE + 1])
    labels = {"": _("All"), **{state.value: state.label for state in ApplicationState}, "paper": _("From paper"),
              "asked": _("Asked, to be passed on")}  # fmt: skip
    open_rounds = request.scope.narrow(rounds().filter(stage=RoundStage.OPEN), Verb.APPLICATION_RECEIVE)  # type: ignore[attr-defined]
    context = {
        "rows": [(one, TONES[ApplicationState(one.state)]) for one in shown[:PAGE]], "search": search,
        "tabs": [Link(str(label), f"?view={name}", name == view) for name, label in labels.items()],
        "older": f"?view={view}&before={shown[PAGE - 1].pk}" if len(shown) > PAGE else "",
        "rounds": list(open_rounds[:10]),
    }  # fmt: skip
    return render_page(request, "facilitators/applications.html", context)


@page(Verb.APPLICATION_RECEIVE)
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Begin an application from paper in an open round."""
    found = request.scope.get_or_404(rounds(), Verb.APPLICATION_RECEIVE, code=code)  # type: ignore[attr-defined]
    form = PaperForm(request.POST or None, posts=posts_of(found))
    if request.method == "POST" and form.is_valid():
        made = form.attempt(
            services.begin_application, by=request.user, at=timezone.now(), round=found,
            post=form.cleaned_data["post"], secret_hash=keys.hash_key(keys.key_of(form.cleaned_data["op"])),
        )  # fmt: skip
        if made is not None:
            return redirect("facilitators:application_step", code=made.code, step=STEPS[1])
    context = {"round": found, "form": form}
    return render_page(request, "facilitators/application_begin.html", context, status=422 if form.errors else 200)


@page(Verb.APPLICATION_RECEIVE, for_own_eyes=True)
def step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """One step of an application from paper. What applicants type online is theirs alone."""
    papers_only = queries.applications().filter(entered_by__isnull=False)
    found = request.scope.get_or_404(papers_only, Verb.APPLICATION_RECEIVE, code=code)  # type: ignore[attr-defined]
    desk = Desk(
        by=request.user, address=lambda one: reverse("facilitators:application_step", args=[code, one]),
        template="facilitators/application_step.html",
    )  # fmt: skip
    return fill(request, found, step, desk)


@require_safe
@page(Verb.APPLICATION_RECEIVE, for_own_eyes=True)
def file(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """A file of an application from paper, to compare it with the paper."""
    papers_only = queries.applications().filter(entered_by__isnull=False)
    found = request.scope.get_or_404(papers_only, Verb.APPLICATION_RECEIVE, code=code)  # type: ignore[attr-defined]
    kept = get_object_or_404(found.evidence.exclude(file=""), name=name)
    filename = f"{found.code}-{kept.requirement.position}.{kept.extension}"
    return sandboxed(read_file(kept), kind=kept.content_type, filename=filename)


@require_safe
@page(Verb.APPLICATION_RECEIVE, for_own_eyes=True)
def application(request: HttpRequest, code: str) -> HttpResponse:
    """One application at the counter: who it says it is, and what can be done for the person standing there."""
    return _shown(request, _found(request, code))


def _shown(request: HttpRequest, found: Application, status: int = 200, **forms: Any) -> HttpResponse:
    is_paper = found.entered_by_id is not None
    acts = []
    if is_paper and found.state == ApplicationState.DRAFT:
        refusal = services.is_writable(found, timezone.now()).message
        fill_in = reverse("facilitators:application_step", args=[found.code, STEPS[1]])
        acts = [
            Act(_("Go on filling in"), fill_in, refusal=refusal),
            Act(_("Hand in for the applicant"), reverse("facilitators:application_submit", args=[found.code]),
                post=True, refusal=refusal, kind="primary"),
        ]  # fmt: skip
    context = {
        **(_paper(found) if is_paper else {"questions": [], "withdraw_form": None, "objection_form": None}),
        "application": found, "tone": TONES[ApplicationState(found.state)], "facts": facts_of(found), "acts": acts,
        "seat": seat_of_code(found.code),
        "verify_form": None if found.verified_at else CardForm(prefix="card"),
        "key_form": CardForm(prefix="key") if found.nik_index else None, "places": _places(found), **forms,
    }  # fmt: skip
    return render_page(request, "facilitators/application.html", context, status=status)


def _paper(found: Application) -> dict[str, Any]:
    """What whoever applied on paper can do at the counter as others do on their own pages."""
    now = timezone.now()
    stages = objections.stages_to_object(found, now)
    verdict = rules.may_withdraw(state=found.state, stage=found.round.stage, reason="-")
    return {
        "questions": queries.questions_of(found, queries.lines_of(found), now), "answer_form": AnswerForm(),
        "withdraw_form": WithdrawForm() if verdict else None,
        "objection_form": ObjectionForm(stages=stages) if stages else None,
    }  # fmt: skip


@require_POST
@page(Verb.APPLICATION_RECEIVE)
def answer(request: HttpRequest, code: str, position: int) -> HttpResponse:
    """Answer what a checker asked, for somebody who applied on paper."""
    found = _from_paper(request, code)
    line = next((one for one in queries.lines_of(found) if one.requirement.position == position), None)
    if line is None:
        raise Http404
    form = AnswerForm(request.POST, request.FILES)
    facts = {"requirement": line.requirement}
    return _done(request, found, form, answer_clarification, facts, _("The answer is kept."), "answer_form")


@require_POST
@page(Verb.APPLICATION_RECEIVE)
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take the application of somebody who applied on paper back."""
    found, form = _from_paper(request, code), WithdrawForm(request.POST)
    return _done(request, found, form, services.withdraw_application, {}, _("The application is withdrawn."),
                 "withdraw_form")  # fmt: skip


@require_POST
@page(Verb.APPLICATION_RECEIVE)
def objection(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody who applied on paper objects to a result."""
    found, form = _from_paper(request, code), ObjectionForm(request.POST)
    return _done(request, found, form, lodge_objection, {}, _("The objection is lodged."), "objection_form")


def _done(
    request: HttpRequest, found: Application, form: ActForm, service: Callable[..., Any], facts: dict[str, Any],
    said: str, name: str,
) -> HttpResponse:  # fmt: skip
    """Do an act for the applicant; a refusal stands in the form, with what was typed."""
    if attempt(request, form, service, lambda: {"application": found, **facts, **typed(form)}, said=said) is not None:
        return redirect("facilitators:application", code=found.code)
    return _shown(request, found, status=422, **{name: form})


@require_POST
@page(Verb.APPLICATION_RECEIVE)
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """The card was shown: its NIK is compared with that of the application."""
    found = _found(request, code)
    form = CardForm(request.POST, prefix="card")
    if form.is_valid():
        shown = nik_index(form.cleaned_data["nik"])
        facts = {"by": request.user, "at": timezone.now(), "application": found, "shown_index": shown}
        if form.attempt(verification.verify_at_counter, **facts) is not None:
            messages.success(request, _("Verified: the card shown is that of the application."))
            return redirect("facilitators:application", code=code)
    return _shown(request, found, status=422, verify_form=form)


@require_POST
@page(Verb.APPLICATION_RECEIVE)
def renew(request: HttpRequest, code: str) -> HttpResponse:
    """A receipt with a fresh key, printed for the person whose card was shown; it is kept nowhere."""
    found = _found(request, code)
    form = CardForm(request.POST, prefix="key")
    if form.is_valid():
        key, at = keys.key_of(form.cleaned_data["op"]), timezone.now()
        done = form.attempt(
            verification.renew_key, by=request.user, at=at, application=found, secret_hash=keys.hash_key(key),
            shown_index=nik_index(form.cleaned_data["nik"]),
        )  # fmt: skip
        if done is not None:
            pdf = render("blocks", papers.receipt(done, key=key), at=at)
            return sandboxed(pdf, kind="application/pdf", filename=f"tanda-terima-{found.code}.pdf")
    return _shown(request, found, status=422, key_form=form)


@require_POST
@page(Verb.APPLICATION_RECEIVE)
def submit(request: HttpRequest, code: str) -> HttpResponse:
    """Hand in an application from paper."""
    found = _found(request, code)
    form = ActForm(request.POST)
    if found.entered_by_id is not None and form.is_valid():
        if form.attempt(services.submit_application, by=request.user, at=timezone.now(), application=found) is not None:
            messages.success(request, _("%(code)s is handed in.") % {"code": code})
            return redirect("facilitators:application", code=code)
        messages.error(request, " ".join(str(one) for one in form.non_field_errors()))
    return redirect("facilitators:application", code=code)


def _found(request: HttpRequest, code: str) -> Application:
    found: Application = request.scope.get_or_404(  # type: ignore[attr-defined]
        queries.applications(), Verb.APPLICATION_RECEIVE, code=code
    )
    return found


def _from_paper(request: HttpRequest, code: str) -> Application:
    """An application from paper; who applies online does these things on their own pages."""
    found = _found(request, code)
    if found.entered_by_id is None:
        raise Http404
    return found


def _places(found: Application) -> list[Link]:
    return [Link(_("Application counter"), reverse("facilitators:applications")), Link(found.code)]
