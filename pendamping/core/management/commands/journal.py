"""Does the journal hold? `journal verify` walks every chain; `journal checkpoint` gathers the ends of a day."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from pendamping.core import journal
from pendamping.core.models import JournalEntry
from pendamping.core.moments import day


class Command(BaseCommand):
    """`pendamping journal verify|checkpoint`: exit code 1 when an entry does not hold."""

    help = "Verify the journal's chains, or gather their ends under the checkpoint of today."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["verify", "checkpoint"])

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        if what == "checkpoint":
            self._checkpoint()
        else:
            self._verify()

    def _verify(self) -> None:
        faults = list(journal.verify())
        for fault in faults:
            self.stdout.write(f"{fault.chain or '(no place)'} {fault.position}: {fault.what}")
        if faults:
            self.stdout.write(f"{len(faults)} chains do not hold; named is the first entry of each.")
            sys.exit(1)
        self.stdout.write(self.style.SUCCESS(f"All chains hold: {JournalEntry.objects.count()} entries."))

    def _checkpoint(self) -> None:
        made = journal.checkpoint(day(timezone.now()))
        self.stdout.write(f"{made.day:%Y-%m-%d} {made.digest} ({len(made.heads)} chains)")
