"""The criteria every city begins with: a proposal as data; a city sets its own under the same keys.

Urgency, seriousness and growth are the USG method (Kepner and Tregoe, The Rational Manager, 1965), by which ward
meetings in Indonesia rank problems from 1 to 5.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pendamping.needs.models import Criterion

VALID_FROM = date(2026, 1, 1)
USG = "Metode USG (Kepner dan Tregoe)"
OURS = "Usulan awal; kota dapat menetapkan yang lain"

# Key, basis, title, help, levels from 1 to 5; each in Indonesian and English.
CRITERIA = (
    ("urgency", USG, ("Mendesak", "Urgency"), ("Seberapa cepat harus ditangani?", "How soon must it be dealt with?"), (
        ("Dapat menunggu lebih dari setahun", "Can wait for more than a year"),
        ("Dapat menunggu setahun", "Can wait for a year"),
        ("Dalam setengah tahun", "Within half a year"),
        ("Dalam sebulan", "Within a month"),
        ("Sekarang juga", "At once"),
    )),
    ("seriousness", USG, ("Gawat", "Seriousness"), ("Apa akibatnya bagi warga?", "What does it do to residents?"), (
        ("Mengganggu sesekali", "A nuisance now and then"),
        ("Mengganggu setiap hari", "A nuisance every day"),
        ("Menghambat kerja, sekolah, atau ibadah", "Hinders work, school or worship"),
        ("Merusak rumah atau kesehatan", "Damages homes or health"),
        ("Membahayakan jiwa", "Endangers lives"),
    )),
    ("growth", USG, ("Berkembang", "Growth"), ("Apa jadinya bila dibiarkan?", "What becomes of it if left alone?"), (
        ("Akan hilang sendiri", "Goes away by itself"),
        ("Tetap seperti sekarang", "Stays as it is"),
        ("Perlahan memburuk", "Slowly gets worse"),
        ("Cepat memburuk", "Quickly gets worse"),
        ("Memburuk dan menjalar ke tempat lain", "Gets worse and spreads to other places"),
    )),
    ("people", OURS, ("Warga terdampak", "People affected"), (
        "Berapa orang yang merasakannya, menurut cek lapangan?", "How many people feel it, by the site check?"), (
        ("Kurang dari 25 orang", "Fewer than 25 people"),
        ("25 sampai 99 orang", "25 to 99 people"),
        ("100 sampai 249 orang", "100 to 249 people"),
        ("250 sampai 999 orang", "250 to 999 people"),
        ("1.000 orang atau lebih", "1,000 people or more"),
    )),
    ("poverty", OURS, ("Kemiskinan", "Poverty"), (
        "Berapa banyak di antara mereka keluarga miskin?", "How many of them are poor families?"), (
        ("Hampir tidak ada", "Hardly any"),
        ("Sebagian kecil", "A few"),
        ("Sekitar separuh", "About half"),
        ("Sebagian besar", "Most"),
        ("Hampir semua", "Nearly all"),
    )),
    ("hazard", OURS, ("Rawan bencana", "Hazard"), (
        "Banjir, longsor, kebakaran, gempa: seberapa rawan tempat ini?",
        "Flood, landslide, fire, earthquake: how exposed is this place?"), (
        ("Tidak rawan", "Not exposed"),
        ("Jarang terjadi, tanpa kerusakan", "Rare, without damage"),
        ("Beberapa tahun sekali", "Once in some years"),
        ("Setiap tahun", "Every year"),
        ("Beberapa kali setahun, dengan kerusakan", "Several times a year, with damage"),
    )),
    ("distance", OURS, ("Jarak ke layanan", "Distance to the service"), (
        "Seberapa jauh layanan sejenis yang terdekat?", "How far away is the next service of this kind?"), (
        ("Kurang dari 250 m", "Less than 250 m"),
        ("250 sampai 499 m", "250 to 499 m"),
        ("500 m sampai 1 km", "500 m to 1 km"),
        ("1 sampai 2 km", "1 to 2 km"),
        ("Lebih dari 2 km, atau tidak ada", "More than 2 km, or there is none"),
    )),
)  # fmt: skip


def seed_criteria(at: datetime) -> int:
    """Put the first criteria into the table; run again it adds nothing. Returns how many were new.

    A key that was ever there, in force or ended since, is left as it is.
    """
    known = set(Criterion.objects.filter(city=None).values_list("key", flat=True))
    fresh = [_criterion(place, *facts, at=at) for place, facts in enumerate(CRITERIA, start=1) if facts[0] not in known]
    Criterion.objects.bulk_create(fresh)
    return len(fresh)


def _criterion(place: int, key: str, basis: str, title: Any, about: Any, levels: Any, *, at: datetime) -> Criterion:
    return Criterion(
        key=key, title=_two(title), help=_two(about), position=place, legal_basis=basis, valid_from=VALID_FROM,
        levels=[{"points": points, "text": _two(words)} for points, words in enumerate(levels, start=1)],
        created_at=at,
    )  # fmt: skip


def _two(words: tuple[str, str]) -> dict[str, str]:
    return dict(zip(("id", "en"), words, strict=True))
