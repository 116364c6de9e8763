"""Lists of categories as a file: one row, one category of the city."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendamping.core.imports import cells
from pendamping.core.imports.batch import ImportedRow
from pendamping.core.imports.cells import CellProblem
from pendamping.core.imports.command import run_sheet
from pendamping.core.imports.plan import Column, Importer
from pendamping.core.imports.registry import Kind, register
from pendamping.core.moments import day
from pendamping.needs.forms.categories import DAYS_MOST, METRES_MOST, read_lines
from pendamping.needs.models import Category, MenuItem
from pendamping.needs.queries.menu import menu_in_force
from pendamping.needs.rules.categories import Written
from pendamping.needs.services.categories import set_category
from pendamping.regions.importers import city_of
from pendamping.regions.models import Region
from pendamping.training.importers.competencies import account_of, arguments


class Categories(Importer):
    """Categories of a city; questions stand in one cell, with semicolons between (`rules.categories.read_question`)."""

    name = "categories"
    columns = (
        Column("key", ("kunci",), cells.text, required=True),
        Column("title", ("kategori", "nama"), cells.text, required=True),
        Column("title_en", ("category", "name in english")),
        Column("menu", ("kode menu", "menu")),
        Column("questions", ("pertanyaan",)),
        Column("questions_en", ("questions in english",)),
        Column("metres", ("jarak (m)", "jarak"), cells.integer, default=150),
        Column("days", ("hari",), cells.integer, default=120),
        Column("confidential", ("rahasia",)),
        Column("position", ("urutan",), cells.integer, default=0),
    )

    def __init__(self, city: Region) -> None:
        self.city = city

    def key(self, row: dict[str, Any]) -> str:
        return str(row["key"])

    def apply(self, row: dict[str, Any], *, by: Any, at: datetime) -> Category:
        if slugify(row["key"]) != row["key"] or len(row["key"]) > 40:
            raise CellProblem("key", _("A key has small letters, digits and hyphens only, at most 40."))
        for name, most in (("metres", METRES_MOST), ("days", DAYS_MOST), ("position", 99)):
            if not 0 <= (row[name] or 0) <= most:
                raise CellProblem(name, _("Write a number up to %(most)s.") % {"most": most})
        return set_category(  # type: ignore[no-any-return]
            by=by, at=at, city=self.city, key=row["key"], valid_from=day(at),
            title={"id": row["title"], **({"en": row["title_en"]} if row["title_en"] else {})},
            menu_item=self._activity(row["menu"], at), near_metres=row["metres"] or 150, near_days=row["days"] or 120,
            is_confidential=(row["confidential"] or "").strip().lower() in ("ya", "yes", "1", "x"),
            position=row["position"] or 0, questions=_questions(row["questions"]),
            english=_questions(row["questions_en"]),
        )  # fmt: skip

    def change(self, row: dict[str, Any], known: ImportedRow, *, by: Any, at: datetime) -> None:
        """A row that changed is a new version."""
        self.apply(row, by=by, at=at)

    def _activity(self, code: str | None, at: datetime) -> MenuItem | None:
        if not code:
            return None
        found = menu_in_force(day(at)).filter(code=code).first()
        if found is None:
            raise CellProblem("menu", _("“%(code)s” is no activity of the menu in force.") % {"code": code})
        return found


def _questions(cell: str | None) -> list[Written]:
    return read_lines("\n".join((cell or "").split(";")))


def _run(options: dict[str, Any], write: Callable[[str], None]) -> bool:
    return run_sheet(Categories(city_of(options)), options, write, by=account_of(options))


register(
    Kind("categories", gettext_lazy("categories of voices, with their questions"), _run, arguments, importer=Categories)
)
