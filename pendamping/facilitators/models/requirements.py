"""One thing applicants must fulfil, with its source, its evidence and who checks it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.core.models import Record
from pendamping.facilitators.enums.selection import RequirementKind
from pendamping.facilitators.models.rounds import RequirementSet


class Requirement(Record):
    """What an applicant must fulfil (id: persyaratan). `key` is the same in every version that keeps it."""

    requirement_set = models.ForeignKey(RequirementSet, models.PROTECT, related_name="requirements")
    key = models.UUIDField(editable=False)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    regulation = models.CharField(max_length=200)  # where it comes from
    article = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=12, choices=RequirementKind)
    evidence = models.CharField(max_length=200)  # what shows it
    checked_by = models.CharField(max_length=120)  # the office, never a name
    checked_against = models.CharField(max_length=200)
    is_disqualifying = models.BooleanField(default=True)
    needs_second_check = models.BooleanField(default=False)
    register_name = models.CharField(max_length=120, blank=True)  # where the independent second check is made

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["requirement_set", "position"], name="requirement_one_per_position"),
            models.UniqueConstraint(fields=["requirement_set", "key"], name="requirement_once_per_version"),
            models.CheckConstraint(condition=~Q(regulation="") & ~Q(text=""), name="requirement_has_source"),
            models.CheckConstraint(
                condition=(Q(needs_second_check=True) & ~Q(register_name=""))
                | Q(needs_second_check=False, register_name=""),
                name="requirement_second_check_names_register",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def region_path(self) -> str:
        return self.requirement_set.round.region_path

    @property
    def source(self) -> str:
        """ "Perwal 12/2022, article 5"."""
        return f"{self.regulation}, {self.article}" if self.article else self.regulation

    @property
    def takes_file(self) -> bool:
        return self.kind != RequirementKind.FACT

    @property
    def journal_label(self) -> str:
        return f"{self.requirement_set.round.code} · v{self.requirement_set.version} · {self.position}"
