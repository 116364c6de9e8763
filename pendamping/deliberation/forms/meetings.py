"""What people type for a meeting: the call, the agenda, the count of those present, decisions, the close."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pendamping.core.forms import ActForm
from pendamping.core.money import rupiah
from pendamping.deliberation.enums.meetings import MeetingKind, Outcome
from pendamping.needs.fields import RupiahField
from pendamping.needs.models import Proposal
from pendamping.regions.models import Level, Region

NUMBER = {"inputmode": "numeric", "min": "0"}


class CallForm(ActForm):
    """Which meeting, when, where."""

    groups = (
        (_("Which meeting"), ["kind", "region", "fiscal_year", "title"]),
        (_("When and where"), ["held_on", "starts_at", "place"]),
        (_("What it is about"), ["agenda", "chair_office"]),
    )
    kind = forms.ChoiceField(label=_("Kind of meeting"), choices=MeetingKind, widget=forms.RadioSelect)
    fiscal_year = forms.IntegerField(
        label=_("Budget year"), min_value=2020, max_value=2100,
        help_text=_("The year in which the proposals would be carried out."),
    )  # fmt: skip
    title = forms.CharField(label=_("Name of the meeting"), max_length=160)
    held_on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    starts_at = forms.TimeField(
        label=_("Begins at"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    place = forms.CharField(label=_("Held at"), max_length=200, help_text=_("The hall, with street or RT/RW."))
    agenda = forms.CharField(
        label=_("Agenda"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One point to a line. Proposals are put on the agenda afterwards."),
    )  # fmt: skip
    chair_office = forms.CharField(
        label=_("Who chairs"), max_length=80, help_text=_("The office, for example “Lurah”. No names of persons.")
    )

    def __init__(self, *args: Any, places: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wards = [place for place in places if place.level == Level.WARD]
        initial = wards[0] if len(wards) == 1 else None
        self.fields["region"] = forms.ModelChoiceField(
            label=_("Area of the meeting"), queryset=places, initial=initial, empty_label=_("Choose…")
        )


class _ProposalsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title} · {obj.code} · {obj.region.place_label} · {rupiah(obj.estimated_cost)}"


class PutForm(ActForm):
    """Which proposals come before the meeting."""

    def __init__(self, *args: Any, ready: QuerySet[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proposals"] = _ProposalsField(
            label=_("Proposals ready for this meeting"), queryset=ready, widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one proposal.")},
        )  # fmt: skip


class AttendanceForm(ActForm):
    """How many came."""

    women = forms.IntegerField(label=_("Women"), min_value=0, widget=forms.NumberInput(attrs=NUMBER))
    men = forms.IntegerField(label=_("Men"), min_value=0, widget=forms.NumberInput(attrs=NUMBER))

    def __init__(self, *args: Any, labels: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = (
            (_("Everybody present"), ["women", "men"]),
            (_("Among them (somebody may count in several groups; left empty counts as nobody)"), list(labels)),
        )
        for name, label in labels.items():
            self.fields[name] = forms.IntegerField(
                label=label, min_value=0, required=False, widget=forms.NumberInput(attrs=NUMBER)
            )

    def counts(self) -> dict[str, Any]:
        """The numbers given; a group left empty counts none. The city's own groups are together under `own`."""
        given = {name: count or 0 for name, count in self.cleaned_data.items() if name != "op"}
        own = {name: given.pop(name) for name in list(given) if name.startswith("own_")}
        return {**given, "own": own}


class DecideForm(ActForm):
    """What the meeting decided about one proposal."""

    conditional = ("amount",)

    outcome = forms.ChoiceField(label=_("What the meeting decided"), widget=forms.RadioSelect)
    amount = RupiahField(label=_("Amount agreed (Rp)"), required=False, help_text=_("Only when funded."))
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Why so, in plain words. Residents read it. No names of persons."),
    )  # fmt: skip

    def __init__(self, *args: Any, outcomes: Iterable[Outcome], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [(one.value, one.label) for one in outcomes]  # type: ignore[attr-defined]
        if Outcome.FUNDED not in outcomes:
            del self.fields["amount"]


class CloseForm(ActForm):
    """What else the minutes should say."""

    notes = forms.CharField(
        label=_("Course of the meeting and other opinions"), max_length=4000, required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Who disagreed and why, what was promised. No names of persons."),
    )  # fmt: skip


class MoveForm(ActForm):
    """Which other day or hour, and why (id: jadwal ulang)."""

    held_on = forms.DateField(label=_("New day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    starts_at = forms.TimeField(
        label=_("Begins at"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Residents read it beside the new day. No names of persons."),
    )  # fmt: skip


class CancelForm(ActForm):
    """Why a meeting is called off (id: pembatalan musyawarah)."""

    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Residents read it. No names of persons."),
    )  # fmt: skip
