"""Lists of RW and RT, corrections and outlines come in by file, row by row, once."""

from __future__ import annotations

import json
from datetime import date
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
    assert not Boundary.objects.exists()  # every row or none, as in any other file
    with pytest.raises(CommandError):
        call_command(
            "import", "boundaries", str(file), "--write", "--good-rows", "--report", str(tmp_path / "mend.csv")
        )
    assert "Tidak Ada" in (tmp_path / "mend.csv").read_text("utf-8-sig")
    assert set(Boundary.objects.values_list("region__path", flat=True)) == {"3278011001", "3278091004"}
    assert "Tidak Ada" in capsys.readouterr().out


def test_a_file_that_is_no_geojson_says_so(city: Region, tmp_path: Path) -> None:
    file = tmp_path / "x.geojson"
    file.write_text("[]")
    with pytest.raises(CommandError):
        call_command("import", "boundaries", str(file))


@pytest.mark.parametrize(
    ("header", "cell", "column"),
    [
        ("luas", "1234567,5", "luas"),  # m² typed for km²
        ("nama", "N" * 100, "nama"),
        ("nama lain", "N" * 100, "nama lain"),
        ("penduduk", "99999999999", "penduduk"),
        ("tahun", "99999", "tahun"),
    ],
)
def test_a_cell_no_place_can_have_is_refused_where_it_stands(city: Region, header: str, cell: str, column: str) -> None:
    report = take(city, f"kode;{header}\n32.78.01.1002;{cell}\n")
    assert (report.added, report.refused, report.problems[0].column) == (0, 1, column)
    assert Region.objects.get(path="3278011002").name != cell


@pytest.mark.parametrize("code", ["32.78.01", "32.78"])
def test_an_rw_hangs_on_a_ward_and_nothing_else(city: Region, code: str) -> None:
    report = take(city, f"kode;rw\n{code};100\n")
    assert [problem.code for problem in report.problems] == ["not_a_ward"]
    assert not Region.objects.filter(level=Level.RW).exists()


def test_a_district_that_contradicts_the_ward_is_not_passed_over(city: Region) -> None:
    report = take(city, "Kelurahan;Kecamatan;RW\nKahuripan;Tidak Ada;10\nKahuripan;Tawang;11\n")
    assert [(problem.row, problem.code) for problem in report.problems] == [(2, "other_district")]
    assert [region.name for region in Region.objects.filter(level=Level.RW)] == ["011"]


def test_a_district_is_also_known_by_its_other_name(city: Region) -> None:
    services.add_alias(by=None, at=NOW, region=Region.objects.get(path="327803"), name="Tawang Lama")
    assert queries.ward_named("Kahuripan", district="tawang lama", city_path="3278").name == "Kahuripan"


def test_an_open_quotation_mark_costs_its_row_and_no_other(city: Region) -> None:
    text = 'kode;nama;penduduk\n32.78.01.1004;"Nama Baru;5\n32.78.01.1001;;50\n32.78.01.1002;;60\n'
    report = take(city, text)
    assert [(problem.row, problem.code) for problem in report.problems] == [(2, "open_quote")]
    assert (report.rows, report.added) == (3, 2)


def test_a_file_tells_a_wards_history(city: Region) -> None:
    text = (
        "kode;alias;berlaku_mulai;berlaku_sampai;kode_baru\n"
        "32.78.01.1001;Yuda Negara Kota;;;\n32.78.01.1002;;1/2/2025;;32.78.01.1099\n32.78.01.1003;;;30/6/2025;\n"
    )
    report = take(city, text)
    assert report.problems == []
    assert queries.ward_named("yudanegara kota", city_path="3278").path == "3278011001"
    recoded = queries.by_code("32.78.01.1099")
    assert recoded is not None
    assert (recoded.path, queries.by_code("32.78.01.1002")) == ("3278011002", None)
    assert Region.objects.get(path="3278011003").valid_to == date(2025, 6, 30)
    again = take(city, "kode;penduduk\n32.78.01.1099;77\n32.78.01.1002;78\n32.78.01.1003;79\n")
    assert (again.added, again.refused) == (1, 2)  # only the code of today is one


def test_a_file_names_what_follows_a_ward(city: Region) -> None:
    text = "kode;berlaku_sampai;kode_penerus\n32.78.01.1003;30/6/2025;32.78.01.1001, 32.78.01.1002\n"
    assert take(city, text).problems == []
    old = Region.objects.get(path="3278011003")
    assert [one.path for one in queries.successors_of(old)] == ["3278011001", "3278011002"]
    report = take(city, "kode;berlaku_sampai;penerus\n32.78.01.1004;30/6/2025;32.78.01.9999\n")
    assert [(problem.row, problem.code) for problem in report.problems] == [(2, "code")]
    assert queries.by_code("32.78.01.1004") is not None


def test_a_trial_of_outlines_refuses_what_writing_would_refuse(
    city: Region, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ring = [[108.1, -7.3], [108.2, -7.3], [108.2, -7.2], [108.1, -7.3]]
    shapes: list[Any] = [
        {"type": "Point", "coordinates": [108.1, -7.3]},
        {"type": "Polygon", "coordinates": [[*ring[:3], [108.1, -7.25]]]},
        None,
        {"type": "Polygon", "coordinates": [[[lon, 45.0 + n / 10] for n, (lon, _lat) in enumerate(ring)]]},
        {"type": "Polygon", "coordinates": [[[point[0], 45.0] for point in ring]]},
    ]
    features = [{"properties": {"kode": f"32.78.01.100{n}"}, "geometry": shape} for n, shape in enumerate(shapes, 1)]
    file = tmp_path / "batas.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    with pytest.raises(CommandError):
        call_command("import", "boundaries", str(file))
    assert "0 new" in capsys.readouterr().out.replace("baru", "new")
