"""What checkers type: there, right, the second check."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.core.forms import ActForm
from pendamping.facilitators.enums.selection import RegisterResult, Right
from pendamping.facilitators.forms.fields import day_input, lines

YES_NO = (("yes", _("There")), ("no", _("Not there")))


class CheckForm(ActForm):
    """The two columns of the file check, for one requirement."""

    is_there = forms.ChoiceField(label=_("Is it there?"), choices=YES_NO, widget=forms.RadioSelect)
    right = forms.ChoiceField(label=_("Is it right?"), choices=Right, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, required=False, widget=lines(2),
        help_text=_("Needed unless it is right. The applicant reads it."),
    )  # fmt: skip
    answer_until = forms.DateField(
        label=_("Answer until"), required=False, widget=day_input(), help_text=_("Only when clarification is needed.")
    )
    reference = forms.CharField(label=_("Reference number"), max_length=80, required=False)
    note = forms.CharField(
        label=_("What was looked at"), max_length=1000, required=False, widget=lines(2), help_text=_("For checkers.")
    )

    def facts(self) -> dict[str, Any]:
        known = {name: value for name, value in self.cleaned_data.items() if name != "op"}
        return {**known, "is_there": known["is_there"] == "yes"}


class SecondCheckForm(ActForm):
    """What the independent register says."""

    result = forms.ChoiceField(label=_("What the register says"), choices=RegisterResult, widget=forms.RadioSelect)
    done_on = forms.DateField(label=_("Day of the check"), widget=day_input())
    reference = forms.CharField(label=_("Reference number"), max_length=80)
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, required=False, widget=lines(2),
        help_text=_("Needed when something was found. The applicant reads it."),
    )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "op"}
