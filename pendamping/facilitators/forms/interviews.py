"""What is typed for the interview panel: its rules, who sits on it, declarations, scores, notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pendamping.access.models import Account
from pendamping.core.forms import ActForm
from pendamping.facilitators.enums.interviews import ConflictKind
from pendamping.facilitators.forms.fields import lines
from pendamping.facilitators.models import Criterion, Round

ROWS = 6
MARK: dict[str, Any] = {"min_value": 0, "max_value": 100}


class InterviewRulesForm(ActForm):
    """Criteria with their weights, how many must score, what is striking, how long reserves stay."""

    least = forms.IntegerField(
        label=_("Least number of members who score an applicant"), min_value=1, max_value=15, initial=3
    )
    outlier_over = forms.DecimalField(
        label=_("A score is striking from so many points off the median"), max_digits=5, decimal_places=2, initial=15,
        help_text=_("It demands a note by the chair or the secretariat; the score itself stays."), **MARK,
    )  # fmt: skip
    reserve_days = forms.IntegerField(
        label=_("Days for which the reserve list is valid"), min_value=0, max_value=3650, initial=365,
        help_text=_("Counted from the final result."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = []
        for row in range(1, ROWS + 1):
            self.fields[f"name_{row}"] = forms.CharField(
                label=gettext("Criterion %(row)d") % {"row": row}, max_length=120, required=False
            )
            self.fields[f"about_{row}"] = forms.CharField(
                label=gettext("What a high score shows"), max_length=300, required=False
            )
            self.fields[f"weight_{row}"] = forms.IntegerField(label=gettext("Weight (percent)"), required=False, **MARK)
            names += [f"name_{row}", f"about_{row}", f"weight_{row}"]
        self.groups = ((_("Criteria"), names), (_("Rules"), ["least", "outlier_over", "reserve_days"]))

    def facts(self) -> dict[str, Any]:
        """As the service takes them: rows with a name."""
        data = self.cleaned_data
        rows = [(data[f"name_{row}"], data[f"about_{row}"], data[f"weight_{row}"] or 0) for row in range(1, ROWS + 1)]
        return {
            "criteria": [row for row in rows if row[0].strip()],
            **{name: data[name] for name in ("least", "outlier_over", "reserve_days")},
        }

    @staticmethod
    def facts_of(round_: Round, criteria: Sequence[Criterion]) -> dict[str, Any]:
        """What the form shows of rules that exist."""
        known: dict[str, Any] = {
            "least": round_.interview_least, "outlier_over": round_.outlier_over, "reserve_days": round_.reserve_days,
        }  # fmt: skip
        for row, one in enumerate(criteria, start=1):
            known |= {f"name_{row}": one.name, f"about_{row}": one.about, f"weight_{row}": one.weight}
        return known


class SeatForm(ActForm):
    """Who sits on the panel."""

    def __init__(self, *args: Any, people: QuerySet[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"] = forms.ModelChoiceField(
            label=_("Member"), queryset=people, to_field_name="username",
            help_text=_("Those who hold the office of the selection panel in this city."),
        )  # fmt: skip
        self.fields["account"].label_from_instance = lambda one: one.name  # type: ignore[attr-defined]
        self.fields["is_chair"] = forms.BooleanField(label=_("Chairs the panel"), required=False)


class ReasonWordsForm(ActForm):
    """An act that needs a reason."""

    reason = forms.CharField(label=_("Reason"), max_length=400, widget=lines(3), help_text=_("No names of persons."))


class NoteForm(ActForm):
    """A note about a striking score."""

    note = forms.CharField(
        label=_("Why this score lies so far from the others"), max_length=1000, widget=lines(4),
        help_text=_("Ask the member. The score stays as it is."),
    )  # fmt: skip


class DeclareForm(ActForm):
    """Conflict of interest with one applicant, or none."""

    conditional = ("kind", "reason")
    has_conflict = forms.TypedChoiceField(
        label=_("Do you have a conflict of interest with this applicant?"),
        choices=(("no", _("No conflict")), ("yes", _("Conflict"))), widget=forms.RadioSelect,
        coerce=lambda said: said == "yes", empty_value=None,
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Which kind"), choices=[("", "–"), *ConflictKind.choices], required=False,
        help_text=_("Only when there is a conflict."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("What it is"), max_length=400, required=False, widget=lines(2), help_text=_("No names of persons.")
    )


class ScoreForm(ActForm):
    """A mark of 100 for each criterion."""

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(criteria)
        for one in self.criteria:
            self.fields[f"mark_{one.position}"] = forms.IntegerField(
                label=gettext("%(name)s (0 to 100, weighs %(weight)d%%)") % {"name": one.name, "weight": one.weight},
                help_text=one.about, widget=forms.NumberInput(attrs={"inputmode": "numeric"}), **MARK,
            )  # fmt: skip
        self.fields["note"] = forms.CharField(
            label=_("Note for the panel"), max_length=1000, required=False, widget=lines(3)
        )

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"marks": [data[f"mark_{one.position}"] for one in self.criteria], "note": data["note"]}
