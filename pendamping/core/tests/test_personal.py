"""Personal data in free text is gone, amounts and places stay; encrypted fields open only with their own key."""

from __future__ import annotations

import csv
import itertools
import os
import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pendamping.core.personal import crypt, mask_goods, mask_to
from pendamping.core.personal.mask import Kind, mask

SHARED = Path(os.environ.get("PENDAMPING_SHARED_DATA", Path(__file__).resolve().parents[4] / "shared" / "data"))
PROPOSALS = SHARED / "real" / "kulonprogo-usulan-tsp-2024" / "usulan_program_kegiatan.csv"

MASKED = [
    ("NIK: 3278051203900007", "NIK: [NIK]"),
    ("3278991299900007", "[NIK]"),
    ("NIK3278051203900007", "NIK[NIK]"),
    ("KK 3278 0512 0390 0007", "KK [KK]"),
    ("No. KK: 3278051203900007", "No. KK: [KK]"),
    ("nik 32.7805.120390.0007", "nik [NIK]"),
    ("3278-0512-0390-0007", "[NIK]"),
    ("3278\u00a00512\u00a00390\u00a00007", "[NIK]"),
    ("hub 0812-3456-7890 ya", "hub [telepon] ya"),
    ("+62 812 3456 7890 / 0812.3456.7890 / 62812345678", "[telepon] / [telepon] / [telepon]"),
    ("email budi.c@contoh.id", "email [surel]"),
    ("budi (at) contoh.id", "[surel]"),
    ("rek BRI 0123-01-012345-53-1", "rek BRI [rekening]"),
    ("Rek. Mandiri 1310012345678 a.n. Tuti", "Rek. Mandiri [rekening] a.n. [nama]"),
    ("a.n. Siti Contoh NIK: 3278051203900007", "a.n. [nama] NIK: [NIK]"),
    ("rutilahu an. KASIYEM NIK 3401010101010001", "rutilahu an. [nama] NIK [NIK]"),
    ("Kasiyem Rekaan (3401010101010001)", "[nama] ([NIK])"),
    ("atas nama ujang khayal di RT 03", "atas nama [nama] di RT 03"),
    ("atas nama: SITI REKA binti RAHMAT, alamat Kp. Baru", "atas nama: [nama], alamat Kp. Baru"),
    ("a.n 1. Kasiyem, 2. Paijo dan Tukiman sebesar Rp 5.000", "a.n 1. [nama], 2. [nama] dan [nama] sebesar Rp 5.000"),
    ("Bapak Dadan Rekaan, RT 02", "Bapak [nama], RT 02"),
    ("Sdr. Asep Khayal", "Sdr. [nama]"),
    ("Bu Tini Khayal minta", "Bu [nama] minta"),
    ("NIP 198001012005011001", "NIP [nomor]"),
    ("Haji Mamat bin Udin minta", "Haji [nama] minta"),
    ("hj. Titin Khayal, RT 02", "hj. [nama], RT 02"),
    ("H. Mamat dan Hajah Tuti", "H. [nama] dan Hajah [nama]"),
    ("rumah Mamat bin Udin", "rumah [nama]"),
    ("siti binti rahmat", "[nama]"),
    ("telp 0265-331234 kantor", "telp [telepon] kantor"),
    ("(0265) 331234 / 021 5551234", "[telepon] / [telepon]"),
    ("telepon: 0265331234", "telepon: [telepon]"),
    ("+62 265 331234", "[telepon]"),
    ("wa 0 8 1 2 3 4 5 6 7 8 9 0 ya", "wa [telepon] ya"),
    ("NIK 32780101019OOOO1", "NIK [NIK]"),
    ("hub o812-3456-789O", "hub [telepon]"),
    ("\u0660\u0668\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669\u0660", "[telepon]"),
    ("\uff13\uff12\uff17\uff18\uff10\uff15\uff11\uff12\uff10\uff13\uff19\uff10\uff10\uff10\uff10\uff17", "[NIK]"),
]  # fmt: skip

