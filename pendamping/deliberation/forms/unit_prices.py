"""What people type for unit prices: a version, an item."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pendamping.core.forms import ActForm
from pendamping.needs.fields import RupiahField
from pendamping.regions.models import Region


class PriceListForm(ActForm):
    """A version of the unit prices of a year."""

    fiscal_year = forms.IntegerField(label=_("Budget year"), min_value=2020, max_value=2100)
    title = forms.CharField(label=_("Name of the list"), max_length=160)
    legal_basis = forms.CharField(
        label=_("Legal basis"), max_length=200, help_text=_("The decree with number and year.")
    )
    copy = forms.BooleanField(
        label=_("Begin with the prices in force"), required=False,
        help_text=_("Then only what changes has to be taken in or typed."),
    )  # fmt: skip


class UnitPriceForm(ActForm):
    """One item by hand."""

    item_code = forms.CharField(
        label=_("Code of the item"), max_length=40, help_text=_("An item with this code is replaced.")
    )
    name = forms.CharField(label=_("Item"), max_length=300)
    specification = forms.CharField(
        label=_("Specification"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    unit = forms.CharField(label=_("Unit"), max_length=60, help_text=_("As the decree says: m2, sack, person/day."))
    price = RupiahField(label=_("Price of one unit (Rp)"))
    kind = forms.CharField(
        label=_("Kind of price"), max_length=20, required=False, help_text=_("SSH, HSPK, SBU or ASB.")
    )

    def __init__(self, *args: Any, places: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"] = forms.ModelChoiceField(
            label=_("Only in this place"), queryset=places, required=False, empty_label=_("The whole city")
        )
