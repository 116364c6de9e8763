"""What people type in a technical check, and for the rules of it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pendamping.core.forms import ActForm
from pendamping.core.moments import day
from pendamping.core.money import rupiah
from pendamping.deliberation.enums.checks import Finding
from pendamping.deliberation.models import UnitPrice


class BeginCheckForm(ActForm):
    """A check begins; anew it says why."""

    conditional = ("why",)

    why = forms.CharField(
        label=_("Why it is made anew"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only when there is a check of this version already."),
    )  # fmt: skip


class CheckLineForm(ActForm):
    """So much of one of the items found."""

    code = forms.ChoiceField(label=_("Items found"), widget=forms.RadioSelect)
    quantity = forms.DecimalField(
        label=_("Quantity"), min_value=Decimal("0.001"), max_digits=14, decimal_places=3, localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}), help_text=_("In the unit of the item."),
    )  # fmt: skip

    def __init__(self, *args: Any, found: Iterable[UnitPrice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["code"]
        field.choices = [(str(one.uid), _label(one)) for one in found]


def _label(one: UnitPrice) -> str:
    place = f" · {one.region.label}" if one.region else ""
    return f"{one.label} · {rupiah(one.price)} / {one.unit} · {one.item_code}{place}"


class AspectForm(ActForm):
    """What was found about one aspect, and why."""

    finding = forms.ChoiceField(label=_("What was found"), choices=Finding, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In plain words, with the condition if there is one. Residents read it. No names of persons."),
    )  # fmt: skip


class PublishCheckForm(ActForm):
    """The reason everybody reads."""

    reason = forms.CharField(
        label=_("The reason everybody reads"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What it comes to, and what has to happen next. No names of persons."),
    )  # fmt: skip


class CheckRulesForm(ActForm):
    """By which bounds proposals are checked."""

    condition_permille = forms.IntegerField(
        label=_("Only with a condition above (‰)"), min_value=0, max_value=10_000,
        help_text=_("How far an estimate may lie off the unit prices, in thousandths of their sum."),
    )  # fmt: skip
    unfit_permille = forms.IntegerField(label=_("Not in order above (‰)"), min_value=0, max_value=10_000)
    needs_check = forms.BooleanField(
        label=_("Ward meetings take only proposals with a fit technical check"), required=False
    )
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=200)
    valid_from = forms.DateField(
        label=_("In force from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = day(timezone.now())
