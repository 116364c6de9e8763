"""What the secretariat types: decrees, who is appointed, contracts, ends, successors, places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pendamping.access.models import Account
from pendamping.core.forms import ActForm
from pendamping.facilitators.enums.appointments import DecreeKind
from pendamping.facilitators.enums.rounds import PostKind, Specialism
from pendamping.facilitators.models import Decree
from pendamping.regions.models import Region


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A day, by the browser's own picker."""
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options
    )  # fmt: skip


REASON = _("Reason")


def reason_field(label: Any = REASON, **options: Any) -> forms.CharField:
    """Why, in a few words."""
    return forms.CharField(label=label, max_length=200, widget=forms.Textarea(attrs={"rows": 2}), **options)


class AmountField(forms.IntegerField):
    """Rupiah as people write them: "2.500.000", "Rp 2500000"."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        return super().to_python(re.sub(r"(?i)^\s*rp|[.\s]", "", value) if isinstance(value, str) else value)


class AccountField(forms.CharField):
    """An existing account by its user name."""

    def clean(self, value: Any) -> Account | None:
        typed = super().clean(value)
        if not typed:
            return None
        found = Account.objects.filter(username=typed.strip().lower()).first()
        if found is None:
            raise ValidationError(_("There is no account with this user name."), code="unknown")
        return found


class DecreeForm(ActForm):
    """A signed decree."""

    groups = (
        (_("The decree"), ["region", "kind", "number", "dated_on", "signatory", "about"]),
        (_("The term it gives"), ["starts_on", "ends_on"]),
    )
    kind = forms.ChoiceField(label=_("What it does"), choices=DecreeKind, widget=forms.RadioSelect)
    number = forms.CharField(label=_("Number"), max_length=80, help_text=_("As printed on the decree."))
    dated_on = day_field(_("Date"))
    signatory = forms.CharField(
        label=_("Signed by"), max_length=80, help_text=_("The office, for example “Wali Kota”. No names of persons.")
    )  # fmt: skip
    about = forms.CharField(label=_("About"), max_length=200)
    starts_on = day_field(_("First day"), required=False, help_text=_("Empty for a dismissal."))
    ends_on = day_field(_("Last day"), required=False)

    def __init__(self, *args: Any, cities: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"] = forms.ModelChoiceField(label=_("City"), queryset=cities, initial=cities.first())


class RevokeForm(ActForm):
    """Why and from when a decree no longer holds."""

    on = day_field(_("Last day it holds"))
    reason = reason_field(help_text=_("The public reads this. No names of persons."))


class _StandingField(forms.ChoiceField):
    """Somebody in the ranking by the code of the application; the value is the standing."""

    def offer(self, found: Iterable[tuple[Any, str]]) -> None:
        found = list(found)
        self.records = {one.application.code: one for one, _label in found}
        self.choices = [
            ("", _now("Choose") if self.required else _now("Nobody from the ranking")),
            *((one.application.code, label) for one, label in found),
        ]

    def clean(self, value: Any) -> Any:
        return self.records.get(super().clean(value) or "")


class AppointForm(ActForm):
    """Who is appointed."""

    groups = (
        (_("Who"), ["standing", "account"]),
        (_("What for"), ["kind", "specialism", "unit"]),
        (_("Other days than the decree's"), ["starts_on", "ends_on"]),
        (_("When somebody selected is passed over"), ["reason"]),
    )
    standing = _StandingField(label=_("From the final ranking"), required=False)
    account = AccountField(
        label=_("User name of an existing account"), required=False, max_length=40,
        help_text=_("Where there was no selection, or the account the selected person has already."),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Post"), choices=[("", "–"), *PostKind.choices], required=False,
        help_text=_("Taken from the selection when somebody from the ranking is chosen."),
    )  # fmt: skip
    specialism = forms.ChoiceField(label=_("Field"), choices=Specialism, required=False)
    starts_on = day_field(_("First day"), required=False)
    ends_on = day_field(_("Last day"), required=False)
    reason = reason_field(
        required=False,
        help_text=_("Needed for somebody who was not selected, while people selected for this post wait."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, standings: Iterable[tuple[Any, str]], units: QuerySet[Region], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["standing"].offer(standings)  # type: ignore[attr-defined]
        self.fields["unit"] = forms.ModelChoiceField(
            label=_("First area"), queryset=units, required=False,
            help_text=_("A new account needs it, unless the post itself is for one ward."),
        )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        """The facts of the act."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "op"}
        return {**given, "specialism": given["specialism"] or Specialism.ANY}


