"""The tree of places: city, district, ward, RW, RT, with the names and codes they had and have."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models.functions import Length, Substr
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from pendamping.core.models import CodedRecord, Record
from pendamping.core.moments import period

WIDTHS = {"city": 4, "district": 6, "ward": 10, "rw": 13, "rt": 16}


def _long(width: int) -> Exact:
    return Exact(Length("path"), width)


class Level(models.TextChoices):
    """How high a place stands. Names shown are the city's own words where it has them (see Region.kind)."""

    CITY = "city", _("City")
    DISTRICT = "district", _("District")
    WARD = "ward", _("Ward")
    RW = "rw", "RW"
    RT = "rt", "RT"


class Region(Record):
    """A place people and records belong to (id: wilayah).

    Its identity is its own id. `path` is fixed-width digits (city 4, district 6, ward 10, RW 13, RT 16), so a subtree
    is a range; the Kemendagri code is an attribute with dates (RegionCode), since wards are split and renamed.
    """

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    level = models.CharField(max_length=8, choices=Level)
    path = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=40, blank=True)  # the place's own word: kelurahan, kalurahan, desa, kapanewon
    population = models.PositiveIntegerField(null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(null=True, blank=True)
    area_km2 = models.DecimalField(max_digits=9, decimal_places=3, null=True, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    zone = models.CharField(max_length=20, default="Asia/Jakarta")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(level="city", parent__isnull=True) | ~models.Q(level="city"),
                name="region_only_cities_have_no_parent",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    *(models.Q(_long(width), level=level) for level, width in WIDTHS.items()), _connector="OR"
                ),
                name="region_path_is_as_long_as_its_level_says",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="region_valid_dates_in_order",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["level", "path"], name="region_level_path_idx")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """ "Kelurahan Sukajaya", "RW 005", "Kota Tasikmalaya"."""
        words = {"city": "", "district": "Kecamatan", "ward": "Kelurahan", "rw": "RW", "rt": "RT"}
        word = self.kind or words[self.level]
        return f"{word} {self.name}".strip()

    @property
    def place_label(self) -> str:
        """ "RT 002, RW 005, Kelurahan Sukajaya": a place with its ward; select parent__parent with it for lists."""
        names, place = [self.label], self
        while place.level in (Level.RW, Level.RT) and place.parent is not None:
            place = place.parent
            names.append(place.label)
        return ", ".join(names)

    @property
    def is_open(self) -> bool:
        """Whether it stands today."""
        return self.valid_to is None

    @property
    def city_path(self) -> str:
        return self.path[: WIDTHS["city"]]

    @property
    def ward_path(self) -> str:
        return self.path[: WIDTHS["ward"]]


class RegionCode(models.Model):
    """An official code of a place and when it was in force (id: kode wilayah)."""

    id = models.BigAutoField(primary_key=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="codes")
    scheme = models.CharField(max_length=20)  # kemendagri, bps, pos
    code = models.CharField(max_length=20)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scheme", "code"],
                condition=models.Q(valid_to__isnull=True) & ~models.Q(scheme="pos"),
                name="region_code_means_one_place_today",
            ),
            models.UniqueConstraint(fields=["region", "scheme", "code"], name="region_code_listed_once"),
        ]


class RegionAlias(models.Model):
    """Another spelling of a place's name (id: nama lain wilayah), for imports and search."""

    id = models.BigAutoField(primary_key=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="aliases")
    name = models.CharField(max_length=80)
    key = models.CharField(max_length=80, db_index=True)  # normalised, see rules.name_key

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["region", "key"], name="region_alias_once")]


class Succession(models.Model):
    """A place that stands where another ended (id: penerus wilayah): several after a split, one after a merge."""

    id = models.BigAutoField(primary_key=True)
    ended = models.ForeignKey(Region, models.PROTECT, related_name="followed_by")
    successor = models.ForeignKey(Region, models.PROTECT, related_name="follows")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ended", "successor"], name="succession_once"),
            models.CheckConstraint(condition=~models.Q(ended=models.F("successor")), name="succession_of_another"),
        ]


class Boundary(models.Model):
    """The outline of a place (id: batas wilayah), indicative, never a legal boundary."""

    id = models.BigAutoField(primary_key=True)
    region = models.OneToOneField(Region, models.PROTECT, related_name="boundary")
    geometry = models.JSONField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(west__lte=models.F("east"), south__lte=models.F("north")),
                name="boundary_box_in_order",
            )
        ]


def _cut(level: str) -> models.GeneratedField:
    width = WIDTHS[level]
    return models.GeneratedField(
        expression=Substr("region_path", 1, width), output_field=models.CharField(max_length=width), db_persist=True
    )


class RegionBound(CodedRecord):
    """Anything that happens somewhere. Found for a person only through their scope.

    The cut paths make "this ward", "this district", "this city" one equality each, so a list reads its index in order
    however many records there are.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    region_path = models.CharField(max_length=16, editable=False)
    period = models.PositiveIntegerField(editable=False)
    city_path = _cut("city")
    district_path = _cut("district")
    ward_path = _cut("ward")

    class Meta:
        abstract = True
        indexes: ClassVar = [
            models.Index(fields=["city_path", "-id"], name="%(class)s_city_idx"),
            models.Index(fields=["district_path", "-id"], name="%(class)s_district_idx"),
            models.Index(fields=["ward_path", "-id"], name="%(class)s_ward_idx"),
        ]

    @classmethod
    def add(cls, *, at: datetime, region: Region, **values: Any) -> Self:  # type: ignore[override]
        """Insert a record at a place; its path and month are kept beside it."""
        return super().add(at=at, region=region, region_path=region.path, period=period(at), **values)
