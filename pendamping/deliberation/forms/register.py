"""What is typed for the attendance register: by the facilitator, by somebody in the room, from a paper sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pendamping.core.forms import ActForm, PhotosField
from pendamping.deliberation.enums.invitations import Capacity
from pendamping.deliberation.enums.presence import AgeGroup, PresentSex
from pendamping.deliberation.forms.screens import WaitingForm
from pendamping.deliberation.models import PaperSheet, Presence
from pendamping.deliberation.rules.register import ROWS_LEAST, ROWS_MOST, TypedRow
from pendamping.regions.models import Region

NOT_SAID = pgettext_lazy("attendance", "Not said")
Capacities = Sequence[tuple[str, str]]  # of a meeting: see queries.own_groups.capacities_of
PLAIN = {"autocomplete": "off", "autocapitalize": "words", "spellcheck": "false"}


def place_choices(places: Iterable[Region]) -> list[Any]:
    """RTs under their RW, with the RW itself first: "RT 001"; wards as they are."""
    places = list(places)
    if any(place.level == "ward" for place in places):
        return [("", NOT_SAID), *((place.path, place.label) for place in places)]
    groups: dict[str, list[tuple[str, str]]] = {}
    for place in places:
        rw = place if place.level == "rw" else place.parent
        label = rw.label if rw else ""
        groups.setdefault(label, []).append((place.path, f"{place.label}, {label}" if place is not rw else label))
    return [("", NOT_SAID), *groups.items()]


class PersonForm(ActForm):
    """One person: sex, age and RT first, the rest as far as they say it."""

    sex = forms.ChoiceField(label=_("Woman or man"), choices=PresentSex, widget=forms.RadioSelect)
    age_group = forms.ChoiceField(
        label=_("Age"), choices=[*AgeGroup.choices, ("", NOT_SAID)], required=False, widget=forms.RadioSelect
    )
    place = forms.ChoiceField(label=_("RT, at the district the ward"), required=False)
    capacity = forms.ChoiceField(label=_("Present as"), initial=Capacity.RESIDENT)
    name = forms.CharField(
        label=_("Name"), max_length=120, required=False, widget=forms.TextInput(attrs=PLAIN),
        help_text=_("Only for this register. It is locked, shown to nobody else, and deleted afterwards."),
    )  # fmt: skip
    is_disabled = forms.BooleanField(label=_("Has a disability"), required=False)
    is_poor = forms.BooleanField(label=_("From a poor household, by their own word"), required=False)

    def __init__(self, *args: Any, places: Sequence[Region], capacities: Capacities, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {place.path: place for place in places}
        self.fields["capacity"].choices = capacities  # type: ignore[attr-defined]
        self.fields["place"].choices = place_choices(places)  # type: ignore[attr-defined]
        self.fields["age_group"].initial = ""
        self.conditional = ("age_group", "place", "name")  # type: ignore[misc]  # "not said" says enough

    def facts(self) -> dict[str, Any]:
        """What was typed, for services.register.Facts; what is not ticked was not said."""
        names = ("sex", "age_group", "capacity", "name")
        found = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        ticks = {name: self.cleaned_data.get(name) or None for name in ("is_disabled", "is_poor")}
        return {**found, **ticks, "place": self.places.get(self.cleaned_data["place"])}


class ListForm(PersonForm, WaitingForm):
    """Somebody on the facilitator's list; it may have waited on a phone without a signal."""


class TickForm(WaitingForm):
    """Whoever came by an invitation; it may have waited on a phone without a signal."""

    sex = forms.ChoiceField(choices=PresentSex)


class ShowUpForm(PersonForm):
    """Somebody in the room, on their own phone; `seen` is our signed note that the code was good when scanned."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)
    code = forms.CharField(
        label=_("Code on the screen"), max_length=20, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip
    field_order = ("code", "sex", "age_group", "place", "capacity", "name", "is_disabled", "is_poor")

    def __init__(self, *args: Any, has_code: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_poor"].label = _("From a poor household, if you want to say so")
        self.fields["name"].help_text = _("You need not say it. It is locked, shown to nobody else, and deleted later.")
        if has_code:
            self.fields["code"].widget = forms.HiddenInput()


class StrikeForm(ActForm):
    """Struck out, or the same person as another row."""

    same_as = forms.TypedChoiceField(
        label=_("Is it the same person as another row?"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, others: Sequence[tuple[Presence, str]], **kwargs: Any) -> None:
        """`others`: the rows that stay, each with the words it is told by."""
        super().__init__(*args, **kwargs)
        self.rows = {row.number: row for row, _words in others}
        rows = [(row.number, words) for row, words in others]
        self.conditional = ("same_as",)  # type: ignore[misc]
        self.fields["same_as"].choices = [("", _("No, the row is wrong")), *rows]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        return {"same_as": self.rows.get(self.cleaned_data["same_as"])}


class PrintSheetForm(ActForm):
    """How many rows a sheet gets."""

    rows = forms.IntegerField(
        label=_("Rows on the sheet"), min_value=ROWS_LEAST, max_value=ROWS_MOST, initial=20,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip


class SheetPhotoForm(ActForm):
    """The photo of a signed sheet."""

    photo = PhotosField(
        label=_("Photo of the signed sheet"),
        help_text=_("One sheet, whole, from above. It is locked, and deleted with the names."),
    )


class ConfirmSheetForm(ActForm):
    """How many rows are filled on the paper."""

    heads = forms.IntegerField(
        label=_("Filled rows, counted on the paper"), min_value=1, max_value=ROWS_MOST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip


class TypedSheetForm(ActForm):
    """All rows of a sheet, as they stand on the paper; rows left empty are left out."""

    PARTS = ("name", "sex", "age_group", "place", "capacity", "is_disabled", "is_poor")

    def __init__(
        self, *args: Any, sheet: PaperSheet, places: Sequence[Region], capacities: Capacities, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.capacities = capacities
        self.rows = range(1, sheet.rows + 1)
        choices = place_choices(places)
        for row in self.rows:
            self._row(row, choices)
        self.conditional = tuple(self.fields)  # type: ignore[misc]  # a row left empty is left out
        self.wrong: dict[int, list[str]] = {}

    def _row(self, row: int, places: list[Any]) -> None:
        made: dict[str, forms.Field] = {
            "name": forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs=PLAIN)),
            "sex": forms.ChoiceField(label=_("Woman or man"), choices=[("", "–"), *PresentSex.choices]),
            "age_group": forms.ChoiceField(label=_("Age"), choices=[("", "–"), *AgeGroup.choices]),
            "place": forms.ChoiceField(label="RT", choices=places),
            "capacity": forms.ChoiceField(label=_("Present as"), choices=self.capacities, initial=Capacity.RESIDENT),
            "is_disabled": forms.BooleanField(label=_("Has a disability")),
            "is_poor": forms.BooleanField(label=_("From a poor household")),
        }
        for part, field in made.items():
            field.required = False
            self.fields[f"row_{row}_{part}"] = field

    def grid(self) -> list[tuple[int, list[Any], list[str]]]:
        """Each row of the paper with its fields and what is wrong with it."""
        return [
            (row, [self[f"row_{row}_{part}"] for part in self.PARTS], list(self.wrong.get(row, [])))
            for row in self.rows
        ]

    def typed(self) -> list[TypedRow]:
        """What was typed, row by row."""
        found = []
        for row in self.rows:
            facts = {part: self.cleaned_data[f"row_{row}_{part}"] for part in self.PARTS}
            found.append(TypedRow(row=row, **{**facts, "capacity": facts["capacity"] or Capacity.RESIDENT}))
        return [one for one in found if not one.is_empty]
