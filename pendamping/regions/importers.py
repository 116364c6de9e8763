"""Lists of RW and RT, corrections of places, and outlines, as files."""

from __future__ import annotations

import hashlib
import json
import re
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext_lazy as _

from pendamping.core.errors import Refused
from pendamping.core.imports import cells
from pendamping.core.imports.cells import CellProblem
from pendamping.core.imports.command import run_sheet
from pendamping.core.imports.plan import Column, Importer
from pendamping.core.imports.registry import Kind, register
from pendamping.core.imports.sheet import Row, Sheet, read
from pendamping.core.models import ImportedRow
from pendamping.core.moments import day
from pendamping.regions import queries, rules, services
from pendamping.regions.enums import Reason
from pendamping.regions.models import Level, Region

SOURCE_MOST = 200


def place_code(cell: Any) -> str:
    """A Kemendagri code with or without dots, as digits; a spreadsheet may have made a number of it."""
    digits = rules.path_of_code(cells.text(cell))
    if len(digits) not in services.LEVELS:
        raise CellProblem("code", str(Reason.UNKNOWN_CODE.label).format(code=cells.text(cell)[:40]))
    return digits


def place_codes(cell: Any) -> tuple[str, ...]:
    """Several codes in one cell, with commas, semicolons or spaces between them."""
    return tuple(place_code(part) for part in re.split(r"[,;\s]+", cells.text(cell)) if part)


