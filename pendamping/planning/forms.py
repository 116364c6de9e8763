"""What people type in planning: a project, a version of the rules, the ceiling of a ward."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pendamping.core.forms import ActForm
from pendamping.needs.enums.menu import Stream
from pendamping.needs.fields import RupiahField
from pendamping.planning.models import RuleSet, SubActivity

LINE = re.compile(r"^\s*(\d{1,3})\s*%?\s*[,;:/ ]\s*(\d{1,3})\s*%?\s*$")


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class PrepareForm(ActForm):
    """The budget and schedule of what a meeting funded."""

    groups = (
        (_("The project"), ["title", "sub_activity"]),
        (_("Money"), ["budget", "funding_source"]),
        (_("Who and when"), ["executor", "starts_on", "ends_on"]),
    )
    title = forms.CharField(label=_("Name of the project"), max_length=160)
    budget = RupiahField(label=_("Budget (Rp)"))
    funding_source = forms.CharField(
        label=_("Source of the money"),
        max_length=80,
        help_text=_("As the budget names it, for example “DAU kelurahan 2026”."),
    )
    executor = forms.CharField(
        label=_("Who carries it out"), max_length=120, help_text=_("The community group or provider, not a person.")
    )
    starts_on = _day(_("Begins on"))
    ends_on = _day(_("Ends on"))

    def __init__(self, *args: Any, stream: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = SubActivity.objects.filter(Q(stream=stream) | Q(stream="")).order_by("code")
        self.fields["sub_activity"] = forms.ModelChoiceField(
            label=_("Budget line (sub-activity)"), queryset=lines, empty_label=_("Choose…")
        )


class TakeOverForm(ActForm):
    """What all projects of a meeting share, with a budget line for each stream that was funded."""

    funding_source = forms.CharField(
        label=_("Source of the money"),
        max_length=80,
        help_text=_("As the budget names it, for example “DAU kelurahan 2026”."),
    )
    executor = forms.CharField(
        label=_("Who carries it out"), max_length=120, help_text=_("The community group or provider, not a person.")
    )
    starts_on = _day(_("Begins on"))
    ends_on = _day(_("Ends on"))

    def __init__(self, *args: Any, streams: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.streams = streams
        for stream in streams:
            lines = SubActivity.objects.filter(Q(stream=stream) | Q(stream="")).order_by("code")
            label = _("Budget line: %(stream)s") % {"stream": Stream(stream).label}
            self.fields[f"line_{stream}"] = forms.ModelChoiceField(
                label=label, queryset=lines, initial=lines[0] if len(lines) == 1 else None, empty_label=_("Choose…")
            )

    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        shared = {name: self.cleaned_data[name] for name in ("funding_source", "executor", "starts_on", "ends_on")}
        return {**shared, "lines": {stream: self.cleaned_data[f"line_{stream}"] for stream in self.streams}}


class TurnDownForm(ActForm):
    """Why a project goes back or is given up."""

    reason = forms.CharField(
        label=_("Your reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "data-count": True}),
        help_text=_("Everybody can read it."),
    )  # fmt: skip


def as_rupiah(typed: str) -> int | None:
    """An amount while it is being typed; None as long as it is none."""
    try:
        amount: int | None = RupiahField(required=False).clean(typed)
    except ValidationError:
        return None
    return amount


def _percent(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_value=100, max_digits=5, decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"}),
    )  # fmt: skip


SHARES = ("infrastructure_min", "infrastructure_max", "empowerment_min", "empowerment_max")


class RulesForm(ActForm):
    """A new version of the rules of a budget year."""

    groups = (
        (_("From when, on what basis"), ["fiscal_year", "valid_from", "legal_basis"]),
        (_("Ceiling and shares"), ["default_ceiling", *SHARES]),
        (_("Payment"), ["tranches", "note"]),
    )
    fiscal_year = forms.IntegerField(label=_("Budget year"), min_value=2020, max_value=2100)
    valid_from = _day(_("Holds from"), help_text=_("The version before ends the day before."))
    legal_basis = forms.CharField(label=_("Regulation or decree"), max_length=200)
    default_ceiling = RupiahField(
        label=_("Ceiling of a ward (Rp)"), help_text=_("For every ward without an amount of its own.")
    )
    infrastructure_min = _percent(_("Facilities and infrastructure: at least (%)"))
    infrastructure_max = _percent(_("Facilities and infrastructure: at most (%)"))
    empowerment_min = _percent(_("Community empowerment: at least (%)"))
    empowerment_max = _percent(_("Community empowerment: at most (%)"))
    tranches = forms.CharField(
        label=_("Tranches"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One to a line: percent of the budget, then the verified progress it waits for. Example: 30 50"),
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_tranches(self) -> list[list[int]]:
        """ "40 0" to a line becomes [[40, 0], …]."""
        lines = [line for line in self.cleaned_data["tranches"].splitlines() if line.strip()]
        read = [LINE.match(line) for line in lines]
        if not read or None in read:
            raise ValidationError(_("Write two numbers to a line: percent of the budget and progress needed."))
        return [[int(found[1]), int(found[2])] for found in read if found]

    def facts(self) -> dict[str, Any]:
        """What the service takes: shares in hundredths of a percent."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "op"}
        return {**given, **{name: int(given[name] * 100) for name in SHARES}}


def as_typed(rule_set: RuleSet) -> dict[str, Any]:
    """A version as the first values of the form for the next one."""
    return {
        "fiscal_year": rule_set.fiscal_year,
        "legal_basis": rule_set.legal_basis,
        "default_ceiling": rule_set.default_ceiling,
        **{name: Decimal(getattr(rule_set, name)) / 100 for name in SHARES},
        "tranches": "\n".join(f"{part} {progress}" for part, progress in rule_set.tranches),
    }


class CeilingForm(ActForm):
    """The ceiling of one ward."""

    amount = RupiahField(label=_("Ceiling (Rp)"))
    legal_basis = forms.CharField(
        label=_("Regulation or decree"),
        max_length=200,
        required=False,
        help_text=_("Empty: as in the rules of the city."),
    )
