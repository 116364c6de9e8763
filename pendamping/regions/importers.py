"""Lists of RW and RT, corrections of places, and outlines, as files."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from pendamping.core.errors import Refused
from pendamping.core.imports import cells
from pendamping.core.imports.cells import CellProblem
from pendamping.core.imports.command import run_sheet
from pendamping.core.imports.plan import Column, Importer
from pendamping.core.imports.registry import Kind, register
from pendamping.core.models import ImportedRow
from pendamping.regions import queries, rules, services
from pendamping.regions.enums import Reason
from pendamping.regions.models import Level, Region


def place_code(cell: Any) -> str:
    """A Kemendagri code with or without dots, as digits; a spreadsheet may have made a number of it."""
    digits = rules.path_of_code(cells.text(cell))
    if len(digits) not in services.LEVELS:
        raise CellProblem("code", str(Reason.UNKNOWN_CODE.label).format(code=cell))
    return digits


class Places(Importer):
    """Rows of places: a ward by code or name; with RW and RT numbers these are added, otherwise facts are corrected."""

    name = "regions"
    columns = (
        Column("code", ("kode", "kode wilayah", "kelurahan_code", "kode kelurahan", "id_kalurahan"), place_code),
        Column("ward", ("kelurahan", "kalurahan", "desa", "nm_kalurahan", "nama kelurahan")),
        Column("district", ("kecamatan", "kapanewon", "nm_kapanewon", "nama kecamatan")),
        Column("district_code", ("kecamatan_code", "id_kapanewon", "kode kecamatan"), place_code),
        Column("rw", ("no rw", "nomor rw")),
        Column("rt", ("no rt", "nomor rt")),
        Column("name", ("nama", "nama baru", "new name")),
        Column("population", ("penduduk", "jumlah penduduk"), cells.integer),
        Column("population_year", ("tahun", "tahun penduduk"), cells.integer),
        Column("area_km2", ("luas", "luas km2"), cells.quantity),
        Column("latitude", ("lintang", "lat"), cells.latitude),
        Column("longitude", ("bujur", "lon", "lng"), cells.longitude),
    )

    def __init__(self, city: Region, *, add: bool = False, words: tuple[str, str] = ("Kecamatan", "Kelurahan")) -> None:
        self.city, self.city_path, self.add, self.words = city, city.path, add, words

    def key(self, row: dict[str, Any]) -> str:
        return "|".join(str(row[name] or "") for name in ("code", "ward", "district", "rw", "rt"))

    def apply(self, row: dict[str, Any], *, by: Any, at: datetime) -> Region:
        place = self._place(row, by, at)
        if row["rt"] and not row["rw"]:
            raise CellProblem("rt_without_rw", str(Reason.RT_WITHOUT_RW.label))
        if row["rw"]:
            place = services.add_unit(by=by, at=at, ward=place, rw=row["rw"], rt=row["rt"] or "")
        facts = {name: row[name] for name in ("population", "population_year", "area_km2", "latitude", "longitude")}
        if row["name"] and not row["rw"]:
            facts["name"] = row["name"]
        return services.correct(by=by, at=at, region=place, **{k: _fits(k, v) for k, v in facts.items()})

    def change(self, row: dict[str, Any], known: ImportedRow, *, by: Any, at: datetime) -> None:
        """A corrected list corrects the places again."""
        self.apply(row, by=by, at=at)

    def _place(self, row: dict[str, Any], by: Any, at: datetime) -> Region:
        if row["code"]:
            found = Region.objects.filter(path=row["code"]).first()
            if found is None and self._may_add(row):
                found = self._added(row, by, at)
            if found is None or not found.path.startswith(self.city_path):
                raise CellProblem("code", str(Reason.UNKNOWN_CODE.label).format(code=row["code"]))
            return found
        if not row["ward"]:
            raise CellProblem("ward", str(Reason.UNKNOWN_WARD.label).format(name=""))
        return queries.ward_named(row["ward"], district=row["district"] or "", city_path=self.city_path)

    def _may_add(self, row: dict[str, Any]) -> bool:
        whole = row["ward"] and row["district"] and row["district_code"]
        return bool(self.add and whole and row["district_code"].startswith(self.city_path))

    def _added(self, row: dict[str, Any], by: Any, at: datetime) -> Region:
        """The ward of a row that the tree does not have yet, with its district."""
        outer, inner = self.words
        district = services.add_place(
            by=by, at=at, code=row["district_code"], name=_titled(row["district"]), kind=outer, parent=self.city
        )
        name = _titled(row["ward"])
        return services.add_place(by=by, at=at, code=row["code"], name=name, kind=inner, parent=district)


def _titled(name: str) -> str:
    """ "TEMON WETAN" → "Temon Wetan"; a name in mixed case is left as it is."""
    return name.title() if name.isupper() else name


def _fits(field: str, value: Any) -> Any:
    places = {"area_km2": Decimal("0.001"), "latitude": Decimal("0.000001"), "longitude": Decimal("0.000001")}
    return value.quantize(places[field]) if value is not None and field in places else value


def city_of(options: dict[str, Any]) -> Region:
    if options["city"]:
        found = queries.by_code(options["city"])
    else:
        cities = list(queries.cities()[:2])
        found = cities[0] if len(cities) == 1 else None
    if found is None or found.level != Level.CITY:
        raise CommandError("Name the city with --city, such as --city 32.78 (pendamping city list shows them).")
    return found


def _places_arguments(parser: ArgumentParser) -> None:
    city_argument(parser)
    parser.add_argument("--add", action="store_true", help="add districts and wards that the tree does not have")
    parser.add_argument("--words", default="Kecamatan,Kelurahan", help="what districts and wards are called here")


def city_argument(parser: ArgumentParser) -> None:
    """The option that several imports share."""
    parser.add_argument("--city", help="Kemendagri code of the city the file is about, such as 32.78")


def _import_places(options: dict[str, Any], write: Callable[[str], None]) -> bool:
    outer, _comma, inner = options["words"].partition(",")
    return run_sheet(Places(city_of(options), add=options["add"], words=(outer, inner)), options, write)


def _import_outlines(options: dict[str, Any], write: Callable[[str], None]) -> bool:
    """A FeatureCollection whose features name their place by a code property, or by ward and district names."""
    city = city_of(options)
    if not Path(options["file"]).is_file():
        raise CommandError(f"There is no file {options['file']}.")
    try:
        features = json.loads(Path(options["file"]).read_text("utf-8"))["features"]
    except (ValueError, KeyError, TypeError) as problem:
        raise CommandError(str(Reason.NOT_GEOJSON.label)) from problem
    drawn, problems = 0, []
    for number, feature in enumerate(features, start=1):
        try:
            place = _place_of(feature.get("properties") or {}, city)
            if options["write"]:
                services.draw_outline(
                    by=None,
                    at=timezone.now(),
                    region=place,
                    geometry=feature["geometry"],
                    source=Path(options["file"]).name,
                )
            drawn += 1
        except (Refused, CellProblem) as problem:
            problems.append(f"feature {number}: {getattr(problem, 'sentence', problem)}")
    for line in problems:
        write(line)
    outcome = "kept" if options["write"] else "would be kept (dry run; add --write)"
    write(f"{drawn} outlines {outcome}, {len(problems)} refused.")
    return not problems


def _place_of(properties: dict[str, Any], city: Region) -> Region:
    codes = [str(value) for key, value in properties.items() if "code" in key.lower() or "kode" in key.lower()]
    for code in sorted(codes, key=len, reverse=True):
        found = queries.by_code(code) if len(rules.path_of_code(code)) in services.LEVELS else None
        if found is not None and found.path.startswith(city.path):
            return found
    name = str(properties.get("kelurahan") or properties.get("name") or properties.get("nama") or "")
    return queries.ward_named(name, district=str(properties.get("kecamatan") or ""), city_path=city.path)


register(Kind("regions", "RW and RT lists, and corrections of places", _import_places, _places_arguments))
register(Kind("boundaries", "outlines of places as GeoJSON", _import_outlines, city_argument))
