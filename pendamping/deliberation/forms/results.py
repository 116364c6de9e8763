"""What people type about results: a recount, decisions from one, a departure, what goes on of the deferred."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pendamping.core.forms import ActForm
from pendamping.core.money import rupiah
from pendamping.deliberation.enums.meetings import Outcome
from pendamping.deliberation.queries.successors import GoingOn
from pendamping.deliberation.result_words import words_of
from pendamping.deliberation.rules.ladder import CHOSEN, NOT_CHOSEN
from pendamping.needs.fields import RupiahField
from pendamping.needs.models import Proposal
from pendamping.regions.models import Region

_FATES = {
    Outcome.DEFERRED: _("wait for the next budget year"), Outcome.PASSED_ON: _("go up to the district"),
    Outcome.REJECTED: _("are rejected"),
}  # fmt: skip
_REASON = {"rows": 3, "data-count": True}


class RecountForm(ActForm):
    """Why a ballot is counted again (id: hitung ulang)."""

    reason = forms.CharField(
        label=_("Why it is counted again"), max_length=1000, widget=forms.Textarea(attrs=_REASON),
        help_text=_("For example which objection was upheld. Everybody can read it."),
    )  # fmt: skip


class FromResultForm(ActForm):
    """What becomes of those that the ballot does not choose (id: nasib yang tidak didanai); by kind of meeting."""

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unfunded"] = forms.ChoiceField(
            label=words_of(CHOSEN[kind])["others"], widget=forms.RadioSelect, initial=Outcome.DEFERRED,
            choices=[(one.value, _FATES[one]) for one in NOT_CHOSEN[kind]],
        )  # fmt: skip


class DepartForm(ActForm):
    """A decision that says otherwise than the result (id: penyimpangan dari hasil)."""

    conditional = ("amount",)
    outcome = forms.ChoiceField(label=_("What the meeting decides"), widget=forms.RadioSelect)
    amount = RupiahField(label=_("Amount (Rp)"), required=False, help_text=_("Only when it is funded."))
    reason = forms.CharField(
        label=_("Your reason"), max_length=1000, widget=forms.Textarea(attrs=_REASON),
        help_text=_("It is printed in the minutes."),
    )  # fmt: skip

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.value, one.label) for one in (CHOSEN[kind], *NOT_CHOSEN[kind])]
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]
        if CHOSEN[kind] != Outcome.FUNDED:
            del self.fields["amount"]


class _WaitingField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title} · {obj.code} · {rupiah(obj.estimated_cost)}"


class CarryOverForm(ActForm):
    """Which deferred proposals wait for the next budget year (id: usulan dialihkan); after a split, where."""

    def __init__(self, *args: Any, waiting: QuerySet[Proposal], split: Sequence[GoingOn] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proposals"] = _WaitingField(
            label=_("Deferred proposals"), queryset=waiting, widget=forms.CheckboxSelectMultiple,
            initial=list(waiting.values_list("pk", flat=True)),
        )  # fmt: skip
        self.split = [one for one in split if len(one.successors) > 1]
        for one in self.split:
            self.fields[f"successor_{one.proposal.code}"] = _successor(one)
        self.conditional = tuple(name for name in self.fields if name.startswith("successor_"))  # type: ignore[misc]

    def successors(self) -> dict[str, Region]:
        """The wards chosen, by the code of their proposal."""
        ways = {way.path: way for one in self.split for way in one.successors}
        chosen = {one.proposal.code: self.cleaned_data[f"successor_{one.proposal.code}"] for one in self.split}
        return {code: ways[path] for code, path in chosen.items() if path}


def _successor(one: GoingOn) -> forms.ChoiceField:
    """The ward in which a proposal goes on; chosen already where the records know it."""
    proposal = one.proposal
    known = one.known.place_label if one.known is not None else ""
    return forms.ChoiceField(
        label=_("Ward in which %(code)s goes on") % {"code": proposal.code}, required=False,
        choices=[("", _("Choose")), *((way.path, way.label) for way in one.successors)],
        initial=one.known.ward_path if one.known is not None else "",
        help_text=(
            _("%(title)s. By its place it belongs to %(known)s.") % {"title": proposal.title, "known": known}
            if known
            else _("%(title)s, for: %(place)s.") % {"title": proposal.title, "place": proposal.place}
        ),
    )  # fmt: skip


class PassUpForm(CarryOverForm):
    """Which deferred proposals go up to the district, and why (id: usulan diteruskan)."""

    reason = forms.CharField(
        label=_("Why they go up"), max_length=1000, widget=forms.Textarea(attrs=_REASON),
        help_text=_("The proposers and residents will read it."),
    )  # fmt: skip

    field_order = ("op", "proposals", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)