KEPT = [
    "Rp 1.500.000.000.000",
    "Rp 1.500.000.000.000.000",
    "anggaran 12.500.000,00 sampai 15.000.000,00",
    "-7.3274, 108.2207",
    "-7.327412345678901, 108.22071234567890",
    "Ibu-ibu PKK RW 05 dan Bapak Lurah",
    "Pak RT dan Ibu RW hadir, a.n. warga RT 05",
    "Ibu hamil dan anak balita di Posyandu Melati",
    "Volume 120 m x 2,5 m, tebal 0,15 m",
    "Jalan Jenderal Sudirman No. 12, SDN Dewi Sartika, Gang H. Abdullah",
    "Kelompok Tani Sri Rejeki, KT Sukatani Nganti",
    "rekening listrik Rp 1.500.000.000",
    "RT 12 15 18 20 22 24 26 28",
    "jam 08.00-12.00 2025, tanggal 12-03-2025",
    "20250101 20250131",
    "volume 62 8.500.000",
    "SP2D/CONTOH/2026/003-1",
    "Perwal Kota Tasikmalaya 40/2022",
    "900/123/BPKAD/2026",
    "SK Contoh 001/DEMO",
    "BAST/003/CONTOH/2026",
    "SP2D 0265/331234/LS/2026",
    "Jl. Haji Abdullah, Masjid H. Abdullah, asrama Haji Sukajaya",
    "Blok H Melati, 120 m², 5 m³",
    "021 500.000 lembar",
    "Foto Oo, 2O m, jam 09.00-11.00",
]


@pytest.mark.parametrize(("text", "expected"), MASKED)
def test_personal_words_are_replaced_by_what_they_are(text: str, expected: str) -> None:
    assert mask(text).text == expected
    assert mask(expected).text == expected, "masking twice changes nothing"


@pytest.mark.parametrize("text", KEPT)
def test_amounts_places_and_groups_stay(text: str) -> None:
    assert mask(text).text == text


GOODS = [
    ("Stella Spray", "Stella Spray"),
    ("Supir Material / Truck", "Supir Material / Truck"),
    ("H Beam Panjang 18 m", "H Beam Panjang 18 m"),
    ("Fisikawan Medik Ahli Pratama", "Fisikawan Medik Ahli Pratama"),
    ("Balpoint Hi Tech", "Balpoint Hi Tech"),
    ("Makanan dan Minuman Pasien Rawat Inap", "Makanan dan Minuman Pasien Rawat Inap"),
    ("Pasir, hubungi Pak Edi 0812-3456-7890", "Pasir, hubungi Pak [nama] [telepon]"),
    ("Semen a.n. Sumirah Rekaan", "Semen a.n. [nama]"),
    ("Cat Kasiyem NIK: 3401987012540007", "[nama] NIK: [NIK]"),
]


@pytest.mark.parametrize(("text", "expected"), GOODS)
def test_goods_of_a_catalogue_stay_and_persons_in_it_go(text: str, expected: str) -> None:
    assert mask_goods(text).text == expected


def test_a_masked_text_fits_its_column_and_keeps_placeholders_whole() -> None:
    given = ("Pak Edi " * 20)[:160]
    assert len(mask(given).text) > 160, "masking makes this text longer than it was"
    for most in range(20, 161):
        shown = mask_to(given, most)
        assert len(shown) <= most
        assert "Edi" not in shown
        assert shown.endswith("…")
        assert shown.count("[") == shown.count("]") == shown.count("[nama]")
        assert mask_to(shown, most) == shown
    assert mask_to("Pak Edi", 160) == "Pak [nama]"
    assert mask_to("900/123/BPKAD/2026", 80) == "900/123/BPKAD/2026"


def test_findings_point_into_the_original() -> None:
    text = "a.n. Siti Contoh NIK: 3278051203900007"
    found = mask(text).found
    assert [(f.kind, text[f.start : f.end]) for f in found] == [
        (Kind.NAME, "Siti Contoh"),
        (Kind.NIK, "3278051203900007"),
    ]


def invented(kind: str, rng: random.Random) -> str:
    """A value of the shape of a real one, belonging to nobody."""
    if kind == "nik":
        digits = f"32{rng.randint(1, 99):02d}{rng.randint(1, 99):02d}{rng.randint(1, 28):02d}{rng.randint(1, 12):02d}"
        digits += f"{rng.randint(0, 99):02d}{rng.randint(0, 9999):04d}"
        cut = rng.choice([(), (4, 8, 12), (6, 12)])
        places = [0, *cut, 16]
        return rng.choice([" ", ".", "-"]).join(digits[a:b] for a, b in itertools.pairwise(places))
    if kind == "phone":
        rest = f"{rng.choice([11, 12, 13, 21, 52, 57, 81, 95])}-{rng.randint(1000, 9999)}-{rng.randint(1000, 9999)}"
        return rng.choice(["08", "+628", "628"]) + rest.replace("-", rng.choice(["-", " ", ""]))
    user, ending = rng.choice(["warga", "ibu.rt", "kader_07"]), rng.choice(["id", "co.id", "com"])
    return f"{user}{rng.randint(1, 999)}@contoh{rng.randint(1, 9)}.{ending}"


