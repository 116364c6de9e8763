"""Forms of confidential voices: who reads one, and what is written to whoever gave it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pendamping.access.models import Account
from pendamping.core.forms import ActForm
from pendamping.needs.forms.answers import MOST_WORDS


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


class CaseMessageForm(ActForm):
    """Words of the case team to whoever gave the voice."""

    text = forms.CharField(
        label=_("Write to whoever gave it"), max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 3})
    )
    asks = forms.BooleanField(label=_("This is a question; the clock waits for the answer"), required=False)
