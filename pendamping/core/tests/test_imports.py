"""Spreadsheets: every dialect read, every fault told with its cure, hostile files refused, rows taken once."""

from __future__ import annotations

import contextlib
import csv
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from time import perf_counter
from typing import Any

import pytest
import python_calamine
import xlsxwriter
from django.db import models
from hypothesis import given, settings
from hypothesis import strategies as st

from pendamping.core.errors import Refused
from pendamping.core.imports import cells, plan
from pendamping.core.imports.batch import ImportBatch, ImportedRow
from pendamping.core.imports.cells import CellProblem
from pendamping.core.imports.export import csv_response, csv_text, is_formula_like, safe_cell, unquoted, xlsx_bytes
from pendamping.core.imports.plan import Column, Importer, run
from pendamping.core.imports.reasons import Reason
from pendamping.core.imports.sheet import Limits, Sheet, read
from pendamping.core.models import Counter

AT = datetime(2025, 7, 1, 3, 0, tzinfo=UTC)
D = Decimal

# ── cells ───────────────────────────────────────────────────────────────────────────────────────────────────────────

READ: list[tuple[Callable[[Any], Any], Any, Any]] = [
    (cells.rupiah, "5.000", 5000),
    (cells.rupiah, "5,000", 5000),
    (cells.rupiah, "Rp 12.500.000,00", 12_500_000),
    (cells.rupiah, "Rp. 12.500.000,-", 12_500_000),
    (cells.rupiah, "Rp12.500.000", 12_500_000),
    (cells.rupiah, "IDR 12,500,000.00", 12_500_000),
    (cells.rupiah, "12500000", 12_500_000),
    (cells.rupiah, "1,5 juta", 1_500_000),
    (cells.rupiah, "1.5 jt", 1_500_000),
    (cells.rupiah, "2,25 miliar", 2_250_000_000),
    (cells.rupiah, "750 ribu", 750_000),
    (cells.rupiah, "Rp 3.000.000 rupiah", 3_000_000),
    (cells.rupiah, 7642000.0, 7_642_000),
    (cells.rupiah, 0, 0),
    (cells.rupiah_range, "5.000.000 - 7.500.000", (5_000_000, 7_500_000)),
    (cells.rupiah_range, "Rp 5.000.000 s/d Rp 7.500.000", (5_000_000, 7_500_000)),
    (cells.rupiah_range, "5 - 7 juta", (5_000_000, 7_000_000)),
    (cells.rupiah_range, "5 juta sampai dengan 7,5 juta", (5_000_000, 7_500_000)),
    (cells.rupiah_range, "15.000.000", (15_000_000, 15_000_000)),
    (cells.rupiah_range, 15000000, (15_000_000, 15_000_000)),
    (cells.quantity, "1.250,5", D("1250.5")),
    (cells.quantity, "1250.5", D("1250.5")),
    (cells.quantity, "1,250.5", D("1250.5")),
    (cells.quantity, "0,75", D("0.75")),
    (cells.quantity, "1.250", D(1250)),
    (cells.quantity, "0.250", D("0.25")),
    (cells.quantity, 2.5, D("2.5")),
    (cells.quantity, 100, D(100)),
    (cells.integer, "1.250", 1250),
    (cells.integer, 12.0, 12),
    (cells.integer, "007", 7),
    (cells.day, "01/07/2025", date(2025, 7, 1)),
    (cells.day, "1-7-2025", date(2025, 7, 1)),
    (cells.day, "2025-07-01", date(2025, 7, 1)),
    (cells.day, "2025-07-01 00:00:00", date(2025, 7, 1)),
    (cells.day, "1 Juli 2025", date(2025, 7, 1)),
    (cells.day, "Selasa, 1 Juli 2025", date(2025, 7, 1)),
    (cells.day, "17 Agt 2025", date(2025, 8, 17)),
    (cells.day, "10 Nopember 2025", date(2025, 11, 10)),
    (cells.day, datetime(2025, 7, 1, 9, 30), date(2025, 7, 1)),
    (cells.day, 45839, date(2025, 7, 1)),
    (cells.day, "45839", date(2025, 7, 1)),
    (cells.yes_no, "Ya", True),
    (cells.yes_no, "TIDAK", False),
    (cells.yes_no, 1.0, True),
    (cells.yes_no, "belum", False),
    (cells.yes_no, False, False),
    (cells.coordinate, "-7.3274, 108.2207", (D("-7.327400"), D("108.220700"))),
    (cells.coordinate, "-7,3274; 108,2207", (D("-7.327400"), D("108.220700"))),
    (cells.coordinate, "−7.3274 108.2207", (D("-7.327400"), D("108.220700"))),
    (cells.text, "  Jalan\n rusak\u200b ", "Jalan rusak"),
    (cells.text, 12.0, "12"),
    (cells.choice([("road", ["Jalan", "jalan lingkungan"])]), "JALAN  LINGKUNGAN", "road"),
]

