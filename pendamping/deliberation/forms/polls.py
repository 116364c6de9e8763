"""Forms of a ballot, its roll and its count sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.core.errors import Refused
from pendamping.core.forms import ActForm, PhotosField
from pendamping.core.money import rupiah
from pendamping.deliberation.enums.polls import BallotChannel, PollBasis, PollKind
from pendamping.deliberation.forms import poll_folds
from pendamping.deliberation.models import AgendaItem, Decision, PollChoice
from pendamping.deliberation.result_words import GROUPS
from pendamping.needs.enums.menu import Stream
from pendamping.needs.fields import RupiahField
from pendamping.needs.models import Proposal

NUMBER = {"inputmode": "numeric", "min": "0"}
STREAM_FIELDS = [f"{what}_{stream}" for stream in Stream.values for what in ("pot", "least", "most")]
FLOOR_FIELDS = [f"floor_{group}" for group in GROUPS]
EITHER, LETTERS = "either_", "ABCDEFGH"  # a letter for each group of which at most one is chosen
MOMENT = {"type": "datetime-local"}


class NoConsensusForm(ActForm):
    """Why no consensus was reached."""

    reason = forms.CharField(
        label=_("Why no consensus was reached"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What was tried, and where opinions differ. It is printed in the minutes. No names of persons."),
    )  # fmt: skip


class ConsensusForm(ActForm):
    """What was agreed after all."""

    words = forms.CharField(
        label=_("What was agreed, and how it came about"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It is printed in the minutes beside why consensus had failed. No names of persons."),
    )  # fmt: skip


class PollForm(ActForm):
    """What is voted on, how, and by which rule the money is shared out."""

    groups: tuple[tuple[Any, list[str]], ...] = (
        (_("What is voted on"), ["title", "basis", "proposals"]),
        (_("How one votes"), ["kind", "least", "most", "points", "channels"]),
        (_("The money"), ["ceiling"]),
        (_("Own pots, least and most amounts"), [*STREAM_FIELDS, *FLOOR_FIELDS]),
        (_("How the money is shared out"), ["method", "completion", "fill", "minimum_support", "need_percent"]),
        (_("What hangs together"), ["dependent", "requires"]),
    )  # fmt: skip
    conditional: ClassVar[tuple[str, ...]] = ("most", "points")
    title = forms.CharField(label=_("Name of the ballot"), max_length=160)
    basis = forms.ChoiceField(label=_("Why there is a vote"), choices=PollBasis, widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label=_("What a voter does"), choices=PollKind, widget=forms.RadioSelect, initial=PollKind.APPROVAL
    )
    least = forms.IntegerField(
        label=_("Ask for at least so many choices"), min_value=0, max_value=100, initial=3,
        widget=forms.NumberInput(attrs=NUMBER), help_text=_("Fewer are taken too, after a question."),
    )  # fmt: skip
    most = forms.IntegerField(
        label=_("At most so many choices"), min_value=1, max_value=100, required=False,
        widget=forms.NumberInput(attrs=NUMBER), help_text=_("Leave empty for no limit."),
    )  # fmt: skip
    points = forms.IntegerField(
        label=_("Points to share out"), min_value=1, max_value=1000, required=False,
        widget=forms.NumberInput(attrs=NUMBER), help_text=_("Only when points are shared out."),
    )  # fmt: skip
    channels = forms.MultipleChoiceField(
        label=_("Ways to vote"),
        choices=BallotChannel,
        widget=forms.CheckboxSelectMultiple,
        initial=[BallotChannel.HALL],
    )
    ceiling = RupiahField(label=_("Money there is (Rp)"))
    need_percent = forms.IntegerField(
        label=_("Share of the money that follows need (%)"), min_value=0, max_value=50, initial=0, required=False,
        widget=forms.NumberInput(attrs=NUMBER),
        help_text=_("This part is spent by the points of the needs instead of by votes. 0: votes alone."),
    )  # fmt: skip
    method = forms.ChoiceField(
        label=_("Method"), widget=forms.RadioSelect, initial="mes",
        choices=[
            ("mes", _("Equal shares: each voter has the same part of the money")),
            ("greedy_votes", _("Most votes first, as far as the money goes")),
            ("phragmen", _("Sequential Phragmén")),
        ],
    )  # fmt: skip
    completion = forms.ChoiceField(
        label=_("When money is left"),
        widget=forms.RadioSelect,
        initial="steps",
        choices=[("steps", _("Raise each share in small steps as far as it goes")), ("none", _("Leave it"))],
    )
    fill = forms.ChoiceField(
        label=_("What is left then"),
        widget=forms.RadioSelect,
        initial="votes",
        choices=[("votes", _("Goes to the proposals with most votes that fit")), ("none", _("Stays unspent"))],
    )
    minimum_support = forms.BooleanField(label=_("A proposal needs support in proportion to its cost"), required=False)

    def __init__(self, *args: Any, items: list[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_code = {item.proposal.code: item.proposal for item in items}
        decided = {item.proposal.code: item.decision for item in items if hasattr(item, "decision")}
        labels = [(code, _choice(one, decided.get(code))) for code, one in self.by_code.items()]
        self.fields["proposals"] = forms.MultipleChoiceField(
            label=_("Proposals"), choices=labels, widget=forms.CheckboxSelectMultiple,
            initial=[code for code in self.by_code if code not in decided],
            error_messages={"required": _("Choose at least one proposal.")},
        )  # fmt: skip
        named = [(code, f"{one.title} ({code})") for code, one in self.by_code.items()]
        self._letters(named)
        self.fields["dependent"] = forms.ChoiceField(
            label=_("This proposal is chosen …"), choices=[("", _("none")), *named], required=False
        )
        self.fields["requires"] = forms.MultipleChoiceField(
            label=_("… only if these are chosen too"), choices=named, widget=forms.CheckboxSelectMultiple,
            required=False,
        )  # fmt: skip
        words = {
            "pot": _("Own pot of “%s” (Rp)"),
            "least": _("At least for “%s” (Rp)"),
            "most": _("At most for “%s” (Rp)"),
        }
        add_up = _("All pots together must be exactly the money there is. Leave all of them empty for one pot.")
        for stream in Stream:
            for what, label in words.items():
                self.fields[f"{what}_{stream.value}"] = RupiahField(
                    label=label % stream.label, required=False, help_text=add_up if what == "pot" else ""
                )

        for group, label in GROUPS.items():
            self.fields[f"floor_{group}"] = RupiahField(
                label=_("At least for proposals that serve %s (Rp)") % label, required=False,
                help_text=_("It counts those where this group is at least half of the people who gain."),
            )  # fmt: skip

    def _letters(self, named: list[tuple[str, str]]) -> None:
        """A letter for each proposal: of those with the same one at most one is chosen."""
        letters = LETTERS[: len(named) // 2]
        if not letters:
            return
        for code, label in named:
            self.fields[f"{EITHER}{code}"] = forms.ChoiceField(
                label=label, choices=[("", "–"), *((one, one) for one in letters)], required=False
            )
        first = self.either[0]
        self.fields[first].help_text = _(
            "Give the same letter to those of which at most one is to be chosen, for example two drafts for the same "
            "place. Another letter makes another group."
        )
        self.conditional = (*self.conditional, *self.either)  # type: ignore[misc]
        *others, last = self.groups
        self.groups = (*others, (_("Either or"), self.either), last)

    def folded(self, names: Sequence[str]) -> str:
        """What is rarely changed is folded away, and its line tells what it is set to."""
        return poll_folds.folded(self, names)

    def field_of(self, refusal: Refused) -> str:
        """A pot, floor or cap of the rule is mended where it was typed in."""
        part, _dot, where = refusal.field.partition("rule.")[2].partition(".")
        rule = self._rule(self.cleaned_data)
        if part == "pots":
            return f"pot_{rule['pots'][0]['id']}"
        if part != "limits":
            return super().field_of(refusal)
        number, _dot, what = where.partition(".")
        limit = rule["limits"][int(number)]
        return f"floor_{limit['selector']}" if limit["selector_kind"] == "group" else f"{what}_{limit['selector']}"

    @property
    def either(self) -> list[str]:
        """The fields of the letters, in the order of the agenda."""
        return [name for name in self.fields if name.startswith(EITHER)]

    def _groups(self, data: Mapping[str, Any]) -> list[list[str]]:
        """The codes that have the same letter, by letter."""
        found: dict[str, list[str]] = {}
        for name in self.either:
            if data.get(name):
                found.setdefault(data[name], []).append(name.removeprefix(EITHER))
        return [found[letter] for letter in sorted(found)]

    def clean(self) -> dict[str, Any]:
        """No letter stands alone. Where streams have pots, a floor or cap has to name one, which this form cannot."""
        data = super().clean() or self.cleaned_data
        pots = [stream.value for stream in Stream if data.get(f"pot_{stream.value}")]
        for codes in self._groups(data):
            if len(codes) == 1:
                self.add_error(f"{EITHER}{codes[0]}", _("Give this letter to another proposal too, or take it away."))
        if bool(data.get("dependent")) != bool(data.get("requires")):
            self.add_error("requires", _("Name the proposal and those it needs, or leave both empty."))
        if not pots:
            return data
        for name in FLOOR_FIELDS:
            if len(pots) > 1 and data.get(name):
                self.add_error(name, _("It would hold for one pot only. Leave this or the pots of the streams empty."))
        for stream in Stream.values:
            for name in (f"least_{stream}", f"most_{stream}"):
                if stream not in pots and data.get(name):
                    self.add_error(name, _("This stream has no pot. Give it one, or leave this empty."))
        return data

    def facts(self) -> dict[str, Any]:
        """What the service is asked for."""
        data = self.cleaned_data
        names = ("title", "basis", "kind", "channels", "ceiling", "least", "most", "points")
        chosen = [proposal for code, proposal in self.by_code.items() if code in data["proposals"]]
        pairs = [list(pair) for codes in self._groups(data) for pair in combinations(codes, 2)]
        requires = {data["dependent"]: data["requires"]} if data["dependent"] else {}
        return {
            **{name: data[name] for name in names}, "proposals": chosen, "rule": self._rule(data),
            "excludes": pairs, "requires": requires,
        }  # fmt: skip

    def _rule(self, data: dict[str, Any]) -> dict[str, Any]:
        pots = [
            {"id": stream.value, "ceiling": data[f"pot_{stream.value}"], "areas": None, "headings": [stream.value]}
            for stream in Stream
            if data[f"pot_{stream.value}"]
        ]
        pots = pots or [{"id": "all", "ceiling": data["ceiling"], "areas": None, "headings": None}]
        limits = [
            {
                "pot": stream.value if any(pot["id"] == stream.value for pot in pots) else pots[0]["id"],
                "selector_kind": "heading", "selector": stream.value,
                "least": data[f"least_{stream.value}"], "most": data[f"most_{stream.value}"],
            }
            for stream in Stream
            if data[f"least_{stream.value}"] or data[f"most_{stream.value}"]
        ]  # fmt: skip
        limits += [
            {"pot": pots[0]["id"], "selector_kind": "group", "selector": group, "least": floor, "most": None}
            for group in GROUPS
            if (floor := data[f"floor_{group}"])
        ]
        names = ("method", "completion", "fill", "minimum_support")
        need = (data["need_percent"] or 0) * 10
        return {**{name: data[name] for name in names}, "pots": pots, "limits": limits, "need_share_permille": need}


class AnnounceForm(ActForm):
    """When voting opens and ends by itself; empty: by hand."""

    opens_at = forms.DateTimeField(
        label=_("Voting opens by itself at"), required=False,
        widget=forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M"), help_text=_("Empty: you open it by hand."),
    )  # fmt: skip
    closes_at = forms.DateTimeField(
        label=_("Voting ends by itself at"), required=False,
        widget=forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M"), help_text=_("Empty: you end it by hand."),
    )  # fmt: skip


class VoidForm(ActForm):
    """Why a ballot is called off."""

    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Residents read it. No names of persons."),
    )  # fmt: skip


class StrikeForm(VoidForm):
    """Which proposal was withdrawn, and why."""

    def __init__(self, *args: Any, choices: list[PollChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [(one.number, f"{one.number}. {one.title}") for one in choices if one.struck_at is None]
        self.fields["number"] = forms.TypedChoiceField(
            label=_("Withdrawn proposal"), choices=options, coerce=int, widget=forms.RadioSelect
        )
        self.order_fields(["number", "reason"])


class CountForm(ActForm):
    """What has to be explained about the count."""

    remark = forms.CharField(
        label=_("Remark about the count"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example why there are more ballots than people. It is published. No names of persons."),
    )  # fmt: skip


class SlipsForm(ActForm):
    """How many slips."""

    count = forms.IntegerField(
        label=_("How many slips"), min_value=1, max_value=5000, widget=forms.NumberInput(attrs=NUMBER),
        help_text=_("One for each person expected, and a few more. Codes of slips left over die with the ballot."),
    )  # fmt: skip


class WithdrawSlipForm(VoidForm):
    """Which slip nobody may vote with any more, and why."""

    number = forms.IntegerField(
        label=_("Number of the slip"), min_value=1, widget=forms.NumberInput(attrs=NUMBER),
        help_text=_("It stands on the slip. One that was used already cannot be withdrawn."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="tarik", **kwargs)
        self.fields["reason"].help_text = _("Lost, torn, or handed to somebody who may not vote. No names of persons.")
        self.order_fields(["number", "reason"])


class FindVoterForm(forms.Form):
    """Whom to find on the roll."""

    wanted = forms.CharField(
        label=_("Find by name, RT or number"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class VoterForm(ActForm):
    """Somebody for the roll."""

    name = forms.CharField(label=_("Name"), max_length=120)
    identity = forms.CharField(
        label=_("Resident number"), max_length=40,
        help_text=_("Any number that tells residents apart. Only a seal of it is kept, so that nobody is on twice."),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Telephone"), max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"}),
        help_text=_("For the personal link."),
    )  # fmt: skip
    rt = forms.CharField(label=_("RT and RW"), max_length=40, required=False)
    reason = forms.CharField(
        label=_("Why this person was missing"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Voting is open, so residents read it. No names of persons."),
    )  # fmt: skip

    def __init__(self, *args: Any, is_open: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_open:  # nothing to explain, and nothing that would be published
            del self.fields["reason"]


class RollFileForm(ActForm):
    """A list of voters as a spreadsheet."""

    file = forms.FileField(
        label=_("List (CSV or XLSX)"),
        help_text=_("Columns: name, resident number, telephone, RT. All rows are taken or none."),
    )


class SheetForm(ActForm):
    """The photo of a count sheet."""

    photos = PhotosField(
        label=_("Photo of the count sheet"),
        required=False,
        help_text=_("It stays private: only who works here sees it."),
    )


class EntryForm(ActForm):
    """What stands on a count sheet."""

    lines = forms.CharField(
        label=_("Ballots"), required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "inputmode": "text", "autocomplete": "off"}),
        help_text=_(
            "One line for ballots that say the same: the numbers of the proposals, then × and how many. “1 3 7 × 4”. "
            "With points “1=5 3=5”, ranked “3>1>7”."
        ),
    )  # fmt: skip
    blank = forms.IntegerField(label=_("Blank ballots"), min_value=0, initial=0, widget=forms.NumberInput(attrs=NUMBER))
    spoiled = forms.IntegerField(
        label=_("Spoiled ballots"), min_value=0, initial=0, widget=forms.NumberInput(attrs=NUMBER)
    )


class AsideForm(VoidForm):
    """Why a count sheet counts for nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="samping", **kwargs)


class SettleForm(EntryForm):
    """What counts where the two entries differ, and why."""

    reason = forms.CharField(
        label=_("Why this counts"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: counted a third time with both present. No names of persons."),
    )  # fmt: skip


def _choice(one: Proposal, decision: Decision | None) -> str:
    """A proposal to put on a ballot, with what was decided on it already."""
    words = f"{one.title} · {rupiah(one.estimated_cost)}"
    return f"{words} · {decision.get_outcome_display()}" if decision else words
