"""How well is a signed sheet read from a phone photo: rows right of 40, for each way a photo goes wrong?"""

from __future__ import annotations

import time
from typing import Any

from benchmarks.figures import Table, middle
from benchmarks.options import Options
from benchmarks.site import fresh

QUESTION = "sheets: rows of a signed sheet read right from a photo"
PEOPLE, WAYS_OF_SIGNING = 40, 3
LEAST = 38  # of 40 rows, in each distortion; and none wrong


def run(options: Options) -> list[Table]:
    """The real paper as a picture, signed by scribbles, distorted, through the image door into the reader."""
    with fresh() as site:
        found = site.child("benchmarks.sheets")
    table = Table("Sheets", ["photo", "right of 40", "wrong", "unclear", "code not read", "door ms", "reading ms"])
    for name, figures in found.items():
        runs = figures["runs"]
        right = sum(figures["right"]) / runs
        table.add(
            name, right, figures["wrong"] / runs, figures["unclear"] / runs, figures["missing"] / runs,
            middle(figures["door"]), middle(figures["read"]),
        )  # fmt: skip
        table.budget(figures["wrong"] == 0, f"{name}: {figures['wrong']} rows wrong in {runs} sheets (budget 0)")
        table.budget(right >= LEAST, f"{name}: {right:.1f} of {PEOPLE} rows right (budget {LEAST})")
    return [table]


def main() -> dict[str, Any]:
    """In the site: sheets of forty people, without a database."""
    import random
    from types import SimpleNamespace

    from pendamping.training import sheet_paper
    from pendamping.training.rules import sheet
    from pendamping.training.tests import sheet_photos as photos

    person = SimpleNamespace(
        account=SimpleNamespace(name="Raden Sekar Kinasih Puspitaningrum"), region=SimpleNamespace(label="Kelurahan 1")
    )
    session: Any = SimpleNamespace(code="C26-7K3QX-M", secret="rahasia")
    data = {
        "language": "id", "title": "Daftar hadir", "office": "Kota", "number": session.code, "note": "",
        "facts": [["Sesi", "Tatap muka"], ["Tempat", "Aula"]], "columns": ["No.", "Nama", "Kode", "Tanda tangan"],
        "rows": [sheet_paper._row(session, row, person) for row in range(1, PEOPLE + 1)],
        "mm": {
            "code": sheet.CODE, "left": sheet.BOX_LEFT, "width": sheet.BOX_WIDTH, "height": sheet.BOX_HEIGHT,
            "pitch": sheet.PITCH,
        },
    }  # fmt: skip
    pages = photos.pages(data)
    on_page = [set(photos.boxes(page)) for page in pages]
    found: dict[str, Any] = {}
    for name in photos.DISTORTIONS:
        figures: dict[str, Any] = {
            "right": [], "wrong": 0, "unclear": 0, "missing": 0, "door": [], "read": [], "runs": WAYS_OF_SIGNING
        }  # fmt: skip
        for seed in range(WAYS_OF_SIGNING):
            chance = random.Random(seed)
            signed = {row for row in range(1, PEOPLE + 1) if chance.random() < 0.6}
            right = 0
            for page, rows in zip(pages, on_page, strict=True):
                right += _judge(photos, page, rows, signed, name, seed, figures)
            figures["right"].append(right)
        found[name] = figures
    return found


def _judge(
    photos: Any, page: Any, rows: set[int], signed: set[int], name: str, seed: int, figures: dict[str, Any]
) -> int:
    """How many rows of one page came out right; the rest is counted in `figures`."""
    from pendamping.core.errors import Refused
    from pendamping.core.images.door import admit
    from pendamping.training import sheet_reader
    from pendamping.training.rules import sheet

    photo = photos.on_table(photos.sign(page, signed, seed=seed, pen=3 + seed % 3))
    for distort in photos.DISTORTIONS[name]:
        photo = distort(photo)
    sent = photos.jpeg(photo)
    for attempt in range(1, 6):  # a busy machine may keep the door's decoder waiting beyond its limit
        start = time.perf_counter()
        try:
            clean = admit(sent, edge=sheet_reader.EDGE)
            break
        except Refused:
            if attempt == 5:
                raise
    between = time.perf_counter()
    seen = sheet_reader.read(clean.data)
    figures["door"].append((between - start) * 1000)
    figures["read"].append((time.perf_counter() - between) * 1000)
    judged = {row.row: sheet.is_signed(one.ink) for one in seen if (row := sheet.read_row(one.text))}
    figures["missing"] += len(rows - set(judged))
    figures["unclear"] += sum(judged.get(row, False) is None for row in rows)
    figures["wrong"] += sum(judged[row] not in (None, row in signed) for row in rows & set(judged))
    return sum(judged.get(row) is (row in signed) for row in rows)