UNREAD: list[tuple[Callable[[Any], Any], Any, str]] = [
    (cells.rupiah, "lima juta", "not_an_amount"),
    (cells.rupiah, "1.25.000", "not_an_amount"),
    (cells.rupiah, "Rp", "not_an_amount"),
    (cells.rupiah, True, "not_an_amount"),
    (cells.rupiah, float("nan"), "not_an_amount"),
    (cells.rupiah, float("inf"), "not_an_amount"),
    (cells.rupiah, "=1+1", "not_an_amount"),
    (cells.rupiah, "#REF!", "not_an_amount"),
    (cells.rupiah, "-5.000", "negative_amount"),
    (cells.rupiah, "Rp -5.000", "negative_amount"),
    (cells.rupiah, "9.000.000.000.000.000", "amount_too_large"),
    (cells.rupiah_range, "7 juta - 5 juta", "range_reversed"),
    (cells.quantity, "dua", "not_a_number"),
    (cells.quantity, "12 m", "not_a_number"),
    (cells.quantity, "-3", "negative_number"),
    (cells.quantity, "9999999999999", "number_too_large"),
    (cells.integer, "1,5", "not_a_whole_number"),
    (cells.integer, -1, "not_a_whole_number"),
    (cells.day, "31/02/2025", "not_a_date"),
    (cells.day, "07/31/2025", "not_a_date"),
    (cells.day, "1 Smarch 2025", "not_a_date"),
    (cells.day, "01/07/25", "not_a_date"),
    (cells.day, 0, "not_a_date"),
    (cells.day, True, "not_a_date"),
    (cells.day, "1/1/0001", "not_a_date"),
    (cells.yes_no, "mungkin", "not_yes_or_no"),
    (cells.coordinate, "108.2207, -7.3274", "not_a_place"),
    (cells.coordinate, "Aula", "not_a_place"),
    (cells.coordinate, "-77.3274, 108.2207", "outside_indonesia"),
    (cells.text, "x" * 10_001, "text_too_long"),
    (cells.choice([("road", ["Jalan"])]), "Sungai", "not_in_the_list"),
]


@pytest.fixture(autouse=True)
def _chunks_of_two_hundred(monkeypatch: pytest.MonkeyPatch) -> None:
    """The size of a transaction is a matter of tuning; these tests count with a round one."""
    monkeypatch.setattr(plan, "CHUNK", 200)


@pytest.mark.parametrize(("parser", "cell", "expected"), READ)
def test_cells_mean_what_offices_mean(parser: Callable[[Any], Any], cell: Any, expected: Any) -> None:
    assert parser(cell) == expected


@pytest.mark.parametrize(("parser", "cell", "code"), UNREAD)
def test_unreadable_cells_say_how_to_mend_them(parser: Callable[[Any], Any], cell: Any, code: str) -> None:
    with pytest.raises(CellProblem) as problem:
        parser(cell)
    assert problem.value.code == code
    assert len(problem.value.sentence) > 20 and "%(" not in problem.value.sentence


