"""The form of a visit from door to door."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pendamping.core.forms import ActForm
from pendamping.core.moments import day
from pendamping.needs.enums.visits import Group, VisitResult


class VisitForm(ActForm):
    """What came of knocking at the doors of an RT (id: catatan kunjungan)."""

    result = forms.ChoiceField(label=_("What came of it?"), choices=VisitResult, widget=forms.RadioSelect)
    met = forms.MultipleChoiceField(
        label=_("Who was met?"), choices=Group, required=False, widget=forms.CheckboxSelectMultiple
    )
    day = forms.DateField(
        label=_("Day of the visit"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False, help_text=_("No names, no house numbers."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = day(timezone.now())

    def facts(self) -> dict[str, Any]:
        """The clean values as the facts of the act."""
        values = self.cleaned_data
        return {"groups": values["met"], **{name: values[name] for name in ("result", "day", "note")}}
