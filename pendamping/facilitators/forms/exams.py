"""What people type for the computer test: what is asked, when and where, more time; code and PIN of a candidate."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pendamping.core.codes import read_code
from pendamping.core.forms import ActForm
from pendamping.facilitators.enums.questions import Difficulty
from pendamping.facilitators.forms.questions import ReasonForm
from pendamping.facilitators.models import QuestionBank
from pendamping.facilitators.rules.draw import Line

NUMBER = {"inputmode": "numeric", "min": "0"}


class ChooseBankForm(forms.Form):
    """Which bank the test draws from; the topics follow."""

    def __init__(self, *args: Any, banks: QuerySet[QuestionBank], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bank"] = forms.ModelChoiceField(label=_("Question bank"), queryset=banks, to_field_name="code")


class BlueprintForm(ActForm):
    """How many questions of each topic, with how many points each."""

    minutes = forms.IntegerField(label=_("Minutes for the test"), min_value=1, max_value=480)
    grace_seconds = forms.IntegerField(
        label=_("Seconds of grace"), min_value=0, max_value=120, initial=20,
        help_text=_("For answers that are on their way when the time is up. Candidates are told."),
    )  # fmt: skip
    sample_least = forms.IntegerField(
        label=_("Least number of candidates to judge a question by"), min_value=10, max_value=1000, initial=30
    )

    def __init__(
        self, *args: Any, rows: Sequence[tuple[str, str, int]], known: dict[tuple[str, str], Line], **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        for place, (topic, difficulty, held) in enumerate(self.rows):
            line = known.get((topic, difficulty))
            level = Difficulty(difficulty).label if difficulty else gettext("any difficulty")
            label = gettext("%(topic)s, %(level)s (the bank holds %(held)d)") % {
                "topic": topic, "level": level, "held": held,
            }  # fmt: skip
            self.fields[f"number_{place}"] = forms.IntegerField(
                label=label, min_value=0, max_value=500, required=False, initial=line.number if line else 0,
                widget=forms.NumberInput(attrs=NUMBER),
            )  # fmt: skip
            self.fields[f"points_{place}"] = forms.DecimalField(
                label=gettext("Points for each"), min_value=Decimal("0.01"), max_value=1000, decimal_places=2,
                required=False, initial=line.points if line else 1,
            )  # fmt: skip

    def lines(self) -> list[Line]:
        """What was asked for, without the topics left at none."""
        data = self.cleaned_data
        return [
            Line(topic, data[f"number_{place}"], data[f"points_{place}"] or Decimal(1), difficulty)
            for place, (topic, difficulty, _held) in enumerate(self.rows)
            if data[f"number_{place}"]
        ]


class HeldForm(ActForm):
    """Where and when a sitting is held."""

    place = forms.CharField(label=_("Held at"), max_length=160, help_text=_("Building and room."))
    starts_at = forms.DateTimeField(
        label=_("Begins at"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )


class MoveForm(HeldForm, ReasonForm):
    """Another hour or place, and why."""

    field_order = ("place", "starts_at", "reason")


class SittingForm(HeldForm):
    """When and where people sit the test."""

    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=2000)
    minutes = forms.IntegerField(
        label=_("Length in minutes"),
        min_value=1,
        max_value=480,
        required=False,
        help_text=_("Empty: as the blueprint says."),
    )
    late_minutes = forms.IntegerField(
        label=_("Who is late may begin up to so many minutes after the opening"), min_value=0, max_value=240, initial=30
    )


class ExtraTimeForm(ReasonForm):
    """How much more time, and why."""

    minutes = forms.IntegerField(label=_("More minutes"), min_value=1, max_value=120)
    field_order = ("minutes", "reason")


class EnterForm(forms.Form):
    """The door of the test."""

    code = forms.CharField(
        label=_("Code of your application"), max_length=24, help_text=_("It stands on your seat card, such as D26-…"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )  # fmt: skip
    pin = forms.CharField(
        label=_("PIN"), max_length=12, help_text=_("Six digits from your seat card."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip

    def clean_code(self) -> str:
        typed = str(self.cleaned_data["code"])
        return read_code(typed) or typed
