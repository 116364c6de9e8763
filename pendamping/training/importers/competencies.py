"""`pendamping import competencies FILE`: units of competence with code, title and decree, from CSV or XLSX."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from django.core.management.base import CommandError
from django.utils.translation import gettext_lazy as _

from pendamping.access.models import Account
from pendamping.core.imports import plan
from pendamping.core.imports.batch import ImportedRow
from pendamping.core.imports.command import run_sheet
from pendamping.core.imports.registry import Kind, register
from pendamping.regions.importers import city_argument, city_of
from pendamping.regions.models import Region
from pendamping.training.models import Competency
from pendamping.training.services.curriculum import keep_competency


class Competencies(plan.Importer):
    """Units of competence of a city: one row, one unit."""

    name: ClassVar[str] = "competencies"
    columns: ClassVar = (
        plan.Column("unit", ("kode unit", "kode", "kode unit kompetensi", "code"), required=True),
        plan.Column("title", ("judul unit", "judul", "judul unit kompetensi", "unit kompetensi"), required=True),
        plan.Column("decree", ("keputusan", "dasar", "skkni", "nomor keputusan", "kepmen"), required=True),
    )

    def __init__(self, city: Region) -> None:
        self.city = city

    def key(self, row: dict[str, Any]) -> str:
        return f"{self.city.path}/{row['unit']}"

    def apply(self, row: dict[str, Any], *, by: Any, at: datetime) -> Competency:
        facts = {name: row[name] for name in ("unit", "title", "decree")}
        return keep_competency(by=by, at=at, region=self.city, **facts)

    def change(self, row: dict[str, Any], known: ImportedRow, *, by: Any, at: datetime) -> None:
        """A title or decree that was corrected."""
        self.apply(row, by=by, at=at)


def account_of(options: dict[str, Any]) -> Account:
    """The account named on the command line."""
    by = Account.objects.filter(username=options["username"]).first()
    if by is None:
        raise CommandError(f"There is no account {options['username']}.")
    return by


def arguments(parser: ArgumentParser) -> None:
    """The city, and in whose name."""
    city_argument(parser)
    parser.add_argument("--as", dest="username", required=True, help="the account in whose name it comes in")


def _run(options: dict[str, Any], write: Callable[[str], None]) -> bool:
    return run_sheet(Competencies(city_of(options)), options, write, by=account_of(options))


register(Kind("competencies", _("units of competence: code, title, decree"), _run, arguments, importer=Competencies))
