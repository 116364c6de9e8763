"""Fields of the selection's forms: a NIK, a telephone number, a file through the safe door."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from pendamping.core.errors import Refused
from pendamping.facilitators.people import NIK_DIGITS
from pendamping.facilitators.services.evidence import admit_file

PHONE = RegexValidator(r"^(?:\+?62|0)\d{7,13}$", _("Type a telephone number such as 0812 3456 7890."))


def day_input() -> forms.DateInput:
    """The phone's own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class NikField(forms.CharField):
    """Sixteen digits, typed with or without spaces."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, **kwargs)

    def clean(self, value: Any) -> str:
        digits = re.sub(r"[\s.\-]", "", super().clean(value))
        if digits and not (len(digits) == NIK_DIGITS and digits.isascii() and digits.isdigit()):
            raise ValidationError(_("A NIK has 16 digits. Compare it with the identity card."), code="nik")
        return digits


class PhoneField(forms.CharField):
    """A telephone number of Indonesia, kept without spaces."""

    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, **kwargs)

    def clean(self, value: Any) -> str:
        bare = re.sub(r"[\s.\-()]", "", super().clean(value))
        if bare:
            PHONE(bare)
        return bare


class EvidenceField(forms.FileField):
    """A PDF or a photo of a paper; looked through here, before any transaction is open."""

    widget = forms.ClearableFileInput(
        attrs={"accept": "application/pdf,image/jpeg,image/png,image/webp", "data-shrink": "2000"}
    )

    def clean(self, data: Any, initial: Any = None) -> Any:
        if not data:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        try:
            return admit_file(data)
        except Refused as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from refusal
