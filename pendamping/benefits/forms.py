"""What residents answer about a finished work, and what the facilitator counts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.benefits.enums import Answer
from pendamping.core.forms import ActForm

WORDS = {"rows": 3, "data-count": True}


class ConfirmForm(ActForm):
    """Does it help?"""

    conditional = ("words",)

    answer = forms.ChoiceField(
        label=_("Does this work help you?"), choices=Answer, widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three answers.")},
    )  # fmt: skip
    words = forms.CharField(
        label=_("In a few words"), required=False, max_length=500, widget=forms.Textarea(attrs=WORDS),
        help_text=_("Needed for “partly” and “no”: what is missing? Do not write names or phone numbers."),
    )  # fmt: skip


def _people(label: Any, *, required: bool = False) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, required=required, min_value=0, max_value=100_000, widget=widget)


class ReachForm(ActForm):
    """Whom the work reaches."""

    groups = (
        (_("Everyone reached"), ["women", "men"]),
        (_("Among them"), ["children", "poor", "disabled"]),
        (_("How you know"), ["method"]),
    )
    women = _people(_("Women"), required=True)
    men = _people(_("Men"), required=True)
    children = _people(_("Children"))
    poor = _people(_("Poor people"))
    disabled = _people(_("People with a disability"))
    method = forms.CharField(
        label=_("How the people were counted"), max_length=200,
        help_text=_("For example: visited all 40 houses along the alley with the RT chair."),
    )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        """The figures, groups left empty as zero."""
        facts = {name: value for name, value in self.cleaned_data.items() if name != "op"}
        return {**facts, **{name: facts[name] or 0 for name in ("children", "poor", "disabled")}}
