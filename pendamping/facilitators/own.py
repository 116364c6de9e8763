"""One's own pages: open to whoever signed in, also when a role has ended, is suspended or has not begun."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from pendamping.access.middleware import needs_second_factor
from pendamping.access.pages import refuse_viewer

View = Callable[..., HttpResponseBase]


def own_page(view: View) -> View:
    """A page about oneself. It names no verb, since it shows nothing but what is one's own; never while viewing as
    somebody else, and never kept by a cache."""

    @functools.wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        account: Any = request.user
        if not account.is_authenticated or not account.is_active:
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        scope = request.scope  # type: ignore[attr-defined]
        refuse_viewer(scope)
        if needs_second_factor(scope) and not is_mfa_enabled(account):
            return redirect("mfa_index")
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    run.is_public = True  # type: ignore[attr-defined]  # decides by itself: only what is one's own
    return run
