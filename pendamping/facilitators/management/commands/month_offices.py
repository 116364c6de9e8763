"""Month reports on their way wait for the offices that are filled today."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from pendamping.core.moments import day
from pendamping.facilitators.queries.months import reports_passed_by
from pendamping.facilitators.services.months import pass_report_on


class Command(BaseCommand):
    """`pendamping month_offices`: once a day, after midnight, when offices begin and end; twice does no harm."""

    help = "Pass month reports on where the office they wait for was left empty, or one before it was filled."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        found = reports_passed_by(day(now))
        for report in found:
            pass_report_on(by=None, at=now, report=report)
        self.stdout.write(f"{len(found)} reports")
