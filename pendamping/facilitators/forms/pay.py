"""What is typed about pay: bank details, a payment, a failure, whether the money came, deductions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.core.forms import ActForm
from pendamping.facilitators.bank_details import BankDetails, as_typed
from pendamping.facilitators.forms.appointments import day_field, reason_field

SECRET = {"autocomplete": "off"}


class PayAccountForm(ActForm):
    """One's own bank details."""

    bank = forms.CharField(label=_("Bank"), max_length=60)
    number = forms.CharField(
        label=_("Account number"), max_length=40, widget=forms.TextInput(attrs={"inputmode": "numeric", **SECRET})
    )
    holder = forms.CharField(
        label=_("Account holder"), max_length=80, widget=forms.TextInput(attrs=SECRET),
        help_text=_("As in the bank book."),
    )  # fmt: skip
    tax_number = forms.CharField(
        label=_("Tax number (NPWP)"), max_length=30, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", **SECRET}),
        help_text=_("Without it more tax may be deducted."),
    )  # fmt: skip

    def __init__(self, *args: Any, asks_again: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks_again:
            self.fields["confirmed"] = forms.BooleanField(
                label=_("Pay that is already on its way shall go to this account"), required=False
            )

    def details(self) -> BankDetails:
        data = self.cleaned_data
        return as_typed(data["bank"], data["number"], data["holder"], data["tax_number"])


class RunForm(ActForm):
    """Which month is paid."""

    month = forms.ChoiceField(label=_("Month"))

    def __init__(self, *args: Any, months: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = months  # type: ignore[attr-defined]


class FileForm(ActForm):
    """Which kind of file."""

    kind = forms.ChoiceField(
        label=_("File"), choices=[("xlsx", "XLSX"), ("csv", "CSV")], widget=forms.RadioSelect, initial="xlsx"
    )


class PaidForm(ActForm):
    """Day and number of a payment."""

    paid_on = day_field(_("Paid on"))
    number = forms.CharField(
        label=_("Payment number"), max_length=80, help_text=_("For example the number of the SP2D or the transfer.")
    )


class LineReasonForm(ActForm):
    """Why a payment failed, what is answered, or why bank details are looked at."""

    reason = reason_field()


class ReceiptForm(ActForm):
    """Whether the money came."""

    came = forms.ChoiceField(
        label=_("Did it arrive?"), widget=forms.RadioSelect,
        choices=[("yes", _("Yes, I received it")), ("no", _("No, it did not arrive"))],
    )  # fmt: skip
    said = forms.CharField(
        label=_("What the treasurer should know"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Only when it did not arrive."),
    )  # fmt: skip


class DeductionForm(ActForm):
    """What is deducted from pay."""

    title = forms.CharField(label=_("What is deducted"), max_length=80)
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=200)
    rate = forms.DecimalField(label=_("Percent of the gross amount"), min_value=0, max_value=100, decimal_places=2)
    rate_without_tax_number = forms.DecimalField(
        label=_("Percent without a tax number"), min_value=0, max_value=100, decimal_places=2, required=False,
        help_text=_("Empty: the same."),
    )  # fmt: skip
    valid_from = day_field(_("Valid from"))
    valid_to = day_field(_("Valid to"), required=False)

    def facts(self) -> dict[str, Any]:
        """The facts of the act; rates in hundredths of a percent."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "op"}
        return {**given, "rate": _hundredths(given["rate"]), "rate_without_tax_number": _hundredths(
            given["rate_without_tax_number"]
        )}  # fmt: skip


def _hundredths(percent: Decimal | None) -> int | None:
    return None if percent is None else int(percent * 100)


class EndDeductionForm(ActForm):
    """The last day of a deduction."""

    valid_to = day_field(_("Valid to"))
