"""The list of a meeting: one row, one voice. Columns about persons (name, NIK, phone) are not read at all."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendamping.access.models import Account
from pendamping.core.imports import cells
from pendamping.core.imports.cells import CellProblem
from pendamping.core.imports.command import run_sheet
from pendamping.core.imports.plan import Column, Importer, find_header
from pendamping.core.imports.registry import Kind, register
from pendamping.core.imports.sheet import Sheet
from pendamping.core.moments import day, noon_of
from pendamping.core.personal import mask
from pendamping.needs.enums.reasons import Reason
from pendamping.needs.enums.voices import Behalf, Channel
from pendamping.needs.models import Voice
from pendamping.needs.queries.places import neighbourhood
from pendamping.needs.queries.subjects import subject_named
from pendamping.needs.rules.words import UNSURE
from pendamping.needs.services.voices import record_voice
from pendamping.regions import queries as places
from pendamping.regions.importers import city_argument, city_of
from pendamping.regions.models import Region
from pendamping.regions.rules import unit_number


def unit(cell: Any) -> str:
    """The number of an RW or RT: "5", "05" or "RW 05"."""
    words = cells.text(cell)
    found = unit_number(words)
    if found is None:
        raise CellProblem("not_a_unit", _("“%(cell)s” is no number of an RW or RT.") % {"cell": words[:40]})
    return found


def rt_and_rw(cell: Any) -> tuple[str, str]:
    """ "02/05" under "RT/RW" as (RT, RW)."""
    words = cells.text(cell)
    rt, _slash, rw = map(unit_number, words.partition("/"))
    if rt is None or rw is None:
        raise CellProblem("not_a_unit", _("“%(cell)s” is no RT and RW. Write it as 02/05.") % {"cell": words[:40]})
    return rt, rw


class MeetingVoices(Importer):
    """What was said at a meeting: of one ward and day, or of wards and days that the rows name."""

    name = "meeting-voices"
    columns = (
        Column("text", ("suara", "aspirasi", "usulan", "isi", "permasalahan", "masalah", "uraian"), required=True),
        Column("about", ("perihal", "kategori", "bidang", "jenis")),
        Column("rw", (), unit),
        Column("rt", (), unit),
        Column("rt_rw", ("rt/rw",), rt_and_rw),
        Column("place", ("lokasi", "alamat", "tempat", "patokan")),
        Column("ward", ("kelurahan", "desa", "kalurahan")),
        Column("district", ("kecamatan",)),
        Column("held_on", ("tanggal", "tgl"), cells.day),
    )

    def __init__(self, city: Region, *, ward: Region | None = None, held_on: date | None = None) -> None:
        self.city, self.ward, self.held_on = city, ward, held_on
        self._wards: dict[tuple[str, str], Region] = {}

    def key(self, row: dict[str, Any]) -> str:
        rt, rw = row["rt_rw"] or (row["rt"] or "", row["rw"] or "")
        ward = self.ward.path if self.ward else f"{row['ward']}/{row['district'] or ''}".lower()
        parts = (ward, str(row["held_on"] or self.held_on or ""), rt, rw, row["text"].lower())
        return "|".join(parts)

    def apply(self, row: dict[str, Any], *, by: Any, at: datetime) -> Voice:
        rt, rw = row["rt_rw"] or (row["rt"] or "", row["rw"] or "")
        if rt and not rw:
            raise CellProblem("rw_missing", _("Give the RW as well; RT numbers repeat in every RW."))
        region, unknown = neighbourhood(self._ward(row), rw, rt)
        category, item = subject_named(row["about"] or "", self.city.path, day(at))
        return record_voice(
            by=by, at=at, text=row["text"], region=region, behalf=Behalf.MEETING, channel=Channel.MEETING,
            category=category, menu_item=item, other_words="" if category or item else row["about"] or UNSURE,
            place_words=", ".join(part for part in (unknown, row["place"] or "") if part),
            heard_at=noon_of(self._day(row, at)),
        )  # fmt: skip

    def _ward(self, row: dict[str, Any]) -> Region:
        if not row["ward"]:
            if self.ward is None:
                raise CellProblem("ward_missing", _("Say which ward: fill in the column Kelurahan."))
            return self.ward
        key = (row["ward"], row["district"] or "")
        if key not in self._wards:
            self._wards[key] = places.ward_named(row["ward"], district=key[1], city_path=self.city.path)
        if self.ward is not None and self._wards[key].pk != self.ward.pk:
            sentence = _("This row is of another ward than %(ward)s. Take it in with that ward's list.")
            raise CellProblem("other_ward", sentence % {"ward": self.ward.label})
        return self._wards[key]

    def _day(self, row: dict[str, Any], at: datetime) -> date:
        held_on: date | None = row["held_on"] or self.held_on
        if held_on is None:
            raise CellProblem("day_missing", _("Say on which day: fill in the column Tanggal."))
        if held_on > day(at):
            raise CellProblem("day_ahead", str(Reason.DAY_AHEAD.label))
        return held_on


def masked_rows(importer: Importer, sheet: Sheet) -> list[tuple[int, str]]:
    """The rows whose words name a person or a number of one, with the words as they will be kept."""
    _header, where, rows = find_header(importer.columns, sheet)
    read = [place for column, place in where.items() if column.name in ("text", "place") and place is not None]
    found = []
    for row in rows:
        for place in read:
            seen = mask(cells.tidy(str(row.cells[place]))) if place < len(row.cells) and row.cells[place] else None
            if seen is not None and seen.found:
                found.append((row.number, seen.text))
    return found


def left_out(importer: Importer, sheet: Sheet) -> list[str]:
    """The columns that are not read, by their headers."""
    header, where, _rows = find_header(importer.columns, sheet)
    read = set(where.values())
    return [cells.tidy(str(head)) for place, head in enumerate(header.cells) if head and place not in read]


def _arguments(parser: ArgumentParser) -> None:
    city_argument(parser)
    parser.add_argument("--as", dest="username", required=True, help="the account in whose name the rows come in")


def _run(options: dict[str, Any], write: Callable[[str], None]) -> bool:
    by = Account.objects.filter(username=options["username"]).first()
    if by is None:
        raise CommandError(f"There is no account {options['username']}.")
    return run_sheet(MeetingVoices(city_of(options)), options, write, by=by)


register(Kind("meeting_voices", gettext_lazy("voices of meetings"), _run, _arguments, importer=MeetingVoices))
