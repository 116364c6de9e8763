"""Follow something, see what one follows, and have enough of it: no account, only what a letter proves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping.access.pages import public_page, render_page
from pendamping.access.throttle import allow, client_address
from pendamping.core import mail
from pendamping.core.errors import Refused
from pendamping.needs import letters, webpush
from pendamping.needs.enums.contacts import ContactKind, Pace
from pendamping.needs.forms.following import FollowForm
from pendamping.needs.models import Contact
from pendamping.needs.queries import following as queries
from pendamping.needs.rules.push import subscription
from pendamping.needs.services import contacts, following

TRIES_AN_HOUR = 20  # from one connection: a whole meeting may share one


@public_page(max_age=0, methods=("GET", "POST"))
def follow(request: HttpRequest) -> HttpResponse:
    """Hear of a journey (`?jejak=`), a place (`?wilayah=`) or one category there (`&kategori=`)."""
    thing = queries.asked_for(request.GET, get_language() or "id")
    if thing is None:
        raise Http404
    is_push = "endpoint" in request.POST
    form = FollowForm(request.POST if request.method == "POST" and not is_push else None)
    context: dict[str, Any] = {
        "thing": thing, "form": form, "csrf_token": "", "sent": False, "push_key": webpush.public_key(), "own": "",
        "has_mail": mail.goes(),
        "place": thing.place.path if thing.place else "", "failed": False,
    }  # fmt: skip
    if request.method != "POST":
        return render_page(request, "needs/follow.html", context)
    at, status = timezone.now(), 422
    if allow(f"needs.follow:{client_address(request)}", limit=TRIES_AN_HOUR, seconds=3600, at=at) is not None:
        form = context["form"] = FollowForm(request.POST)
        form.add_error(None, _("Too many tries from this connection just now. Try again in an hour."))
        status = 429
    elif is_push:
        context["own"] = _pushed(request, thing, at)
        context["failed"], status = not context["own"], 200 if context["own"] else 422
    elif mail.goes() and form.is_valid() and _followed(form, thing, at):
        context["sent"], status = True, 200
    return render_page(request, "needs/follow.html", context, status=status)


def _followed(form: FollowForm, thing: queries.Thing, at: datetime) -> bool:
    """The same answer for every address: nobody learns who follows what."""
    try:
        contact = contacts.reach(kind=ContactKind.EMAIL, address=form.cleaned_data["contact"], at=at)
        follow_thing(contact, thing, at=at, pace=form.pace)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return False
    return True


def _pushed(request: HttpRequest, thing: queries.Thing, at: datetime) -> str:
    """The page of what this browser follows from now on; empty when it did not say yes wholly."""
    sent = request.POST
    address = subscription(sent.get("endpoint", ""), sent.get("key", ""), sent.get("secret", ""))
    if address is None:
        return ""
    contact = contacts.reach(kind=ContactKind.PUSH, address=address, at=at, is_proven=True)
    try:
        follow_thing(contact, thing, at=at, pace=Pace.DAILY)
    except Refused:
        return ""
    return reverse("needs:followed", args=[contacts.secret_of(contact)])


def follow_thing(contact: Contact, thing: queries.Thing, *, at: datetime, pace: Pace) -> None:
    """What was asked for, by this contact."""
    if thing.place is None:
        following.follow_journey(contact=contact, code=thing.code, at=at, pace=pace)
    else:
        following.follow_place(contact=contact, place=thing.place, category=thing.category, at=at, pace=pace)


@public_page(max_age=0, methods=("GET", "POST"))
def followed(request: HttpRequest, secret: str) -> HttpResponse:
    """What an address follows, by the secret in its letters; a mere visit confirms and ends nothing."""
    contact = _opened(secret)
    if request.method == "POST":
        _done(request, contact)
        again = redirect("needs:followed", secret=secret)
        again.status_code = 303
        return again
    things = [(one, letters.thing(one), letters.path_of(one)) for one in queries.followed_by(contact)]
    context = {
        "things": things,
        "waits": any(one.confirmed_at is None for one, _name, _path in things),
        "out": reverse("needs:follow_nothing", args=[secret]),
    }
    return render_page(request, "needs/followed.html", context)


def _done(request: HttpRequest, contact: Contact) -> None:
    at, act = timezone.now(), request.POST.get("act", "")
    if act == "confirm":
        contacts.confirm(contact, at=at)
        return
    which = request.POST.get("which", "")
    one = queries.followed_by(contact).filter(pk=int(which[:18])).first() if which.isdecimal() else None
    if one is None:
        raise Http404
    if act == "end":
        following.end(one, at=at)
    elif act in Pace.values:
        following.set_pace(one, pace=Pace(act))


@public_page(max_age=0, methods=("GET", "POST"))
def follow_nothing(request: HttpRequest, secret: str) -> HttpResponse:
    """One click out (RFC 8058): the mail program posts here, a person presses the button; the address is forgotten."""
    contact = contacts.opened_by(secret)
    if contact is not None and request.method == "POST":
        contacts.refuse(contact, at=timezone.now())
        contact = None
    return render_page(request, "needs/follow_nothing.html", {"is_out": contact is None, "csrf_token": ""})


def _opened(secret: str) -> Contact:
    contact = contacts.opened_by(secret)
    if contact is None:
        raise Http404
    return contact
