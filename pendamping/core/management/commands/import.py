"""`pendamping import KIND FILE`: spreadsheets and maps into records, tried first, never the same row twice."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pendamping.core.errors import Refused
from pendamping.core.imports.registry import kinds


class Command(BaseCommand):
    help = "Import a file. Without --write it only tries and reports; the same file twice adds nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        chosen = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
        for kind in kinds():
            own = chosen.add_parser(kind.name, help=str(kind.help))
            if kind.takes_file:
                own.add_argument("file")
            own.add_argument("--write", action="store_true", help="write; without it this is a dry run")
            own.add_argument("--good-rows", action="store_true", help="write the right rows and list the others")
            own.add_argument("--report", help="write the refused rows with their reasons to this CSV file")
            own.add_argument(
                "--delimiter", default="", help="the sign between the columns of a CSV file, when not found"
            )
            kind.arguments(own)

    def handle(self, *args: Any, **options: Any) -> None:
        kind = next(known for known in kinds() if known.name == options["kind"])
        try:
            went_well = kind.run(options, self.stdout.write)
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        if not went_well:
            raise CommandError("Some rows were refused; see above.")
