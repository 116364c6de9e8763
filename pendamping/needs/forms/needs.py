"""Forms of needs: gathered, verified on site."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pendamping.core.forms import ActForm, PhotosField
from pendamping.core.moments import day
from pendamping.needs.enums.assessments import Facing
from pendamping.needs.fields import NUMBER, PointField, menu_choices
from pendamping.needs.forms.answers import MOST_WORDS
from pendamping.needs.models import MenuItem, Need, Voice
from pendamping.needs.queries.menu import menu_in_force


def _number(label: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 3, "autocomplete": "off"})
    return forms.CharField(label=label, required=False, validators=[NUMBER], widget=widget)


class GatherForm(ActForm):
    """Voices about the same thing, made one need or joined to one (id: himpun suara)."""

    conditional = ("title",)

    voices = forms.ModelMultipleChoiceField(Voice.objects.none(), label=_("Voices"), to_field_name="code")
    need = forms.ModelChoiceField(
        Need.objects.none(), label=_("Join to"), to_field_name="code", required=False, empty_label=_("A new need")
    )
    title = forms.CharField(
        label=_("Name of the new need"),
        max_length=160,
        required=False,
        help_text=_("Needed when no need is chosen above. For example: Drain in front of the school."),
    )
    summary = forms.CharField(
        label=_("In short"), max_length=MOST_WORDS, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    menu_item = forms.ModelChoiceField(
        MenuItem.objects.none(), label=_("What is it about?"), to_field_name="code", required=False
    )

    def __init__(self, *args: Any, voices: Any, needs: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["voices"] = VoicesField(voices, label=_("Voices"), to_field_name="code")
        self.fields["need"].queryset = needs  # type: ignore[attr-defined]
        items = menu_in_force(day(timezone.now()))
        self.fields["menu_item"].queryset = items  # type: ignore[attr-defined]
        self.fields["menu_item"].choices = menu_choices(items)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("need") and not values.get("title"):
            self.add_error("title", _("Give the new need a name, or choose a need to join."))
        return values


class VoicesField(forms.ModelMultipleChoiceField):
    """Voices to tick, told by their first words."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, voice: Any) -> str:
        words = voice.text if len(voice.text) <= 120 else f"{voice.text[:120]}…"
        return f"{words} ({voice.code})"


class VerifyForm(ActForm):
    """What was seen on site (id: verifikasi lapangan)."""

    finding = forms.CharField(
        label=_("What did you find?"), max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 4})
    )
    people_affected = forms.IntegerField(
        label=_("How many people does it touch?"), min_value=0, max_value=100_000, required=False
    )
    photos = PhotosField(
        label=_("Photo of the present state"), help_text=_("Becomes public. Of the place, not of people.")
    )
    viewpoint = forms.CharField(
        label=_("Where did you stand for the first photo?"), max_length=160, required=False,
        help_text=_("So that it can be taken again from the same point. For example: at the gate of the school."),
    )  # fmt: skip
    point = PointField(label=_("Point on the map"), required=False, help_text=_("Only if you are at the place now."))
    heading = forms.TypedChoiceField(
        label=_("Looking to the"), required=False, coerce=int, empty_value=None, choices=[("", "—"), *Facing.choices]
    )

    def facts(self) -> dict[str, Any]:
        """The clean values as the facts of the act."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("op", "point")}
        latitude, longitude = self.cleaned_data["point"] or (None, None)
        return {**said, "latitude": latitude, "longitude": longitude}
