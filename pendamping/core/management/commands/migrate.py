"""`migrate`: an empty database is made from the models as they are; migrations are for one that holds something."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.base import no_translations
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections, transaction
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from pendamping.core import triggers

PARTLY = ("app_label", "fake", "fake_initial", "plan", "check_unapplied", "prune")


class Command(Migrate):
    """Replaying the history of two hundred tables takes a minute; making them takes seconds and ends in the same."""

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        """Make the tables where no migration was entered yet, then do whatever Django does."""
        connection = connections[options["database"]]
        self.verbosity = options["verbosity"]
        if not any(options[name] for name in PARTLY) and not MigrationRecorder(connection).applied_migrations():
            connection.prepare_database()
            self.make(connection)
        super().handle(*args, **options)

    def make(self, connection: Any) -> None:
        """Make every missing table, add what migrations do beyond models, and enter all migrations as done.

        Cut off before the end, the next call goes on. Models that have no migration yet are left to the migrations.
        """
        loader = MigrationLoader(connection)
        written = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
        if loader.migrated_apps and written.changes(graph=loader.graph):
            return
        self.sync_apps(connection, {config.label for config in apps.get_app_configs()})
        recorder = MigrationRecorder(connection)
        recorder.ensure_schema()
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            triggers.remove(cursor, connection.vendor)
            triggers.add(cursor, connection.vendor)
            for key, migration in loader.graph.nodes.items():
                for app, name in (*migration.replaces, key):
                    recorder.record_applied(app, name)
