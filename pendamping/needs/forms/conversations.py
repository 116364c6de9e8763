"""What is typed in the thread of a voice: by its giver with the key, by an office under its own name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pendamping.core.forms import ActForm, PhotosField
from pendamping.needs.enums.clock import Reason as ClockReason
from pendamping.needs.enums.conversations import PauseReason, Solved, Turn
from pendamping.needs.fields import Trap, sprung
from pendamping.needs.forms.answers import MOST_WORDS
from pendamping.needs.keys import MOST
from pendamping.needs.models import ReadyAnswer
from pendamping.needs.rules.clock import UPWARDS


class OpenForm(forms.Form):
    """The key of a voice, typed or out of the link (id: kunci suara)."""

    key = forms.CharField(
        label=_("Your key"), max_length=MOST,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("Sixteen letters and numbers, on your receipt: 7K3Q-XM2P-0A9V-CD4T."),
    )  # fmt: skip


class GiverForm(ActForm):
    """A form of the giver: the key travels in its body."""

    key = forms.CharField(max_length=MOST, widget=forms.HiddenInput)


class ReplyForm(GiverForm):
    """Words of the giver (id: balasan warga)."""

    text = forms.CharField(
        label=_("Your message"), max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Leave out names and numbers of people; what slips in is masked."),
    )  # fmt: skip
    photos = PhotosField(
        label=_("Photo"), required=False, help_text=_("Of the place, not of people. Only those who work on it see it.")
    )
    website = forms.CharField(required=False, widget=Trap())

    def clean_website(self) -> str:
        return sprung(self, "website")


class SolvedForm(GiverForm):
    """Is it solved? (id: apakah sudah beres)"""

    answer = forms.ChoiceField(label=_("Is it solved?"), choices=Solved, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What is still missing?"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReadyField(forms.ModelChoiceField):
    """Ready words by their title; where JavaScript runs, choosing one puts its words into the field below."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            ReadyAnswer.objects.none(), label=_("Ready words"), required=False, empty_label=_("None"),
            widget=ReadySelect(attrs={"data-ready": True}), **kwargs,
        )  # fmt: skip

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.title)


class ReadySelect(forms.Select):
    """Each choice carries its words."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value:
            option["attrs"]["data-words"] = value.instance.text
        return option


class MessageForm(ActForm):
    """Words of an office to the giver (id: pesan petugas)."""

    ready = ReadyField(help_text=_("Chosen with no words of your own, these are sent."))
    text = forms.CharField(
        label=_("Your message"), max_length=MOST_WORDS, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    asks = forms.BooleanField(
        label=_("It is a question: the clock waits for the resident"), required=False,
    )  # fmt: skip
    is_public = forms.BooleanField(
        label=_("Everybody may read it on the page of the voice"), required=False,
        help_text=_("Otherwise only whoever gave the voice reads it."),
    )  # fmt: skip
    photos = PhotosField(label=_("Photo"), required=False, help_text=_("Of the place, not of people; it is public."))
    conditional = ("text",)

    def __init__(self, *args: Any, ready: QuerySet[ReadyAnswer] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["ready"]
        field.queryset = ReadyAnswer.objects.none() if ready is None else ready
        if ready is None or not ready.exists():
            del self.fields["ready"]

    def facts(self) -> dict[str, Any]:
        """The clean values as the facts of the act."""
        values = self.cleaned_data
        ready = values.get("ready")
        text = values["text"] or (ready.text if ready else "")
        return {
            "text": text, "asks": values["asks"], "is_public": values["is_public"], "photos": values["photos"] or []
        }  # fmt: skip


class TurnForm(ActForm):
    """To which office a voice goes (id: diteruskan kepada)."""

    turn = forms.ChoiceField(label=_("Who must act next?"), choices=[(one.value, one.label) for one in UPWARDS])

    def clean_turn(self) -> Turn:
        return Turn(self.cleaned_data["turn"])


class PauseForm(ActForm):
    """Why the clock stands still (id: alasan jeda)."""

    reason = forms.ChoiceField(
        label=_("Why?"), choices=[one for one in PauseReason.choices if one[0] != PauseReason.RESIDENT],
        help_text=_("Everybody reads it. For a question to the resident, send a message instead."),
    )  # fmt: skip
    words = forms.CharField(label=_("In a few words"), max_length=200, required=False)
    conditional = ("words",)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("reason") == PauseReason.OTHER and not values.get("words", "").strip():
            self.add_error("words", ClockReason.PAUSE_WORDS_MISSING.label)
        return values
