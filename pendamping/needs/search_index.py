"""The index by which voices are found by their words, kept right by the database itself.

SQLite: an FTS5 table over the voices' own rows (it keeps no second copy of a word) and triggers; a table of its terms
finds what is nearly the word. PostgreSQL: a GIN index over the words, and one over trigrams where the server has them.
Put in place after every migration: a later one that rebuilds the table of voices would take the triggers with it.
"""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError, connections, transaction

TABLE, TERMS = "needs_voice_search", "needs_voice_terms"
SPOKEN = ("text", "other_words", "place_words", "answer")
VECTOR = "to_tsvector('simple', " + " || ' ' || ".join(SPOKEN) + ")"
_KEPT = (*SPOKEN, "ward_path")  # the place with the words: a common word in one ward is found at once


def keep(using: str = "default", **_: object) -> None:
    """Make what is missing; a new index takes in the voices that are there."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        if connections[using].vendor == "postgresql":
            _on_postgresql(cursor, using)
        else:
            _on_sqlite(cursor)


def _on_sqlite(cursor: Any) -> None:
    names = ", ".join(_KEPT)
    new, old = (", ".join(f"{row}.{name}" for name in _KEPT) for row in ("new", "old"))
    put = f"INSERT INTO {TABLE}(rowid, {names}) VALUES (new.id, {new});"  # noqa: S608
    take = f"INSERT INTO {TABLE}({TABLE}, rowid, {names}) VALUES ('delete', old.id, {old});"  # noqa: S608
    deeds = {"INSERT": put, "DELETE": take, f"UPDATE OF {names}": f"{take} {put}"}
    cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'needs_voice_search_%%'")
    is_whole = cursor.fetchone()[0] == len(deeds)
    cursor.execute(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {TABLE} USING fts5({names}, content='needs_voice', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 2', prefix='3')"
    )
    cursor.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS {TERMS} USING fts5vocab('{TABLE}', 'row')")
    for when, deed in deeds.items():
        name = f"{TABLE}_{when.split()[0].lower()}"
        cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {when} ON needs_voice BEGIN {deed} END")
    if not is_whole:
        cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('rebuild')")  # noqa: S608


def _on_postgresql(cursor: Any, using: str) -> None:
    cursor.execute(f"CREATE INDEX IF NOT EXISTS needs_voice_words_idx ON needs_voice USING gin (({VECTOR}))")
    try:
        with transaction.atomic(using=using):
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute(
                "CREATE INDEX IF NOT EXISTS needs_voice_trigrams_idx ON needs_voice USING gin (text gin_trgm_ops)"
            )
    except DatabaseError:  # a server without it, or an account that may not: words are found, near ones are not
        pass


def has_trigrams(using: str = "default") -> bool:
    """Can PostgreSQL find what is nearly a word?"""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        return cursor.fetchone() is not None
