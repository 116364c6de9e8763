"""`pendamping demo` or `pendamping demo city`, `pendamping demo journey --from FILE`, `pendamping demo people`."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet
from django.utils import timezone

from pendamping.access.models import Account, Grant
from pendamping.access.roles import ROLES
from pendamping.core import mail, prepare
from pendamping.core.errors import Refused
from pendamping.core.imports.command import bar
from pendamping.core.moments import day
from pendamping.core.prepare import SIGN_INS
from pendamping.demo import city, journey
from pendamping.demo.people import PASSWORD
from pendamping.needs.models import Proposal
from pendamping.regions import rules


class Command(BaseCommand):
    help = "A believable city to look at, and a real list carried through the whole journey."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act")  # nothing said: the city
        acts.add_parser("city", help="fill an empty system with a city where something happens at every step")
        acts.add_parser("people", help="who can sign in to the demo")
        told = acts.add_parser("journey", help="import a list of proposals and carry some of them to standing assets")
        told.add_argument("--from", dest="file", required=True, help="the list of proposals (CSV or XLSX)")
        told.add_argument("--places", help="the list of wards; default: kalurahan.csv beside it")
        told.add_argument("--city", default="34.01", help="Kemendagri code of its city (34.01)")
        told.add_argument("--map", default="kulonprogo", help="mapping of categories: a .toml file or one of ours")
        told.add_argument("--carry", type=int, default=3, help="how many proposals are carried to the end (3)")

    def handle(self, *args: Any, **options: Any) -> None:
        prepare.tables(say=self.stdout.write)
        getattr(self, f"_{options['act'] or 'city'}")(options)

    def _city(self, options: dict[str, Any]) -> None:
        if not mail.goes():  # some residents of the city left an address
            raise CommandError("No mail goes from here. PENDAMPING_DEMO=1 keeps it in files; `make demo` sets it.")
        started = time.monotonic()
        city.build(today=day(timezone.now()), say=self.stdout.write)
        (settings.DATA_DIR / SIGN_INS).write_text("\n".join(self._sign_ins()), "utf-8")
        self.stdout.write(f"{time.monotonic() - started:.0f} s")

    def _people(self, options: dict[str, Any]) -> None:
        for line in self._sign_ins():
            self.stdout.write(line)

    def _sign_ins(self) -> Iterator[str]:
        """One line per role at each level: the first account that holds it."""
        shown: set[tuple[str, str]] = set()
        for grant in Grant.objects.select_related("account", "region").filter(revoked_at=None).order_by("id"):
            if (office := (grant.role, grant.region.level)) not in shown:
                shown.add(office)
                yield f"  {grant.account.username:<12} {PASSWORD}   {ROLES[grant.role].office} · {grant.region.label}"

    def _journey(self, options: dict[str, Any]) -> None:
        file = Path(options["file"])
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        known = set(Account.objects.values_list("pk", flat=True))
        try:
            self._carry(file, options)
        except (Refused, ValueError) as problem:
            raise CommandError(f"{file} is not a list of proposals that can be read: {problem}") from problem
        finally:
            if not prepare.demo_wanted():
                _lock(Account.objects.exclude(pk__in=known))

    def _carry(self, file: Path, options: dict[str, Any]) -> None:
        year = journey.year_of(file)
        start = datetime(year, 1, 5, 9, tzinfo=timezone.get_current_timezone())
        listed = Path(options["places"]) if options["places"] else file.with_name("kalurahan.csv")
        if listed.is_file():
            self.stdout.write("Places: " + journey.import_places(options["city"], listed, start).as_text())
        place = city.reference(options["city"], (year,), start, with_wards=False)
        progress = bar(sys.stderr) if sys.stderr.isatty() else None
        report = journey.import_proposals(place, file, options["map"], start, progress)
        self.stdout.write("Proposals: " + report.as_text())
        for proposals in self._choose(options["carry"], options["city"]):
            journey.carry(proposals, tell=self._tell, start=date(year, 1, 15))
        self.stdout.write("Every step above is in the journal and on the public journey page of its code.")

    def _choose(self, most: int, code: str) -> list[list[Proposal]]:
        """Facilities of one ward that fit under its ceiling, dearest first."""
        waiting = Proposal.objects.filter(
            city_path=rules.path_of_code(code),
            state="submitted",
            menu_item__stream="infrastructure",
            estimated_cost__lte=50_000_000,
        ).select_related("region", "menu_item")
        by_ward: dict[str, list[Proposal]] = {}
        for proposal in waiting.order_by("-estimated_cost", "id"):
            by_ward.setdefault(proposal.ward_path, []).append(proposal)
        fullest = sorted(by_ward.values(), key=len, reverse=True)[:1]
        return [proposals[:most] for proposals in fullest]

    def _tell(self, what: str, record: Any) -> None:
        self.stdout.write(f"  {what:<10} {getattr(record, 'code', ''):<12} {str(record)[:70]}")


def _lock(made: QuerySet[Account]) -> None:
    """The people of the story have no way in where the demo is not asked for: their password is known to everyone."""
    for account in made:
        account.set_unusable_password()
        account.save(update_fields=["password"])
