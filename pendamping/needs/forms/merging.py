"""Joining a voice with another."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pendamping.core.codes import read_code
from pendamping.core.errors import Refused
from pendamping.core.forms import ActForm
from pendamping.needs.enums.merging import MergeReason
from pendamping.needs.models import Voice


class MergeForm(ActForm):
    """The code of the voice that this one goes on with; its rule asks whether it is of the same ward."""

    into = forms.CharField(label=_("Code of the other voice"), max_length=20)

    def clean_into(self) -> Voice:
        typed: str = self.cleaned_data["into"]
        found = Voice.objects.filter(code=read_code(typed) or typed).first()
        if found is None:
            raise ValidationError(Refused(MergeReason.UNKNOWN, code=typed).message)
        return found
