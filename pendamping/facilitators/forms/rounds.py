"""What the secretariat types for a round: its facts, posts, requirements, the next stage, the end."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pendamping.core.forms import ActForm
from pendamping.facilitators.enums.rounds import PostKind, Specialism
from pendamping.facilitators.enums.selection import RequirementKind, TieBreak
from pendamping.facilitators.forms.fields import day_input, lines
from pendamping.facilitators.models import Round
from pendamping.regions.models import Region

MARK: dict[str, Any] = {"min_value": 0, "max_value": 100}
TIES = ("tie_1", "tie_2", "tie_3")


class RoundForm(ActForm):
    """Everything applicants must know beforehand, but for posts and requirements."""

    groups: tuple[tuple[Any, list[str]], ...] = (
        (_("Which selection"), ["title", "fiscal_year", "legal_basis", "legal_article"]),
        (_("Calendar"), ["opens_on", "closes_on", "files_on", "exam_on", "interview_on", "announced_on"]),
        (_("Weights and pass marks"), ["exam_weight", "exam_pass", "interview_weight", "interview_pass"]),
        (_("When totals are equal, this decides, in order"), list(TIES)),
        (_("Afterwards"), ["reserves", "objection_days", "retention_days"]),
    )
    title = forms.CharField(label=_("Name of the selection"), max_length=160)
    fiscal_year = forms.IntegerField(label=_("Budget year"), min_value=2020, max_value=2100)
    legal_basis = forms.CharField(
        label=_("Legal basis"), max_length=200, help_text=_("The regulation with number and year.")
    )
    legal_article = forms.CharField(label=_("Article"), max_length=80, required=False)
    opens_on = forms.DateField(label=_("Registration opens"), widget=day_input())
    closes_on = forms.DateField(
        label=_("Registration closes"), widget=day_input(), help_text=_("At the end of this day.")
    )
    files_on = forms.DateField(label=_("Results of the file check"), widget=day_input(), required=False)
    exam_on = forms.DateField(label=_("Computer test"), widget=day_input(), required=False)
    interview_on = forms.DateField(label=_("Interviews"), widget=day_input(), required=False)
    announced_on = forms.DateField(label=_("Final result"), widget=day_input(), required=False)
    exam_weight = forms.IntegerField(label=_("Weight of the test (percent)"), **MARK)
    exam_pass = forms.DecimalField(label=_("Pass mark of the test"), decimal_places=2, max_digits=5, **MARK)
    interview_weight = forms.IntegerField(label=_("Weight of the interview (percent)"), **MARK)
    interview_pass = forms.DecimalField(label=_("Pass mark of the interview"), decimal_places=2, max_digits=5, **MARK)
    tie_1 = forms.ChoiceField(label=_("First"), choices=TieBreak)
    tie_2 = forms.ChoiceField(label=_("Second"), choices=TieBreak)
    tie_3 = forms.ChoiceField(label=_("Third"), choices=TieBreak)
    reserves = forms.IntegerField(label=_("Reserves per post"), min_value=0, max_value=50)
    objection_days = forms.IntegerField(label=_("Days for objections"), min_value=1, max_value=60)
    retention_days = forms.IntegerField(
        label=_("Days until files are deleted"), min_value=1, max_value=3650,
        help_text=_("Of those not selected, counted from the final result."),
    )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        """As the service takes them: the three ties as one rule."""
        known = {name: value for name, value in self.cleaned_data.items() if name != "op" and name not in TIES}
        return {**known, "tie_rule": [self.cleaned_data[name] for name in TIES]}

    @staticmethod
    def facts_of(round_: Round) -> dict[str, Any]:
        """What the form shows of a round that exists."""
        names = [name for name in RoundForm.base_fields if name not in ("op", *TIES)]
        known = {name: getattr(round_, name) for name in names}
        return {**known, **dict(zip(TIES, round_.tie_rule, strict=False))}


class NewRoundForm(RoundForm):
    """A round to make, and for which city when there are several."""

    def __init__(self, *args: Any, cities: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = list(cities[:2])
        self.fields["region"] = forms.ModelChoiceField(
            label=_("City"), queryset=cities, initial=first[0] if len(first) == 1 else None
        )
        (legend, names), *rest = self.groups
        self.groups = ((legend, ["region", *names]), *rest)


class PostForm(ActForm):
    """Places of one kind in one area."""

    kind = forms.ChoiceField(label=_("Post"), choices=PostKind)
    specialism = forms.ChoiceField(label=_("Specialism"), choices=Specialism)
    number = forms.IntegerField(label=_("Number of places"), min_value=1, max_value=500, initial=1)

    def __init__(self, *args: Any, areas: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"] = forms.ModelChoiceField(label=_("Area"), queryset=areas)

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "op"}


class RequirementForm(ActForm):
    """What must be fulfilled, where that comes from, who checks it against what."""

    groups = (
        (_("What is required"), ["text", "regulation", "article", "is_disqualifying"]),
        (_("How it is shown and checked"), ["kind", "evidence", "checked_by", "checked_against"]),
        (_("Independent second check"), ["needs_second_check", "register_name"]),
    )
    text = forms.CharField(label=_("Requirement"), max_length=300, widget=lines(3))
    regulation = forms.CharField(label=_("Source: regulation"), max_length=200)
    article = forms.CharField(label=_("Article"), max_length=80, required=False)
    is_disqualifying = forms.BooleanField(
        label=_("Who does not fulfil it is out"), required=False, initial=True,
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Shown by"), choices=RequirementKind, widget=forms.RadioSelect)
    evidence = forms.CharField(
        label=_("Evidence"), max_length=200, help_text=_("What the applicant hands in or declares.")
    )
    checked_by = forms.CharField(label=_("Who checks"), max_length=120, help_text=_("The office. No names of persons."))
    checked_against = forms.CharField(label=_("Against what"), max_length=200)
    needs_second_check = forms.BooleanField(
        label=_("A second person checks it in an independent register"), required=False,
        help_text=_("Until that is recorded, nobody passes. A declaration alone is no proof."),
    )  # fmt: skip
    register_name = forms.CharField(label=_("Register"), max_length=120, required=False)

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "op"}


class ReasonForm(ActForm):
    """An act that needs a reason people read."""

    reason = forms.CharField(
        label=_("Reason"), max_length=400, widget=lines(3), help_text=_("Everyone reads it. No names of persons.")
    )
