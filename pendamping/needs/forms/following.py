"""The form by which somebody says where they want to hear of it."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pendamping.needs.enums.contacts import Pace
from pendamping.needs.fields import Trap


class FollowForm(forms.Form):
    """An address and how often (id: formulir mengikuti)."""

    contact = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("Kept encrypted, shown to nobody, and forgotten when you have had enough."),
        error_messages={"required": _("Write the address at which you want to hear of it.")},
    )
    at_once = forms.BooleanField(
        label=_("Write at once, even several times a day"),
        required=False,
        help_text=_("Otherwise you get one letter a day at most, and none when there is no news."),
    )
    website = forms.CharField(required=False, widget=Trap())

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("A field that people do not see was filled in. Check your words and send again."))
        return ""

    @property
    def pace(self) -> Pace:
        return Pace.AT_ONCE if self.cleaned_data["at_once"] else Pace.DAILY
