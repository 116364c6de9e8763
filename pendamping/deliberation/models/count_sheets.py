"""Paper ballots, counted on sheets that two people enter independently."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.access.models import Account
from pendamping.core.models import Photo, Record
from pendamping.deliberation.models.polls import Poll


class CountSheet(Record):
    """A sheet on which paper ballots were counted (id: lembar hitung); its photo stays private."""

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="sheets")
    number = models.PositiveSmallIntegerField()
    photos = models.ManyToManyField(Photo, related_name="+", blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    lines = models.JSONField(null=True, blank=True)  # {pattern: ballots} that counts
    blank = models.PositiveIntegerField(default=0)
    spoiled = models.PositiveIntegerField(default=0)
    reason = models.TextField(blank=True)  # why this counts, where the two entries differed

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["poll", "number"], name="count_sheet_number_once"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, lines__isnull=True)
                | Q(settled_at__isnull=False, lines__isnull=False),
                name="count_sheet_settled_whole",
            ),
        ]
        ordering: ClassVar = ["number"]

    @property
    def region_path(self) -> str:
        return self.poll.region_path

    @property
    def code(self) -> str:
        return f"{self.poll.code}/{self.number}"

    @property
    def is_aside(self) -> bool:
        """It counts for nothing: added by mistake, or counted twice."""
        return self.settled_at is not None and not (self.lines or self.blank or self.spoiled)

    def __str__(self) -> str:
        return str(self.poll)


class SheetEntry(Record):
    """What one person read on a sheet (id: isian lembar hitung), the first or the second, never both by the same."""

    sheet = models.ForeignKey(CountSheet, models.PROTECT, related_name="entries")
    turn = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    lines = models.JSONField()  # {pattern: ballots}
    blank = models.PositiveIntegerField(default=0)
    spoiled = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "turn"], name="sheet_entry_each_turn_once"),
            models.UniqueConstraint(fields=["sheet", "by"], name="sheet_entry_two_people"),
            models.CheckConstraint(condition=Q(turn__in=[1, 2]), name="sheet_entry_first_or_second"),
        ]
        ordering: ClassVar = ["turn"]
