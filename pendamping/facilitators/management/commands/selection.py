"""`pendamping selection recompute FILE` proves a published ranking; `… forget` deletes what is due, for a timer."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from pendamping.facilitators.rules import ranking
from pendamping.facilitators.services import retention

MOST_BYTES = 50_000_000


class Command(BaseCommand):
    """Two commands: recompute needs nothing but the file; forget needs the database."""

    help = "Recompute a published ranking from its file, or delete applicants' data that is due."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="what", required=True)
        again = parts.add_parser("recompute", help="compute a published ranking anew; exit code 1 when it differs")
        again.add_argument("file", help="the JSON file from the public page of the ranking")
        forget = parts.add_parser("forget", help="delete files and identities whose retention has ended")
        forget.add_argument("--dry-run", action="store_true", help="only say how many are due")

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        if what == "recompute":
            self._recompute(options["file"])
        else:
            self._forget(dry_run=options["dry_run"])

    def _recompute(self, name: str) -> None:
        try:
            path = Path(name)
            if path.stat().st_size > MOST_BYTES:
                self._stop(f"{name} is larger than any ranking.")
            text = path.read_text("utf-8-sig")
        except (OSError, ValueError) as problem:
            self._stop(f"{name} cannot be read: {problem}")
        different = ranking.first_difference(text)
        if different:
            self._stop(f"different: {different}")
        made = json.loads(text)
        self.stdout.write(f"same: {made.get('round')} version {made.get('version')}, {len(made['rows'])} applicants")
        self.stdout.write(f"sha256 {made['sha256']}  (compare it with the public page)")

    def _stop(self, said: str) -> None:
        self.stdout.write(said)
        sys.exit(1)

    def _forget(self, *, dry_run: bool) -> None:
        at = timezone.now()
        counted = (
            {round_.code: len(found) for round_, found in retention.due(at)} if dry_run else retention.forget_due(at=at)
        )
        for code, count in sorted(counted.items()):
            self.stdout.write(f"{code}: {count} {'due' if dry_run else 'forgotten'}")
        if not counted:
            self.stdout.write("Nothing is due.")
