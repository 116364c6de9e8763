"""What is typed for an inauguration: the call, codes at the door, ticks by hand, the oath, photos."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.core.forms import ActForm, PhotosField
from pendamping.facilitators.forms.appointments import day_field, reason_field
from pendamping.facilitators.models import Attendee


class CeremonyForm(ActForm):
    """When and where."""

    title = forms.CharField(label=_("Name of the ceremony"), max_length=160)
    held_on = day_field(_("Day"))
    starts_at = forms.TimeField(
        label=_("Begins at"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    place = forms.CharField(label=_("Held at"), max_length=200)


class TicketForm(ActForm):
    """The code of an invitation, typed or scanned."""

    ticket = forms.CharField(
        label=_("Code of the invitation"), max_length=300,
        help_text=_("Scan the QR code with the camera of the phone, or type the ten signs below it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip


class TickForm(ActForm):
    """Somebody present without a code."""

    note = reason_field(_("Why without the code"))

    def __init__(self, *args: Any, attendees: Iterable[Attendee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.attendees = {str(one.uid): one for one in attendees}
        choices = [(key, one.appointment.account.name) for key, one in self.attendees.items()]
        self.fields["attendee"] = forms.ChoiceField(label=_("Who is present"), choices=choices)
        self.order_fields(["op", "attendee", "note"])

    def clean_attendee(self) -> Attendee:
        return self.attendees[self.cleaned_data["attendee"]]


class OathForm(ActForm):
    """The oath as it was taken."""

    version = forms.CharField(
        label=_("Which text"), max_length=80, required=False, help_text=_("The regulation and annex it comes from.")
    )
    text = forms.CharField(label=_("Text of the oath"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8}))
    read_by = forms.CharField(label=_("Read out by"), max_length=80, help_text=_("The office, not the name."))
    witnesses = forms.CharField(
        label=_("Witnesses"), max_length=200, required=False, help_text=_("Offices, with commas between them.")
    )


class CeremonyPhotosForm(ActForm):
    """Photos of the ceremony."""

    photos = PhotosField(label=_("Photos"), help_text=_("At most four at a time."))
