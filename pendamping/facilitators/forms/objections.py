"""What is typed about a result: an applicant's objection, the answer, which file is taken away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.core.forms import ActForm
from pendamping.facilitators.enums.rankings import Part
from pendamping.facilitators.enums.rounds import Stage
from pendamping.facilitators.forms.fields import lines


class ObjectionForm(ActForm):
    """What an applicant objects to, and why."""

    text = forms.CharField(
        label=_("What is wrong, and why"), max_length=4000, widget=lines(6),
        help_text=_("Phone numbers and identity numbers you write are hidden."),
    )  # fmt: skip

    def __init__(self, *args: Any, stages: Sequence[str] = Stage.values, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(Stage.choices)
        self.fields["stage"] = forms.ChoiceField(
            label=_("Which result"), choices=[(one, labels[Stage(one)]) for one in stages], widget=forms.RadioSelect
        )
        self.order_fields(["stage", "text", "op"])


class AnswerObjectionForm(ActForm):
    """Rejected or upheld, with the reason; a corrected score where that follows."""

    is_upheld = forms.TypedChoiceField(
        label=_("Decision"), choices=(("no", _("Rejected")), ("yes", _("Upheld"))), widget=forms.RadioSelect,
        coerce=lambda said: said == "yes", empty_value=None,
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=lines(5), help_text=_("The applicant reads it. No names of persons.")
    )
    new_score = forms.DecimalField(
        label=_("Corrected score of this stage"), min_value=0, max_value=100, max_digits=6, decimal_places=3,
        required=False, help_text=_("Only when upheld. A new version of the ranking is made at once."),
    )  # fmt: skip

    def __init__(self, *args: Any, stage: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if stage == Stage.FILES:
            del self.fields["new_score"]
            self.fields["is_upheld"].help_text = _(
                "Upheld against a failed file check, it counts as passed and the ranking is made anew. Whoever was not "
                "tested or interviewed because of it still is, before the result becomes final."
            )


class ExportForm(ActForm):
    """Which part, in which form."""

    part = forms.ChoiceField(label=_("What"), choices=Part, widget=forms.RadioSelect)
    form = forms.ChoiceField(label=_("As"), choices=(("xlsx", "XLSX"), ("csv", "CSV")), widget=forms.RadioSelect)
