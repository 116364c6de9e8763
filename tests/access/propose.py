"""`python -m tests.access.propose`: lines for doors that matrix.csv lacks, as the site answers today.

A proposal, not an oracle: read each cell against what the role means (access/roles.py, docs/domain) before it goes
into matrix.csv. `--all` proposes every row anew; `--write` adds the missing ones to the file.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterator
from typing import Any

from tests.harness import environment


def main(words: list[str]) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "pendamping.config.settings"
    environment.prepare()
    import django

    django.setup()
    from django.conf import settings
    from django.test.runner import DiscoverRunner
    from django.test.utils import setup_test_environment, teardown_test_environment

    setup_test_environment()
    settings.MIGRATION_MODULES = {
        label.split(".")[-1]: None for label in settings.INSTALLED_APPS
    }  # tables from the models, quickly
    runner = DiscoverRunner(verbosity=0, interactive=False)
    before = runner.setup_databases()
    try:
        rows = list(proposals(everything="--all" in words))
    finally:
        runner.teardown_databases(before)
        teardown_test_environment()
    write(rows, to_file="--write" in words)


def proposals(*, everything: bool) -> Iterator[list[str]]:
    """One row per door: what each column meets there today."""
    from django.conf import settings

    from tests.access import oracle
    from tests.access.knock import Visitor
    from tests.access.routes import doors
    from tests.access.world import COLUMNS, World

    settings.MFA_REQUIRED = False
    world = World()
    visitors = [Visitor(world.person(column), world) for column in COLUMNS]
    every = doors()
    for door in every if everything else oracle.missing(every):
        try:
            yield [door.key, door.method, *(visitor.cell(door) for visitor in visitors)]
        except KeyError as problem:  # a parameter that world.py must learn first
            sys.stderr.write(f"{door.method} {door.key}: {problem}\n")


def write(rows: list[list[str]], *, to_file: bool) -> None:
    from tests.access import oracle

    kept: list[Any] = []
    if to_file and oracle.FILE.exists() and "--all" not in sys.argv:
        with oracle.FILE.open(encoding="utf-8", newline="") as file:
            kept = list(csv.reader(file))[1:]
    target = oracle.FILE.open("w", encoding="utf-8", newline="") if to_file else sys.stdout
    csv.writer(target, lineterminator="\n").writerows([oracle.HEAD, *kept, *rows])
    if to_file:
        target.close()


if __name__ == "__main__":
    main(sys.argv[1:])
