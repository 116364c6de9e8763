"""What people type for question banks: a new bank, a file to import, why a question goes out of use."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pendamping.core.forms import ActForm
from pendamping.regions.models import Region


class BankForm(ActForm):
    """A new question bank."""

    name = forms.CharField(label=_("Name of the bank"), max_length=80)
    about = forms.CharField(label=_("What it is for"), max_length=200, required=False)

    def __init__(self, *args: Any, cities: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = list(cities[:2])
        self.fields["region"] = forms.ModelChoiceField(
            label=_("City"), queryset=cities, initial=found[0] if len(found) == 1 else None
        )


class ImportForm(ActForm):
    """A file of questions: first tried, then written."""

    TRY, ALL, GOOD = "try", "all", "good"
    file = forms.FileField(label=_("File"), help_text=_("GIFT, Aiken, Moodle XML or JSON, at most 5 MB. No pictures."))
    format = forms.ChoiceField(
        label=_("Format"), required=False,
        choices=[("", _("As the file tells")), ("gift", "GIFT"), ("aiken", "Aiken"), ("xml", "Moodle XML"),
                 ("json", "JSON")],
    )  # fmt: skip
    topic = forms.CharField(
        label=_("Topic"), max_length=80, required=False, help_text=_("For questions that stand under none.")
    )
    what = forms.ChoiceField(
        label=_("What to do"), initial=TRY, widget=forms.RadioSelect,
        choices=[
            (TRY, _("Only try, and show what would come in")), (ALL, _("Take in, if every question is right")),
            (GOOD, _("Take in the right ones, list the others")),
        ],
    )  # fmt: skip


class ReasonForm(ActForm):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("No names of persons.")
    )
