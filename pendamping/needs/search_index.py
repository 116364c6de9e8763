"""The index by which voices are found by their words, kept right by the database itself.

SQLite: an FTS5 table over the voices' own rows (it keeps no second copy of a word) and triggers; a table of its terms
finds what is nearly the word. Its column of wards finds a common word in one ward at once. PostgreSQL: a GIN index
over the words, and one over trigrams where the server has them. Put in place after every migration: a later one that
rebuilds the table of voices would take the triggers with it.
"""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError, connections, transaction

SPOKEN = ("text", "other_words", "place_words", "answer")  # the columns that are searched
VECTOR = "to_tsvector('simple', text || ' ' || other_words || ' ' || place_words || ' ' || answer)"

_TABLES = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS needs_voice_search USING fts5(
        text, other_words, place_words, answer, ward_path,
        content='needs_voice', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='3')""",
    "CREATE VIRTUAL TABLE IF NOT EXISTS needs_voice_terms USING fts5vocab('needs_voice_search', 'row')",
)
_PUT = """INSERT INTO needs_voice_search (rowid, text, other_words, place_words, answer, ward_path)
    VALUES (new.id, new.text, new.other_words, new.place_words, new.answer, new.ward_path);"""
_TAKE = """INSERT INTO needs_voice_search (needs_voice_search, rowid, text, other_words, place_words, answer, ward_path)
    VALUES ('delete', old.id, old.text, old.other_words, old.place_words, old.answer, old.ward_path);"""
_CHANGED = "UPDATE OF text, other_words, place_words, answer, region_path"
_TRIGGERS = (
    "CREATE TRIGGER needs_voice_search_put AFTER INSERT ON needs_voice BEGIN " + _PUT + " END",
    "CREATE TRIGGER needs_voice_search_take AFTER DELETE ON needs_voice BEGIN " + _TAKE + " END",
    "CREATE TRIGGER needs_voice_search_change AFTER " + _CHANGED + " ON needs_voice BEGIN " + _TAKE + _PUT + " END",
)
_DROPS = (
    "DROP TRIGGER IF EXISTS needs_voice_search_put",
    "DROP TRIGGER IF EXISTS needs_voice_search_take",
    "DROP TRIGGER IF EXISTS needs_voice_search_change",
)


def keep(using: str = "default", **_: object) -> None:
    """Make what is missing; a new index takes in the voices that are there."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        if connections[using].vendor == "postgresql":
            _on_postgresql(cursor, using)
        else:
            _on_sqlite(cursor)


def _on_sqlite(cursor: Any) -> None:
    for table in _TABLES:
        cursor.execute(table)
    cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'needs_voice_search_%'")
    if cursor.fetchone()[0] == len(_TRIGGERS):
        return
    for step in (*_DROPS, *_TRIGGERS, "INSERT INTO needs_voice_search (needs_voice_search) VALUES ('rebuild')"):
        cursor.execute(step)


def _on_postgresql(cursor: Any, using: str) -> None:
    cursor.execute("CREATE INDEX IF NOT EXISTS needs_voice_words_idx ON needs_voice USING gin ((" + VECTOR + "))")
    try:
        with transaction.atomic(using=using):
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute(
                "CREATE INDEX IF NOT EXISTS needs_voice_near_idx ON needs_voice USING gin (text gin_trgm_ops)"
            )
    except DatabaseError:  # a server without it, or an account that may not: words are found, near ones are not
        pass


def has_trigrams(using: str = "default") -> bool:
    """Can PostgreSQL find what is nearly a word?"""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        return cursor.fetchone() is not None
