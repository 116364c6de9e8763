"""The database itself refuses to change or remove a journal entry."""

from __future__ import annotations

from typing import Any

TABLES = ("core_journalentry",)

# REPLACE INTO deletes without firing a delete trigger, so an insert over an existing entry is refused as well.
_SQLITE_INSERT = """CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id OR (chain = NEW.chain AND position = NEW.position))
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"""

_SQLITE = """CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table}
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"""


def add(cursor: Any, vendor: str) -> None:
    """Put the triggers on."""
    if vendor == "postgresql":
        cursor.execute(
            "CREATE OR REPLACE FUNCTION pendamping_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$"
        )
    for table in TABLES:
        if vendor == "sqlite":
            for verb in ("update", "delete"):
                cursor.execute(_SQLITE.format(table=table, verb=verb, VERB=verb.upper()))
            cursor.execute(_SQLITE_INSERT.format(table=table))
        elif vendor == "postgresql":
            cursor.execute(
                f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION pendamping_append_only()"
            )
            cursor.execute(
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION pendamping_append_only()"
            )


def remove(cursor: Any, vendor: str) -> None:
    """Take the triggers off: only for tests that empty tables or play the intruder, and for a migration back."""
    for table in TABLES:
        if vendor == "sqlite":
            for verb in ("update", "delete", "replace"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
        elif vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}")
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}")
