"""What the residents of the demo city say and want; every person and group in it is invented."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pendamping.demo.road import Wish
from pendamping.needs.enums.menu import Unit
from pendamping.needs.enums.proposals import LandStatus


@dataclass(frozen=True)
class Story:
    """One wish of a ward, what was said about it, how it was found, and how far it gets."""

    texts: tuple[str, ...]
    finding: str
    wish: Wish
    reaches: str  # the last step: heard, need, verified, proposal, checked, called, deferred, rejected, …, fault


ALLEY = Wish(
    "Perbaikan gang permukiman RW 002", "A2.01", "Gang Melati, RT 003 RW 002", Decimal(180), Unit.METRE, 58_000_000,
    96, 88, 41, 37, 4, "lane", executor="Pokmas Gang Melati (contoh)",
)  # fmt: skip
DRAIN = Wish(
    "Perbaikan saluran di belakang posyandu", "A1.02", "Jalan Anggrek, RT 001 RW 004", Decimal(120), Unit.METRE,
    48_500_000, 74, 69, 33, 29, 3, "drain", executor="Pokmas Anggrek Bersih (contoh)",
)  # fmt: skip
LAMPS = Wish(
    "Lampu jalan lingkungan menuju sekolah", "A1.08", "Jalan Sekolah, RW 001", Decimal(14), Unit.PIECE, 30_000_000,
    130, 121, 85, 44, 5, "lamp", executor="Pokmas Terang (contoh)",
)  # fmt: skip
SEWING = Wish(
    "Pelatihan menjahit bagi ibu rumah tangga", "B3.01", "Aula kelurahan", Decimal(30), Unit.PERSON, 54_000_000,
    30, 0, 0, 21, 2, "class", LandStatus.NOT_NEEDED, executor="Pokmas Jarum Emas (contoh)",
)  # fmt: skip
HEALTH_POST = Wish(
    "Posyandu RW 005", "A3.02", "Lapangan RW 005", Decimal(1), Unit.PIECE, 88_000_000, 110, 92, 67, 40, 6, "post",
    executor="Pokmas Sehat Selalu (contoh)",
)  # fmt: skip
FLOOD = Wish(
    "Pelatihan siaga banjir untuk relawan RW", "B6.03", "Balai RW 003", Decimal(40), Unit.PERSON, 46_000_000,
    18, 22, 0, 12, 1, "class", LandStatus.NOT_NEEDED, executor="Pokmas Siaga (contoh)",
)  # fmt: skip

READING = Wish(
    "Taman bacaan RW 003", "A4.01", "Balai RW 003", Decimal(1), Unit.PACKAGE, 8_000_000, 64, 58, 70, 20, 2, "class",
    executor="Pokmas Gemar Membaca (contoh)",
)  # fmt: skip
WELLS = Wish(
    "Sumur resapan di gang RW 005", "A1.04", "Gang Kenanga, RW 005", Decimal(6), Unit.PIECE, 10_000_000, 52, 49, 22,
    18, 1, "lane", executor="Pokmas Resapan (contoh)",
)  # fmt: skip
CADRES = Wish(
    "Pelatihan kader posyandu", "B1.03", "Aula kelurahan", Decimal(25), Unit.PERSON, 15_000_000, 24, 1, 0, 6, 1,
    "class", LandStatus.NOT_NEEDED, executor="Pokmas Sehat Selalu (contoh)",
)  # fmt: skip
ANGKLUNG = Wish(
    "Kursus angklung remaja", "B2.02", "Aula kelurahan", Decimal(30), Unit.PERSON, 12_000_000, 15, 15, 0, 9, 1,
    "class", LandStatus.NOT_NEEDED, executor="Karang Taruna (contoh)",
)  # fmt: skip

STORIES: tuple[Story, ...] = (
    Story(
        (
            "Gang di RT 3 rusak dan becek setiap hujan, anak sekolah sering jatuh.",
            "Saya sudah tua, kalau ke masjid lewat gang itu takut terpeleset.",
            "Motor tidak bisa lewat kalau hujan, mohon diperbaiki.",
            "Kereta bayi tidak bisa lewat, jalannya berlubang semua.",
        ),
        "Gang tanah selebar 1,5 meter, berlubang di sebelas titik, tergenang setelah hujan.",
        ALLEY,
        "fault",
    ),
    Story(
        (
            "Saluran di belakang posyandu mampet, baunya sampai ke ruang timbang.",
            "Kalau hujan airnya naik ke teras rumah.",
            "Nyamuk banyak sekali dari selokan itu.",
        ),
        "Dinding saluran roboh sepanjang 40 meter dan penuh endapan sampah.",
        DRAIN,
        "handed_over",
    ),
    Story(
        (
            "Ibu-ibu di sini ingin bisa menjahit supaya ada penghasilan.",
            "Anak saya lulus SMK tapi tidak punya mesin jahit.",
        ),
        "Tiga puluh ibu siap ikut; belum ada pelatihan dalam dua tahun terakhir.",
        SEWING,
        "confirmed",
    ),
    Story(
        (
            "Jalan ke sekolah gelap, anak yang pulang mengaji takut.",
            "Tolong dipasang lampu, sudah dua kali ada yang jatuh.",
        ),
        "Jalan sepanjang 300 meter tanpa satu pun lampu; dilalui anak sekolah dan jamaah subuh.",
        LAMPS,
        "half",
    ),
    Story(
        ("Posyandu kami menumpang di garasi warga, sempit.", "Balita antre di jalan waktu posyandu."),
        "Posyandu melayani 74 balita di garasi 3 × 4 meter; ada lahan lapangan milik kota.",
        HEALTH_POST,
        "deferred",
    ),
    Story(
        ("RW kami langganan banjir, kami ingin relawan yang terlatih.",),
        "Dua kali banjir dalam setahun; belum ada relawan terlatih.",
        FLOOD,
        "checked",
    ),
    Story(
        ("Anak-anak tidak punya tempat membaca, buku sumbangan menumpuk di rumah saya.",),
        "Ada ruang kosong di balai RW; buku sumbangan belum tertata.",
        READING,
        "proposal",
    ),
    Story(
        ("Setiap hujan gang kami tergenang sampai sore.",),
        "Tanah gang kedap; genangan setinggi mata kaki selama dua jam setelah hujan.",
        WELLS,
        "reported",
    ),
    Story(
        ("Kader posyandu baru belum pernah dilatih.",),
        "Sebelas dari dua puluh lima kader belum pernah ikut pelatihan.",
        CADRES,
        "funded",
    ),
    Story(
        ("Remaja ingin belajar angklung, gurunya ada di kampung ini.",),
        "Tiga puluh remaja mendaftar; alat tersedia di kantor kelurahan.",
        ANGKLUNG,
        "prepared",
    ),
)

LOOSE: tuple[tuple[str, str, dict[str, str]], ...] = (  # category, words, what the category asks besides
    ("waste", "Tempat sampah umum di ujung jalan selalu penuh, tidak diangkut tiga hari.", {"days": "3"}),
    ("drain", "Selokan depan rumah mampet sejak ada galian.", {"depth": "ankle", "inside": "no"}),
    ("road", "Jalan lingkungan berlubang di dekat warung, berbahaya malam hari.", {"passable": "yes"}),
    ("light", "Lampu jalan mati sudah dua minggu.", {"lamps": "2"}),
    ("water", "Air ledeng kecil sekali kalau pagi.", {"houses": "15"}),
    ("learning", "Anak-anak butuh taman bacaan, sekarang main ponsel terus.", {}),
    ("health", "Mohon penyuluhan hidup bersih, banyak yang kena diare.", {}),
    ("work", "Banyak pemuda menganggur, ingin pelatihan kerja.", {}),
    ("safety", "Pos ronda rusak, atapnya bocor.", {}),
    ("toilet", "MCK umum tidak ada airnya.", {}),
)
