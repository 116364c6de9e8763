"""What people type about the ladder: rules of a year, a reason, a chair, the hours of a phase, an objection."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.core.forms import ActForm
from pendamping.deliberation.enums.invitations import Capacity
from pendamping.deliberation.enums.ladder import Ground
from pendamping.deliberation.enums.meetings import MeetingKind
from pendamping.deliberation.models import Attendance, MeetingRules
from pendamping.deliberation.queries.own_groups import own_groups
from pendamping.deliberation.rules.own_groups import LETTERS, OwnGroup
from pendamping.deliberation.rules.own_groups import MOST as OWN_MOST
from pendamping.needs.enums.menu import Stream
from pendamping.needs.fields import Proof, Trap, sprung

_PERMILLE_OF_PERCENT = 10
OWN_PARTS = ("name", "en", "least", "counts")
OWN_LINES_MORE = 3  # empty lines offered below the groups there are
_OWN_LINE = re.compile(r"own_\d{1,2}_name")


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def _hour(label: Any, **more: Any) -> forms.DateTimeField:
    picker = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=picker, **more)


def _number(label: Any, most: int, **more: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "min": "0"})
    return forms.IntegerField(label=label, min_value=0, max_value=most, widget=widget, **more)


def _percent(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_value=100, max_digits=4, decimal_places=1, **more)


def _words(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), **more)


class MeetingRulesForm(ActForm):
    """A new version of the rules of a kind of meeting."""

    kind = forms.ChoiceField(label=_("Kind of meeting"), choices=MeetingKind, widget=forms.RadioSelect)
    fiscal_year = forms.IntegerField(label=_("Budget year"), min_value=2020, max_value=2100)
    valid_from = _day(_("Holds from"), help_text=_("The version before ends the day before."))
    legal_basis = forms.CharField(label=_("Regulation or decree"), max_length=200)
    opens_on = _day(_("First day for such meetings"), required=False)
    closes_on = _day(_("Last day for such meetings"), required=False)
    notice_days = _number(_("Days between the call and the meeting"), 90)
    objection_days = _number(_("Days for objections after the close"), 90)
    quorum = _number(_("People who must be present"), 10_000)
    quorum_rts = _percent(
        _("RTs without which it cannot decide (%)"), required=False,
        help_text=_("The quorum by RTs, for example 66.7. Empty: only people are counted."),
    )  # fmt: skip
    women = _percent(_("Women among them, at least (%)"))
    rts = _percent(_("RTs that somebody must have come from (%)"), help_text=_("100: every RT. 0: not asked."))
    note = _words(_("Note"), required=False)

    def __init__(self, *args: Any, own: int = 0, **kwargs: Any) -> None:
        """`own`: how many groups of the city's own the version before has; a few lines more are offered."""
        super().__init__(*args, **kwargs)
        sent = [int(name.split("_")[1]) for name in self.data if _OWN_LINE.fullmatch(name)]
        self.lines = range(1, min(max([own + OWN_LINES_MORE, *sent]), OWN_MOST) + 1)
        for number in self.lines:
            self.fields.update(_own_line(number))
        self.conditional = tuple(name for name in self.fields if name.startswith("own_"))  # type: ignore[misc]
        self.groups = (
            (_("Which meeting, from when, on what basis"), ["kind", "fiscal_year", "valid_from", "legal_basis"]),
            (_("Days"), ["opens_on", "closes_on", "notice_days", "objection_days"]),
            (
                _("Who must be there"),
                ["quorum", "quorum_rts", "women", "rts", *(f"least_{name}" for name in Attendance.GROUPS)],
            ),
            (
                _("Groups of this city’s own that must be there"),
                [f"own_{number}_{part}" for number in self.lines for part in OWN_PARTS],
            ),
            (_("How the money is meant to be shared"), [f"part_{stream.value}" for stream in Stream]),
            (_("Note"), ["note"]),
        )
        for name, label in Attendance.GROUPS.items():
            self.fields[f"least_{name}"] = _number(_at_least(label), 10_000, required=False)
        for stream in Stream:
            self.fields[f"part_{stream.value}"] = _percent(_share_of(stream.label), required=False)

    def facts(self) -> dict[str, Any]:
        """What the service takes: shares in permille, groups and parts by their key."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "op"}
        groups = {name: given.pop(f"least_{name}") or 0 for name in Attendance.GROUPS}
        lines = [{part: given.pop(f"own_{number}_{part}") for part in OWN_PARTS} for number in self.lines]
        own = [OwnGroup({"id": one["name"], "en": one["en"]}, one["least"] or 0, one["counts"]) for one in lines]
        split = {stream.value: _permille(given.pop(f"part_{stream.value}")) for stream in Stream}
        shares = {name: _permille(given[name]) for name in ("women", "rts", "quorum_rts")}
        return {**given, **shares, "groups": groups, "own_groups": own, "split": split}


def _own_line(number: int) -> dict[str, forms.Field]:
    """One group of the city's own: what it is called, how many, and by what its people are counted."""
    counted = [("", _("This name, as a choice of its own")), *((one.value, one.label) for one in Capacity)]
    made: dict[str, forms.Field] = {
        "name": forms.CharField(
            label=_("Group %(number)d") % {"number": number}, max_length=LETTERS, required=False,
            help_text=_("For example FKDM or farmers’ group. A line left empty is left out.") if number == 1 else "",
        ),
        "en": forms.CharField(
            label=_("Group %(number)d in English") % {"number": number}, max_length=LETTERS, required=False
        ),
        "least": _number(_("Group %(number)d, at least") % {"number": number}, 10_000, required=False),
        "counts": forms.ChoiceField(
            label=_("Group %(number)d is counted by those present as") % {"number": number}, choices=counted,
            required=False,
        ),
    }  # fmt: skip
    return {f"own_{number}_{part}": field for part, field in made.items()}


