"""How many rows of a spreadsheet a second become proposals and voices? Tried, written, and sent a second time.

Generated lists hold one trap in ten rows (unknown ward, no cost, a category nobody mapped, the same row twice, personal
data in words). Real lists are measured too where PENDAMPING_SHARED_DATA points at them.
"""

from __future__ import annotations

import csv
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.figures import Table
from benchmarks.options import Options
from benchmarks.site import ROOT, Site, fresh

QUESTION = "imports: rows a second"
ROWS = 1000  # of each list, also of the real ones
CITY = "32.78"
SHARED = Path(os.environ.get("PENDAMPING_SHARED_DATA", ROOT.parent / "shared" / "data")) / "real"
REAL = (  # list, its city, its kind, its mapping, the list of its wards
    ("kulonprogo-usulan-tsp-2024/usulan_program_kegiatan.csv", "34.01", "proposals", "kulonprogo", "kalurahan.csv"),
    ("jakarta-crm-2019-2020/crm_jakarta_pusat_2019.csv", "31.71", "voices", "jakarta-crm", ""),
)
WARDS = ("Sukajaya", "Cikalang", "Sukamanah", "Setiaratu", "Linggajaya", "Kahuripan")


def run(options: Options) -> list[Table]:
    """Generated and real lists, each on an empty city."""
    table = Table("Imports", ["list", "rows", "taken", "refused", "tried rows/s", "written rows/s", "again rows/s"])
    with tempfile.TemporaryDirectory(prefix="pendamping-bench-") as folder:
        lists: list[tuple[str, Path, str, str, str, str]] = []
        for kind, mapping, write in (("proposals", "kulonprogo", _proposals), ("voices", "jakarta-crm", _voices)):
            file = Path(folder) / f"{kind}.csv"
            write(file)
            lists.append((f"{kind}, generated", file, CITY, kind, mapping, ""))
        for name, city, kind, mapping, places in REAL:
            file = SHARED / name
            if file.is_file():
                beside = str(file.with_name(places)) if places else ""
                lists.append((f"{kind}, {file.parent.name}", file, city, kind, mapping, beside))
        for label, *asked in lists:
            with fresh() as site:
                _measure(site, table, label, *asked)
    if not SHARED.is_dir():
        table.notes.append("Real lists were not measured: PENDAMPING_SHARED_DATA points at none.")
    return [table]


def _measure(site: Site, table: Table, label: str, file: Path, city: str, kind: str, mapping: str, places: str) -> None:
    asked = {"file": str(file), "city": city, "kind": kind, "mapping": mapping, "places": places}
    found = site.child("benchmarks.imports", **asked)
    rates = [found["rows"] / seconds for seconds in found["seconds"]]
    table.add(label, found["rows"], found["added"], found["refused"], *rates)


def main(*, file: str, city: str, kind: str, mapping: str, places: str) -> dict[str, Any]:
    """In the site: import a list three times over and time it."""
    from django.utils import timezone

    from pendamping.core.imports import plan
    from pendamping.core.imports.sheet import read
    from pendamping.demo.city import reference
    from pendamping.demo.journey import import_places
    from pendamping.demo.people import hold, sign_in
    from pendamping.needs.importers import Proposals, Voices, read_mapping

    at = timezone.now()
    if places:
        import_places(city, Path(places), at)
    place = reference(city, (2024,), at, with_wards=not places)
    by = hold(sign_in("pengimpor", "Akun impor"), "planning_agency", place, at)
    importer: Callable[..., Any] = Proposals if kind == "proposals" else Voices

    def once(dry_run: bool) -> tuple[Any, float]:
        started = time.perf_counter()
        whole = read(Path(file))
        sheet = replace(whole, rows=whole.rows[: ROWS + 1])
        report = plan.run(importer(place, read_mapping(mapping)), sheet, mode="good", dry_run=dry_run, by=by, at=at)
        return report, time.perf_counter() - started

    (_tried, first), (written, second), (_again, third) = once(True), once(False), once(False)
    return {
        "rows": written.rows, "added": written.added, "refused": written.refused, "seconds": [first, second, third],
    }  # fmt: skip


def _proposals(file: Path) -> None:
    header = [
        "No", "TAHUN", "RUANG LINGKUP TSP", "URUSAN/BIDANG", "USULAN PROGRAM/KEGIATAN", "PERMASALAHAN", "ALAMAT",
        "KALURAHAN", "KAPANEWON", "Biaya Perkiraan (start range)", "Biaya Perkiraan (end range)", "Keterangan", "OPD",
    ]  # fmt: skip
    rows: list[list[object]] = []
    for number in range(1, ROWS + 1):
        row: list[object] = [
            number, 2024, "PROGRAM INFRASTRUKTUR", "Penerangan", f"Pemasangan LPJU gang {number}",
            f"Gang {number} gelap.\nTelepon warga 0812-0000-{number:04d}", f"RT 001 RW 002 gang {number}",
            WARDS[number % len(WARDS)], "", "5.000.000", "12.500.000", "Tergantung panjang kabel", "Dinas Perhubungan",
        ]  # fmt: skip
        trap = number % 50
        if trap == 10:
            row[7] = "Antahberantah"
        elif trap == 20:
            row[9] = row[10] = ""
        elif trap == 30:
            row[2], row[3], row[4] = "LAIN", "Lain", f"Studi banding ke luar negeri {number}"
        elif trap == 40:
            row = rows[-1]
        elif trap == 0:
            row[9] = "lima juta"
        rows.append(row)
    _write(file, header, rows)


def _voices(file: Path) -> None:
    header = ["id_laporan", "skpd", "kategori", "rincian_masalah", "status", "tanggal_masuk", "tanggal_selesai"]
    rows: list[list[object]] = []
    for number in range(1, ROWS + 1):
        came = date(2019, 1, 1) + timedelta(days=number % 360)
        row: list[object] = [
            f"XX{number:09d}", f"KELURAHAN {WARDS[number % len(WARDS)].upper()}", "SALURAN AIR", "SALURAN TERSUMBAT",
            "COMPLETE" if number % 3 else "PROCESS", came, came + timedelta(days=3) if number % 3 else "",
        ]  # fmt: skip
        trap = number % 50
        if trap == 10:
            row[1] = "DINAS BINA MARGA"
        elif trap == 20:
            row[5] = "31 Februari 2019"
        elif trap == 30:
            row = rows[-1]
        elif trap == 40:
            row[3] = f"HUBUNGI IBU CONTOH 0812-0000-{number:04d}"
        elif trap == 0:
            row[1] = "KELURAHAN ANTAHBERANTAH"
        rows.append(row)
    _write(file, header, rows)


def _write(file: Path, header: list[str], rows: list[list[object]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([header, *rows])
