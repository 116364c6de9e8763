"""A version of the ranking as it was published."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.access.models import Account
from pendamping.core.models import Record
from pendamping.facilitators.enums.rankings import Cause
from pendamping.facilitators.models.rounds import Round


class Ranking(Record):
    """One published version of the ranking (id: pengumuman peringkat), with the file anyone can recompute it from."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="rankings")
    version = models.PositiveSmallIntegerField()
    cause = models.CharField(max_length=10, choices=Cause)
    reason = models.TextField(blank=True)
    document = models.TextField()  # JSON, byte for byte as it is downloaded
    sha256 = models.CharField(max_length=64)
    moves = models.JSONField(default=list)  # who moved since the version before: pseudonym, from, to
    made_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "version"], name="ranking_one_per_version"),
            models.CheckConstraint(condition=Q(version__gt=0) & ~Q(document=""), name="ranking_says_something"),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="ranking_change_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.round} · v{self.version}"

    @property
    def region_path(self) -> str:
        return self.round.region_path

    @property
    def code(self) -> str:
        return self.round.code

    @property
    def journal_label(self) -> str:
        return f"{self.round.code} · v{self.version}"
