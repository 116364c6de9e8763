"""A list of unit prices as a file: one row, one item of the list that is being prepared for its year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendamping.core.errors import Refused
from pendamping.core.imports import cells
from pendamping.core.imports.batch import ImportedRow
from pendamping.core.imports.cells import CellProblem
from pendamping.core.imports.command import run_sheet
from pendamping.core.imports.plan import Column, Importer
from pendamping.core.imports.registry import Kind, register
from pendamping.deliberation.enums.unit_prices import PriceReason
from pendamping.deliberation.models import PriceList, UnitPrice
from pendamping.deliberation.queries.unit_prices import drafts_of
from pendamping.deliberation.services.unit_prices import keep_unit_price
from pendamping.regions import queries as places
from pendamping.regions.importers import city_of
from pendamping.regions.models import Region
from pendamping.training.importers.competencies import account_of, arguments


def _year(cell: Any) -> int:
    year = cells.integer(cell)
    if not 2020 <= year <= 2100:
        raise CellProblem("not_a_year", str(PriceReason.YEAR_MISSING.label))
    return year


def _price(cell: Any) -> int:
    """Whole rupiah; a price such as 494.62, as price lists hold for small parts, goes up from half a rupiah."""
    if isinstance(cell, float):
        return int(Decimal(str(cell)).quantize(Decimal(1), ROUND_HALF_UP))
    return cells.rupiah(cell)


def _words(most: int) -> Callable[[Any], str]:
    """A reader of words that fit where they are kept."""

    def read(cell: Any) -> str:
        words = cells.text(cell)
        if len(words) > most:
            sentence = _("The text is longer than %(most)d characters. Shorten it.") % {"most": most}
            raise CellProblem("text_too_long", sentence)
        return words

    return read


class UnitPrices(Importer):
    """Unit prices of a city; rows name their year, or belong to the only list being prepared."""

    name = "unit-prices"
    columns = (
        Column("code", ("kode", "kode barang", "id_ssh", "id", "no", "nomor"), _words(40), required=True),
        Column(
            "name", ("komponen", "nama", "uraian", "nama barang", "uraian barang", "item"), _words(300), required=True
        ),
        Column("specification", ("spesifikasi", "spek"), default=""),
        Column("unit", ("satuan",), _words(60), required=True),
        Column("price", ("harga", "harga satuan", "harga (rp)", "harga satuan (rp)"), _price, required=True),
        Column("kind", ("kelompok", "jenis"), _words(20), default=""),
        Column("year", ("tahun", "tahun anggaran"), _year),
        Column("ward", ("kelurahan", "desa", "kalurahan")),
        Column("district", ("kecamatan", "kapanewon")),
    )

    def __init__(self, city: Region) -> None:
        self.city = city
        self._lists = {one.fiscal_year: one for one in drafts_of(city)}
        self._wards: dict[tuple[str, str], Region] = {}

    def key(self, row: dict[str, Any]) -> str:
        known = self._lists.get(row["year"] or next(iter(self._lists), 0))
        place = f"{row['ward'] or ''}/{row['district'] or ''}".lower()
        return f"{known.uid if known else row['year']}/{row['code']}/{place}"

    def apply(self, row: dict[str, Any], *, by: Any, at: datetime) -> UnitPrice:
        return keep_unit_price(  # type: ignore[no-any-return]
            by=by, at=at, prices=self._list(row["year"], at), item_code=row["code"], name=row["name"],
            specification=row["specification"] or "", unit=row["unit"], price=row["price"], kind=row["kind"] or "",
            region=self._ward(row),
        )  # fmt: skip

    def change(self, row: dict[str, Any], known: ImportedRow, *, by: Any, at: datetime) -> None:
        """A price that was corrected while the list is being prepared."""
        self.apply(row, by=by, at=at)

    def _list(self, year: int | None, at: datetime) -> PriceList:
        if year is None and len(self._lists) > 1:
            raise Refused(PriceReason.YEAR_MISSING, field="year")
        found = self._lists.get(year) if year is not None else next(iter(self._lists.values()), None)
        if found is None:
            raise Refused(PriceReason.NO_DRAFT, field="year", year=year or at.year)
        return found

    def _ward(self, row: dict[str, Any]) -> Region | None:
        if not row["ward"]:
            return None
        key = (row["ward"], row["district"] or "")
        if key not in self._wards:
            self._wards[key] = places.ward_named(row["ward"], district=key[1], city_path=self.city.path)
        return self._wards[key]


def _run(options: dict[str, Any], write: Callable[[str], None]) -> bool:
    return run_sheet(UnitPrices(city_of(options)), options, write, by=account_of(options))


register(
    Kind(
        "unit_prices", gettext_lazy("unit prices of a year (SSH, HSPK), into the list being prepared"), _run, arguments,
        importer=UnitPrices,
    )
)  # fmt: skip
