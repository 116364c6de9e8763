"""A category as the city sets it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pendamping.core.forms import ActForm
from pendamping.core.moments import day
from pendamping.needs.fields import menu_choices
from pendamping.needs.models import Category, MenuItem
from pendamping.needs.queries.categories import written
from pendamping.needs.queries.menu import menu_in_force
from pendamping.needs.rules.categories import Written, read_question

METRES_MOST, DAYS_MOST = 5000, 730


def _lines(label: Any, help_text: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, max_length=2000, required=False, widget=area, help_text=help_text)


class CategoryForm(ActForm):
    """Name, activity, what it asks, and how near another voice is the same trouble (id: kategori suara)."""

    title_id = forms.CharField(label=_("Name in Indonesian"), max_length=60)
    title_en = forms.CharField(label=_("Name in English"), max_length=60, required=False)
    menu_item = forms.ModelChoiceField(
        MenuItem.objects.none(), label=_("Activity it leads to"), to_field_name="code", required=False,
        help_text=_("None where the ward fund can do nothing about it."),
    )  # fmt: skip
    questions_id = _lines(
        _("Questions in Indonesian"),
        _(
            "One on each line. “How deep? | ankle / knee” offers answers, “| angka” asks for a number, “| ya / tidak” "
            "for yes or no; a star after the question makes it a must."
        ),
    )
    questions_en = _lines(_("Questions in English"), _("The same lines in English, or nothing."))
    near_metres = forms.IntegerField(
        label=_("Metres within which it is the same trouble"), min_value=10, max_value=METRES_MOST, initial=150
    )
    near_days = forms.IntegerField(
        label=_("Days within which it is the same trouble"), min_value=1, max_value=DAYS_MOST, initial=120
    )
    is_confidential = forms.BooleanField(
        label=_("About persons: confidential"), required=False,
        help_text=_("Voices in it are read by a case team alone and shown nowhere."),
    )  # fmt: skip
    position = forms.IntegerField(label=_("Place in the order"), min_value=0, max_value=99, initial=0)
    valid_from = forms.DateField(
        label=_("In force from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, found: Category | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _first_values(found))
        super().__init__(*args, **kwargs)
        items = menu_in_force(day(timezone.now()))
        self.fields["menu_item"].queryset = items  # type: ignore[attr-defined]
        self.fields["menu_item"].choices = menu_choices(items)  # type: ignore[attr-defined]
        if found is None:
            self.fields["key"] = forms.SlugField(
                label=pgettext_lazy("category", "Key"), max_length=40,
                help_text=_("Small letters, digits and hyphens. It does not change any more."),
            )  # fmt: skip
            self.order_fields(["key"])

    def facts(self) -> dict[str, Any]:
        """The clean values as the facts of the act."""
        said = self.cleaned_data
        title = {language: said[f"title_{language}"] for language in ("id", "en") if said[f"title_{language}"]}
        plain = ("menu_item", "near_metres", "near_days", "is_confidential", "position", "valid_from")
        return {
            "title": title, "questions": read_lines(said["questions_id"]), "english": read_lines(said["questions_en"]),
            **{name: said[name] for name in plain},
        }  # fmt: skip


def read_lines(text: str) -> list[Written]:
    """The questions written in a text, one on each line."""
    return [read_question(line) for line in text.splitlines() if line.strip()]


def _first_values(found: Category | None) -> dict[str, Any]:
    today = {"valid_from": day(timezone.now())}
    if found is None:
        return today
    plain = ("near_metres", "near_days", "is_confidential", "position")
    return {
        **{f"title_{language}": found.title.get(language, "") for language in ("id", "en")},
        **{f"questions_{language}": written(found, language) for language in ("id", "en")},
        **{name: getattr(found, name) for name in plain},
        "menu_item": found.menu_item.code if found.menu_item else None, **today,
    }  # fmt: skip
