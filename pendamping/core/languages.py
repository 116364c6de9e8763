"""Words kept in two languages: the reader's, or the other where it is missing."""

from __future__ import annotations

from collections.abc import Mapping

LANGUAGES = ("id", "en")


def in_language(words: Mapping[str, str], language: str) -> str:
    """{"id": "Peran", "en": "Role"} as the reader of `language` ("id", "en-us") reads it; "" when nothing is there."""
    wanted = language.split("-")[0]
    for one in (wanted, *LANGUAGES):
        if words.get(one, "").strip():
            return words[one]
    return ""
