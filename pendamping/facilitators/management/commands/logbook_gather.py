"""Acts of the last days fall into everybody's logbook, also of those who have not opened it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from pendamping.access.models import Account
from pendamping.core.moments import day
from pendamping.facilitators.queries.assignments import not_over
from pendamping.facilitators.services.logbook import gather


class Command(BaseCommand):
    """`pendamping logbook_gather [--days 40]`: once a day is enough; twice does no harm."""

    help = "Bring acts done elsewhere into the logbooks of all who serve."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=40, help="How far back to look (40: the month before as well).")

    def handle(self, *args: Any, **options: Any) -> None:
        today = day(timezone.now())
        since = today - timedelta(days=options["days"])
        serving = not_over(since).filter(starts_on__lte=today).values("account")
        made = sum(gather(one, since, today) for one in Account.objects.filter(pk__in=serving).order_by("pk"))
        self.stdout.write(f"{made} lines")
