"""The applicant's own pages: come back with code and key, see every decision with its reason, answer, withdraw."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from pendamping.access.pages import public_page, render_page
from pendamping.access.throttle import allow, client_address, forget
from pendamping.core import mail
from pendamping.core.codes import read_code
from pendamping.core.documents.pdf_door import sandboxed
from pendamping.core.errors import Refused
from pendamping.core.forms import ActForm
from pendamping.core.pieces import Act
from pendamping.facilitators import keys, letters
from pendamping.facilitators.applicants import sign_in_applicant, sign_out_applicant, signed_in_applicant
from pendamping.facilitators.enums.rounds import ApplicationState
from pendamping.facilitators.enums.selection import Reason
from pendamping.facilitators.forms import applications as forms
from pendamping.facilitators.models import Application, RequirementSet
from pendamping.facilitators.queries import objections
from pendamping.facilitators.queries.applications import (
    answer_verdict,
    applications,
    identity,
    lines_of,
    questions_of,
    standing_of,
)
from pendamping.facilitators.queries.exams import seat_of_code
from pendamping.facilitators.queries.rankings import standing_in_force
from pendamping.facilitators.rules import applications as rules
from pendamping.facilitators.services import applications as services
from pendamping.facilitators.services import evidence, verification
from pendamping.facilitators.views.filling import facts_of, saved_words

WINDOW = 15 * 60
TRIES_PER_CODE, TRIES_PER_ADDRESS = 8, 40
CODES_AN_HOUR, LETTERS_AN_HOUR = 8, 4
TONES = {ApplicationState.DRAFT: "waiting", ApplicationState.SUBMITTED: "active", ApplicationState.WITHDRAWN: "stopped"}
View = Callable[..., HttpResponse]


def own_view(view: View) -> View:
    """The view gets the application of the cookie; without one, code and key are asked. Each page prolongs it."""

    @functools.wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        own = signed_in_applicant(request)
        if own is None:
            return redirect("facilitators:applicant_sign_in")
        answer = view(request, own, *args, **kwargs)
        sign_in_applicant(answer, own)
        return answer

    return run


@public_page(max_age=0, methods=("GET", "POST"))
def sign_in(request: HttpRequest) -> HttpResponse:
    """Code and key from the receipt; wrong ones are counted, per code and per address."""
    form = forms.SignInForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        code = read_code(form.cleaned_data["code"]) or ""
        wait = _too_many(request, code)
        found = applications().filter(code=code, forgotten_at__isnull=True).first() if wait is None else None
        if found is not None and keys.opens(found, form.cleaned_data["key"]):
            forget(_key_of_tries(request, code), seconds=WINDOW)
            answer = redirect("facilitators:applicant")
            sign_in_applicant(answer, found)
            return answer
        refusal = Refused(Reason.WRONG_KEY) if wait is None else Refused(Reason.TOO_MANY_TRIES, minutes=-(-wait // 60))
        form.add_error(None, refusal.message)
        status = 422 if wait is None else 429
    return render_page(request, "facilitators/applicant_sign_in.html", {"form": form}, status=status)


def _key_of_tries(request: HttpRequest, code: str) -> str:
    """Per code and address: somebody who only knows the code cannot shut its applicant out."""
    return f"facilitators.key:{code}:{client_address(request)}"


def _too_many(request: HttpRequest, code: str) -> int | None:
    at = timezone.now()
    by_address = allow(f"facilitators.door:{client_address(request)}", limit=TRIES_PER_ADDRESS, seconds=WINDOW, at=at)
    return by_address or allow(_key_of_tries(request, code), limit=TRIES_PER_CODE, seconds=WINDOW, at=at)


@public_page(max_age=0, methods=("POST",))
def sign_out(request: HttpRequest) -> HttpResponse:
    """Close one's pages on this device."""
    answer = redirect("facilitators:applicant_sign_in")
    sign_out_applicant(answer)
    return answer


@public_page(max_age=0, methods=("GET", "POST"))
@own_view
def own(request: HttpRequest, found: Application) -> HttpResponse:
    """Where the application stands. A POST hands it in."""
    form = ActForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(services.submit_application, by=None, at=timezone.now(), application=found)
        if done is not None:
            return redirect("facilitators:applicant")
    return _status(request, found, {"form": form}, status=422 if form.errors else 200)


def _status(request: HttpRequest, found: Application, context: dict[str, Any], status: int = 200) -> HttpResponse:
    found = applications().get(pk=found.pk)
    standing = standing_of(found)
    released = found.results.exclude(released_at=None).order_by("id")
    is_draft = found.state == ApplicationState.DRAFT
    may_prove = mail.goes() and found.verified_at is None and identity(found)["email"]
    mail_form = forms.MailCodeForm() if may_prove else None
    common = {
        "application": found, "tone": TONES[ApplicationState(found.state)], "facts": facts_of(found),
        "saved": saved_words(found), "standing": standing, "is_draft": is_draft, "mail_form": mail_form,
        "results": [(one, "done" if one.passed else "stopped") for one in released],
        "questions": questions_of(found, standing.lines, timezone.now()), "answer_form": forms.AnswerForm(),
        "files": [line for line in standing.lines if line.evidence is not None and line.evidence.file],
        "acts": _acts(found, standing.newer), "form": ActForm(),
        "seat": seat_of_code(found.code), "place": standing_in_force(found), "window": found.round.objections_until,
        "objections": list(objections.of_application(found)),
        "objects": bool(objections.stages_to_object(found, timezone.now())),
        "withdraw_form": forms.WithdrawForm(), "withdrawable": rules.may_withdraw(
            state=found.state, stage=found.round.stage, reason="-"
        ).message,
    }  # fmt: skip
    return render_page(request, "facilitators/applicant.html", {**common, **context}, status=status)


