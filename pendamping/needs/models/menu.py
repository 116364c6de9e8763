"""The menu of activities the ward fund may pay for."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping.needs.enums.menu import Stream, Subject


class MenuItem(models.Model):
    """An activity the ward fund may pay for (id: menu kegiatan), versioned; seeded from Permendagri 130/2018."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=10)
    stream = models.CharField(max_length=20, choices=Stream)
    group = models.CharField(max_length=120)
    group_en = models.CharField(max_length=120)
    name = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    is_other = models.BooleanField(default=False)  # free text, decided by the ward development meeting
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    legal_basis = models.CharField(max_length=160)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="menu_item_version_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(valid_to__isnull=True), name="menu_item_one_in_force"),
        ]

    def __str__(self) -> str:
        return self.name_en if _english() else self.name

    @property
    def group_label(self) -> str:
        return self.group_en if _english() else self.group

    @property
    def group_code(self) -> str:
        """ "A2" of "A2.01"."""
        return self.code.split(".")[0]

    @property
    def neighbour_label(self) -> str:
        """The group in a neighbour's words, as the public form offers it: "Roads and alleys"."""
        known = {subject.value: str(subject.label) for subject in Subject}
        return known.get(self.group_code, self.group_label)


def _english() -> bool:
    return (get_language() or "").startswith("en")


def subject_label(item: MenuItem | None, other_words: str) -> str:
    """What something is about: the words given, the activity, or for an open item the neighbour's words."""
    if other_words or item is None:
        return other_words or _("Something else")
    return item.neighbour_label if item.is_other else str(item)
