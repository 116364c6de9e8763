"""The menu of activities of the ward fund, as Permendagri 130/2018 lists it; a change of law is a new version."""

from __future__ import annotations

from datetime import date, datetime

from pendamping.core.moments import day
from pendamping.needs.enums.menu import Stream
from pendamping.needs.models import MenuItem

VALID_FROM = date(2018, 12, 27)
LEGAL_BASIS = "Permendagri 130/2018"
A, B = Stream.INFRASTRUCTURE, Stream.EMPOWERMENT
OTHER = ("Lainnya, sesuai musyawarah pembangunan kelurahan", "Other, as decided in the ward development meeting")

# Group: code, stream, name, name in English, items (name, name in English). Every group ends with its open item.
GROUPS = (
    ("A1", A, "Lingkungan permukiman", "Settlement environment", (
        ("Jaringan air minum", "Drinking-water network"),
        ("Drainase dan selokan", "Drains and ditches"),
        ("Sarana pengumpulan dan pengolahan sampah", "Waste collection and processing"),
        ("Sumur resapan", "Infiltration wells"),
        ("Jaringan pengelolaan air limbah domestik skala permukiman", "Domestic waste-water network of a settlement"),
        ("Alat pemadam api ringan", "Light fire extinguishers"),
        ("Pompa kebakaran portabel", "Portable fire pumps"),
        ("Penerangan lingkungan permukiman", "Settlement lighting"),
    )),
    ("A2", A, "Transportasi", "Transport", (
        ("Jalan permukiman", "Settlement roads and alleys"),
        ("Jalan poros kelurahan", "Main roads of the ward"),
    )),
    ("A3", A, "Kesehatan", "Health facilities", (
        ("Mandi, cuci, kakus (MCK) umum atau komunal", "Public or communal bath, wash and toilet"),
        ("Pos pelayanan terpadu (posyandu) dan posbindu", "Health posts (posyandu and posbindu)"),
    )),
    ("A4", A, "Pendidikan dan kebudayaan", "Education and culture facilities", (
        ("Taman bacaan masyarakat", "Community reading room"),
        ("Bangunan pendidikan anak usia dini (PAUD)", "Early-childhood education building"),
        ("Wahana permainan anak di PAUD", "Play equipment at early-childhood education"),
    )),
    ("B1", B, "Pelayanan kesehatan masyarakat", "Community health services", (
        ("Perilaku hidup bersih dan sehat", "Clean and healthy living"),
        ("Keluarga berencana", "Family planning"),
        ("Pelatihan kader kesehatan masyarakat", "Training of community health cadres"),
    )),
    ("B2", B, "Pelayanan pendidikan dan kebudayaan", "Education and culture services", (
        ("Pelatihan kerja", "Job training"),
        ("Kursus seni budaya", "Courses in arts and culture"),
    )),
    ("B3", B, "Usaha mikro, kecil, dan menengah", "Micro, small and medium enterprise", (
        ("Pelatihan usaha", "Business training"),
    )),
    ("B4", B, "Lembaga kemasyarakatan", "Community institutions", (
        ("Pelatihan dan pembinaan lembaga kemasyarakatan kelurahan", "Training and coaching of ward institutions"),
    )),
    ("B5", B, "Ketenteraman, ketertiban, dan pelindungan masyarakat", "Peace, order and civil protection", (
        ("Pos keamanan", "Security posts"),
        ("Penguatan tenaga keamanan kelurahan", "Strengthening of the ward's security personnel"),
    )),
    ("B6", B, "Kesiapsiagaan bencana dan kejadian luar biasa", "Preparedness for disasters and outbreaks", (
        ("Layanan informasi bencana", "Information service on disasters"),
        ("Pelatihan kesiapsiagaan bencana", "Disaster-preparedness training"),
        ("Pelatihan tenaga sukarelawan bencana", "Training of disaster volunteers"),
        ("Edukasi proteksi kebakaran", "Fire-protection education"),
    )),
)  # fmt: skip


def seed_menu(at: datetime) -> int:
    """Put the menu into the table; run again it adds nothing. Returns how many items were new.

    A code whose version of 2018 is already there, in force or ended since, is left as it is.
    """
    known = set(MenuItem.objects.filter(valid_from=VALID_FROM).values_list("code", flat=True))
    fresh = [item for item in _items() if item.code not in known and item.valid_from <= day(at)]
    MenuItem.objects.bulk_create(fresh)
    return len(fresh)


def _items() -> list[MenuItem]:
    return [
        MenuItem(
            code=f"{code}.{'99' if (name, name_en) == OTHER else f'{place:02d}'}", stream=stream, group=group,
            group_en=group_en, name=name, name_en=name_en, is_other=(name, name_en) == OTHER, valid_from=VALID_FROM,
            legal_basis=LEGAL_BASIS,
        )
        for code, stream, group, group_en, items in GROUPS
        for place, (name, name_en) in enumerate((*items, OTHER), start=1)
    ]  # fmt: skip