PARSERS = [
    cells.rupiah,
    cells.rupiah_range,
    cells.quantity,
    cells.integer,
    cells.day,
    cells.yes_no,
    cells.coordinate,
    cells.latitude,
    cells.text,
]
ANY_CELL = st.one_of(
    st.text(max_size=60),
    st.text("0123456789.,-/ Rpjta", max_size=25),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.datetimes(),
    st.dates(),
)


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(PARSERS), ANY_CELL)
def test_no_cell_breaks_a_reader(parser: Callable[[Any], Any], cell: Any) -> None:
    try:
        parser(cell)
    except CellProblem as problem:
        assert problem.code and problem.sentence


@given(st.integers(0, 10**14))
def test_amounts_read_back_however_written(amount: int) -> None:
    dotted = f"{amount:,}".replace(",", ".")
    for shown in (str(amount), dotted, f"Rp {dotted}", f"Rp{dotted},00", f"Rp. {dotted},-", amount):
        assert cells.rupiah(shown) == amount


# ── reading files ───────────────────────────────────────────────────────────────────────────────────────────────────

TABLE = [
    ["Nama", "Biaya", "Kosong", "Catatan"],
    ["Jalan é", "5.000", "", "baris satu\nbaris dua"],
    ["Saluran", "Rp 1.500,00", "", 'ia berkata "ya"; lalu, pergi'],
]


def written(delimiter: str = ";", encoding: str = "utf-8", line: str = "\r\n") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=line).writerows(TABLE)
    return out.getvalue().encode(encoding)


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("line", ["\r\n", "\n"])
def test_every_dialect_of_csv(delimiter: str, encoding: str, line: str) -> None:
    sheet = read(written(delimiter, encoding, line))
    assert [list(row.cells) for row in sheet.rows] == TABLE
    assert [row.number for row in sheet.rows] == [1, 2, 3] and sheet.delimiter == delimiter


def test_excels_own_hint_and_blank_lines_keep_row_numbers() -> None:
    sheet = read(b"sep=|\r\n\r\na|b\r\n1|2;3;4\r\n\r\n5|6\r\n")
    assert [(row.number, row.cells) for row in sheet.rows] == [(3, ("a", "b")), (4, ("1", "2;3;4")), (6, ("5", "6"))]


def test_xlsx_cells_keep_their_types_and_row_numbers() -> None:
    data = xlsx_bytes([["Nama", "Biaya", "Hari"], [], ["Jalan", 12_500_000, date(2025, 7, 1)], ["'=x", D("1.5"), None]])
    rows = read(data).rows
    assert [row.number for row in rows] == [1, 3, 4]
    assert cells.rupiah(rows[1].cells[1]) == 12_500_000 and cells.day(rows[1].cells[2]) == date(2025, 7, 1)
    assert rows[2].cells[0] == "'=x"


def repacked(change: Callable[[dict[str, bytes]], None], rows: list[list[Any]] | None = None) -> bytes:
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(rows or [["a", "b"], [1, 2]]))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def far_cell(parts: dict[str, bytes]) -> None:
    parts[SHEET] = parts[SHEET].replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )


def entity_bomb(parts: dict[str, bytes]) -> None:
    lol = (
        b'<!DOCTYPE x [<!ENTITY a "lol">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
        + b"]>"
    )
    parts[SHEET] = (
        parts[SHEET]
        .replace(b"?>", b"?>" + lol, 1)
        .replace(b"<sheetData>", b'<sheetData><row><c t="str"><v>&j;</v></c></row>')
    )


def encrypted() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le")


