"""Builds the scope once per request, and refuses any view that declares neither a verb nor that it is public."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from pendamping.access.models import Account
from pendamping.access.scope import NOBODY, Scope, scope_of
from pendamping.access.verbs import Verb
from pendamping.core.moments import day

VIEW_AS = "view_as"

# Views of libraries that declare nothing themselves: their own code decides, and they touch no record of ours.
OPEN_MODULES = ("allauth.", "django.views.static", "django.views.i18n", "ninja.")


class ScopeMiddleware:
    """Gives every request a `scope`, lazily: a public page never opens the session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.scope = SimpleLazyObject(lambda: scope_for(request))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if not is_declared(view):
            raise PermissionDenied(f"{view.__module__}.{getattr(view, '__name__', view)} names no verb")
        if touches_own_account(request) and request.session.get(VIEW_AS):
            raise PermissionDenied(
                _("You are viewing as somebody else: be yourself again before you change your account.")
            )


def touches_own_account(request: HttpRequest) -> bool:
    """Pages of the sign-in library that would act on the viewer's own account; signing out is always possible."""
    name = getattr(request.resolver_match, "url_name", None) or ""
    return name.startswith(("account_", "mfa_")) and name not in ("account_logout", "account_login")


def is_declared(view: Any) -> bool:
    """Does a view say which verb it takes, or that it is public?"""
    if hasattr(view, "verb") or getattr(view, "is_public", False):
        return True
    made = getattr(view, "func", view)  # ninja registers its own description as a partial
    return str(getattr(made, "__module__", "")).startswith(OPEN_MODULES)


def scope_for(request: HttpRequest) -> Scope:
    """The scope of the signed-in person, or of the one they look as (reading only)."""
    account: Any = request.user
    if not account.is_authenticated:
        return NOBODY
    today = day(timezone.now())
    own = scope_of(account, today)
    seen_as = request.session.get(VIEW_AS)
    if seen_as and own.can_anywhere(Verb.VIEW_AS):
        other = Account.objects.filter(uid=seen_as, is_active=True).first()
        if other is not None and may_view_as(own, other):
            return scope_of(other, today, reads_only=True, viewer=account)
    return own


def may_view_as(own: Scope, other: Account) -> bool:
    """Only somebody whose every place lies inside the places where one holds VIEW_AS."""
    places = [holding.path for holding in scope_of(other, day(timezone.now())).holdings]
    return bool(places) and all(own.can(Verb.VIEW_AS, path) for path in places)


def needs_second_factor(scope: Scope) -> bool:
    """Officials sign in with a second factor; switched off only by an explicit setting (the demo does)."""
    return settings.MFA_REQUIRED and scope.is_official
