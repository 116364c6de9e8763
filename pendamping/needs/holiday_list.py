"""`pendamping import holidays FILE`: the days off of a city as a list, CSV or XLSX, also on the page of files."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from django.core.management.base import CommandError
from django.utils.translation import gettext_lazy as _

from pendamping.access.models import Account
from pendamping.core.imports import cells, plan
from pendamping.core.imports.command import run_sheet
from pendamping.core.imports.registry import Kind, register
from pendamping.needs.models import Holiday
from pendamping.needs.services.days import add_holiday
from pendamping.regions.importers import city_argument, city_of
from pendamping.regions.models import Region


class Holidays(plan.Importer):
    """Days off of a city: one row, one day; a day known for the whole nation is refused by its row."""

    name: ClassVar[str] = "holidays"
    columns: ClassVar = (
        plan.Column("day", ("tanggal", "hari", "date"), cells.day, required=True),
        plan.Column("title", ("nama", "keterangan", "libur", "title"), required=True),
        plan.Column("decree", ("dasar", "keputusan", "skb", "decree"), required=True),
    )

    def __init__(self, city: Region) -> None:
        self.city = city

    def key(self, row: dict[str, Any]) -> str:
        return f"{self.city.path}/{row['day']}"

    def apply(self, row: dict[str, Any], *, by: Any, at: datetime) -> Holiday:
        facts = {name: row[name] for name in ("day", "title", "decree")}
        return add_holiday(by=by, at=at, city=self.city, **facts)


def _arguments(parser: ArgumentParser) -> None:
    city_argument(parser)
    parser.add_argument("--as", dest="username", required=True, help="the account in whose name it comes in")


def _run(options: dict[str, Any], write: Callable[[str], None]) -> bool:
    by = Account.objects.filter(username=options["username"]).first()
    if by is None:
        raise CommandError(f"There is no account {options['username']}.")
    return run_sheet(Holidays(city_of(options)), options, write, by=by)


register(Kind("holidays", _("days off: day, name, decree"), _run, _arguments, importer=Holidays))