HOSTILE: dict[str, tuple[Callable[[], bytes], set[Reason]]] = {
    "empty": (lambda: b"", {Reason.EMPTY}),
    "only blanks": (lambda: b" \r\n;;;\r\n", {Reason.EMPTY}),
    "zip of 1000 to 1": (lambda: repacked(lambda p: p.update({"xl/pad.xml": b"0" * 50_000_000})), {Reason.BOMB}),
    "200 MB": (lambda: repacked(lambda p: p.update({f"xl/{i}": bytes(50_000_000) for i in range(4)})), {Reason.BOMB}),
    "10,000 entries": (lambda: repacked(lambda p: p.update({f"xl/{i}": b"" for i in range(10_000)})), {Reason.BOMB}),
    "entity bomb": (lambda: repacked(entity_bomb), {Reason.DAMAGED, Reason.BOMB}),
    "cell far away": (lambda: repacked(far_cell), {Reason.BOMB, Reason.DAMAGED, Reason.TOO_MANY_COLUMNS}),
    "macros": (lambda: repacked(lambda p: p.update({"xl/vbaProject.bin": b"x"})), {Reason.MACROS}),
    "a thousand columns": (lambda: xlsx_bytes([[1] * 1000]), {Reason.TOO_MANY_COLUMNS}),
    "a million columns in csv": (lambda: b";" * 1_000_000 + b"x", {Reason.TOO_MANY_COLUMNS}),
    "too many rows": (lambda: b"a;b\n" * 50_002, {Reason.TOO_MANY_ROWS}),
    "too many bytes": (lambda: b"a;b\n" * 3_000_000, {Reason.TOO_LARGE}),
    "old excel": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, {Reason.OLD_EXCEL}),
    "password": (encrypted, {Reason.PROTECTED}),
    "truncated": (lambda: xlsx_bytes([["a"], ["b"]])[:900], {Reason.DAMAGED}),
    "broken xml": (lambda: repacked(lambda p: p.update({SHEET: b"<worksheet><sheetData><row"})), {Reason.DAMAGED}),
    "word file": (lambda: repacked(lambda p: p.pop("xl/workbook.xml")), {Reason.NOT_A_SHEET}),
    "html called xls": (lambda: b"<html><table><tr><td>1</td></tr></table>", {Reason.NOT_A_SHEET}),
    "pdf": (lambda: b"%PDF-1.7 ...", {Reason.NOT_A_SHEET}),
    "photo": (lambda: b"\xff\xd8\xff\xe0 nothing", {Reason.NOT_A_SHEET}),
    "nul bytes": (lambda: b"a;b\n1;\x002\n", {Reason.NUL_BYTES}),
    "utf-16 without mark": (lambda: "a;b\n1;2\n".encode("utf-16-le"), {Reason.NUL_BYTES}),
    "half utf-16": (lambda: b"\xff\xfea\0;", {Reason.DAMAGED}),
    "endless cell": (lambda: b'a;b\n"' + b"x" * 200_000, {Reason.DAMAGED}),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_quickly(name: str) -> None:
    make, reasons = HOSTILE[name]
    data = make()
    began = perf_counter()
    with pytest.raises(Refused) as refusal:
        read(data)
    assert refusal.value.reason in reasons
    assert "{" not in refusal.value.message and perf_counter() - began < 4


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text("ab;,\"\n\r\t|'=", max_size=200).map(str.encode)))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        sheet = read(data, limits=Limits(rows=50, columns=20))
    except Refused:
        return
    assert sheet.rows


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2**32))
def test_scrambled_xlsx_is_read_or_refused(seed: int) -> None:
    import random

    rng = random.Random(seed)
    data = bytearray(xlsx_bytes([["a", "b"], [1, "x"]]))
    for _ in range(rng.randint(1, 10)):
        data[rng.randrange(2, len(data))] = rng.randrange(256)
    with contextlib.suppress(Refused):
        read(bytes(data))


# ── exports ─────────────────────────────────────────────────────────────────────────────────────────────────────────