def _bounded(name: str, read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A reader that also asks the rule whether a place can have this fact."""

    def bounded(cell: Any) -> Any:
        value = read(cell)
        verdict = rules.facts_fit({name: value})
        if not verdict:
            raise CellProblem(str(verdict.reason), verdict.message)
        return value

    return bounded


_name = _bounded("name", cells.text)


class Places(Importer):
    """Rows of places: a ward by code or name; with RW and RT numbers these are added, otherwise facts are corrected.

    A place may get another name it is known by, the day it begins, a new code from that day, and the day it ends, with
    the codes of the places that follow it.
    """

    name = "regions"
    columns = (
        Column("code", ("kode", "kode wilayah", "kelurahan_code", "kode kelurahan", "id_kalurahan"), place_code),
        Column("ward", ("kelurahan", "kalurahan", "desa", "nm_kalurahan", "nama kelurahan"), _name),
        Column("district", ("kecamatan", "kapanewon", "nm_kapanewon", "nama kecamatan"), _name),
        Column("district_code", ("kecamatan_code", "id_kapanewon", "kode kecamatan"), place_code),
        Column("rw", ("no rw", "nomor rw")),
        Column("rt", ("no rt", "nomor rt")),
        Column("name", ("nama", "nama baru", "new name"), _name),
        Column("alias", ("nama lain", "ejaan lain"), _name),
        Column("population", ("penduduk", "jumlah penduduk"), _bounded("population", cells.integer)),
        Column("population_year", ("tahun", "tahun penduduk"), _bounded("population_year", cells.integer)),
        Column("area_km2", ("luas", "luas km2"), _bounded("area_km2", cells.quantity)),
        Column("latitude", ("lintang", "lat"), cells.latitude),
        Column("longitude", ("bujur", "lon", "lng"), cells.longitude),
        Column("valid_from", ("berlaku mulai",), cells.day),
        Column("valid_to", ("berlaku sampai",), cells.day),
        Column("new_code", ("kode baru",), place_code),
        Column("successors", ("kode penerus", "penerus"), place_codes),
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
        fields = ("population", "population_year", "area_km2", "latitude", "longitude", "valid_from")
        facts = {name: row[name] for name in fields}
        if row["name"] and not row["rw"]:
            facts["name"] = row["name"]
        services.correct(by=by, at=at, region=place, **{k: _fits(k, v) for k, v in facts.items()})
        return self._history(place, row, by, at)

    def _history(self, place: Region, row: dict[str, Any], by: Any, at: datetime) -> Region:
        if row["alias"]:
            services.add_alias(by=by, at=at, region=place, name=row["alias"])
        if row["new_code"]:
            since = row["valid_from"] or day(at)
            services.recode(by=by, at=at, region=place, code=row["new_code"], on=since)
        if row["valid_to"]:
            followers = [self._successor(code) for code in row["successors"] or ()]
            services.close_place(by=by, at=at, region=place, on=row["valid_to"], successors=followers)
        return place

    def _successor(self, code: str) -> Region:
        found = queries.coded(code)
        if found is None:
            raise CellProblem("code", str(Reason.UNKNOWN_CODE.label).format(code=code))
        return found

    def change(self, row: dict[str, Any], known: ImportedRow, *, by: Any, at: datetime) -> None:
        """A corrected list corrects the places again."""
        self.apply(row, by=by, at=at)

    def _place(self, row: dict[str, Any], by: Any, at: datetime) -> Region:
        if row["code"]:
            found = queries.coded(row["code"])
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


class Outlines(Importer):
    """Features of a GeoJSON file, each naming its place by a code property, or by ward and district names."""

    name = "boundaries"
    columns = (
        Column("code", parser=place_code),
        Column("ward", parser=_name),
        Column("district", parser=_name),
        Column("geometry", parser=lambda cell: cell),
        Column("source"),
    )

    def __init__(self, city: Region) -> None:
        self.city = city

    def key(self, row: dict[str, Any]) -> str:
        return "|".join(str(row[name] or "") for name in ("code", "ward", "district"))

    def apply(self, row: dict[str, Any], *, by: Any, at: datetime) -> Region:
        if row["code"] and not rules.path_of_code(row["code"]).startswith(self.city.path):
            raise Refused(Reason.OTHER_CITY, field="code", code=row["code"], city=self.city.label)
        place = queries.coded(row["code"]) if row["code"] else None
        if place is None:
            place = queries.ward_named(row["ward"] or "", district=row["district"] or "", city_path=self.city.path)
        return services.draw_outline(
            by=by, at=at, region=place, geometry=row["geometry"], source=(row["source"] or "")[:SOURCE_MOST]
        )

    def change(self, row: dict[str, Any], known: ImportedRow, *, by: Any, at: datetime) -> None:
        """A better outline takes the place of the one before."""
        self.apply(row, by=by, at=at)


def read_outlines(source: bytes | str | Path, *, delimiter: str = "", name: str = "") -> Sheet:
    """A FeatureCollection as a sheet with a row per feature, numbered from 1. Raises Refused: it is none."""
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    try:
        features = json.loads(data.decode("utf-8-sig"))["features"]
        rows = [
            _feature(number, feature, name or getattr(source, "name", "")) for number, feature in enumerate(features, 1)
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise Refused(Reason.NOT_GEOJSON, field="file") from problem
    header = Row(0, tuple(column.name for column in Outlines.columns))
    return Sheet((header, *rows), hashlib.sha256(data).hexdigest(), "geojson")


def _feature(number: int, feature: dict[str, Any], source: str) -> Row:
    properties = feature.get("properties") or {}
    codes = [str(value) for key, value in properties.items() if "code" in key.lower() or "kode" in key.lower()]
    fitting = [code for code in codes if len(rules.path_of_code(code)) in services.LEVELS]
    ward = properties.get("kelurahan") or properties.get("name") or properties.get("nama")
    return Row(
        number, (max(fitting, key=len, default=""), ward, properties.get("kecamatan"), feature.get("geometry"), source)
    )


def _import_outlines(options: dict[str, Any], write: Callable[[str], None]) -> bool:
    return run_sheet(Outlines(city_of(options)), options, write, read=read_outlines)


register(
    Kind(
        "regions", _("RW and RT lists, and corrections of places"), _import_places, _places_arguments,
        importer=Places, read=read,
    )
)  # fmt: skip
register(
    Kind(
        "boundaries", _("outlines of places as GeoJSON"), _import_outlines, city_argument,
        importer=Outlines, read=read_outlines,
    )
)  # fmt: skip
