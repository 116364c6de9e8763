"""The second factor: officials set one up before they work, and prove themselves afresh before they change rights."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from allauth.account.forms import ChangePasswordForm, LoginForm
from allauth.account.forms import ReauthenticateForm as ReauthenticatePasswordForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pendamping.access import throttle
from pendamping.access.adapter import (
    PER_NAME,
    AccountAdapter,
    count_try,
    proved_recently,
)
from pendamping.access.forms import PASSWORD_HELP
from pendamping.access.middleware import needs_second_factor
from pendamping.access.pages import View, shell

_STEP = 30  # seconds a code lives; it is taken one step early or late


class SecondFactorMiddleware:
    """Leads an official without a second factor to set one up before any working page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not hasattr(view, "verb"):
            return None
        scope = request.scope  # type: ignore[attr-defined]
        if scope.account is None or scope.viewer is not None or not needs_second_factor(scope):
            return None
        if is_mfa_enabled(scope.account):
            return None
        return HttpResponseRedirect(reverse("mfa_index"))

    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        """allauth's pages stand in the same shell as ours."""
        if response.context_data is not None and "view" in response.context_data:
            scope = request.scope  # type: ignore[attr-defined]
            response.context_data.setdefault("shell", shell(request))
            response.context_data.setdefault("factor_needed", needs_second_factor(scope))
        return response


def fresh(view: View) -> View:
    """A page that changes rights: whoever signed in longer ago proves themselves again and comes back to it.

    The form that was sent is not kept for later (it may hold personal data); an expired proof shows the page anew.
    """

    @functools.wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.scope.viewer is None and not proved_recently(request):  # type: ignore[attr-defined]
            methods = AccountAdapter(request).get_reauthentication_methods(request.user)
            where = methods[0]["url"] if methods else reverse("account_login")
            return HttpResponseRedirect(f"{where}?{urlencode({'next': request.get_full_path()})}")
        return view(request, *args, **kwargs)

    return run


class SignInForm(LoginForm):
    """One field for whichever name a person remembers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("User name, e-mail address or phone number"),
            max_length=254,
            widget=forms.TextInput(
                attrs={
                    "autocomplete": "username",
                    "autocapitalize": "none",
                    "spellcheck": "false",
                }
            ),
        )
        self.order_fields(["login", "password"])
        without_placeholders(self)

    def user_credentials(self) -> dict[str, str]:
        return {
            "username": self.cleaned_data["login"],
            "password": self.cleaned_data["password"],
        }


class PasswordAgainForm(ReauthenticatePasswordForm):
    """A password to prove oneself afresh."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        without_placeholders(self)


class NewPasswordForm(ChangePasswordForm):
    """The old password and twice a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = PASSWORD_HELP
        without_placeholders(self)


def without_placeholders(form: forms.Form) -> None:
    """A label is enough; words inside a field look as if it were filled."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


def _use_once(user: Any, code: str, at: datetime) -> None:
    """A code counts once, also when it is sent twice in the same second or again in the next step."""
    bare = re.sub(r"[^0-9A-Za-z]", "", code).upper()  # "123 456" is the same code
    key = f"factor:used:{user.pk}:{bare}"
    tries = [throttle.allow(key, limit=1, seconds=_STEP, at=at + timedelta(seconds=_STEP * n)) for n in range(3)]
    if any(wait is not None for wait in tries):
        raise ValidationError(_("This code was already used. Wait for the next one."), code="code_used")


class _Counted:
    """Codes have six digits: without a limit they would be guessed."""

    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        without_placeholders(self)  # type: ignore[arg-type]

    def clean_code(self) -> str:
        now = timezone.now()
        count_try(f"factor:{self.user.pk}", PER_NAME, now)
        code = super().clean_code()  # type: ignore[misc]
        _use_once(self.user, code, now)
        throttle.forget(f"factor:{self.user.pk}", seconds=15 * 60)
        return code


class CodeForm(_Counted, AuthenticateForm):
    """A code while signing in."""


class CodeAgainForm(_Counted, ReauthenticateForm):
    """A code to prove oneself afresh."""


class FirstCodeForm(_Counted, ActivateTOTPForm):
    """The first code of a new authenticator app."""
