"""Who gained, and who says so."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.access.models import Account
from pendamping.benefits.enums import Answer
from pendamping.planning.models import Project
from pendamping.regions.models import RegionBound


class Confirmation(RegionBound):
    """A resident's word on a finished work (id: konfirmasi manfaat): once per device, without an account."""

    code_kind = "W"
    project = models.ForeignKey(Project, models.PROTECT, related_name="confirmations")
    answer = models.CharField(max_length=8, choices=Answer)
    words = models.TextField(blank=True)  # masked
    device = models.CharField(max_length=64)  # keyed hash, tells nothing about the person

    class Meta(RegionBound.Meta):
        indexes: ClassVar = RegionBound.Meta.indexes
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "device"], name="confirmation_once_per_device"),
            models.CheckConstraint(condition=~Q(device=""), name="confirmation_has_device"),
        ]

    def __str__(self) -> str:
        return f"{self.project} · {self.answer}"

    @property
    def sign(self) -> str:
        """The answer as pages draw it."""
        return {"yes": "done", "partly": "waiting", "no": "stopped"}[self.answer]


class Reach(RegionBound):
    """How many people a finished work really reaches, beside what was planned (id: penerima manfaat)."""

    code_kind = "J"
    project = models.OneToOneField(Project, models.PROTECT, related_name="reach")
    women = models.PositiveIntegerField()
    men = models.PositiveIntegerField()
    children = models.PositiveIntegerField(default=0)
    poor = models.PositiveIntegerField(default=0)
    disabled = models.PositiveIntegerField(default=0)
    method = models.CharField(max_length=200)  # how it was counted
    counted_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(RegionBound.Meta):
        indexes: ClassVar = RegionBound.Meta.indexes
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(method=""), name="reach_says_how_counted")]

    def __str__(self) -> str:
        return str(self.project)