def _acts(found: Application, newer: RequirementSet | None) -> list[Act]:
    acts = []
    if found.state == ApplicationState.DRAFT:
        refusal = services.is_writable(found, timezone.now()).message
        href = reverse("facilitators:apply_step", args=[found.round.code, "diri"])
        acts.append(Act(_("Go on filling in"), href, refusal=refusal, kind="primary"))
    if newer is not None and found.state != ApplicationState.WITHDRAWN:
        question = _("Accept the new requirements? If they ask for more, you complete it and hand it in again.")
        refusal = services.accept_verdict(found, newer, at=timezone.now()).message
        acts.append(Act(_("Accept the new requirements"), reverse("facilitators:applicant_accept"), post=True,
                        refusal=refusal, confirm=question))  # fmt: skip
    acts.append(Act(_("Leave these pages"), reverse("facilitators:applicant_sign_out"), post=True, kind="quiet"))
    return acts


@public_page(max_age=0, methods=("POST",))
@own_view
def withdraw(request: HttpRequest, found: Application) -> HttpResponse:
    """Take the application back."""
    form = forms.WithdrawForm(request.POST)
    if form.is_valid():
        facts = {"application": found, "reason": form.cleaned_data["reason"]}
        if form.attempt(services.withdraw_application, by=None, at=timezone.now(), **facts) is not None:
            return redirect("facilitators:applicant")
    return _status(request, found, {"withdraw_form": form}, status=422)


@public_page(max_age=0, methods=("POST",))
@own_view
def accept(request: HttpRequest, found: Application) -> HttpResponse:
    """Move to the newest requirements."""
    return _done_or_said(request, found, services.accept_requirements)


def _done_or_said(request: HttpRequest, found: Application, service: Callable[..., Any], **facts: Any) -> HttpResponse:
    try:
        service(by=None, at=timezone.now(), application=found, **facts)
    except Refused as refusal:
        return _status(request, found, {"refusal": refusal.message}, status=422)
    return redirect("facilitators:applicant")


@public_page(max_age=0, methods=("POST",))
@own_view
def answer(request: HttpRequest, found: Application, position: int) -> HttpResponse:
    """Answer what a checker asked, with words, a file, or both."""
    line = next((one for one in lines_of(found) if one.requirement.position == position), None)
    if line is None:
        raise Http404
    verdict = answer_verdict(found, line.check, at=timezone.now())
    if not verdict:  # nothing is asked any more, so that no form stands there to say so
        return _status(request, found, {"refusal": verdict.message}, status=422)
    form = forms.AnswerForm(request.POST, request.FILES)
    if form.is_valid():
        facts = {"application": found, "requirement": line.requirement}
        facts |= {name: form.cleaned_data[name] for name in ("answer", "file")}
        if form.attempt(evidence.answer_clarification, by=None, at=timezone.now(), **facts) is not None:
            return redirect("facilitators:applicant")
    return _status(request, found, {"answer_form": form, "answered": position}, status=422)


@public_page(max_age=0, methods=("POST",))
@own_view
def mail_code(request: HttpRequest, found: Application) -> HttpResponse:
    """The six digits from the e-mail."""
    form = forms.MailCodeForm(request.POST)
    wait = allow(f"facilitators.mail_code:{found.code}", limit=CODES_AN_HOUR, seconds=3600, at=timezone.now())
    if wait is not None:
        refusal = Refused(Reason.TOO_MANY_TRIES, minutes=-(-wait // 60)).message
        return _status(request, found, {"refusal": refusal}, status=429)
    if form.is_valid():
        facts = {"application": found, "said": form.cleaned_data["code"]}
        if form.attempt(verification.verify_by_mail, by=None, at=timezone.now(), **facts) is not None:
            return redirect("facilitators:applicant")
    return _status(request, found, {"mail_form": form}, status=422)


@public_page(max_age=0, methods=("POST",))
@own_view
def mail_again(request: HttpRequest, found: Application) -> HttpResponse:
    """Send the e-mail with the code once more."""
    wait = allow(f"facilitators.mail:{found.code}", limit=LETTERS_AN_HOUR, seconds=3600, at=timezone.now())
    if wait is not None:
        refusal = Refused(Reason.TOO_MANY_TRIES, minutes=-(-wait // 60)).message
        return _status(request, found, {"refusal": refusal}, status=429)
    if found.verified_at is None:
        letters.send_proof(found)
    return _status(request, found, {"said": _("The e-mail is on its way.")})


@public_page(max_age=0, methods=("GET", "POST"))
def mail_link(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """The link from the e-mail: a button, because programs open links too; no cookie is needed or given."""
    found = get_object_or_404(applications(), code=code, forgotten_at__isnull=True)
    if request.method == "POST":
        try:
            verification.verify_by_mail(by=None, at=timezone.now(), application=found, said=token[:64])
        except Refused as refusal:
            context = {"application": found, "refusal": refusal.message}
            return render_page(request, "facilitators/applicant_mail_link.html", context, status=422)
    context = {"application": found, "done": request.method == "POST"}
    return render_page(request, "facilitators/applicant_mail_link.html", context)


@public_page(max_age=0)
@own_view
def file(request: HttpRequest, found: Application, name: str) -> HttpResponse:
    """One of one's own files, as a download."""
    kept = get_object_or_404(found.evidence.exclude(file=""), name=name)
    filename = f"{found.code}-{kept.requirement.position}.{kept.extension}"
    return sandboxed(evidence.read_file(kept), kind=kept.content_type, filename=filename)
