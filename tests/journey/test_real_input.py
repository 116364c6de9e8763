"""The product's main job on real input: a planning list and a month of reports, from their rows to standing assets."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.apps import apps

from pendamping.assets.models import Asset
from pendamping.core import counters, journal
from pendamping.core.imports import plan
from pendamping.core.imports.sheet import read
from pendamping.core.models import JournalEntry
from pendamping.demo import city, journey
from pendamping.demo.people import hold, sign_in
from pendamping.needs.importers import Voices, of_month, read_mapping
from pendamping.needs.models import Proposal, Voice
from pendamping.regions.models import Level, Region

pytestmark = pytest.mark.django_db

OURS = Path(__file__).parent / "fixtures"
SHARED = Path(os.environ.get("PENDAMPING_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data")) / "real"
KULONPROGO = SHARED / "kulonprogo-usulan-tsp-2024"
JAKARTA = SHARED / "jakarta-crm-2019-2020"
START = datetime(2024, 1, 5, 2, tzinfo=UTC)
PERSON = "Sumirah Rekaanwati"
NIK = "3401987012540007"


def shared(folder: Path) -> Path:
    if not folder.is_dir():
        pytest.skip(f"the shared data set {folder.name} is not on this machine")
    return folder


def prepare(places: Path) -> Region:
    journey.import_places("34.01", places, START)
    return city.reference("34.01", (2024,), START, with_wards=False)


def every_stored_text() -> Iterator[str]:
    """Every character column of every table of ours."""
    for model in apps.get_models():
        if model.__module__.startswith("pendamping"):
            names = [
                f.name
                for f in model._meta.concrete_fields
                if f.get_internal_type() in ("CharField", "TextField", "JSONField")
            ]
            for row in model._default_manager.values_list(*names) if names else ():
                yield " ".join(map(str, row))


def test_our_small_list_with_the_same_traps() -> None:
    place = prepare(OURS / "kalurahan.csv")
    report = journey.import_proposals(place, OURS / "usulan.csv", "kulonprogo", START)
    assert (report.added, report.refused) == (4, 5)
    assert sorted((p.row, p.code) for p in report.problems) == [
        (6, "ambiguous_ward"), (7, "unknown_ward"), (8, "cost"), (9, "category"), (10, "not_an_amount"),
    ]  # fmt: skip
    costs = dict(Proposal.objects.values_list("source_ref", "estimated_cost"))
    assert costs == {"2024-1": 115_000, "2024-2": 20_000_000, "2024-3": 20_000_000, "2024-4": 12_500_000}
    one = Proposal.objects.get(source_ref="2024-1")
    assert "Rp\u00a05.000 sampai Rp\u00a0115.000" in one.description
    assert "baris kedua dalam sel" in one.need.finding
    assert Proposal.objects.get(source_ref="2024-4").region.parent.name == "Lainan"
    whole = "\n".join(every_stored_text())
    for told in ("Tumirah", "Paijo", "3401987112540001", "3401 9801 0145 0002", "0812-3456-7890"):
        assert told not in whole


def test_the_same_list_twice_adds_nothing() -> None:
    place = prepare(OURS / "kalurahan.csv")
    journey.import_proposals(place, OURS / "usulan.csv", "kulonprogo", START)
    before = (Proposal.objects.count(), JournalEntry.objects.count(), Region.objects.count())
    again = journey.import_proposals(place, OURS / "usulan.csv", "kulonprogo", START)
    journey.import_places("34.01", OURS / "kalurahan.csv", START)
    assert (again.added, again.already) == (0, 4)
    assert (Proposal.objects.count(), JournalEntry.objects.count(), Region.objects.count()) == before


def test_listed_proposals_become_standing_assets_by_the_service_layer() -> None:
    place = prepare(OURS / "kalurahan.csv")
    journey.import_proposals(place, OURS / "usulan.csv", "kulonprogo", START)
    chosen = list(Proposal.objects.filter(source_ref__in=["2024-2", "2024-3"]).select_related("region", "menu_item"))
    told: list[str] = []
    journey.carry(chosen, tell=lambda what, _record: told.append(what), start=date(2024, 1, 15))
    assert Asset.objects.count() == 2
    assert {asset.value for asset in Asset.objects.all()} == {20_000_000}
    assert told.count("payment") == 6
    assert told[-1] == "inspection"
    verbs = set(JournalEntry.objects.values_list("verb", flat=True))
    assert {
        "needs.proposal_returned",
        "deliberation.meeting_closed",
        "planning.project_approved",
        "assets.inspected",
    } <= verbs
    assert list(journal.verify()) == []
    assert list(counters.differences()) == []
    assert counters.undeclared() == []


def test_a_month_of_reports_comes_in_with_dates_and_outcomes() -> None:
    place = prepare(OURS / "kalurahan.csv")
    by = hold(sign_in("pengimpor", "Akun impor"), "planning_agency", place, START)
    importer = Voices(place, read_mapping("jakarta-crm"))
    sheet = of_month(read(OURS / "laporan.csv"), "2019-01")
    report = plan.run(importer, sheet, mode="good", dry_run=False, by=by, at=START)
    assert (report.added, report.refused) == (3, 1)
    closed = Voice.objects.get(source_ref="X1")
    assert (closed.heard_at.date(), closed.answered_at and closed.answered_at.date(), closed.state) == (
        date(2019, 1, 1), date(2019, 1, 3), "answered",
    )  # fmt: skip
    assert Voice.objects.get(source_ref="X4").state == "heard"
    assert counters.total("voice.received", under=place.path, since=201901, until=201901) == 3
    again = plan.run(importer, sheet, mode="good", dry_run=False, by=by, at=START)
    assert (again.added, again.already) == (0, 3)


def planted(source: Path, target: Path) -> int:
    """The real list with an invented person put where the original named one; how many were planted."""
    text = source.read_text("utf-8")
    text, count = re.subn(r"\[NAMA\]\s*NIK\s*:\s*\[NIK\]", f"{PERSON} NIK : {NIK}", text)
    target.write_text(text, "utf-8")
    return count


@pytest.mark.once
def test_the_real_list_of_kulon_progo_from_its_rows_to_assets(tmp_path: Path) -> None:
    folder = shared(KULONPROGO)
    place = prepare(folder / "kalurahan.csv")
    assert Region.objects.filter(level=Level.WARD, path__startswith="3401").count() == 89
    assert planted(folder / "usulan_program_kegiatan.csv", tmp_path / "usulan.csv") > 50
    report = journey.import_proposals(place, tmp_path / "usulan.csv", "kulonprogo", START)
    assert report.rows == 171
    assert report.added + report.refused == 171
    assert {problem.code for problem in report.problems} == {"cost"}
    assert Proposal.objects.get(source_ref="2024-1").estimated_cost == 115_000
    whole = "\n".join(every_stored_text())
    assert NIK not in whole
    assert PERSON not in whole
    chosen = Proposal.objects.filter(estimated_cost=20_000_000).select_related("region", "menu_item")
    journey.carry(list(chosen.filter(region__name="Purwoharjo")[:2]), tell=lambda *_: None, start=date(2024, 1, 15))
    assert Asset.objects.count() == 2
    assert list(journal.verify()) == []
    assert list(counters.differences()) == []


@pytest.mark.once
def test_a_real_month_of_jakarta() -> None:
    file = shared(JAKARTA) / "crm_dengan_rincian_2019_jan_agu.csv"
    place = city.reference("31.73", (2019,), START)
    by = hold(sign_in("pengimpor", "Akun impor"), "planning_agency", place, START)
    with file.open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["tanggal_masuk"].startswith("2019-01")]
    seen: list[int] = []
    sheet = of_month(read(file), "2019-01")
    importer = Voices(place, read_mapping("jakarta-crm"))
    report = plan.run(
        importer, sheet, mode="good", dry_run=False, by=by, at=START, progress=lambda done, _all: seen.append(done)
    )
    wards = [row for row in rows if row["skpd"].startswith("KELURAHAN")]
    assert seen[-1] == len(sheet.rows) - 1
    assert report.added == Voice.objects.count()
    assert report.added <= len(wards)
    assert report.added > 0.95 * len(wards)
    assert Voice.objects.filter(state="answered").count() == report.added
    again = plan.run(importer, sheet, mode="good", dry_run=False, by=by, at=START)
    assert (again.added, again.already) == (0, report.added)
