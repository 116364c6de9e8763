"""What things may cost: the unit prices of a city and year, in versions that are never changed once in force."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.access.models import Account
from pendamping.core.models import Record
from pendamping.deliberation.enums.unit_prices import PriceListState
from pendamping.regions.models import Region, RegionBound


class PriceList(RegionBound):
    """The unit prices of a city for one budget year (id: standar harga satuan); its region is the city."""

    code_kind = "H"
    fiscal_year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    legal_basis = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=PriceListState, default=PriceListState.DRAFT)
    fixed_at = models.DateTimeField(null=True, blank=True)
    fixed_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    items_count = models.PositiveIntegerField(default=0)  # when it was put in force
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 over its items in the order of their codes

    class Meta(RegionBound.Meta):
        indexes: ClassVar = RegionBound.Meta.indexes
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "fiscal_year", "version"], name="price_list_version_once"),
            models.UniqueConstraint(
                fields=["region", "fiscal_year"], condition=Q(state="draft"), name="price_list_one_draft"
            ),
            models.UniqueConstraint(
                fields=["region", "fiscal_year"], condition=Q(state="in_force"), name="price_list_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", fixed_at__isnull=True, digest="")
                | (~Q(state="draft") & Q(fixed_at__isnull=False) & ~Q(digest="")),
                name="price_list_fixed_whole",
            ),
            models.CheckConstraint(condition=~Q(legal_basis=""), name="price_list_has_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.fiscal_year} v{self.version}"


class UnitPrice(Record):
    """One item of a list: what one unit of it may cost (id: harga satuan), in the city or in one place of it."""

    prices = models.ForeignKey(PriceList, models.PROTECT, related_name="items")
    item_code = models.CharField(max_length=40)
    name = models.CharField(max_length=300)
    specification = models.TextField(blank=True)
    unit = models.CharField(max_length=60)
    price = models.BigIntegerField()  # rupiah
    kind = models.CharField(max_length=20, blank=True)  # SSH, HSPK, SBU, ASB: as the list says
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(editable=False)  # name, specification and code as they are searched

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["prices", "item_code"], condition=Q(region__isnull=True), name="unit_price_once_in_the_city"
            ),
            models.UniqueConstraint(fields=["prices", "item_code", "region"], name="unit_price_once_in_a_place"),
            models.CheckConstraint(condition=Q(price__gt=0), name="unit_price_above_zero"),
            models.CheckConstraint(condition=~Q(item_code="") & ~Q(unit=""), name="unit_price_named_whole"),
        ]

    @property
    def label(self) -> str:
        """ "Besi beton, ø 10 mm"."""
        return f"{self.name}, {self.specification}" if self.specification else self.name

    def __str__(self) -> str:
        return self.item_code
