"""What is typed about evaluations: whom and which half-year, a reply, a settlement, a decision, coaching, rules."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pendamping.core.forms import ActForm
from pendamping.facilitators import indicators as registry
from pendamping.facilitators.enums.evaluations import IndicatorUnit, RenewalOutcome
from pendamping.facilitators.forms.appointments import day_field
from pendamping.facilitators.models import Assignment, EvaluationRules
from pendamping.facilitators.rules.evaluations import RuleLine

PERCENT = Decimal(100)
PROCEDURE = ("weak_below", "judged_least", "reply_days", "coaching_days")
PARTS = ("weight", "sample_least", "good", "poor")


def _words(label: Any, rows: int = 5, most: int = 4000, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **options)


class ComputeForm(ActForm):
    """Whose half-year, among those due."""

    appointment = forms.ChoiceField(label=_("Whose half-year"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: Iterable[tuple[Assignment, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = list(people)
        self.accounts = {one.appointment.code: one.account for one, _where in found}
        field: Any = self.fields["appointment"]
        field.choices = [(one.appointment.code, f"{one.account.name} · {where}") for one, where in found]


class ConfirmForm(ActForm):
    """Nothing to type."""


class ReplyForm(ActForm):
    """The person's own words."""

    reply = _words(
        _("Your reply"), rows=8, help_text=_("What is wrong, what the figures do not show, what you plan to change.")
    )


class SettleForm(ActForm):
    """Words that answer the reply, and values that do not hold."""

    words = _words(_("What is decided about it"), help_text=_("The person reads this."))

    def __init__(self, *args: Any, judged: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["struck"] = forms.MultipleChoiceField(
            label=_("Values that do not hold"), choices=list(judged), required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("They stay readable, but count no more; their weight passes to the others."),
        )  # fmt: skip


class RenewalForm(ActForm):
    """What becomes of the contract."""

    conditional = ("conditions",)

    outcome = forms.ChoiceField(label=_("Decision"), choices=RenewalOutcome, widget=forms.RadioSelect)
    conditions = _words(
        _("Conditions"), rows=3, required=False, help_text=_("Only for a renewal with conditions: what and until when.")
    )
    reason = _words(_("Reason"), help_text=_("The person reads this."))


class AgreeForm(ActForm):
    """Steps both agreed on."""

    steps = _words(_("Agreed steps"), help_text=_("Small, doable and dated: who does what until when."))
    due_on = day_field(_("Finished until"))


class FinishForm(ActForm):
    """What came of it."""

    result = _words(_("What came of it"))


class EvaluationRulesForm(ActForm):
    """A new version: its basis, thresholds, and what each indicator weighs."""

    valid_from = day_field(
        _("Holds from"),
        help_text=_("They judge half-years that begin on this day or later; nobody is judged backwards."),
    )
    legal_basis = forms.CharField(label=_("Regulation or decree"), max_length=200)
    reason = _words(_("Why they change"), rows=2, most=300)
    weak_below = forms.IntegerField(
        label=_("Coaching below (points of 100)"), min_value=0, max_value=100,
        help_text=_("A value with fewer points becomes a coaching task."),
    )  # fmt: skip
    judged_least = forms.IntegerField(
        label=_("Weight that must be judged (%)"), min_value=1, max_value=100,
        help_text=_("When less could be judged, no total is given."),
    )  # fmt: skip
    reply_days = forms.IntegerField(label=_("Days to reply"), min_value=3, max_value=90)
    coaching_days = forms.IntegerField(label=_("Days for coaching"), min_value=1, max_value=365)

    def __init__(self, *args: Any, before: EvaluationRules | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [
            (_("From when, on what basis"), ["valid_from", "legal_basis", "reason"]),
            (_("Thresholds and days"), list(PROCEDURE)),
        ]
        known = {line.indicator: line for line in before.lines.all()} if before else {}
        for name in PROCEDURE if before else ():
            self.fields[name].initial = getattr(before, name)
        for one in registry.indicators():
            names = self._line(one, known.get(one.key))
            groups.append((one.label, names))  # type: ignore[arg-type]
        self.groups = groups

    def _line(self, one: registry.Indicator, before: Any) -> list[str]:
        """The four fields of one indicator; shares are typed in percent."""
        is_share = one.unit == IndicatorUnit.SHARE
        most = 100 if is_share else 366
        unit = "%" if is_share else _now("days")
        scale = PERCENT if is_share else Decimal(1)
        places = 2 if is_share else 0
        bound: dict[str, Any] = {"min_value": 0, "max_value": most, "max_digits": 5, "decimal_places": places}
        fields = {
            "weight": forms.IntegerField(label=_now("Weight (of 100)"), min_value=0, max_value=100, initial=0),
            "sample_least": forms.IntegerField(label=_now("Least sample"), min_value=1, max_value=10_000, initial=10),
            "good": forms.DecimalField(label=_now("Full points at (%(unit)s)") % {"unit": unit}, **bound),
            "poor": forms.DecimalField(label=_now("No points at (%(unit)s)") % {"unit": unit}, **bound),
        }
        for part, field in fields.items():
            self.fields[f"{slug(one.key)}_{part}"] = field
            if before is not None:
                kept = getattr(before, part)
                field.initial = plain(kept * scale) if part in ("good", "poor") else kept
        return [f"{slug(one.key)}_{part}" for part in fields]

    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        typed = self.cleaned_data
        given = {name: typed[name] for name in ("valid_from", "legal_basis", "reason", *PROCEDURE)}
        return {**given, "lines": [self._typed(one) for one in registry.indicators()]}

    def _typed(self, one: registry.Indicator) -> RuleLine:
        scale = PERCENT if one.unit == IndicatorUnit.SHARE else Decimal(1)
        weight, least, good, poor = (self.cleaned_data[f"{slug(one.key)}_{part}"] for part in PARTS)
        return RuleLine(one.key, weight, least, good / scale, poor / scale)


def slug(key: str) -> str:
    """The key of an indicator as part of a field's name."""
    return key.replace(".", "_")


def plain(number: Decimal) -> str:
    """Without the zeros behind: "45", "2.5"."""
    return f"{number.normalize():f}"
