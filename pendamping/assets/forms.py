"""What people fill in about assets: the handover, an inspection, a fault."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.assets.enums import Condition, Reason
from pendamping.core.forms import ActForm, PhotosField
from pendamping.needs.fields import Proof, RupiahField, Trap, sprung


def _day(label: Any, **kwargs: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **kwargs)


def _words(label: Any, *, rows: int = 3, **kwargs: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "data-count": True})
    return forms.CharField(label=label, max_length=kwargs.pop("max_length", 1000), widget=widget, **kwargs)


class HandoverForm(ActForm):
    """Who gives what to whom, worth how much, and when it is looked at next."""

    groups = (
        (_("The paper"), ["number", "handed_over_on"]),
        (_("Who"), ["giver", "custodian"]),
        (_("The asset"), ["name", "place", "volume", "value", "condition_note"]),
        (_("Afterwards"), ["next_inspection_on"]),
    )
    number = forms.CharField(label=_("Number of the minutes"), max_length=80)
    handed_over_on = _day(_("Handed over on"))
    giver = forms.CharField(
        label=_("Handed over by"), max_length=120, help_text=_("The group that built it. No names of persons.")
    )
    custodian = forms.CharField(
        label=_("Kept from now on by"), max_length=120,
        help_text=_("The body that looks after it, for example “Pengurus RW 005”."),
    )  # fmt: skip
    name = forms.CharField(label=_("Name of the asset"), max_length=160)
    place = forms.CharField(label=_("Location"), max_length=200)
    volume = forms.DecimalField(
        label=_("Volume as built"), required=False, min_value=0, max_digits=12, decimal_places=2,
        help_text=_("Leave empty when it is as planned."),
    )  # fmt: skip
    value = RupiahField(label=_("Value"))
    condition_note = _words(_("Condition and small defects"), required=False)
    next_inspection_on = _day(_("Next inspection on"), help_text=_("Half a year later is usual."))


class InspectionForm(ActForm):
    """How it was found."""

    conditional = ("finding",)

    inspected_on = _day(_("Looked at on"))
    condition = forms.ChoiceField(label=_("Condition"), choices=Condition, widget=forms.RadioSelect)
    finding = _words(
        _("What you found"),
        required=False,
        help_text=_("Needed when it is not good: what is damaged, what should be done?"),
    )
    photos = PhotosField(
        label=_("Photos"), help_text=_("Of the asset, not of people. Up to four."),
        error_messages={"required": Reason.PHOTO_MISSING.label},
    )  # fmt: skip
    next_inspection_on = _day(_("Next inspection on"))


class FaultForm(ActForm):
    """What is broken."""

    text = _words(
        _("What is broken?"), max_length=1000, error_messages={"required": Reason.FAULT_WORDS_NEEDED.label},
        help_text=_("Do not write names or phone numbers."),
    )  # fmt: skip
    photos = PhotosField(label=_("Photo"), required=False, help_text=_("Of the damage, not of people."))
    website = forms.CharField(required=False, widget=Trap())
    proof = forms.CharField(required=False, widget=Proof())

    def clean_website(self) -> str:
        return sprung(self, "website")
