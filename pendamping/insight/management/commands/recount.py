"""Do the counters say what the records say? Prints every difference; with --fix sets the counters right."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction

from pendamping.core import counters


class Command(BaseCommand):
    """`pendamping recount [--fix]`: exit code 1 while something differs or cannot be counted again."""

    help = "Count every measure again from the records and print the differences; --fix mends them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fix", action="store_true", help="set the counters to what the records say")

    def handle(self, *args: Any, fix: bool, **options: Any) -> None:
        with transaction.atomic():
            self._hold_still()
            found = list(counters.differences())
            if fix:
                counters.mend(found)
        unknown = counters.undeclared()
        for difference in found:
            measure, path, month, part = difference.key
            self.stdout.write(
                f"{measure} {path} {month} {part or '-'}: kept {difference.kept}, counted {difference.counted}"
            )
        for measure in unknown:
            self.stdout.write(f"{measure}: nobody declares how it is counted again")
        self._conclude(len(found), len(unknown), fix)

    def _hold_still(self) -> None:
        """No act between counting and mending: SQLite's writer lock is ours already, PostgreSQL is asked for it."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE core_counter IN SHARE ROW EXCLUSIVE MODE")

    def _conclude(self, found: int, unknown: int, fix: bool) -> None:
        if not found and not unknown:
            self.stdout.write(self.style.SUCCESS("All counters agree with the records."))
            return
        if found:
            self.stdout.write(f"{found} differences, {'mended' if fix else 'run again with --fix to mend them'}.")
        if unknown or not fix:
            sys.exit(1)
