"""What comes in from the pages about places and files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pendamping.core.forms import ActForm
from pendamping.core.imports.registry import on_pages
from pendamping.core.imports.sheet import Limits
from pendamping.regions.models import Region


class Day(forms.DateField):
    """A day, from the phone's own calendar."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class CorrectForm(ActForm):
    """The facts of a place; what is left empty stays as it is."""

    name = forms.CharField(label=_("Name"), max_length=80, required=False)
    kind = forms.CharField(label=_("What such a place is called here"), max_length=40, required=False)
    population = forms.IntegerField(label=_("Population"), min_value=0, required=False)
    population_year = forms.IntegerField(label=_("Year of the population"), required=False)
    area_km2 = forms.DecimalField(
        label=_("Area in km²"), min_value=0, max_digits=9, decimal_places=3, localize=True, required=False
    )
    valid_from = Day(label=_("Stands since"), required=False)

    def __init__(self, *args: Any, place: Region, **kwargs: Any) -> None:
        kept = {name: getattr(place, name) for name in self.base_fields if name != "op"}
        super().__init__(*args, initial=kept, **kwargs)
        if place.level in ("rw", "rt"):  # known by its number
            del self.fields["name"], self.fields["kind"]


class AliasForm(ActForm):
    """Another spelling."""

    name = forms.CharField(label=_("Another name or spelling"), max_length=80)


class CodeForm(ActForm):
    """A new official code."""

    code = forms.CharField(label=_("New code"), max_length=20, help_text=_("As in the decree, such as 32.78.01.1001."))
    on = Day(label=_("In force since"), initial=timezone.localdate)


class _PlacesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return obj.label if obj.level in ("district", "ward") else obj.place_label


def _successors(places: Any) -> _PlacesField:
    told = _("After a split all new ones, after a merge the one that takes it in. Deferred proposals go there.")
    none = _("No other place stands beside it. Add the new ones first; they can be named here later, too.")
    return _PlacesField(
        label=_("Places that follow it"), queryset=places, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=told if places.exists() else none,
    )  # fmt: skip


class CloseForm(ActForm):
    """The end of a place, and the places that follow it."""

    on = Day(label=_("Last day"), initial=timezone.localdate)
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("For instance the decree by which it was split. Anyone may read it."),
    )

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successors"] = _successors(places)


class SuccessorsForm(ActForm):
    """The places that follow one that ended."""

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successors"] = _successors(places)


class UnitForm(ActForm):
    """An RW, or an RT in it."""

    rw = forms.CharField(label=_("RW number"), max_length=8)
    rt = forms.CharField(label=_("RT number, when one is to be added"), max_length=8, required=False)


class PlaceForm(ActForm):
    """A district or ward that the tree does not have."""

    code = forms.CharField(label=_("Code"), max_length=20, help_text=_("As in the decree, such as 32.78.01.1001."))
    name = forms.CharField(label=_("Name"), max_length=80)
    kind = forms.CharField(label=_("What such a place is called here"), max_length=40)


class FileForm(ActForm):
    """A file to try, and then to write."""

    city = forms.ModelChoiceField(Region.objects.none(), label=_("City or regency"))
    kind = forms.ChoiceField(label=_("What the file holds"))
    file = forms.FileField(
        label=_("File"),
        help_text=_("XLSX, CSV or GeoJSON, at most 2,000 rows. Choose the same file again to write it."),
        validators=[FileExtensionValidator(["xlsx", "csv", "txt", "json", "geojson"])],
    )
    good_rows = forms.BooleanField(label=_("Write the right rows even if others are refused"), required=False)
    write = forms.BooleanField(label=_("I have read the report: write it now"), required=False)
    tried = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, *args: Any, cities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["city"].queryset = cities  # type: ignore[attr-defined]
        self.fields["city"].initial = cities.first()
        self.fields["kind"].choices = [(kind.name, kind.help) for kind in on_pages()]  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        upload, most = self.cleaned_data["file"], Limits().bytes
        if upload.size > most:
            raise ValidationError(_("At most %(most)s MB.") % {"most": most // 1_000_000}, code="too_large")
        return upload