STARTS = ["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "'=", "''=", "＝", "＋", "－", "＠", '="', ";="]
BODIES = ["1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://contoh.id")', "SUM(A1:A9)", "-2+3", 'DDE("a")', "x"]
PAYLOADS = [start + body for start in STARTS for body in BODIES]


def test_no_payload_starts_a_formula_in_csv_and_all_come_back() -> None:
    text = "".join(csv_text([["kolom"], *[[payload] for payload in PAYLOADS]]))
    for row in list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))[1:]:
        assert row[0][0] == "'" or not row[0].lstrip(" '\t\r\n").startswith(
            ("=", "+", "-", "@", "＝", "＋", "－", "＠")
        )
    sheet = read(b"\xef\xbb\xbf" + text.encode())
    assert [row.cells[0] for row in sheet.rows[1:]] == PAYLOADS


def test_no_payload_is_a_formula_in_xlsx_and_all_come_back() -> None:
    data = xlsx_bytes([["kolom"], *[[payload] for payload in PAYLOADS]])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f" not in archive.read(SHEET) and "hyperlink" not in archive.read(SHEET).decode().lower()
    book = python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [row[0].replace("\r\n", "\n") for row in book[1:]] == [payload.replace("\r\n", "\n") for payload in PAYLOADS]


@given(st.text(max_size=80))
def test_quoting_is_undone_exactly(text: str) -> None:
    kept = "".join(
        char
        for char in text
        if char in "\t\n\r" or (ord(char) >= 32 and not 0xD800 <= ord(char) <= 0xDFFF and char not in "\ufffe\uffff")
    )
    assert unquoted(safe_cell(text)) == kept
    assert not is_formula_like(safe_cell(text)) or safe_cell(text).startswith("'")


def test_numbers_stay_numbers_and_the_name_of_a_download_is_plain() -> None:
    assert [safe_cell(value) for value in (-5, D("1.5"), "-7,32", None, date(2025, 7, 1))] == [
        -5,
        D("1.5"),
        "-7,32",
        "",
        "2025-07-01",
    ]
    response = csv_response([["a"], ["=1"]], 'usulan"; x=\r\n2025')
    assert response["Content-Disposition"] == 'attachment; filename="usulan-x-2025.csv"'
    assert b"".join(response.streaming_content).decode() == "\ufeffa\r\n'=1\r\n"  # type: ignore[arg-type]


# ── plans ───────────────────────────────────────────────────────────────────────────────────────────────────────────


class Wells(Importer):
    """Rows become counters: the smallest record there is."""

    name = "test.wells"
    columns = (
        Column("name", ("Nama", "Nama Sumur"), required=True),
        Column("depth", ("Kedalaman (m)",), cells.integer, required=True),
        Column("cost", ("Biaya",), cells.rupiah, default=0),
        Column("dug_on", ("Tanggal",), cells.day),
    )

    def key(self, row: dict[str, Any]) -> str:
        return str(row["name"])

    def apply(self, row: dict[str, Any], *, by: Any, at: datetime) -> models.Model | None:
        if row["depth"] > 100:
            raise Refused(Reason.TOO_MANY_ROWS, field="depth", limit=100)
        return Counter.objects.create(
            measure="test", region_path="3278010001", period=202507, dimension=row["name"][:60], value=row["cost"]
        )


class MendingWells(Wells):
    """The same, able to carry changes."""

    def change(self, row: dict[str, Any], known: ImportedRow, *, by: Any, at: datetime) -> None:
        Counter.objects.filter(pk=known.subject_id).update(value=row["cost"])


HEADER = ["No", "NAMA  SUMUR", "kedalaman (m)", "Biaya", "Tanggal"]


def wells(*rows: list[Any], title: bool = False) -> Sheet:
    lines = [["Daftar sumur Kelurahan Rekaan"], []] if title else []
    return read(xlsx_bytes([*lines, HEADER, *rows]))


GOOD = [[n, f"Sumur {n}", 10 + n % 50, "Rp 1.000.000", "01/07/2025"] for n in range(1, 451)]
BAD = [
    [451, "", 10, "", ""],
    [452, "Sumur A", "dalam", "mahal", "kemarin"],
    [453, "Sumur 1", 11, "Rp 1.000.000", "01/07/2025"],
    [454, "Sumur B", 500, "", ""],
]


