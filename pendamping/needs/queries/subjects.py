"""What a voice is about, from the words people put in a list."""

from __future__ import annotations

from datetime import date

from pendamping.core.imports.cells import plain
from pendamping.needs.models import Category, MenuItem
from pendamping.needs.queries.categories import categories_of
from pendamping.needs.queries.menu import menu_in_force


def subject_named(words: str, place: str, on: date) -> tuple[Category | None, MenuItem | None]:
    """The category whose title or key these words are, or else the activity of the menu of that name or code."""
    wanted = plain(words)
    if not wanted:
        return None, None
    for category in categories_of(place, on):
        if wanted in {plain(category.key), *map(plain, category.title.values())}:
            return category, None
    for item in menu_in_force(on):
        if wanted in {plain(item.code), plain(item.name), plain(item.name_en)}:
            return None, item
    return None, None
