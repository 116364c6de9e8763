"""Who serves where, from when to when."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from pendamping.access.models import Account, Grant
from pendamping.facilitators.enums.rounds import PostKind
from pendamping.facilitators.models.appointments import Appointment, Decree
from pendamping.regions.models import RegionBound


class Assignment(RegionBound):
    """A facilitator serves a unit for a time (id: penempatan). Several to a person, several to a ward.

    `region` is the unit; the grant in access begins and ends with it.
    """

    code_kind = "Z"
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="assignments")
    account = models.ForeignKey(Account, models.PROTECT, related_name="assignments")  # the appointment's, for lists
    role = models.CharField(max_length=20, choices=PostKind)
    starts_on = models.DateField()
    ends_on = models.DateField()
    decree = models.ForeignKey(Decree, models.PROTECT, related_name="assignments")
    grant = models.OneToOneField(Grant, models.PROTECT, null=True, blank=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True)  # before its term: the last day served
    ended_reason = models.CharField(max_length=200, blank=True)

    class Meta(RegionBound.Meta):
        indexes: ClassVar = [*RegionBound.Meta.indexes, models.Index(fields=["account"], name="assignment_who_idx")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="assignment_dates_in_order"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_reason="") | (Q(ended_on__isnull=False) & ~Q(ended_reason="")),
                name="assignment_ended_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def journal_label(self) -> str:
        return self.code

    @property
    def last_day(self) -> date:
        """The last day of service as known now; before the first day when it was called off."""
        return self.ended_on or self.ends_on
