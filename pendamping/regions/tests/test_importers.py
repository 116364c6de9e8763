"""Lists of RW and RT, corrections and outlines come in by file, row by row, once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from pendamping.core.imports import plan
from pendamping.core.imports.sheet import read
from pendamping.regions import queries, services
from pendamping.regions.importers import Places
from pendamping.regions.models import Boundary, Level, Region

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def city() -> Region:
    return services.add_city(by=None, at=NOW, code="32.78")


def take(city: Region, text: str, *, mode: Any = "good", add: bool = False) -> plan.Report:
    return plan.run(Places(city, add=add), read(text.encode()), mode=mode, dry_run=False, by=None, at=NOW)


def test_rw_and_rt_come_in_once_and_bad_rows_say_why(city: Region) -> None:
    text = "Kelurahan;Kecamatan;RW;RT\nSukajaya;Purbaratu;1;2\nSukajaya;;1;3\nCikalang;;05;x\nKotabaru;;;4\n"
    report = take(city, text)
    assert (report.added, report.refused) == (1, 3)
    assert [(p.row, p.code) for p in report.problems] == [
        (3, "ambiguous_ward"),
        (4, "bad_number"),
        (5, "rt_without_rw"),
    ]
    assert Region.objects.get(path="3278101005001002").label == "RT 002"
    again = take(city, text)
    assert (again.added, again.already) == (0, 1)


def test_all_or_nothing_writes_nothing_when_one_row_is_wrong(city: Region) -> None:
    report = take(city, "kode;rw\n32.78.01.1001;1\n32.78.99.9999;1\n", mode="all")
    assert report.refused == 1
    assert not Region.objects.filter(level=Level.RW).exists()


def test_a_correction_changes_facts_and_can_come_again(city: Region) -> None:
    take(city, "kode,nama,jumlah penduduk,tahun\n32.78.01.1001,Yudanegara,5000,2025\n")
    take(city, "kode,nama,jumlah penduduk,tahun\n32.78.01.1001,Yudanegara,5100,2026\n")
    ward = Region.objects.get(path="3278011001")
    assert (ward.name, ward.population, ward.population_year) == ("Yudanegara", 5100, 2026)
    assert queries.ward_named("Yudanagara", city_path="3278") == ward


def test_places_missing_from_the_tree_are_added_only_when_asked() -> None:
    city = services.add_city(by=None, at=NOW, code="34.01", with_wards=False)
    text = "id_kalurahan,nm_kalurahan,id_kapanewon,nm_kapanewon\n34.01.01.2001,JANGKARAN,34.01.01,TEMON\n"
    assert take(city, text).refused == 1
    assert take(city, text, add=True).added == 1
    ward = Region.objects.get(path="3401012001")
    assert (ward.name, ward.parent and ward.parent.name) == ("Jangkaran", "Temon")


def test_outlines_come_by_code_or_by_name(city: Region, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    square = {"type": "Polygon", "coordinates": [[[108.1, -7.3], [108.2, -7.3], [108.2, -7.2], [108.1, -7.3]]]}
    features = [
        {"type": "Feature", "properties": {"kelurahan_code": "32.78.01.1001"}, "geometry": square},
        {"type": "Feature", "properties": {"name": "Sukajaya", "kecamatan": "Bungursari"}, "geometry": square},
        {"type": "Feature", "properties": {"name": "Tidak Ada"}, "geometry": square},
    ]
    file = tmp_path / "batas.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    with pytest.raises(CommandError):
        call_command("import", "boundaries", str(file), "--write")
    assert set(Boundary.objects.values_list("region__path", flat=True)) == {"3278011001", "3278091004"}
    assert "Tidak Ada" in capsys.readouterr().out


def test_a_file_that_is_no_geojson_says_so(city: Region, tmp_path: Path) -> None:
    file = tmp_path / "x.geojson"
    file.write_text("[]")
    with pytest.raises(CommandError):
        call_command("import", "boundaries", str(file))