@pytest.mark.django_db
def test_a_trial_tells_everything_and_writes_nothing() -> None:
    trial = run(Wells(), wells(*GOOD, *BAD), mode="good", dry_run=True, by=None, at=AT)
    assert (trial.rows, trial.added, trial.refused) == (454, 450, 4)
    assert not Counter.objects.exists() and not ImportedRow.objects.exists() and not ImportBatch.objects.exists()
    real = run(Wells(), wells(*GOOD, *BAD), mode="good", dry_run=False, by=None, at=AT)
    assert {**real.as_dict(), "dry_run": True, "written": False} == trial.as_dict()
    assert Counter.objects.count() == ImportedRow.objects.count() == 450


@pytest.mark.django_db
def test_each_fault_has_its_row_column_code_and_cure() -> None:
    report = run(Wells(), wells(*GOOD, *BAD, title=True), mode="good", dry_run=True, by=None, at=AT)
    assert [(p.row, p.column, p.code) for p in report.problems] == [
        (454, "NAMA  SUMUR", "missing"),
        (455, "kedalaman (m)", "not_a_whole_number"),
        (455, "Biaya", "not_an_amount"),
        (455, "Tanggal", "not_a_date"),
        (456, "", "twice_in_file"),
        (457, "kedalaman (m)", "sheet_too_many_rows"),
    ]
    shown = report.as_text()
    assert all(problem.sentence in shown for problem in report.problems) and "455" in shown


@pytest.mark.django_db
def test_all_or_nothing() -> None:
    refused = run(Wells(), wells(*GOOD, *BAD), mode="all", dry_run=False, by=None, at=AT)
    assert refused.refused == 4 and not refused.written and not Counter.objects.exists()
    taken = run(Wells(), wells(*GOOD), mode="all", dry_run=False, by=None, at=AT)
    assert taken.written and taken.added == 450 == Counter.objects.count()
    assert taken.batch.added == 450 and taken.batch.finished_at == AT


@pytest.mark.django_db
def test_sent_twice_taken_once_and_changes_are_told() -> None:
    for mode in ("good", "all"):
        again = run(Wells(), wells(*GOOD[:50]), mode=mode, dry_run=False, by=None, at=AT)  # type: ignore[arg-type]
    assert (again.added, again.already, Counter.objects.count()) == (0, 50, 50)
    changed = [[1, "Sumur 1", 11, "Rp 2.000.000", "01/07/2025"]]
    refusal = run(Wells(), wells(*changed), mode="good", dry_run=False, by=None, at=AT)
    assert [p.code for p in refusal.problems] == ["changed_since"]
    carried = run(MendingWells(), wells(*changed), mode="good", dry_run=False, by=None, at=AT)
    assert carried.changed == 1 and Counter.objects.get(dimension="Sumur 1").value == 2_000_000
    assert run(MendingWells(), wells(*changed), mode="good", dry_run=False, by=None, at=AT).already == 1


@pytest.mark.django_db
@pytest.mark.parametrize("stop_after", [1, 199, 200, 201, 399, 449])
def test_a_run_cut_off_goes_on_where_it_stopped(stop_after: int) -> None:
    class Cut(Wells):
        left = stop_after

        def apply(self, row: dict[str, Any], *, by: Any, at: datetime) -> models.Model | None:
            if self.left == 0:
                raise KeyboardInterrupt
            self.left -= 1
            return super().apply(row, by=by, at=at)

    with pytest.raises(KeyboardInterrupt):
        run(Cut(), wells(*GOOD), mode="good", dry_run=False, by=None, at=AT)
    whole = stop_after // 200 * 200
    assert Counter.objects.count() == ImportedRow.objects.count() == whole, "only whole chunks are kept"
    rest = run(Wells(), wells(*GOOD), mode="good", dry_run=False, by=None, at=AT)
    assert (rest.already, rest.added) == (whole, 450 - whole) and Counter.objects.count() == 450


