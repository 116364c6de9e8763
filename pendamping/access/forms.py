"""What comes in from the pages about people, keys and links."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from pendamping.access import phones, queries
from pendamping.access.models import Account
from pendamping.access.phones import Number
from pendamping.access.roles import ROLES
from pendamping.access.scope import Scope
from pendamping.core.forms import ActForm
from pendamping.regions.models import Region

USERNAME = RegexValidator(
    r"^[a-z][a-z0-9._-]{2,39}$", _("3 to 40 small letters, digits, dots or dashes, beginning with a letter.")
)

# What the validators in the settings ask for, in one sentence.
PASSWORD_HELP = _("At least 12 characters; several words are easiest. Not your name, not a password everybody knows.")


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: whatever was posted, be it nothing."""
    return request.POST if request.method == "POST" else None


class DayInput(forms.DateInput):
    """The phone's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PhoneField(forms.CharField):
    """A phone number in any spelling people use; its value is a Number or None."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "inputmode": "tel"})

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        number = phones.plain(typed)
        if number is None:
            raise ValidationError(_("Write the number as 0812… or +62812…."), code="phone")
        return Number(number)


class PersonForm(ActForm):
    """Who somebody is."""

    name = forms.CharField(label=_("Full name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    phone = PhoneField(label=_("Phone number"), required=False, max_length=30, help_text=_("Kept encrypted."))

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


class EditPersonForm(PersonForm):
    """Who somebody is, mended. The number kept is shown masked; it is replaced by typing another, never read here."""

    forget_phone = forms.BooleanField(label=_("Delete the phone number"), required=False)

    def __init__(self, *args: Any, known: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known:
            self.fields["phone"].help_text = _("Kept now: %(number)s. Leave empty to keep it.") % {"number": known}
        else:
            del self.fields["forget_phone"]


class RoleForm(ActForm):
    """A role, where, and for how long."""

    role = forms.ChoiceField(label=_("Role"))
    region = forms.ModelChoiceField(Region.objects.none(), label=_("Place"), empty_label=_("Choose a place"))
    starts_on = forms.DateField(label=_("From"), widget=DayInput())
    ends_on = forms.DateField(
        label=_("Until"), widget=DayInput(), required=False, help_text=_("Empty: until somebody ends it.")
    )
    decree = forms.CharField(label=_("Decree number"), max_length=120, required=False)

    def __init__(self, *args: Any, scope: Scope, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(key, ROLES[key].office) for key in queries.roles_to_give(scope)]
        self.fields["role"].choices = [("", _("Choose a role")), *choices]  # type: ignore[attr-defined]
        self.fields["region"].queryset = queries.places_to_give(scope)  # type: ignore[attr-defined]
        self.fields["starts_on"].initial = today


class AddPersonForm(RoleForm, PersonForm):
    """A new account with its first role."""

    username = forms.CharField(
        label=_("User name"),
        max_length=40,
        validators=[USERNAME],
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("3 to 40 small letters, digits, dots or dashes, beginning with a letter."),
    )
    field_order = ("name", "username", "phone", "email", "role", "region", "starts_on", "ends_on", "decree")
    groups = (
        (_("Who"), ("name", "username", "phone", "email")),
        (_("First role"), ("role", "region", "starts_on", "ends_on", "decree")),
    )


class ReasonForm(ActForm):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class ConfirmForm(ActForm):
    """Nothing but the will to do it."""


class TokenForm(ActForm):
    """A key for a program."""

    label = forms.CharField(label=_("What it is for"), max_length=60)
    expires_on = forms.DateField(label=_("Until"), widget=DayInput(), help_text=_("At most one year."))
    writes = forms.BooleanField(
        label=_("The program may also act for me, not only read"),
        required=False,
        help_text=_("Leave this off if unsure."),
    )


class PasswordForm(forms.Form):
    """A password chosen by whoever holds a link."""

    password = forms.CharField(
        label=_("New password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label=_("The same once more"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.fields["password"].help_text = PASSWORD_HELP

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        password, again = values.get("password"), values.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two passwords differ. Type the same twice."))
        if password:
            try:
                validate_password(password, self.account)
            except ValidationError as problem:
                self.add_error("password", problem)
        return values


class PeopleFilter(forms.Form):
    """Which people to show."""

    q = forms.CharField(required=False, max_length=80)
    role = forms.ChoiceField(label=_("Role"), required=False)
    path = forms.ChoiceField(label=_("Place"), required=False)
    ended = forms.BooleanField(label=_("Only people whose roles have ended"), required=False)
    before = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("All roles")), *((key, role.office) for key, role in ROLES.items())]  # type: ignore[attr-defined]
        self.fields["path"].choices = [("", _("All places")), *places]  # type: ignore[attr-defined]
