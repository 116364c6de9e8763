"""What is typed about months: a plan, the words with a report, a reason, the rules of the city."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pendamping.core.forms import ActForm
from pendamping.facilitators.enums.logbook import Activity
from pendamping.facilitators.forms.appointments import day_field
from pendamping.facilitators.models import MonthPlan
from pendamping.facilitators.services.months import PlanItem
from pendamping.regions.models import Region

LINES = 10  # lines of a plan on the form


class PlanForm(ActForm):
    """The plan of a month, line by line; empty lines are left out."""

    def __init__(self, *args: Any, places: Iterable[Region], plan: MonthPlan | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.regions = {str(place.pk): place for place in places}
        choices = [(key, place.label) for key, place in self.regions.items()]
        known = list(plan.lines.all()) if plan else []
        for number in range(1, LINES + 1):
            line = known[number - 1] if number <= len(known) else None
            self.fields[f"what_{number}"] = forms.CharField(
                label=_("What"), max_length=200, required=False, initial=line.what if line else ""
            )
            self.fields[f"region_{number}"] = forms.ChoiceField(
                label=_("Where"), choices=choices, required=False, initial=line.region_id if line else None
            )
            self.fields[f"activity_{number}"] = forms.ChoiceField(
                label=_("Kind"), choices=Activity, required=False, initial=line.activity if line else None
            )
            self.fields[f"wanted_{number}"] = forms.IntegerField(
                label=_("How many"), min_value=1, max_value=99, required=False, initial=line.wanted if line else 1
            )

    @property
    def groups(self) -> list[tuple[str, list[str]]]:
        """One group to a line."""
        names = ("what", "region", "activity", "wanted")
        return [
            (_now("Line %(number)d") % {"number": number}, [f"{name}_{number}" for name in names])
            for number in range(1, LINES + 1)
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(data.get(f"what_{number}") for number in range(1, LINES + 1)) and not self.errors:
            raise ValidationError(_("Write at least one line of the plan."))
        return data

    def items(self) -> list[PlanItem]:
        """The lines that say something."""
        data, first = self.cleaned_data, next(iter(self.regions.values()))
        return [
            (
                data[f"what_{number}"], self.regions.get(data[f"region_{number}"], first),
                data[f"activity_{number}"] or Activity.OTHER, data[f"wanted_{number}"] or 1,
            )
            for number in range(1, LINES + 1)
            if data[f"what_{number}"]
        ]  # fmt: skip


class SendForm(ActForm):
    """The person's own words with the report."""

    note = forms.CharField(
        label=_("What you want to add"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("For example what went well, or what you need. Numbers and names of persons are hidden."),
    )  # fmt: skip


class SeenForm(ActForm):
    """A decision on the sending that was read."""

    sending = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ReturnForm(SeenForm):
    """What has to be mended."""

    reason = forms.CharField(
        label=_("What has to be mended"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The person reads this, and can then mend the logbook of the month."),
    )  # fmt: skip


class RecommendForm(SeenForm):
    """A word with a recommendation."""

    reason = forms.CharField(
        label=_("A word with it"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class RulesForm(ActForm):
    """The days that hold for months."""

    valid_from = day_field(_("Valid from"))
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=200)
    plan_day = forms.IntegerField(
        label=_("Plan until day"), min_value=1, max_value=28, help_text=_("Day of the month before.")
    )
    correction_days = forms.IntegerField(
        label=_("Days to correct the logbook"), min_value=0, max_value=28,
        help_text=_("After the end of the month. A report sent later is marked as late."),
    )  # fmt: skip
    pay_day = forms.IntegerField(
        label=_("Pay expected until day"), min_value=1, max_value=28, help_text=_("Day of the month after.")
    )
    pays_suspension = forms.BooleanField(
        label=_("Days of a suspension are paid"), required=False,
        help_text=_("Tick only where the legal basis says so."),
    )  # fmt: skip
