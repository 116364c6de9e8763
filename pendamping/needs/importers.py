"""Lists of other systems: proposals with their cost ranges, and voices with their dates and outcomes.

What a category there means here stands in a small mapping file (maps/*.toml), which a city can write for its own lists.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from importlib import resources
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from pendamping.access.models import Account
from pendamping.core.imports import cells
from pendamping.core.imports.cells import CellProblem
from pendamping.core.imports.command import run_sheet
from pendamping.core.imports.plan import Column, Importer
from pendamping.core.imports.registry import Kind, register
from pendamping.core.imports.sheet import Sheet
from pendamping.core.money import rupiah
from pendamping.needs.enums.menu import Unit
from pendamping.needs.enums.voices import Channel
from pendamping.needs.models import MenuItem, Proposal, Voice
from pendamping.needs.services import answer_voice, give_voice, import_proposal
from pendamping.regions import queries as places
from pendamping.regions.importers import city_argument, city_of
from pendamping.regions.models import Region

TITLE_MOST, PLACE_MOST, OTHER_MOST = 160, 200, 120


@dataclasses.dataclass(frozen=True)
class Category:
    """What a kind of entry over there is here."""

    words: tuple[str, ...]
    menu: str
    other: str
    unit: Unit


@dataclasses.dataclass(frozen=True)
class Mapping:
    """A mapping file, read.

    For voices also: `done` are the words of a status that closes, `units` the kinds of office before a ward's name
    (none: the name stands alone), `headers` the list's own headers for our columns.
    """

    source: str
    categories: tuple[Category, ...]
    outcome: str = ""
    done: tuple[str, ...] = ("complete",)
    units: tuple[str, ...] = ("kelurahan", "kel.")
    headers: dict[str, list[str]] = dataclasses.field(default_factory=dict)

    def category(self, *texts: str) -> Category | None:
        """The first category one of whose words stands in the texts."""
        whole = " ".join(" ".join(texts).lower().split())
        return next((kind for kind in self.categories if any(word in whole for word in kind.words)), None)


def read_mapping(name: str) -> Mapping:
    """A mapping by its path, or one of ours by its bare name."""
    path = Path(name)
    if path.suffix != ".toml":
        text = resources.files("pendamping.needs").joinpath("maps", f"{name}.toml").read_text("utf-8")
    else:
        text = path.read_text("utf-8")
    facts = tomllib.loads(text)
    categories = tuple(
        Category(
            tuple(word.strip().lower() for word in entry["words"].split("|")),
            entry["menu"],
            entry.get("other", ""),
            Unit(entry.get("unit", Unit.PACKAGE)),
        )
        for entry in facts["category"]
    )
    words = {name: tuple(word.lower() for word in facts[name]) for name in ("done", "units") if name in facts}
    return Mapping(facts["source"], categories, facts.get("outcome", ""), headers=facts.get("headers", {}), **words)


class _Mapped(Importer):
    """What both kinds share: a city, a mapping, and the menu."""

    def __init__(self, city: Region, mapping: Mapping) -> None:
        self.city, self.mapping = city, mapping
        self.menu = {item.code: item for item in MenuItem.objects.filter(valid_to__isnull=True)}
        self.name = f"{self.kind}:{mapping.source}"  # type: ignore[misc]
        self._wards: dict[tuple[str, str], Region] = {}

    kind = ""

    def ward(self, name: str, district: str = "") -> Region:
        key = (name, district)
        if key not in self._wards:
            self._wards[key] = places.ward_named(name, district=district, city_path=self.city.path)
        return self._wards[key]

    def item(self, code: str) -> MenuItem:
        if code not in self.menu:
            raise CellProblem(
                "menu", _("The mapping names “%(code)s”, which is not in the menu in force.") % {"code": code}
            )
        return self.menu[code]


class Proposals(_Mapped):
    """Proposals of a planning list: one row, one proposal waiting for the check."""

    kind = "proposals"
    columns = (
        Column("number", ("no", "nomor"), cells.text, required=True),
        Column("year", ("tahun",), cells.integer, required=True),
        Column("scope", ("ruang lingkup tsp", "ruang lingkup")),
        Column("sector", ("urusan/bidang", "urusan", "bidang")),
        Column("title", ("usulan program/kegiatan", "usulan", "kegiatan"), required=True),
        Column("problem", ("permasalahan", "masalah")),
        Column("place", ("alamat", "lokasi")),
        Column("ward", ("kalurahan", "kelurahan", "desa"), required=True),
        Column("district", ("kapanewon", "kecamatan")),
        Column("cost_from", ("biaya perkiraan (start range)", "biaya", "anggaran"), cells.rupiah),
        Column("cost_to", ("biaya perkiraan (end range)", "biaya sampai"), cells.rupiah),
        Column("remark", ("keterangan",)),
        Column("agency", ("opd", "perangkat daerah")),
    )

    def key(self, row: dict[str, Any]) -> str:
        return f"{row['year']}-{row['number']}"

    def apply(self, row: dict[str, Any], *, by: Any, at: datetime) -> Proposal:
        category = self.mapping.category(row["title"], row["scope"] or "", row["sector"] or "")
        if category is None:
            raise CellProblem(
                "category", _("No category of the mapping fits “%(title)s”. Add one.") % {"title": row["title"]}
            )
        cost = max(row["cost_from"] or 0, row["cost_to"] or 0)
        if cost == 0:
            raise CellProblem("cost", _("There is no estimated cost. Fill it in, or a range."))
        return import_proposal(
            by=by,
            at=at,
            region=self.ward(row["ward"], row["district"] or ""),
            source=self.mapping.source,
            source_ref=self.key(row),
            fiscal_year=row["year"],
            title=_short(row["title"], TITLE_MOST),
            problem=row["problem"] or row["title"],
            place=_short(row["place"] or row["ward"], PLACE_MOST),
            menu_item=self.item(category.menu),
            other_words=_short(category.other, OTHER_MOST),
            description=_description(row),
            unit=category.unit,
            estimated_cost=cost,
        )


def _description(row: dict[str, Any]) -> str:
    lines = [row["remark"] or ""]
    if row["cost_from"] and row["cost_to"]:
        lines.append(f"Perkiraan biaya {rupiah(row['cost_from'])} sampai {rupiah(row['cost_to'])}.")
    if row["agency"]:
        lines.append(f"Perangkat daerah: {row['agency']}.")
    return "\n".join(line for line in lines if line)


def _degrees(cell: Any) -> Decimal:
    """A latitude or longitude in degrees with a point, as phones and other systems write it."""
    try:
        found = Decimal(str(cell).strip()).quantize(Decimal("0.000001"))
    except InvalidOperation:
        found = Decimal(999)
    if not abs(found) <= 180:
        raise CellProblem(
            "not_degrees", _("“%(cell)s” is no latitude or longitude. Write degrees, as -7.327412.") % {"cell": cell}
        )
    return found


class Voices(_Mapped):
    """Reports handled elsewhere: one row, one voice on the day it came, answered on the day it was closed."""

    kind = "voices"
    columns = (
        Column("ref", ("id_laporan", "id", "nomor"), cells.text, required=True),
        Column("unit", ("skpd", "kelurahan", "unit"), required=True),
        Column("category", ("kategori",), required=True),
        Column("detail", ("rincian_masalah", "rincian", "isi")),
        Column("status", ("status",)),
        Column("came_on", ("tanggal_masuk", "tanggal"), cells.day, required=True),
        Column("closed_on", ("tanggal_selesai",), cells.day),
    )
    points = (Column("latitude", parser=_degrees), Column("longitude", parser=_degrees))

    def __init__(self, city: Region, mapping: Mapping) -> None:
        """Points are read where the mapping names their headers: a list taken in without them stays the same list."""
        super().__init__(city, mapping)
        columns = (*Voices.columns, *(one for one in self.points if one.name in mapping.headers))
        self.columns = tuple(  # type: ignore[misc, assignment]
            dataclasses.replace(one, aliases=(*one.aliases, *mapping.headers.get(one.name, ()))) for one in columns
        )

    def key(self, row: dict[str, Any]) -> str:
        return str(row["ref"])

    def apply(self, row: dict[str, Any], *, by: Any, at: datetime) -> Voice:
        kind, _space, name = row["unit"].partition(" ")
        if not self.mapping.units:
            name = row["unit"]
        elif kind.lower() not in self.mapping.units:
            raise CellProblem(
                "unit", _("“%(unit)s” is not a ward; its reports stay with that office.") % {"unit": row["unit"]}
            )
        latitude, longitude = row.get("latitude"), row.get("longitude")
        pinned = latitude is not None and longitude is not None
        category = self.mapping.category(row["category"], row["detail"] or "")
        detail = row["detail"] if row["detail"] and row["detail"] != "-" else ""
        voice = give_voice(
            by=by,
            at=self._noon(row["came_on"]),
            text=f"{row['category'].capitalize()}: {detail.capitalize()}" if detail else row["category"].capitalize(),
            region=self.ward(name),
            latitude=latitude if pinned else None,
            longitude=longitude if pinned else None,
            menu_item=self.item(category.menu) if category else None,
            other_words=category.other if category else _short(row["category"].capitalize(), OTHER_MOST),
            channel=Channel.IMPORT,
            heard_at=self._noon(row["came_on"]),
            source=self.mapping.source,
            source_ref=str(row["ref"]),
        )
        if (row["status"] or "").lower() in self.mapping.done and row["closed_on"]:
            answer_voice(by=by, at=self._noon(row["closed_on"]), voice=voice, answer=self.mapping.outcome)
        return voice

    def _noon(self, on: date) -> datetime:
        return datetime.combine(on, time(12), ZoneInfo(self.city.zone))


def of_month(sheet: Sheet, month: str) -> Sheet:
    """The header and the rows that came in this month ("2019-01"): the first day named in a row is the one it came."""
    kept = tuple(row for row in sheet.rows[1:] if next(filter(_DAY.match, map(str, row.cells)), "").startswith(month))
    return dataclasses.replace(sheet, rows=(sheet.rows[0], *kept))


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _short(text: str, most: int) -> str:
    words = " ".join(text.split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _arguments(parser: ArgumentParser) -> None:
    city_argument(parser)
    parser.add_argument("--map", required=True, help="mapping file (.toml), or the name of one of ours")
    parser.add_argument("--as", dest="username", required=True, help="the account in whose name the rows come in")
    parser.add_argument("--month", help="only rows of this month, such as 2019-01")


def _runner(kind: type[_Mapped]) -> Callable[[dict[str, Any], Callable[[str], None]], bool]:
    def run(options: dict[str, Any], write: Callable[[str], None]) -> bool:
        by = Account.objects.filter(username=options["username"]).first()
        if by is None:
            raise CommandError(f"There is no account {options['username']}.")
        importer = kind(city_of(options), read_mapping(options["map"]))
        month = options["month"]
        return run_sheet(
            importer, options, write, by=by, only=(lambda sheet: of_month(sheet, month)) if month else None
        )

    return run


register(Kind("proposals", "proposals of a planning list", _runner(Proposals), _arguments))
register(Kind("voices", "voices and reports of another system, with dates and outcomes", _runner(Voices), _arguments))
