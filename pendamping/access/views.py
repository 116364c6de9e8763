"""One's own account, keys for programs, links for a first password, and photos."""

from __future__ import annotations

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pendamping.access import phones, services
from pendamping.access.factor import fresh
from pendamping.access.forms import ConfirmForm, PasswordForm, TokenForm, sent
from pendamping.access.models import Grant, Token
from pendamping.access.pages import page, public_page, render_page
from pendamping.access.verbs import Verb
from pendamping.access.words import role_line
from pendamping.core.errors import Refused
from pendamping.core.images import store
from pendamping.core.models import Photo
from pendamping.core.moments import day


@require_safe
@page(Verb.WORK_SEE)
def account(request: HttpRequest) -> HttpResponse:
    """My account: my roles, how I sign in, my keys."""
    me, today = request.scope.account, day(timezone.now())  # type: ignore[attr-defined]
    roles = Grant.objects.filter(account=me).select_related("region").order_by("region__path", "-starts_on")
    context = {
        "person": me,
        "phone": phones.shown(me),
        "roles": [role_line(role, today) for role in roles],
        "has_factor": is_mfa_enabled(me),
        "keys": Token.objects.filter(account=me, revoked_at=None, expires_on__gte=today).order_by("-id"),
    }
    return render_page(request, "access/account.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page(Verb.WORK_SEE)
@fresh
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End all my sessions and keys, this one too: for a lost phone."""
    form = ConfirmForm(sent(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(services.sign_out_everywhere, by=request.user, at=timezone.now())
    ):
        return redirect("account_login")
    context = {
        "form": form,
        "title": _("Sign out on all devices"),
        "submit": _("Sign out everywhere"),
        "back": reverse("access:account"),
        "kind": "danger",
        "note": _("For a lost phone or a shared computer. Keys for programs stop working too."),
    }
    return render_page(request, "access/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@page(Verb.WORK_SEE)
@fresh
def make_token(request: HttpRequest) -> HttpResponse:
    """Make a key for a program; it is shown this once."""
    form, key = TokenForm(sent(request)), ""
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        facts = {"label": values["label"], "expires_on": values["expires_on"], "reads_only": not values["writes"]}
        made = form.attempt(services.make_token, by=request.user, at=timezone.now(), **facts)
        if made is not None and not hasattr(made, "key"):
            form.add_error(None, _("This key was already shown. Open the page again to make a new one."))
        elif made is not None:
            key = made.key
    context = {"form": form, "key": key}
    return render_page(request, "access/token.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@page(Verb.WORK_SEE)
def revoke_token(request: HttpRequest, uid: Any) -> HttpResponse:
    """Make one of my keys worthless."""
    token = Token.objects.filter(account=request.scope.account, uid=uid, revoked_at=None).first()  # type: ignore[attr-defined]
    if token is None:
        raise Http404
    form = ConfirmForm(sent(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(services.revoke_token, by=request.user, at=timezone.now(), token=token)
    ):
        messages.success(request, _("The key no longer works."))
        return redirect("access:account")
    title = _("Revoke the key “%(label)s”") % {"label": token.label}
    context = {
        "form": form,
        "title": title,
        "submit": _("Revoke"),
        "back": reverse("access:account"),
        "kind": "danger",
        "note": "",
    }
    return render_page(request, "access/form.html", context)


@public_page(methods=("GET", "POST"), max_age=0)
def accept(request: HttpRequest, key: str) -> HttpResponse:
    """Choose one's password by a link."""
    found = services.open_invitation(key, timezone.now())
    if found is None:
        return render_page(request, "access/link_over.html", status=404)
    form = PasswordForm(sent(request), account=found.account)
    if request.method == "POST" and form.is_valid():
        try:
            services.accept_invitation(by=None, at=timezone.now(), key=key, password=form.cleaned_data["password"])
        except Refused:
            return render_page(request, "access/link_over.html", status=404)
        return redirect("account_login")
    context = {"form": form, "username": found.account.username}
    return render_page(request, "access/accept.html", context, status=422 if form.errors else 200)


@require_safe
def photo(request: HttpRequest, name: str, size: str) -> HttpResponseBase:
    """A photo: published ones for everyone, private ones for those who may see the records of its place, and for a
    quarter of an hour for whoever was shown it."""
    found = Photo.objects.filter(name=name).first()
    if found is None or size not in ("full", "thumb"):
        raise Http404
    is_shown = found.is_public or store.is_opened(found, request.GET.get(store.TICKET, ""))
    if not is_shown and not request.scope.can(Verb.RECORD_SEE, found.region_path):  # type: ignore[attr-defined]
        raise Http404
    if not found.file:  # discarded
        raise Http404
    return store.response(found, "thumb" if size == "thumb" else "full")


photo.is_public = True  # type: ignore[attr-defined]  # decides by itself: 404 whether missing or not yours
