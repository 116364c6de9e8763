"""The form of a meeting's list."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pendamping.core.forms import ActForm
from pendamping.core.imports.sheet import Limits
from pendamping.core.moments import day
from pendamping.needs.enums.reasons import Reason
from pendamping.needs.fields import RecordField, ward_choices
from pendamping.needs.rules.meeting_lists import MOST_ROWS
from pendamping.regions.models import Region


class MeetingListForm(ActForm):
    """A list to try, and then to take in (id: daftar suara musyawarah)."""

    ward = RecordField(label=_("Ward"))
    held_on = forms.DateField(
        label=_("Day of the meeting"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("XLSX or CSV with a column Suara; Perihal, RW, RT, Lokasi if known. Up to %(most)s rows.")
        % {"most": MOST_ROWS},
        validators=[FileExtensionValidator(["xlsx", "csv", "txt"])],
    )
    good_rows = forms.BooleanField(label=_("Take the right rows even if others are refused"), required=False)
    write = forms.BooleanField(label=_("I have read the report: record the voices now"), required=False)
    tried = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, *args: Any, wards: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["ward"]
        field.offer(wards, by="path", shown=ward_choices)
        self.fields["held_on"].initial = day(timezone.now())

    def clean_held_on(self) -> date:
        on: date = self.cleaned_data["held_on"]
        if on > day(timezone.now()):
            raise ValidationError(Reason.DAY_AHEAD.label)
        return on

    def clean_file(self) -> Any:
        upload, most = self.cleaned_data["file"], Limits().bytes
        if upload.size > most:
            raise ValidationError(_("At most %(most)s MB.") % {"most": most // 1_000_000}, code="too_large")
        return upload

    def facts(self) -> dict[str, Any]:
        """The clean values as the facts of a trial."""
        field: Any = self.fields["ward"]
        values = self.cleaned_data
        return {"ward": field.found, **{name: values[name] for name in ("held_on", "file", "good_rows")}}
