"""A decree and the people it appoints."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from pendamping.access.models import Account
from pendamping.core.models import Document
from pendamping.facilitators.enums.appointments import DecreeKind
from pendamping.facilitators.enums.rounds import PostKind, Specialism
from pendamping.facilitators.models.applications import Application
from pendamping.regions.models import RegionBound


class Decree(RegionBound):
    """A decision of the city on paper (id: surat keputusan): number, date, signatory."""

    code_kind = "G"
    kind = models.CharField(max_length=12, choices=DecreeKind, default=DecreeKind.APPOINTMENT)
    number = models.CharField(max_length=80)
    dated_on = models.DateField()
    signatory = models.CharField(max_length=80)  # the office, never a name
    about = models.CharField(max_length=200)
    starts_on = models.DateField(null=True, blank=True)  # the term it gives; none when it dismisses
    ends_on = models.DateField(null=True, blank=True)
    annex = models.OneToOneField(Document, models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    revoked_on = models.DateField(null=True, blank=True)
    revoked_reason = models.CharField(max_length=200, blank=True)

    class Meta(RegionBound.Meta):
        indexes: ClassVar = RegionBound.Meta.indexes
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "number"], name="decree_number_once"),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True, revoked_reason="")
                | (Q(revoked_on__isnull=False) & ~Q(revoked_reason="")),
                name="decree_revoked_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True, ends_on__isnull=True)
                | Q(starts_on__isnull=False, ends_on__gte=F("starts_on")),
                name="decree_term_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Appointment(RegionBound):
    """Somebody serves as facilitator for a term (id: pengangkatan). `region` is the city that appoints."""

    code_kind = "Q"
    account = models.ForeignKey(Account, models.PROTECT, related_name="appointments")
    application = models.ForeignKey(Application, models.PROTECT, null=True, blank=True, related_name="appointments")
    decree = models.ForeignKey(Decree, models.PROTECT, related_name="appointments")
    kind = models.CharField(max_length=20, choices=PostKind)
    specialism = models.CharField(max_length=10, choices=Specialism, default=Specialism.ANY)
    starts_on = models.DateField()
    ends_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)  # before its term: the last day served
    ended_reason = models.CharField(max_length=200, blank=True)
    ended_with_decree = models.BooleanField(default=False)  # revoked under it: application and place are free again
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="successors")
    reason = models.CharField(
        max_length=200, blank=True
    )  # why there is a successor, or selected people were passed over
    skipped = models.CharField(max_length=200, blank=True)  # why reserves standing before this one were passed over

    class Meta(RegionBound.Meta):
        indexes: ClassVar = [*RegionBound.Meta.indexes, models.Index(fields=["account"], name="appointment_who_idx")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="appointment_term_in_order"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_reason="") | (Q(ended_on__isnull=False) & ~Q(ended_reason="")),
                name="appointment_ended_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(reason=""), name="appointment_replaces_with_reason"
            ),
            models.UniqueConstraint(
                fields=["application"], condition=Q(ended_with_decree=False), name="appointment_application_once"
            ),
            models.UniqueConstraint(
                fields=["replaces"], condition=Q(ended_with_decree=False), name="appointment_successor_once"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def journal_label(self) -> str:
        return self.code

    @property
    def last_day(self) -> date:
        """The last day of service as known now."""
        return self.ended_on or self.ends_on
