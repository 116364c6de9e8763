"""Applying without an account: begin, get code and key once, fill in step by step."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from pendamping.access.pages import public_page, render_page
from pendamping.access.throttle import allow, client_address
from pendamping.core import mail
from pendamping.core.errors import Refused
from pendamping.facilitators import keys
from pendamping.facilitators.applicants import sign_in_applicant, signed_in_applicant
from pendamping.facilitators.enums.selection import Reason
from pendamping.facilitators.forms.applications import BeginForm, MailCodeForm
from pendamping.facilitators.models import Application, Round
from pendamping.facilitators.people import Person
from pendamping.facilitators.queries import rounds
from pendamping.facilitators.queries.applications import identity
from pendamping.facilitators.rules import applications as rules
from pendamping.facilitators.services.applications import begin_and_write
from pendamping.facilitators.views.filling import STEPS, Desk, fill

BEGUN_AN_HOUR = 40  # from one address: a ward office or a shop with computers may share one
SHOWN_FOR = timedelta(minutes=10)  # a form sent twice shows its key again; later it is shown no more


@public_page(max_age=0, methods=("GET", "POST"))
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Which post, and may we keep your data; the answer shows code and key, once."""
    found = get_object_or_404(rounds.public_rounds(), code=code)
    at = timezone.now()
    form = BeginForm(request.POST if request.method == "POST" else None, posts=rounds.posts_of(found))
    status = 200
    if request.method == "POST":
        wait = allow(f"facilitators.begin:{client_address(request)}", limit=BEGUN_AN_HOUR, seconds=3600, at=at)
        if wait is not None:
            form.add_error(None, Refused(Reason.TOO_MANY_TRIES, minutes=-(-wait // 60)).message)
        elif form.is_valid():
            answer = _begun(request, found, form)
            if answer is not None:
                return answer
        status = 429 if wait is not None else 422
    is_open = rules.is_open(
        stage=found.stage, today=rounds.today_of(found, at), opens_on=found.opens_on, closes_on=found.closes_on
    )
    own = signed_in_applicant(request)
    context = {
        "round": found, "form": form, "refusal": "" if form.errors else is_open.message,
        "own": own if own is not None and own.round_id == found.pk else None,
    }  # fmt: skip
    return render_page(request, "facilitators/apply.html", context, status=status)


def _begun(request: HttpRequest, found: Round, form: BeginForm) -> HttpResponse | None:
    values = form.cleaned_data
    key = keys.key_of(values["op"])
    at = timezone.now()
    made: Application | None = form.attempt(
        begin_and_write, by=None, at=at, round=found, post=values["post"], secret_hash=keys.hash_key(key),
        person=Person(email=values.get("email") or None), key=key,
    )  # fmt: skip
    if made is None:
        return None
    if at - made.created_at > SHOWN_FOR:
        form.add_error(None, Refused(Reason.KEY_SHOWN).message)
        return None
    context = {
        "application": made, "key": key, "email": values.get("email", ""),
        "next": reverse("facilitators:apply_step", args=[found.code, STEPS[1]]),
    }  # fmt: skip
    answer = render_page(request, "facilitators/apply_key.html", context)
    sign_in_applicant(answer, made)
    return answer


@public_page(max_age=0, methods=("GET", "POST"))
def step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """One step of one's own application; without the cookie, code and key are asked again."""
    own = signed_in_applicant(request)
    if own is None or own.round.code != code:
        return redirect("facilitators:applicant_sign_in")
    desk = Desk(
        by=None, address=lambda one: reverse("facilitators:apply_step", args=[code, one]),
        template="facilitators/apply_step.html",
        more=lambda found: {
            "mail_form": MailCodeForm() if _may_prove_mailbox(found) else None,
            "own": True,
        },
    )  # fmt: skip
    answer = fill(request, own, step, desk)
    sign_in_applicant(answer, own)
    return answer


def _may_prove_mailbox(found: Application) -> bool:
    return mail.goes() and found.verified_at is None and bool(identity(found)["email"])
