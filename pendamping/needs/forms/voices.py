"""Forms of voices: given, and recorded for somebody."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pendamping.core.forms import ActForm, PhotosField
from pendamping.core.moments import day, noon_of
from pendamping.needs.enums.reasons import Reason
from pendamping.needs.enums.voices import Behalf, Channel
from pendamping.needs.fields import PointField, RecordField, Trap, group_choices, menu_choices, sprung, ward_choices
from pendamping.needs.forms.answers import MOST_WORDS
from pendamping.needs.forms.needs import _number
from pendamping.needs.models import MenuItem
from pendamping.needs.queries.menu import menu_in_force
from pendamping.needs.queries.places import neighbourhood, wards_of
from pendamping.regions.models import Region

OTHER = "other"


UNSURE = "belum tahu"  # kept as the subject when somebody cannot say: the facilitator finds it on site


class VoiceForm(ActForm):
    """What the public form and the facilitator's form share: words, subject, place, photos."""

    text = forms.CharField(
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4, "data-count": True}),
        label=_("What is the matter?"),
    )
    ward = RecordField(label=_("Which ward?"))
    rw = _number("RW")
    rt = _number("RT")
    place_words = forms.CharField(
        label=_("Landmark"), max_length=120, required=False, help_text=_("For example: behind the primary school.")
    )
    category = RecordField(label=_("What is it about?"))
    other_words = forms.CharField(
        label=_("If something else: what?"), max_length=120, required=False, help_text=_("A few words are enough.")
    )
    photos = PhotosField(
        label=_("Photo"),
        required=False,
        help_text=_("Of the place, not of people. Up to four. Only those who work on it see it."),
    )
    point = PointField(label=_("Point on the map"), required=False, help_text=_("Only if you are at the place now."))

    def __init__(self, *args: Any, wards: QuerySet[Region] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._field("ward").offer(wards_of() if wards is None else wards, by="path", shown=ward_choices)
        self.offer_menu(menu_in_force(day(timezone.now())))

    def offer_menu(self, items: QuerySet[MenuItem]) -> None:
        besides = [(OTHER, _("Something else"))]
        self._field("category").offer(items, by="code", shown=menu_choices, besides=besides)

    def _field(self, name: str) -> RecordField:
        field: Any = self.fields[name]
        return field

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("rt") and not values.get("rw"):
            self.add_error("rw", _("Give the RW as well; RT numbers repeat in every RW."))
        return values

    def add_error(self, field: str | None, error: Any) -> None:
        """A point refused is taken out of the form: nobody could clear what its hidden inputs hold."""
        super().add_error(field, error)
        if field == "point":
            self.data = {name: value for name, value in self.data.items() if not name.startswith("point_")}

    def facts(self) -> dict[str, Any]:
        """The clean values as the facts of the act."""
        values = self.cleaned_data
        region, unknown = neighbourhood(self._field("ward").found, values["rw"], values["rt"])
        latitude, longitude = values["point"] or (None, None)
        return {
            "text": values["text"],
            "region": region,
            "place_words": ", ".join(part for part in (unknown, values["place_words"]) if part),
            "menu_item": self._field("category").found,
            "other_words": (values["other_words"] or UNSURE) if values["category"] == OTHER else "",
            "latitude": latitude,
            "longitude": longitude,
            "photos": values["photos"] or [],
        }


class GiveForm(VoiceForm):
    """The public form: one page, under a minute (id: formulir suara)."""

    website = forms.CharField(required=False, widget=Trap())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].widget = forms.RadioSelect(choices=self.fields["category"].choices)  # type: ignore[attr-defined]
        self.fields["text"].label = _("What is on your mind?")
        self.fields["text"].help_text = _(
            "Say what is missing or broken and where. Leave out names and numbers of people."
        )
        self.groups = [
            (_("Your voice"), ["text", "category", "other_words"]),
            (_("The place"), ["ward", "rw", "rt", "place_words", "point", "photos"]),
        ]

    def offer_menu(self, items: QuerySet[MenuItem]) -> None:
        besides = [(OTHER, _("Something else, or I do not know"))]
        self._field("category").offer(items.filter(is_other=True), by="code", shown=group_choices, besides=besides)

    def clean_website(self) -> str:
        return sprung(self, "website")


class RecordForm(VoiceForm):
    """A voice written down for somebody else (id: catat suara warga)."""

    behalf = forms.ChoiceField(label=_("For whom?"), choices=Behalf, help_text=_("A kind of resident, never a name."))
    channel = forms.ChoiceField(
        label=_("Where was it said?"),
        choices=[
            (Channel.FACILITATOR, _("To the facilitator, in the neighbourhood")),
            (Channel.COUNTER, _("At the counter")),
        ],
    )
    heard_on = forms.DateField(label=_("Heard on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["heard_on"].initial = day(timezone.now())
        self.groups = [
            (_("The voice"), ["text", "category", "other_words", "behalf", "channel", "heard_on"]),
            (_("The place"), ["ward", "rw", "rt", "place_words", "point", "photos"]),
        ]

    def clean_heard_on(self) -> date:
        on: date = self.cleaned_data["heard_on"]
        if on > day(timezone.now()):
            raise ValidationError(Reason.DAY_AHEAD.label)
        return on

    def facts(self) -> dict[str, Any]:
        values = self.cleaned_data
        heard_at = noon_of(values["heard_on"])
        return {**super().facts(), "behalf": values["behalf"], "channel": values["channel"], "heard_at": heard_at}