class DeclineForm(ActForm):
    """Who does not take a place up, and why."""

    standing = _StandingField(label=_("Who declines"), choices=[])
    reason = reason_field(help_text=_("In the person's own words. Deleted together with the application."))

    def __init__(self, *args: Any, standings: Iterable[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["standing"].offer(standings)  # type: ignore[attr-defined]


class ReplaceForm(ActForm):
    """Who comes after somebody who left."""

    standing = _StandingField(label=_("From the reserve list"), required=False)
    skipped = reason_field(_("Why earlier reserves are passed over"), required=False)
    account = AccountField(
        label=_("User name of an existing account"), required=False, max_length=40,
        help_text=_("Only when the reserve list is used up, or the reserve has an account already."),
    )  # fmt: skip
    reason = reason_field(_("Why there is a successor"))
    starts_on = day_field(
        _("First day"), required=False,
        help_text=_("Empty: as soon as the decree and the day after the last one served allow.")
    )  # fmt: skip

    field_order = ("op", "decree", "standing", "skipped", "account", "unit", "starts_on", "reason")

    def __init__(
        self, *args: Any, standings: Iterable[tuple[Any, str]], decrees: QuerySet[Decree], units: QuerySet[Region],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["standing"].offer(standings)  # type: ignore[attr-defined]
        self.fields["decree"] = forms.ModelChoiceField(label=_("By decree"), queryset=decrees)
        self.fields["unit"] = forms.ModelChoiceField(label=_("First area"), queryset=units, required=False)
        self.order_fields(self.field_order)


class AssignForm(ActForm):
    """Where somebody serves, from when to when."""

    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last day"))
    role = forms.ChoiceField(
        label=_("Role"), choices=[("", _("As appointed")), *PostKind.choices], required=False,
        help_text=_("Another role than appointed for needs a decree of its own."),
    )  # fmt: skip

    def __init__(self, *args: Any, units: QuerySet[Region], decrees: QuerySet[Decree], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decree"] = forms.ModelChoiceField(
            label=_("By decree"), queryset=decrees, required=False, empty_label=_("The decree of the appointment")
        )
        self.fields["regions"] = forms.ModelMultipleChoiceField(
            label=_("Areas"), queryset=units, widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one area.")},
        )  # fmt: skip


class EndForm(ActForm):
    """The last day served, and why it is earlier than planned."""

    ended_on = day_field(_("Last day served"))
    reason = reason_field()


class ContractForm(ActForm):
    """The contract of a year."""

    fiscal_year = forms.IntegerField(label=_("Budget year"), min_value=2020, max_value=2100)
    number = forms.CharField(label=_("Number"), max_length=80)
    signed_on = day_field(_("Signed on"))
    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last day"))
    monthly = AmountField(label=_("Honorarium a month (Rp)"), min_value=1, max_value=10**9)
    reason = forms.CharField(
        label=_("Reason, when an evaluation decided not to renew"), max_length=300, required=False,
        help_text=_("Name the evaluation, and what was decided since."),
    )  # fmt: skip


class RenewForm(ContractForm):
    """The contract of the next year, by a decision."""

    fiscal_year = None  # type: ignore[assignment]
    reason = reason_field(help_text=_("What the decision says, for example the evaluation it rests on."))


class TakeOverForm(ActForm):
    """What was not there when work was taken over."""

    missing = forms.CharField(
        label=_("What was missing or unclear"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=_("Leave it empty when everything was there."),
    )  # fmt: skip


class ConfirmActForm(ActForm):
    """Nothing to type: the button is the act."""
