"""Forms of moderation: hide, edit, cover, report, block."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pendamping.core.forms import ActForm
from pendamping.needs.enums.moderation import HideReason, ModerationReason
from pendamping.needs.fields import Proof, Trap, sprung
from pendamping.needs.forms.answers import MOST_WORDS
from pendamping.needs.rules.moderation import BLOCK_DAYS_MOST, Box

WORDS_MOST = 200


class ReportForm(ActForm):
    """Something shown should not be (id: laporkan isi)."""

    reason = forms.ChoiceField(label=_("What is wrong with it?"), choices=HideReason, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In a few words"), max_length=WORDS_MOST, required=False,
        help_text=_("Leave out names and numbers. Nobody learns who sent this; we do not know it ourselves."),
    )  # fmt: skip
    website = forms.CharField(required=False, widget=Trap())
    proof = forms.CharField(required=False, widget=Proof())

    def clean_website(self) -> str:
        return sprung(self, "website")


class HideForm(ActForm):
    """What of a voice is hidden, and why."""

    what = forms.ChoiceField(label=_("What should be hidden?"))
    reason = forms.ChoiceField(label=pgettext_lazy("moderation", "Why?"), choices=HideReason)
    words = forms.CharField(label=_("In a few words"), max_length=WORDS_MOST, required=False)

    def __init__(self, *args: Any, parts: Iterable[tuple[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = list(parts)  # type: ignore[attr-defined]


class EditForm(ActForm):
    """The words as they should be read (id: sunting suara)."""

    text = forms.CharField(
        label=_("The words as everybody will read them"), max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Take out only what must go. The original stays sealed for 24 months."),
    )  # fmt: skip
    place_words = forms.CharField(label=_("Landmark"), max_length=120, required=False)

    other_words = forms.CharField(label=_("What is it about?"), max_length=120, required=False)

    def __init__(self, *args: Any, of_message: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if of_message:
            del self.fields["place_words"], self.fields["other_words"]
        elif not self.initial.get("other_words"):  # it has a category, which is no word of anybody
            del self.fields["other_words"]


class OriginalForm(ActForm):
    """Why an original is read."""

    original = forms.ChoiceField(label=_("Which original?"))
    reason = forms.CharField(
        label=_("Why must you read it?"), max_length=WORDS_MOST,
        help_text=_("This stays in the journal, beside your office."),
    )  # fmt: skip

    def __init__(self, *args: Any, originals: Iterable[tuple[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["original"].choices = list(originals)  # type: ignore[attr-defined]


class BlockForm(ActForm):
    """For how long nothing more is taken, and why (id: blokir)."""

    days = forms.IntegerField(label=_("For how many days?"), min_value=1, max_value=BLOCK_DAYS_MOST, initial=7)
    reason = forms.CharField(label=pgettext_lazy("moderation", "Why?"), max_length=WORDS_MOST)


class BlockConnectionForm(BlockForm):
    """The same for a connection that the operator of the server names."""

    address = forms.CharField(
        label=_("Address of the connection"), max_length=60,
        help_text=_("From the operator of the server. No voice shows one; here it is kept as a digest only."),
    )  # fmt: skip
    field_order = ("address", "days", "reason")


class CoverForm(ActForm):
    """Boxes over a photo, drawn or typed (id: tutup bagian foto)."""

    boxes = forms.CharField(
        label=_("Boxes"),
        widget=forms.Textarea(attrs={"rows": 4, "data-boxes": True, "inputmode": "numeric", "autocomplete": "off"}),
        help_text=_(
            "One box a line: from the left, from the top, width, height, each from 0 to 1000 along the lines on the "
            "photo. For example: 400 100 200 150."
        ),
    )  # fmt: skip

    def clean_boxes(self) -> list[Box]:
        found: list[Box] = []
        for line in self.cleaned_data["boxes"].splitlines():
            numbers = line.replace(",", " ").split()
            if not numbers:
                continue
            if len(numbers) != 4 or not all(one.isascii() and one.isdecimal() and len(one) <= 4 for one in numbers):
                raise ValidationError(ModerationReason.BOX_OUTSIDE.label)
            left, top, width, height = (int(one) for one in numbers)
            found.append((left, top, width, height))
        return found
