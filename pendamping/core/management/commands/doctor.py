"""`pendamping doctor`: says what is set up wrongly and how to mend it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pendamping.core import doctor


class Command(BaseCommand):
    """Exit code 1 when something grave was found."""

    help = "Says what is set up wrongly and how to mend it."
    requires_system_checks: list[str] = []  # it must speak when the checks fail

    def handle(self, *args: Any, **options: Any) -> None:
        grave = 0
        for name, findings in doctor.examine():
            if not findings:
                self.stdout.write(f"  ok  {name}")
            for finding in findings:
                grave += finding.grave
                self.stdout.write(f"{'FAIL' if finding.grave else 'note'}  {name}: {finding.what}")
                self.stdout.write(f"        -> {finding.mend}")
        if grave:
            raise CommandError(f"{grave} to mend.")
