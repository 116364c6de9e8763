"""What the city sets: working days of a step, days off, ready answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pendamping.core.forms import ActForm
from pendamping.core.languages import in_language
from pendamping.needs.enums.categories import Step
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.forms.answers import MOST_WORDS
from pendamping.needs.models import Category

DAYS_MOST = 250  # working days of a year


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class CategoryChoice(forms.ModelChoiceField):
    """A category by its title in the reader's language; none is all of them."""

    def __init__(self) -> None:
        super().__init__(Category.objects.none(), label=_("Category"), required=False, empty_label=_("All categories"))

    def label_from_instance(self, obj: Any) -> str:
        return in_language(obj.title, get_language() or "id")


class _OfCategory(ActForm):
    """What these forms share: for one category or for all."""

    category = CategoryChoice()

    def __init__(self, *args: Any, categories: QuerySet[Category], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["category"]
        field.queryset = categories


class DaysForm(_OfCategory):
    """Working days of a step from a day on (id: tenggat)."""

    step = forms.ChoiceField(label=_("Step"), choices=Step)
    days = forms.IntegerField(label=_("Working days"), min_value=1, max_value=DAYS_MOST)
    valid_from = _day(_("From which day?"), help_text=_("Deadlines that run already keep their days."))
    legal_basis = forms.CharField(
        label=_("Legal basis"), max_length=160, help_text=_("The regulation or decree, with its article.")
    )
    field_order = ("step", "category", "days", "valid_from", "legal_basis")


class HolidayForm(ActForm):
    """A day off (id: hari libur)."""

    day = _day(_("Day"))
    title = forms.CharField(label=_("What day is it?"), max_length=120)
    decree = forms.CharField(label=_("By which decree?"), max_length=160)


class ReadyAnswerForm(_OfCategory):
    """Words offered for an answer (id: templat jawaban)."""

    title = forms.CharField(label=_("Title"), max_length=80, help_text=_("Only those who answer see it."))
    text = forms.CharField(label=_("Words"), max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 4}))
    status = forms.ChoiceField(
        label=_("For voices that are"), choices=[("", _("Anywhere")), *VoiceState.choices], required=False
    )
    field_order = ("title", "text", "category", "status")
