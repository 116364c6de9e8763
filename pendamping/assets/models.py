"""What stands afterwards: handed over, kept by somebody, inspected, and reported when it fails."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.access.models import Account
from pendamping.assets.enums import Condition
from pendamping.core.models import Document, Photo, Record
from pendamping.needs.models import Voice
from pendamping.planning.models import Project
from pendamping.regions.models import RegionBound


class Handover(RegionBound):
    """Finished work given into somebody's care (id: serah terima, BAST)."""

    code_kind = "T"
    project = models.OneToOneField(Project, models.PROTECT, related_name="+")
    number = models.CharField(max_length=80)
    handed_over_on = models.DateField()
    giver = models.CharField(max_length=120)  # the executing group
    custodian = models.CharField(max_length=120)  # the body that keeps the asset
    value = models.BigIntegerField()  # rupiah
    volume = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)  # as built; empty: as planned
    condition_note = models.TextField(blank=True)
    by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    document = models.OneToOneField(Document, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(RegionBound.Meta):
        indexes: ClassVar = RegionBound.Meta.indexes
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(value__gt=0), name="handover_value_above_zero"),
            models.CheckConstraint(condition=~Q(custodian=""), name="handover_has_custodian"),
            models.CheckConstraint(
                condition=Q(volume__isnull=True) | Q(volume__gte=0, volume__lt=10**10), name="handover_volume_in_bounds"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.project}"


class Asset(RegionBound):
    """A facility in upkeep (id: aset)."""

    code_kind = "A"
    handover = models.OneToOneField(Handover, models.PROTECT, related_name="asset")
    name = models.CharField(max_length=160)
    place = models.CharField(max_length=200)
    custodian = models.CharField(max_length=120)
    value = models.BigIntegerField()  # rupiah
    built_on = models.DateField()
    condition = models.CharField(max_length=14, choices=Condition, default=Condition.GOOD)
    inspected_on = models.DateField(null=True, blank=True)
    next_inspection_on = models.DateField()
    photos = models.ManyToManyField(Photo, blank=True, related_name="+")

    class Meta(RegionBound.Meta):
        indexes: ClassVar = [
            *RegionBound.Meta.indexes,
            models.Index(fields=["ward_path", "next_inspection_on"], name="asset_ward_due_idx"),
        ]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(value__gt=0), name="asset_value_above_zero")]

    def __str__(self) -> str:
        return self.name


class Inspection(RegionBound):
    """The condition of an asset on a day (id: pemeriksaan aset)."""

    code_kind = "N"
    asset = models.ForeignKey(Asset, models.PROTECT, related_name="inspections")
    inspected_on = models.DateField()
    condition = models.CharField(max_length=14, choices=Condition)
    finding = models.TextField(blank=True)
    photos = models.ManyToManyField(Photo, blank=True, related_name="+")
    next_inspection_on = models.DateField()
    by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(RegionBound.Meta):
        indexes: ClassVar = RegionBound.Meta.indexes
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(next_inspection_on__gt=models.F("inspected_on")), name="inspection_next_lies_after"
            ),
            models.CheckConstraint(condition=Q(condition="good") | ~Q(finding=""), name="inspection_damage_described"),
        ]

    def __str__(self) -> str:
        return f"{self.asset} · {self.inspected_on}"


class FaultReport(Record):
    """A voice about a standing asset (id: laporan kerusakan): where the circle closes."""

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="faults")
    voice = models.OneToOneField(Voice, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["asset", "voice"], name="fault_report_once")]

    def __str__(self) -> str:
        return str(self.voice)
