"""Reference data of planning to begin with: budget lines of the national nomenclature, and the rules of a demo year."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from pendamping.needs.enums.menu import Stream
from pendamping.planning.models import RuleSet, SubActivity
from pendamping.planning.services import set_rules
from pendamping.regions.models import Region

# Permendagri 90/2019 and its updates, programme 7.01.03; the indicator differs between regions and can be edited.
SUB_ACTIVITIES = (
    (
        "7.01.03.2.02.0001",
        "Peningkatan Partisipasi Masyarakat dalam Forum Musyawarah Perencanaan Pembangunan di Kelurahan",
        Stream.EMPOWERMENT, "Jumlah lembaga kemasyarakatan yang berpartisipasi", "lembaga",
    ),
    (
        "7.01.03.2.02.0002", "Pembangunan Sarana dan Prasarana Kelurahan",
        Stream.INFRASTRUCTURE, "Jumlah sarana dan prasarana yang terbangun", "unit",
    ),
    (
        "7.01.03.2.02.0003", "Pemberdayaan Masyarakat di Kelurahan",
        Stream.EMPOWERMENT, "Jumlah laporan pemberdayaan masyarakat", "laporan",
    ),
    (
        "7.01.03.2.03.0001", "Penyelenggaraan Lembaga Kemasyarakatan",
        Stream.EMPOWERMENT, "Jumlah lembaga kemasyarakatan yang dibina", "lembaga",
    ),
)  # fmt: skip

BASIS = "Perwal Kota Tasikmalaya 40/2022 (juknis yang berlaku sejauh diketahui)"
NOTE = (
    "Contoh awal dari pemberitaan tahun 2023, 2024 dan 2026: Rp 250 juta per kelurahan, sarana prasarana 30–60 %, "
    "pemberdayaan 40–70 %; termin 40/30/30 menurut tahun 2020. Sesuaikan dengan peraturan yang berlaku."
)


def seed_sub_activities() -> int:
    """Add the budget lines that are missing; those already there, perhaps edited, stay. Returns how many were added."""
    before = SubActivity.objects.count()
    rows = [
        SubActivity(code=code, name=name, stream=stream, indicator=indicator, unit=unit)
        for code, name, stream, indicator, unit in SUB_ACTIVITIES
    ]
    SubActivity.objects.bulk_create(rows, ignore_conflicts=True)
    return SubActivity.objects.count() - before


def seed_rules(city: Region, year: int, at: datetime | None = None) -> RuleSet:
    """The first rules of a budget year as far as they are publicly known; rules already set stay.

    They hold from the year before, when the year is planned.
    """
    known = RuleSet.objects.filter(city=city, fiscal_year=year).order_by("-valid_from").first()
    return known or set_rules(
        by=None, at=at or timezone.now(), city=city, fiscal_year=year, valid_from=date(year - 1, 1, 1),
        legal_basis=BASIS, default_ceiling=250_000_000, infrastructure_min=3000, infrastructure_max=6000,
        empowerment_min=4000, empowerment_max=7000, tranches=[[40, 0], [30, 50], [30, 100]], note=NOTE,
    )  # fmt: skip
