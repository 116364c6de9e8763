"""Days on which a facilitator is not in the ward, and who agreed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from pendamping.access.models import Account
from pendamping.facilitators.enums.absences import AbsenceKind, AbsenceState
from pendamping.regions.models import RegionBound


class Absence(RegionBound):
    """Leave, sickness or duty travel of a facilitator (id: izin). `region` is the smallest place around their wards.

    The reason is sealed under a key of this record: of a sick person it tells of their health.
    """

    code_kind = "F"
    account = models.ForeignKey(Account, models.PROTECT, related_name="absences")
    kind = models.CharField(max_length=12, choices=AbsenceKind)
    first_day = models.DateField()
    last_day = models.DateField()
    subject_key = models.BinaryField(null=True, blank=True)  # wrapped; destroyed, it makes the reason unreadable
    reason_cipher = models.BinaryField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=AbsenceState, default=AbsenceState.ASKED)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    decided_reason = models.CharField(max_length=200, blank=True)

    class Meta(RegionBound.Meta):
        indexes: ClassVar = [
            *RegionBound.Meta.indexes,
            models.Index(fields=["account", "first_day"], name="absence_days_idx"),
            models.Index(fields=["state", "region_path"], name="absence_state_idx"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="absence_days_in_order"),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "withdrawn"], decided_at__isnull=True, decided_by__isnull=True)
                | Q(state__in=["approved", "refused"], decided_at__isnull=False, decided_by__isnull=False),
                name="absence_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(decided_reason=""), name="absence_refused_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("account")), name="absence_not_decided_alone"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def journal_label(self) -> str:
        return self.code

    @property
    def sign(self) -> str:
        """The state as pages draw it."""
        return {"asked": "waiting", "approved": "done", "refused": "stopped", "withdrawn": "stopped"}[self.state]
