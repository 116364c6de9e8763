"""What a phone that leads a meeting sends."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pendamping.core.forms import ActForm
from pendamping.deliberation.enums.screens import ScreenView
from pendamping.deliberation.models import AgendaItem, AgendaPoint
from pendamping.deliberation.rules.screens import is_instant


class WaitingForm(ActForm):
    """A tap that may have waited on a phone: it says when it was made."""

    claimed_at = forms.DateTimeField(required=False, widget=forms.HiddenInput, input_formats=["%Y-%m-%dT%H:%M:%S.%fZ"])

    def clean_claimed_at(self) -> datetime | None:
        """When it was made; nothing where the clock of the phone cannot be right."""
        claimed: datetime | None = self.cleaned_data["claimed_at"]
        return claimed if claimed is not None and is_instant(claimed) else None


class LeadForm(WaitingForm):
    """A point of the agenda begins or ends."""

    point = forms.ModelChoiceField(
        label=_("Point of the agenda"), queryset=AgendaPoint.objects.none(), to_field_name="position"
    )
    what = forms.ChoiceField(choices=[("begin", _("Begin")), ("end", _("End it"))])

    def __init__(self, *args: Any, points: QuerySet[AgendaPoint], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["point"].queryset = points  # type: ignore[attr-defined]


class ShowForm(WaitingForm):
    """What the screen shows."""

    view = forms.ChoiceField(label=_("On the screen"), choices=ScreenView)
    item = forms.ModelChoiceField(
        label=_("Proposal"), queryset=AgendaItem.objects.none(), required=False, to_field_name="proposal__code"
    )

    def __init__(self, *args: Any, items: QuerySet[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items  # type: ignore[attr-defined]
