"""What people type for a priority matrix: weights, a criterion of their own, a seat, its scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pendamping.access.models import Account
from pendamping.core.forms import ActForm
from pendamping.deliberation.models import MatrixCriterion, MatrixItem
from pendamping.deliberation.queries.matrices import Evidence, field_of
from pendamping.deliberation.rules.matrices import LEVELS, WEIGHT_MOST

USG = ("urgency", "seriousness", "growth")  # judged in the room; the others were measured on site
Cells = Mapping[tuple[int, int], Any]


class WeightsForm(ActForm):
    """How much each criterion counts."""

    def __init__(self, *args: Any, criteria: Iterable[MatrixCriterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [one.key for one in criteria]
        for one in criteria:
            self.fields[one.key] = forms.IntegerField(
                label=one.label, min_value=0, max_value=WEIGHT_MOST, initial=one.weight, help_text=one.about
            )

    def weights(self) -> dict[str, int]:
        """The weights by key."""
        return {key: self.cleaned_data[key] for key in self.keys}


class OwnCriterionForm(ActForm):
    """A criterion of this meeting alone."""

    title_id = forms.CharField(label=_("Name in Indonesian"), max_length=60)
    title_en = forms.CharField(label=_("Name in English"), max_length=60, required=False)
    about_id = forms.CharField(label=_("What it asks, in Indonesian"), max_length=200, required=False)
    least = forms.TypedChoiceField(
        label=_("Scale"), coerce=int, choices=[(1, _("1 to 5")), (0, _("0 to 4"))], initial=1, widget=forms.RadioSelect
    )
    levels = forms.CharField(
        label=_("Levels in Indonesian"), max_length=1000, widget=forms.Textarea(attrs={"rows": LEVELS}),
        help_text=_("Five lines, from the lowest level to the highest: what must be true for it."),
    )  # fmt: skip
    weight = forms.IntegerField(
        label=pgettext_lazy("criterion", "Weight"), min_value=0, max_value=WEIGHT_MOST, initial=1
    )

    def facts(self) -> dict[str, Any]:
        """The criterion as the service takes it."""
        said = self.cleaned_data
        lines = [" ".join(line.split()) for line in said["levels"].splitlines() if line.strip()]
        levels = [(said["least"] + place, {"id": words}) for place, words in enumerate(lines)]
        english = {"en": said["title_en"]} if said["title_en"] else {}
        about = {"id": said["about_id"]} if said["about_id"] else {}
        return {
            "title": {"id": said["title_id"], **english}, "about": about, "levels": levels, "weight": said["weight"],
        }  # fmt: skip


class SeatForm(ActForm):
    """Whom a seat is for."""

    label = forms.CharField(
        label=_("Whom the seat is for"), max_length=80,
        help_text=_("The office or group, for example “RW 03” or “PKK”. No names of persons."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: QuerySet[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"] = forms.ModelChoiceField(
            label=_("By their account"), queryset=people, required=False, empty_label=_("By the code of the seat"),
            help_text=_("Who has an account here can score after signing in, without the code."),
        )  # fmt: skip


class SeatKeyForm(forms.Form):
    """The code of a seat, from its paper."""

    seat = forms.CharField(
        label=_("Code of your seat"), max_length=24,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("Eight signs on the paper the chair gave you."),
        error_messages={"required": _("Type the code of your seat.")},
    )  # fmt: skip


class SeatScoresForm(ActForm):
    """All scores of one seat; with `key`, it carries the code that opened it."""

    def __init__(
        self, *args: Any, items: Sequence[MatrixItem], criteria: Sequence[MatrixCriterion], given: Cells,
        evidence: Mapping[tuple[int, int], Evidence], key: str = "", **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.cells = [(item, one, field_of(item, one)) for item in items for one in criteria]
        self.groups = [
            (f"{item.position}. {item.proposal.title}", [field_of(item, one) for one in criteria]) for item in items
        ]
        for item, one, name in self.cells:
            known = evidence.get((item.pk, one.pk))
            first = known.points if known and one.key not in USG else None
            self.fields[name] = forms.TypedChoiceField(
                label=one.label, coerce=int, required=False, empty_value=None,
                choices=[("", _("Choose…")), *((points, f"{points} · {w}") for points, w in one.level_words.items())],
                initial=given.get((item.pk, one.pk), first), help_text=_said(known),
            )  # fmt: skip
        self.conditional = tuple(name for _item, _one, name in self.cells)  # type: ignore[misc]
        if key:
            self.fields["seat"] = forms.CharField(widget=forms.HiddenInput, initial=key, required=False)
            self.fields["send"] = forms.CharField(widget=forms.HiddenInput, initial="1", required=False)

    def points(self) -> dict[str, dict[str, int | None]]:
        """The points by proposal and criterion, as the service takes them."""
        found: dict[str, dict[str, int | None]] = {}
        for item, one, name in self.cells:
            found.setdefault(item.proposal.code, {})[one.key] = self.cleaned_data.get(name)
        return found

    def clean(self) -> dict[str, Any]:
        """What is left empty is named in its own place, all at once."""
        values = super().clean() or {}
        for item, _one, name in self.cells:
            if name not in self.errors and values.get(name) is None:
                sentence = _("Choose a level for “%(title)s”.") % {"title": item.proposal.title}
                self.add_error(name, ValidationError(sentence, code="required"))
        return values


def _said(known: Evidence | None) -> str:
    if known is None:
        return ""
    return _("The site check gave %(points)s: %(reason)s") % {"points": known.points, "reason": known.reason}  # type: ignore[return-value]