@pytest.mark.django_db
def test_the_file_to_mend_is_safe_and_comes_in_again() -> None:
    rows = [[1, "=HYPERLINK(1)", "x", "", ""], [2, "Sumur C", "10", "", ""]]
    report = run(Wells(), wells(*rows), mode="good", dry_run=False, by=None, at=AT)
    mended = report.to_mend_csv()
    assert ";'=HYPERLINK(1);" in mended
    again = run(Wells(), read(mended.replace(";x;", ";12;").encode()), mode="good", dry_run=False, by=None, at=AT)
    assert again.added == 1 and Counter.objects.filter(dimension="=HYPERLINK(1)").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([["Nama", "Biaya"], ["a", "1"]], Reason.NO_HEADER),
        ([["x", "y"], ["a", "1"]], Reason.NO_HEADER),
        ([["Nama", "Nama Sumur", "Kedalaman (m)"], ["a", "b", "1"]], Reason.DOUBLE_HEADER),
        ([["Nama", "Kedalaman (m)"]], Reason.EMPTY),
    ],
)
def test_tables_that_are_not_ours(lines: list[list[str]], reason: Reason) -> None:
    with pytest.raises(Refused) as refusal:
        run(Wells(), read(xlsx_bytes(lines)), mode="good", dry_run=True, by=None, at=AT)
    assert refusal.value.reason is reason


@pytest.mark.django_db
def test_progress_is_told_by_the_chunk() -> None:
    told: list[tuple[int, int]] = []
    run(
        Wells(),
        wells(*GOOD),
        mode="good",
        dry_run=False,
        by=None,
        at=AT,
        progress=lambda done, of: told.append((done, of)),
    )
    assert told == [(200, 450), (400, 450), (450, 450)]


@pytest.mark.django_db
def test_digests_of_rows_are_keyed() -> None:
    run(Wells(), wells(GOOD[0]), mode="good", dry_run=False, by=None, at=AT)
    import hashlib

    kept = ImportedRow.objects.get()
    assert hashlib.sha256(b"Sumur 1").hexdigest() not in (kept.key, kept.fingerprint)


@pytest.mark.parametrize("sign", ["^", "~", ":"])
def test_a_rarer_sign_between_columns_is_found_or_named(sign: str) -> None:
    text = f"nama{sign}jumlah\nA{sign}1\nB{sign}2\n"
    assert read(text.encode()).rows[0].cells == ("nama", "jumlah")
    assert read(f"sep={sign}\n{text}".encode()).delimiter == sign
    assert read(b"nama!jumlah\nA!1\n", delimiter="!").rows[1].cells == ("A", "1")


def test_colons_inside_words_cut_nothing() -> None:
    assert read(b"keterangan\nRapat: 10\nKerja: 11\n").rows[1].cells == ("Rapat: 10",)


@pytest.mark.parametrize("sign", ["ab", "x", '"', " "])
def test_a_sign_that_cannot_cut_is_refused(sign: str) -> None:
    with pytest.raises(Refused) as refusal:
        read(b"a;b\n1;2\n", delimiter=sign)
    assert refusal.value.code == "sheet_bad_delimiter"


def test_an_open_quotation_mark_is_one_broken_row_and_many_are_a_damaged_file() -> None:
    rows = read(b'a;b\n1;"x\n2;y\n3;"z z"\n').rows
    assert [(row.number, row.broken) for row in rows] == [(1, False), (2, True), (3, False), (4, False)]
    assert rows[3].cells == ("3", "z z")
    with pytest.raises(Refused) as refusal:
        read(b"a;b\n" + b'1;"x\n' * 60)
    assert refusal.value.code == "sheet_damaged"


def test_a_cell_merged_over_rows_is_read_in_each_of_them() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    page.write_row(0, 0, ["Kelurahan", "RW"])
    page.merge_range(1, 0, 3, 0, "Sukajaya")
    page.write_column(1, 1, [1, 2, 3])
    book.close()
    assert [row.cells[0] for row in read(out.getvalue()).rows[1:]] == ["Sukajaya"] * 3
