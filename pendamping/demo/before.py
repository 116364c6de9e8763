"""What a city sets before its meetings: the rules of the year, bounds of the technical check, unit prices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from pendamping.access.models import Account
from pendamping.deliberation import services as deliberation
from pendamping.deliberation.enums.meetings import MeetingKind
from pendamping.regions.models import Region

BASIS = "Keputusan Wali Kota 050/DEMO/{year} (contoh)"
WOMEN = 300  # permille of those present
# Days between the call and the day, and people who make a quorum
ASKED = {MeetingKind.RW: (3, 15), MeetingKind.PLANNING: (5, 20), MeetingKind.DEVELOPMENT: (5, 20)}
GROUPS = {"rt_rw": 5, "pkk": 2}
SPLIT = {"infrastructure": 700, "empowerment": 300}
PRICES = (
    ("1.01", "Upah pekerja", "Orang/Hari", 130_000), ("1.02", "Upah tukang", "Orang/Hari", 165_000),
    ("2.01", "Paving block K-250 tebal 6 cm", "M2", 96_000), ("2.02", "Pasir urug", "M3", 245_000),
    ("2.03", "Kanstin beton", "M", 48_000), ("2.04", "Semen PC 50 kg", "Zak", 68_000),
    ("2.05", "Batu belah", "M3", 310_000), ("2.06", "U-ditch 30 × 40 cm", "M", 265_000),
    ("2.07", "Lampu jalan LED 40 W dengan tiang", "Titik", 1_650_000), ("2.08", "Rak buku kayu", "Buah", 1_250_000),
    ("2.09", "Sumur resapan buis beton 2 m", "Titik", 1_700_000), ("3.01", "Narasumber", "Orang/Jam", 600_000),
    ("3.02", "Konsumsi peserta", "Orang", 38_000), ("3.03", "Mesin jahit", "Unit", 2_350_000),
    ("3.04", "Buku bacaan anak", "Buah", 60_000), ("3.05", "Tandu dan alat evakuasi", "Set", 1_050_000),
    ("4.01", "Perbaikan jalan lingkungan, paving tebal 6 cm", "Meter", 120_000),
    ("4.02", "Saluran drainase U-ditch 40/40", "Meter", 150_000),
    ("4.03", "Lampu jalan LED 40 watt dengan tiang", "Buah", 850_000),
)  # fmt: skip


def build(city: Region, office: Account, years: Sequence[int], at: datetime) -> None:
    """All of it for these budget years, by the planning agency."""
    for year in years:
        rules(city, office, year, at)
        prices(city, office, year, at)
    deliberation.set_check_rules(
        by=office, at=at, city=city, condition_permille=100, unfit_permille=300, needs_check=False,
        legal_basis=BASIS.format(year=at.year), valid_from=at.date(),
    )  # fmt: skip


def rules(city: Region, office: Account, year: int, at: datetime) -> None:
    """What each kind of meeting of a ward asks in a budget year."""
    for kind, (notice, quorum) in ASKED.items():
        is_ward = kind != MeetingKind.RW
        deliberation.set_meeting_rules(
            by=office, at=at, city=city, kind=kind, fiscal_year=year, valid_from=date(year - 2, 1, 1),
            legal_basis=BASIS.format(year=year), notice_days=notice, quorum=quorum, women=WOMEN, rts=0,
            groups=GROUPS if is_ward else {}, split=SPLIT if is_ward else {}, objection_days=7,
        )  # fmt: skip


def prices(city: Region, office: Account | None, year: int, at: datetime) -> None:
    """The unit prices of a budget year, in force."""
    made = deliberation.begin_price_list(
        by=office, at=at, city=city, fiscal_year=year, title=f"Standar harga satuan {year}",
        legal_basis=BASIS.format(year=year),
    )  # fmt: skip
    for code, name, unit, price in PRICES:
        deliberation.keep_unit_price(by=office, at=at, prices=made, item_code=code, name=name, unit=unit, price=price)
    deliberation.fix_price_list(by=office, at=at, prices=made)
