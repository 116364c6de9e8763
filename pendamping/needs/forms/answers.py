"""An answer in words."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.core.forms import ActForm

MOST_WORDS = 2000


class AnswerForm(ActForm):
    """Words that close a voice or a need (id: jawaban)."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was done, or why it cannot be done. The residents who spoke will read it."),
    )
