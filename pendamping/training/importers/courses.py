"""`pendamping import course PACKAGE` and `pendamping import curriculum`: packages into drafts of courses."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pendamping.core.errors import Refused
from pendamping.core.imports.registry import Kind, register
from pendamping.regions.importers import city_of
from pendamping.training import default_curriculum
from pendamping.training.course_files import BYTES_MOST, in_folder, unpacked
from pendamping.training.importers.competencies import account_of, arguments
from pendamping.training.services.curriculum import publish_version
from pendamping.training.services.packages import Package, read_package, take_in, try_in


def _arguments(parser: ArgumentParser) -> None:
    arguments(parser)
    parser.add_argument("--publish", action="store_true", help="put the versions in use at once")


def _course(options: dict[str, Any], write: Callable[[str], None]) -> bool:
    path = Path(options["file"])
    if path.is_dir():
        return _take([read_package(in_folder(path))], options, write)
    if not path.is_file():
        raise CommandError(f"There is no file {path}.")
    with path.open("rb") as file:
        return _take([read_package(unpacked(file.read(BYTES_MOST + 1)))], options, write)


def _curriculum(options: dict[str, Any], write: Callable[[str], None]) -> bool:
    return _take(default_curriculum.packages(), options, write)


def _take(packages: Sequence[Package], options: dict[str, Any], write: Callable[[str], None]) -> bool:
    """Each package a course; one that is refused keeps none of the others away."""
    by, city, went_well = account_of(options), city_of(options), True
    for package in packages:
        at, key = timezone.now(), package.course.course["key"]
        try:
            if not options["write"]:
                found = try_in(by=by, at=at, region=city, package=package)
                told = ", ".join(f"{number} {what}" for what, number in found.items() if what != "version")
                write(f"{key}: would be version {found['version']} with {told} (new). Add --write to write.")
                continue
            with transaction.atomic():
                version = take_in(by=by, at=at, region=city, package=package)
                if options["publish"]:
                    version = publish_version(by=by, at=at, version=version)
            write(f"{key}: version {version.number}, {version.get_state_display()}.")
        except Refused as refusal:
            write(f"{key}: {refusal.message}")
            went_well = False
    return went_well


register(Kind("course", _("a course package, as ZIP or folder"), _course, _arguments))
register(Kind("curriculum", _("the default curriculum"), _curriculum, _arguments, takes_file=False))
