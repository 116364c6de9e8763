"""The contract of an appointment, one per fiscal year."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from pendamping.access.models import Account
from pendamping.core.models import Record
from pendamping.facilitators.models.appointments import Appointment


class Contract(Record):
    """What a facilitator is paid for in one fiscal year (id: kontrak kerja). The honorarium is data."""

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="contracts")
    fiscal_year = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=80)
    signed_on = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    monthly = models.BigIntegerField()  # rupiah a month, before tax
    renews = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="renewed_by")
    reason = models.CharField(max_length=300, blank=True)  # of the renewal, or why there is one after all
    made_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["fiscal_year"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["appointment", "fiscal_year"], name="contract_one_per_year"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="contract_dates_in_order"),
            models.CheckConstraint(condition=Q(monthly__gt=0), name="contract_pays"),
            models.CheckConstraint(
                condition=Q(renews__isnull=True) | ~Q(reason=""), name="contract_renewed_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def code(self) -> str:
        return self.appointment.code

    @property
    def region_path(self) -> str:
        return self.appointment.region_path

    @property
    def journal_label(self) -> str:
        return f"{self.appointment.code} · {self.fiscal_year}"
