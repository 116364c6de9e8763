"""The points of the agenda, one to a line."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.core.forms import ActForm


class PointsForm(ActForm):
    """Points with their minutes."""

    points = forms.CharField(
        label=_("Points of the agenda"), max_length=8000, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("One point to a line, its minutes at the end, for example: Opening 10"),
    )  # fmt: skip