WORDS = [
    "perbaikan",
    "saluran",
    "RT 03",
    "Rp 12.500.000",
    "panjang 120 m",
    "warga,",
    "(usulan)",
    "jalan",
    "tahun 2025.",
    "5,5 m2",
    "dan",
    "a.n.",
]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.lists(st.sampled_from(WORDS), max_size=25))
def test_planted_values_never_survive(seed: int, words: list[str]) -> None:
    rng = random.Random(seed)
    planted = [invented(rng.choice(["nik", "phone", "mail"]), rng) for _ in range(4)]
    for value in planted:
        words.insert(rng.randint(0, len(words)), value)
    shown = mask(" ".join(words)).text
    for value in planted:
        assert value not in shown
        assert len(re.sub(r"\D", "", value)) < 9 or re.sub(r"\D", "", value)[-6:] not in re.sub(r"[ .\-]", "", shown)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_masked_without_failing_and_stays_masked(text: str) -> None:
    masked = mask(text)
    assert all(a.end <= b.start for a, b in zip(masked.found, masked.found[1:], strict=False))
    rebuilt, at = "", 0
    for finding in masked.found:
        rebuilt += text[at : finding.start] + finding.kind.value
        at = finding.end
    assert rebuilt + text[at:] == masked.text


@pytest.mark.skipif(
    not PROPOSALS.is_file(), reason="the public proposal list is not beside the repository (PENDAMPING_SHARED_DATA)"
)
def test_two_hundred_planted_people_vanish_from_real_proposals() -> None:
    with PROPOSALS.open(encoding="utf-8-sig", newline="") as file:
        descriptions = [row["PERMASALAHAN"] for row in csv.DictReader(file)]
    rng = random.Random(7)
    surviving: list[str] = []
    planted = 0
    for text in repeated(descriptions, 200):
        name, nik = (
            f"{rng.choice(['Sartinem', 'Paijan', 'Wagirah', 'Tumijan'])} {rng.choice(['Rekaan', 'Khayal', 'Contoh'])}",
            invented("nik", rng),
        )
        filled = text.replace("[NAMA]", name).replace("[NIK]", nik)
        if filled == text:
            filled = f"{text} a.n {name} NIK : {nik}"
        planted += 1
        shown = mask(filled).text
        surviving += [value for value in (name, name.split()[0], nik) if value in shown]
    assert planted == 200
    assert surviving == []


@pytest.mark.skipif(
    not PROPOSALS.is_file(), reason="the public proposal list is not beside the repository (PENDAMPING_SHARED_DATA)"
)
def test_real_proposals_without_people_stay_as_they_are() -> None:
    with PROPOSALS.open(encoding="utf-8-sig", newline="") as file:
        texts = [cell for row in csv.DictReader(file) for cell in row.values() if cell]
    assert len(texts) > 1000
    assert [text for text in texts if mask(text).text != text] == []


def repeated(texts: list[str], times: int) -> list[str]:
    return [texts[i % len(texts)] for i in range(times)]


def test_a_field_opens_only_with_its_own_key_and_name() -> None:
    key, other = crypt.new_subject_key(), crypt.new_subject_key()
    sealed = crypt.encrypt("3278051203900007", subject_key=key, field="nik")
    assert b"3278051203900007" not in sealed
    assert crypt.decrypt(sealed, subject_key=key, field="nik") == "3278051203900007"
    assert sealed != crypt.encrypt("3278051203900007", subject_key=key, field="nik"), "equal values do not look equal"
    for attempt in (
        {"sealed": sealed, "subject_key": other, "field": "nik"},
        {"sealed": sealed, "subject_key": key, "field": "phone"},
        {"sealed": sealed[:-1] + bytes([sealed[-1] ^ 1]), "subject_key": key, "field": "nik"},
        {"sealed": b"", "subject_key": key, "field": "nik"},
        {"sealed": sealed[:5], "subject_key": key, "field": "nik"},
    ):
        with pytest.raises(crypt.Unreadable):
            crypt.decrypt(**attempt)


def test_the_master_key_guards_subject_keys_and_the_index(settings) -> None:  # type: ignore[no-untyped-def]
    key = crypt.new_subject_key()
    sealed = crypt.encrypt("rahasia", subject_key=key, field="note")
    index = crypt.blind_index("3278051203900007", purpose="nik")
    assert index == crypt.blind_index("3278051203900007", purpose="nik")
    assert index != crypt.blind_index("3278051203900007", purpose="kk")
    settings.FIELD_KEY = "another master key of sufficient length"
    assert index != crypt.blind_index("3278051203900007", purpose="nik")
    with pytest.raises(crypt.Unreadable):
        crypt.decrypt(sealed, subject_key=key, field="note")


@pytest.mark.parametrize(
    ("value", "shown"), [("3278051203900007", "•••• 0007"), ("081234567890", "•••• 7890"), ("1234", "••••")]
)
def test_shown_masked(value: str, shown: str) -> None:
    assert crypt.last_four(value) == shown
