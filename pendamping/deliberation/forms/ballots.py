"""The ballot itself, as a voter fills it in on a phone."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from pendamping.core.money import rupiah
from pendamping.core.verdicts import ALLOWED, Verdict
from pendamping.deliberation.enums.polls import PollKind
from pendamping.deliberation.models import Poll, PollChoice
from pendamping.deliberation.rules import ballots as rules

CODE = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "data-from-link": ""}


class BallotForm(forms.Form):
    """Code and choices; what the choices look like, the kind of the ballot says."""

    code = forms.CharField(
        label=_("Your code"), max_length=40, help_text=_("From your slip or your link, in capital or small letters."),
        widget=forms.TextInput(attrs=CODE),
    )  # fmt: skip
    op = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, poll: Poll, choices: list[PollChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.poll, self.open = poll, [one for one in choices if one.struck_at is None]
        self.size = len(choices)
        self.fields["op"].initial = uuid.uuid4
        if poll.kind == PollKind.POINTS:
            self._numbers("points", poll.points or 0)
        elif poll.kind == PollKind.RANKING:
            self._places()
        else:
            self.fields["choices"] = forms.MultipleChoiceField(
                label=_("What you want"), required=False, widget=forms.CheckboxSelectMultiple,
                choices=[(str(one.number), _label(one)) for one in self.open],
            )  # fmt: skip
        self.fields["is_sure"] = forms.BooleanField(
            label=_("I am sure"), required=False, help_text=_("Only when you want fewer choices than are asked for.")
        )
        self.order_fields([*(name for name in self.fields if name not in ("code", "is_sure")), "is_sure", "code"])

    def _numbers(self, name: str, most: int) -> None:
        for one in self.open:
            self.fields[f"{name}_{one.number}"] = forms.IntegerField(
                label=_label(one), required=False, min_value=0, max_value=most,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": "0", "max": str(most)}),
            )  # fmt: skip

    def _places(self) -> None:
        options = [("", "–"), *((place, str(place)) for place in range(1, len(self.open) + 1))]
        for one in self.open:
            self.fields[f"place_{one.number}"] = forms.TypedChoiceField(
                label=_label(one), required=False, choices=options, coerce=int, empty_value=None
            )

    def picks(self) -> tuple[rules.Picks, Verdict]:
        """What was chosen, and whether it can be read; only after is_valid()."""
        data = self.cleaned_data
        if self.poll.kind == PollKind.RANKING:
            given = {one.number: data[f"place_{one.number}"] for one in self.open if data[f"place_{one.number}"]}
            return rules.places(given, self.size)
        if self.poll.kind == PollKind.POINTS:
            points = {one.number: data[f"points_{one.number}"] or 0 for one in self.open}
            return tuple((number, count) for number, count in points.items() if count), ALLOWED
        return tuple((int(number), 1) for number in data["choices"]), ALLOWED


def _named(one: PollChoice) -> str:
    return f"{one.number}. {one.title} · {one.proposal.region.place_label} · {rupiah(one.cost)}"


_label = lazy(_named, str)  # a ballot that comes in shows nothing, so its places are not read
