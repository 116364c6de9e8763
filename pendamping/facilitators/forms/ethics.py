"""What is typed about ethics: a report by anybody, the steps of a panel, an answer, a new version of the code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pendamping.access.models import Account
from pendamping.core.forms import ActForm
from pendamping.facilitators.enums.ethics import Sanction
from pendamping.facilitators.forms.appointments import day_field, reason_field
from pendamping.facilitators.models import Appointment


def _words(label: Any, rows: int = 5, most: int = 4000, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **options)


class _PersonField(forms.ChoiceField):
    """A facilitator by the code of the appointment."""

    def offer(self, found: Iterable[tuple[Appointment, str]], empty: Any) -> None:
        found = list(found)
        self.records = {one.code: one for one, _label in found}
        self.choices = [("", empty), *((one.code, label) for one, label in found)]

    def clean(self, value: Any) -> Appointment | None:
        return self.records.get(super().clean(value) or "")


class ReportForm(ActForm):
    """A breach of the code, by anybody."""

    about = _PersonField(label=_("Whom it is about"), required=False)
    text = _words(
        _("What happened"), help_text=_("What, where and when. Phone numbers and names you write are hidden.")
    )
    contact = forms.CharField(
        label=_("How to reach you"), max_length=120, required=False,
        help_text=_("Only if you want to be asked more. Kept encrypted; only the panel of the case can read it."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Iterable[tuple[Appointment, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].offer(people, _("I do not know, or somebody else"))  # type: ignore[attr-defined]


class PanelForm(ActForm):
    """Who sits on the panel of a case."""

    def __init__(self, *args: Any, people: QuerySet[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"] = forms.ModelMultipleChoiceField(
            label=_("Members"), queryset=people, widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose the members.")},
        )  # fmt: skip


class PersonForm(ActForm):
    """Whom a case is about."""

    about = _PersonField(label=_("Whom the case is about"))

    def __init__(self, *args: Any, people: Iterable[tuple[Appointment, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].offer(people, "–")  # type: ignore[attr-defined]


class CallForm(ActForm):
    """What somebody shall answer to, and until when."""

    allegation = _words(
        _("What is alleged"),
        help_text=_("In the panel's own words, so that nobody can guess who reported. The person reads this."),
    )
    answer_by = day_field(_("Answer until"))


class StatementForm(ActForm):
    """What the person says."""

    statement = _words(_("Statement"), rows=8)


class SilenceForm(ActForm):
    """No answer came: nothing to type."""


class ConfirmForm(ActForm):
    """A second member agrees: nothing to type."""


class LeaveForm(ActForm):
    """Why a member steps down, sends a decision back, or why a report is closed."""

    reason = reason_field()


class DecisionForm(ActForm):
    """What the panel decided."""

    sanction = forms.ChoiceField(label=_("Decision"), choices=Sanction, widget=forms.RadioSelect)
    reason = _words(_("Reason"), help_text=_("The person reads this."))
    skip_reason = _words(_("Why a grade is skipped"), rows=2, required=False)
    suspended_from = day_field(_("First day of a suspension"), required=False)
    suspended_until = day_field(_("Last day of a suspension"), required=False)


class CodeForm(ActForm):
    """A new version of the code."""

    text_id = _words(_("Text in Indonesian"), rows=16, most=20_000)
    text_en = _words(_("Text in English"), rows=8, most=20_000, required=False)
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=200, required=False)
    is_proposal = forms.BooleanField(label=_("Still a proposal, not decided by the city"), required=False)
    panel_least = forms.IntegerField(label=_("Members of a panel, at least"), min_value=2, max_value=15, initial=3)
    answer_days = forms.IntegerField(label=_("Days the person has to answer"), min_value=1, max_value=90, initial=7)
    reason = forms.CharField(
        label=_("Why it changes"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Those who sign it read this."),
    )  # fmt: skip
