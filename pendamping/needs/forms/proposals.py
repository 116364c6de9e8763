"""What people fill in to write, repair and check a proposal."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pendamping.core import formats
from pendamping.core.forms import ActForm, PhotosField
from pendamping.core.moments import day, fiscal_year
from pendamping.needs.enums.menu import Unit
from pendamping.needs.enums.proposals import Lack, LandStatus
from pendamping.needs.fields import PlaceField, RupiahField, menu_choices
from pendamping.needs.models import MenuItem, Need, Proposal
from pendamping.needs.queries.assessments import photos_of_need
from pendamping.needs.queries.menu import menu_in_force
from pendamping.needs.services.proposals import FACTS
from pendamping.regions.models import Region


def _people(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=1_000_000, required=False)


class ProposalForm(ActForm):
    """A proposal (id: usulan): what, where and how much, who gains, whose land."""

    title = forms.CharField(label=_("What is proposed"), max_length=160)
    menu_item = forms.ModelChoiceField(MenuItem.objects.none(), label=_("Menu item"), to_field_name="code")
    other_words = forms.CharField(label=_("If other: what?"), max_length=120, required=False)
    description = forms.CharField(
        label=_("Description"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    fiscal_year = forms.TypedChoiceField(label=_("For the budget year"), coerce=int)
    region = PlaceField(label=_("For which RW or RT"), help_text=_("Choose the ward if it is for several RW."))
    place = forms.CharField(
        label=_("Where the work is"), max_length=200, required=False, help_text=_("Street or alley, RW and RT.")
    )
    volume = forms.DecimalField(
        label=_("Volume"), min_value=0, max_digits=12, decimal_places=2, required=False, localize=True
    )
    unit = forms.ChoiceField(label=_("Unit"), choices=Unit)
    estimated_cost = RupiahField(label=_("Estimated cost (Rp)"), required=False)
    women = _people(_("Women"))
    men = _people(_("Men"))
    children = _people(_("Of these, children"))
    poor = _people(_("Of these, poor"))
    disabled = _people(_("Of these, with a disability"))
    land_status = forms.ChoiceField(label=_("Whose land is it?"), choices=LandStatus, initial=LandStatus.UNKNOWN)
    land_consent = forms.CharField(
        label=_("Paper of consent"),
        max_length=200,
        required=False,
        help_text=_("For private land: number and date of the letter, without a name."),
    )
    photos = PhotosField(
        label=_("Photo of the present state"),
        required=False,
        help_text=_("Becomes public when the proposal is submitted."),
    )

    def __init__(
        self, *args: Any, need: Need, places: QuerySet[Region], proposal: Proposal | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", self.first_values(need, proposal))
        super().__init__(*args, **kwargs)
        items = menu_in_force(day(timezone.now()))
        self.fields["menu_item"].queryset = items  # type: ignore[attr-defined]
        self.fields["menu_item"].choices = menu_choices(items)  # type: ignore[attr-defined]
        self.fields["region"].queryset = places  # type: ignore[attr-defined]
        this = fiscal_year(timezone.now())
        years = sorted({this, this + 1, this + 2, *([proposal.fiscal_year] if proposal else [])})
        self.fields["fiscal_year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
        self.groups = [
            (_("The proposal"), ["title", "menu_item", "other_words", "description", "fiscal_year"]),
            (_("Where and how much"), ["region", "place", "volume", "unit", "estimated_cost"]),
            (_("Who benefits"), ["women", "men", "children", "poor", "disabled"]),
            (_("Land and photo"), ["land_status", "land_consent", "photos"]),
        ]
        if proposal is None and photos_of_need(need):
            self.fields["need_photos"] = forms.BooleanField(
                label=_("Use the photos of the site check"), required=False, initial=True
            )
            self.groups[-1][1].insert(2, "need_photos")
        if need.people_affected:
            counted = {"people": formats.number(need.people_affected)}
            self.fields["women"].help_text = _("The site check counted %(people)s people touched.") % counted

    @staticmethod
    def first_values(need: Need, proposal: Proposal | None) -> dict[str, Any]:
        """What the form shows first: the proposal as it is, or what the need already says."""
        if proposal is not None:
            chosen = {"menu_item": proposal.menu_item.code, "region": proposal.region_path}
            return {name: getattr(proposal, name) for name in FACTS} | chosen
        return {
            "title": need.title,
            "menu_item": need.menu_item.code if need.menu_item else None,
            "other_words": need.title[:120] if need.menu_item and need.menu_item.is_other else "",
            "description": "\n\n".join(said for said in (need.summary, need.finding) if said),
            "region": need.region_path,
            "place": need.region.place_label,
            "fiscal_year": fiscal_year(timezone.now()) + 1,
            "unit": Unit.METRE,
        }

    def facts(self) -> dict[str, Any]:
        """The clean values as the facts of the act; numbers left empty are zero."""
        values = {name: self.cleaned_data[name] for name in FACTS}
        for name in ("estimated_cost", "women", "men", "children", "poor", "disabled"):
            values[name] = values[name] or 0
        apart = {"region": self.cleaned_data["region"], "photos": self.cleaned_data["photos"] or []}
        if "need_photos" in self.cleaned_data:
            apart["need_photos"] = self.cleaned_data["need_photos"]
        return {**values, **apart, "volume": values["volume"] or Decimal(0)}


class WithdrawForm(ActForm):
    """Why a proposal goes no further (id: pencabutan usulan)."""

    reason = forms.CharField(
        label=_("Why is it withdrawn?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The residents who spoke will read it. Afterwards the need can be proposed anew or answered."),
    )


class CheckForm(ActForm):
    """Pass a proposal on or return it (id: pemeriksaan usulan)."""

    conditional = ("lack", "note")

    verdict = forms.ChoiceField(
        label=_("Your check"),
        choices=[("ok", _("In order: it may go to a meeting")), ("return", _("Return it for repair"))],
        widget=forms.RadioSelect,
    )
    lack = forms.ChoiceField(
        label=_("What was missing above all"),
        choices=[("", "—"), *Lack.choices],
        required=False,
        help_text=_("When you return it: training follows what is missing most often."),
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("When you return it: what has to be repaired."),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("verdict") == "return" and not values.get("note"):
            self.add_error("note", ValidationError(_("Write what has to be repaired."), code="required"))
        return values

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"ok": said["verdict"] == "ok", "note": said["note"], "lack": said["lack"]}
