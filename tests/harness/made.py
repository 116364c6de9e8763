"""What a database holds after `migrate`, as JSON: `python -m tests.harness.made command|history`.

`command` is ours, which makes the tables of an empty database from the models; `history` replays every migration.
"""

from __future__ import annotations

import json
import os
import re
import sys
from typing import Any

POSTGRES = {
    "columns": "SELECT table_name, column_name, data_type, character_maximum_length, numeric_precision, numeric_scale, "
    "is_nullable, column_default, is_identity, collation_name FROM information_schema.columns "
    "WHERE table_schema = current_schema()",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = current_schema()::regnamespace",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()",
    "triggers": "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "functions": "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace",
}


def main(road: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "pendamping.config.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.core.management.commands.migrate import Command
    from django.db import connection

    call_command("migrate" if road == "command" else Command(), interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        found = _postgres(cursor) if connection.vendor == "postgresql" else _sqlite(cursor)
        found["migrations"] = _rows(cursor, "SELECT app, name FROM django_migrations")
        for table in sorted(connection.introspection.table_names(cursor)):
            found["filled"] += _rows(cursor, f"SELECT '{table}', count(*) FROM \"{table}\"")
    sys.stdout.write(json.dumps(found))


def _rows(cursor: Any, query: str) -> list[list[Any]]:
    cursor.execute(query)
    return sorted([list(row) for row in cursor.fetchall()], key=repr)


def _postgres(cursor: Any) -> dict[str, list[Any]]:
    return {name: _rows(cursor, query) for name, query in POSTGRES.items()} | {"filled": []}


def _sqlite(cursor: Any) -> dict[str, list[Any]]:
    """Tables as their clauses in any order; all else as it was written."""
    made = _rows(
        cursor, "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name != 'sqlite_sequence'"
    )
    tables = [[name, sorted(_clauses(sql))] for kind, name, sql in made if kind == "table"]
    return {"tables": tables, "others": [row for row in made if row[0] != "table"], "filled": []}


def _clauses(sql: str) -> list[str]:
    """What stands between the commas of CREATE TABLE name (…), not within deeper brackets."""
    depth, clauses = 0, [""]
    for word in re.findall(r"'(?:[^']|'')*'|\"[^\"]*\"|.", sql[sql.index("(") + 1 : sql.rindex(")")], re.DOTALL):
        depth += {"(": 1, ")": -1}.get(word, 0)
        if word == "," and not depth:
            clauses.append("")
        else:
            clauses[-1] += word
    return [clause.strip() for clause in clauses]


if __name__ == "__main__":
    main(sys.argv[1])