def _at_least(label: Any) -> str:
    return _("%(group)s, at least") % {"group": label}  # type: ignore[return-value]


def _share_of(label: Any) -> str:
    return _("%(stream)s (%%)") % {"stream": label}  # type: ignore[return-value]


def _permille(percent: Decimal | None) -> int:
    return int((percent or 0) * _PERMILLE_OF_PERCENT)


def as_typed(held: MeetingRules) -> dict[str, Any]:
    """A version as the first values of the form for the next one."""
    plain = ("kind", "fiscal_year", "legal_basis", "opens_on", "closes_on", "notice_days", "objection_days", "quorum")
    return {
        **{name: getattr(held, name) for name in plain},
        **{name: Decimal(getattr(held, name)) / _PERMILLE_OF_PERCENT for name in ("women", "rts", "quorum_rts")},
        **{f"least_{name}": least for name, least in held.groups.items()},
        **{
            f"own_{number}_{part}": value
            for number, one in enumerate(own_groups(held), start=1)
            for part, value in zip(
                OWN_PARTS, (one.name.get("id", ""), one.name.get("en", ""), one.least, one.counts), strict=True
            )
        },
        **{f"part_{name}": Decimal(part) / _PERMILLE_OF_PERCENT for name, part in held.split.items()},
    }


class WaiverForm(ActForm):
    """Why the meeting is closed without this requirement."""

    ground = forms.ChoiceField(label=_("What kept it from being fulfilled"), widget=forms.RadioSelect)
    reason = _words(
        _("Reason"), help_text=_("It is printed in the minutes, and residents read it. No names of persons.")
    )

    def __init__(self, *args: Any, grounds: Iterable[Ground], **kwargs: Any) -> None:
        """`grounds`: those that can explain what is not fulfilled."""
        super().__init__(*args, **kwargs)
        own = {Ground.OTHER: _("Another reason, in my own words")}
        self.fields["ground"].choices = [(one.value, own.get(one, one.label)) for one in grounds]  # type: ignore[attr-defined]


class ChairForm(ActForm):
    """Which office chairs from when."""

    office = forms.CharField(
        label=_("Who chairs from now on"), max_length=80,
        help_text=_("The office, for example “LPM chair”. No names of persons."),
    )  # fmt: skip
    since = _hour(_("From"))
    reason = _words(_("Reason"), help_text=_("It is printed in the minutes. No names of persons."))


class PhaseForm(ActForm):
    """The hours of a phase; moving them needs a reason."""

    opens_at = _hour(_("Begins"))
    closes_at = _hour(_("Ends"))

    def __init__(self, *args: Any, is_moved: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_moved:
            self.fields["reason"] = _words(_("Why it is moved"), help_text=_("Residents read it."))


class ObjectionForm(ActForm):
    """What somebody holds against a closed meeting."""

    words = forms.CharField(
        label=_("What is wrong with this meeting or its decisions?"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}), help_text=_("Do not write names or phone numbers."),
    )  # fmt: skip


class PublicObjectionForm(ObjectionForm):
    """The same from anyone, without an account."""

    website = forms.CharField(required=False, widget=Trap())
    proof = forms.CharField(required=False, widget=Proof())

    def clean_website(self) -> str:
        return sprung(self, "website")


class AnswerForm(ActForm):
    """Whether an objection is upheld, and why."""

    is_upheld = forms.ChoiceField(
        label=_("Your answer"), widget=forms.RadioSelect,
        choices=[("no", _("Not upheld: the minutes stand")), ("yes", _("Upheld: the meeting is opened again"))],
    )  # fmt: skip
    answer = _words(_("Reason"), help_text=_("Everybody can read it. No names of persons."))

    def clean_is_upheld(self) -> bool:
        return str(self.cleaned_data["is_upheld"]) == "yes"
