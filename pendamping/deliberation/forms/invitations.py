"""What people type to invite, and to answer an invitation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.core.forms import ActForm
from pendamping.deliberation.enums.invitations import EACH_PLACE, SENT, WHOLE, Capacity, InvitationAnswer, Way

CHOSEN = [(one.value, one.label) for one in (*EACH_PLACE, *WHOLE)]


class InviteForm(ActForm):
    """Which offices and groups are invited."""

    capacities = forms.MultipleChoiceField(
        label=_("Whom to invite"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Of RTs and RWs each one of the area gets an invitation of its own. Who is invited already stays."),
        error_messages={"required": _("Choose at least one group or office to invite.")},
    )  # fmt: skip

    def __init__(self, *args: Any, capacities: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [one for one in capacities if one[0] not in Capacity.values]
        chosen = [*CHOSEN, *own]
        self.fields["capacities"].choices = chosen  # type: ignore[attr-defined]
        self.fields["capacities"].initial = [one for one, _label in chosen]


class GuestForm(ActForm):
    """One guest, with a way to reach them if there is one."""

    capacity = forms.ChoiceField(label=_("In which capacity"), initial=Capacity.GUEST)
    label = forms.CharField(
        label=_("Office or group"), max_length=120, required=False, help_text=_("It stands on the printed invitation.")
    )
    name = forms.CharField(
        label=_("Name of the guest"), max_length=120, required=False,
        help_text=_("Kept locked, shown only to those who call the meeting, and deleted afterwards."),
    )  # fmt: skip
    way = forms.ChoiceField(
        label=_("How to reach the guest"), required=False, widget=forms.RadioSelect,
        choices=[("", _("By hand or by telephone")), *((one.value, one.label) for one in SENT)],
    )  # fmt: skip
    address = forms.CharField(label=_("E-mail address or mobile number"), max_length=120, required=False)

    def __init__(self, *args: Any, capacities: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["capacity"].choices = capacities  # type: ignore[attr-defined]


class AnswerForm(ActForm):
    """Who comes."""

    conditional = ("instead",)

    answer = forms.ChoiceField(label=_("Are you coming?"), choices=InvitationAnswer, widget=forms.RadioSelect)
    instead = forms.CharField(
        label=_("Who comes instead"), max_length=160, required=False,
        help_text=_("Only when somebody else comes. Read by those who called the meeting alone, then deleted."),
    )  # fmt: skip


class ToldForm(ActForm):
    """How a person told somebody invited."""

    way = forms.ChoiceField(
        label=_("How were they told?"), widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in (Way.HAND, Way.SPOKEN)],
    )  # fmt: skip
