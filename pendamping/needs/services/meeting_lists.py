"""The list of a meeting is tried, then taken in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from pendamping.access.duties import office_of
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.imports import plan
from pendamping.core.imports.batch import ImportBatch
from pendamping.core.imports.report import Report
from pendamping.core.imports.sheet import Sheet, read
from pendamping.needs.meeting_lists import MeetingVoices, left_out, masked_rows
from pendamping.needs.rules import meeting_lists as rules
from pendamping.regions.models import Level, Region


@dataclass(frozen=True)
class Trial:
    """What would come of a list: the report of its rows, what is masked in them, which columns are not read."""

    report: Report
    masked: list[tuple[int, str]]
    left_out: list[str]
    sha256: str


def try_list(*, by: Account, at: datetime, ward: Region, held_on: date, file: IO[bytes], good_rows: bool) -> Trial:
    """What would come of a list; nothing is kept. Raises Refused: it cannot be read."""
    importer, sheet = _importer(ward, held_on), _sheet(file)
    report = plan.run(importer, sheet, mode="good" if good_rows else "all", dry_run=True, by=by, at=at)
    return Trial(report, masked_rows(importer, sheet), left_out(importer, sheet), sheet.sha256)


@act("needs.list_taken")
def take_list(
    *, by: Account, at: datetime, ward: Region, held_on: date, file: IO[bytes], good_rows: bool, tried: str
) -> ImportBatch:
    """Record the voices of a meeting from its list (id: memasukkan daftar musyawarah), each as if written by hand.

    Needs voice.record in the ward (asked by the caller). Refuses a file that was not tried, and rows that cannot be
    taken unless the right ones alone are wanted.
    """
    importer, sheet = _importer(ward, held_on), _sheet(file)
    rules.may_write(tried=tried, sha256=sheet.sha256).or_raise()
    report = plan.run(importer, sheet, mode="good" if good_rows else "all", dry_run=False, by=by, at=at)
    rules.may_keep(refused_rows=report.refused, good_rows=good_rows).or_raise()
    batch: ImportBatch = report.batch
    journal.record(
        "needs.list_taken",
        subject=batch,
        region=ward,
        by=by,
        at=at,
        office=office_of(by, Verb.VOICE_RECORD, ward, at),
        changes={"rows": report.added},
        public=False,
    )
    return batch


def _sheet(file: IO[bytes]) -> Sheet:
    file.seek(0)
    sheet = read(file.read())
    rules.may_read(len(sheet.rows)).or_raise()
    return sheet


def _importer(ward: Region, held_on: date) -> MeetingVoices:
    return MeetingVoices(Region.objects.get(level=Level.CITY, path=ward.city_path), ward=ward, held_on=held_on)
