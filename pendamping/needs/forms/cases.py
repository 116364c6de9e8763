"""Forms of confidential voices: who reads one, and the way back to one's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pendamping.access.models import Account
from pendamping.core.forms import ActForm
from pendamping.needs.keys import MOST


class PersonField(forms.ModelChoiceField):
    """A person by name, since names of officials who read it are known to each other."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Account.objects.none(), to_field_name="uid", empty_label=_("Choose…"), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class NameForm(ActForm):
    """Who may read it (id: tunjuk tim kasus)."""

    account = PersonField(
        label=_("Who should read it?"), help_text=_("Nobody it is about, and nobody close to them. As few as possible.")
    )

    def __init__(self, *args: Any, people: QuerySet[Account] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people is not None:
            self.fields["account"].queryset = people  # type: ignore[attr-defined]


class KeyForm(forms.Form):
    """The code and key of a confidential voice, as its giver kept them. No operation: nothing changes."""

    code = forms.CharField(label=_("Code"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    key = forms.CharField(
        label=_("Key"), max_length=MOST, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Both stood on the page after you sent your voice."),
    )  # fmt: skip
