"""Fields of this app's forms: a ward among its districts, a point on the map, an amount as people write it."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pendamping.needs.models import MenuItem
from pendamping.needs.rules.proof import BITS
from pendamping.regions.models import Level, Region

Choices = list[tuple[str, Any]]

NUMBER = RegexValidator(r"^(?!0+$)\d{1,3}$", _("Type the number only, for example 3."))


class Trap(forms.TextInput):
    """A field people do not see; whoever fills it is a program."""

    is_hidden = True

    def __init__(self) -> None:
        super().__init__(attrs={"hidden": True, "tabindex": "-1", "autocomplete": "off"})


def sprung(form: forms.Form, name: str) -> str:
    """The clean value of a trap: nothing. Refuses what was filled in; shown again, it must not trap a person."""
    if form.cleaned_data[name]:
        data: Any = form.data
        form.data = data = data.copy()
        data[form.add_prefix(name)] = ""
        raise ValidationError(_("A field that people do not see was filled in. Check your words and send again."))
    return ""


class Proof(forms.HiddenInput):
    """Where the phone writes that it worked a little while somebody typed (static/needs/js/proof.js)."""

    def __init__(self) -> None:
        super().__init__(attrs={"data-proof": str(BITS), "autocomplete": "off"})


class CategoryChoices(forms.RadioSelect):
    """Categories to choose from, each with its questions beneath it; `asked` holds their bound fields by category."""

    template_name = "needs/category_choices.html"
    asked: Mapping[str, Sequence[forms.BoundField]] = MappingProxyType({})

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        options = [option for _group, options, _index in context["widget"]["optgroups"] for option in options]
        return {**context, "offered": [(option, self.asked.get(option["value"], ())) for option in options]}


class PointWidget(forms.MultiWidget):
    """Two hidden inputs and a button that fills them with where the phone is."""

    template_name = "needs/point.html"
    use_fieldset = True
    is_hidden = False  # its inputs are, its button is not

    def __init__(self) -> None:
        super().__init__({"latitude": forms.HiddenInput(), "longitude": forms.HiddenInput()})

    def decompress(self, value: Any) -> list[Any]:
        return list(value) if value else [None, None]


class PointField(forms.MultiValueField):
    """Latitude and longitude together, or nothing."""

    widget = PointWidget

    def __init__(self, **kwargs: Any) -> None:
        fields = (
            forms.DecimalField(min_value=-90, max_value=90, max_digits=9, decimal_places=6),
            forms.DecimalField(min_value=-180, max_value=180, max_digits=9, decimal_places=6),
        )
        super().__init__(fields, require_all_fields=True, **kwargs)

    def compress(self, values: list[Decimal | None]) -> tuple[Decimal, Decimal] | None:
        """Half a point is none: nobody could mend what hidden inputs hold."""
        latitude, longitude = values or (None, None)
        return None if latitude is None or longitude is None else (latitude, longitude)


# Digits, or whole groups of three; cents only as zeros, after the other sign.
AMOUNT = re.compile(r"(\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+)(?:([.,])(?:00?|-))?")


class RupiahField(forms.IntegerField):
    """An amount typed as "12.500.000", "Rp 12.500.000,00" or "12500000".

    "1250.000" and "1.5" could mean two things and are refused rather than guessed.
    """

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    default_error_messages: ClassVar = {"invalid": _("Write the amount in full, for example 12.500.000 or 12500000.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=10**13, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Grouped by dots in every language, as amounts are everywhere else."""
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str) and value.strip():
            found = AMOUNT.fullmatch(re.sub(r"^\s*rp\.?|\s", "", value, flags=re.IGNORECASE))
            if found is None or (found[2] and found[2] in found[1]):
                raise ValidationError(self.error_messages["invalid"], code="invalid")
            value = re.sub(r"[.,]", "", found[1])
        return super().to_python(value)


class PlaceField(forms.ModelChoiceField):
    """A ward or one of its RW and RT, by path; select parent__parent with the places offered."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Region.objects.none(), to_field_name="path", empty_label=None, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.parent.label}, {obj.label}" if obj.level == Level.RT else obj.label


class RecordField(forms.ChoiceField):
    """A choice among records: the chosen one is looked up by itself, all are read only to be shown.

    A voice sent in needs one ward and one subject, not the seventy and forty that the form offers.
    """

    found: Any = None  # the record chosen, once the form is valid
    _read: dict[str, Any] | None = None

    def offer(
        self,
        records: QuerySet[Any],
        *,
        by: str,
        shown: Callable[[Iterable[Any]], Choices],
        besides: Iterable[tuple[str, Any]] = (),
    ) -> None:
        """Let people choose among records, by the value of a field, or one of some values that are no record."""
        self._records, self._by, self._besides = records, by, dict(besides)
        self.choices = functools.cache(lambda: [*shown(records), *self._besides.items()])

    def offer_found(self, records: Iterable[Any], *, by: str, besides: Iterable[tuple[str, Any]] = ()) -> None:
        """The same with records already read, each called by its own name."""
        self._read = {getattr(record, by): record for record in records}
        self._besides = dict(besides)
        self.choices = [*((key, str(record)) for key, record in self._read.items()), *self._besides.items()]

    def valid_value(self, value: Any) -> bool:
        if self._read is not None:
            self.found = self._read.get(value)
            return self.found is not None or value in self._besides
        self.found = self._records.select_related(None).order_by().filter(**{self._by: value}).first()
        return self.found is not None or value in self._besides


def ward_choices(wards: Iterable[Region]) -> Choices:
    """Wards under the names of their districts."""
    groups: dict[str, Choices] = defaultdict(list)
    for ward in wards:
        groups[ward.parent.label if ward.parent else ""].append((ward.path, ward.name))
    return [("", _("Choose…")), *groups.items()]


def menu_choices(items: Iterable[MenuItem]) -> Choices:
    """Activities under the names of their groups."""
    groups: dict[str, Choices] = defaultdict(list)
    for item in items:
        groups[item.group_label].append((item.code, str(item)))
    return [("", _("Choose…")), *groups.items()]
