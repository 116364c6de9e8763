"""The form by which a message of the phone is given its place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pendamping.core.forms import ActForm
from pendamping.needs.fields import RecordField, ward_choices
from pendamping.regions.models import Region


class PlaceMessageForm(ActForm):
    """Which ward a message is about (id: menempatkan pesan)."""

    message = forms.UUIDField(widget=forms.HiddenInput)
    ward = RecordField(label=_("Ward"))

    def __init__(self, *args: Any, wards: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ward.offer(wards, by="path", shown=ward_choices)

    @property
    def _ward(self) -> RecordField:
        field: Any = self.fields["ward"]
        return field

    @property
    def region(self) -> Region:
        """The ward chosen."""
        found: Region = self._ward.found
        return found
