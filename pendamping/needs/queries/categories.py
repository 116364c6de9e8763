"""The categories offered in a place, and what they ask."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping.core.languages import in_language
from pendamping.needs.enums.categories import QuestionKind
from pendamping.needs.models import Category, CategoryQuestion, Voice
from pendamping.needs.rules.categories import Question
from pendamping.regions.models import WIDTHS


def categories_of(place: str, on: date) -> QuerySet[Category]:
    """What is offered in a place (any path) on a day: its city's own, and those for all.

    Once a city has one of its own under a key, the one for all is not offered there, also when its own has ended.
    """
    in_force = Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    own = Q(city__path=place[: WIDTHS["city"]])
    replaced = Category.objects.filter(own, key=OuterRef("key"), valid_from__lte=on)
    found = Category.objects.filter(in_force).filter(own | (Q(city__isnull=True) & ~Exists(replaced)))
    return found.select_related("menu_item").order_by("position", "id")


def questions_of(category: Category) -> list[Question]:
    """What a category asks, as its rule takes it."""
    return [
        Question(one.key, one.kind, one.is_required, tuple(choice["key"] for choice in one.choices))
        for one in category.questions.all()
    ]


def answers_told(voice: Voice) -> list[tuple[str, str]]:
    """What the category asked besides, and what was answered, in the reader's language."""
    if voice.category is None or not voice.extra:
        return []
    asked = voice.category.questions.all()
    return [(told_in(one.label), _told(one, voice.extra[one.key])) for one in asked if one.key in voice.extra]


def _told(asked: CategoryQuestion, answer: str) -> str:
    if asked.kind == QuestionKind.YES_NO:
        return _("Yes") if answer == "yes" else _("No")
    return next((told_in(choice) for choice in asked.choices if choice["key"] == answer), answer)


def told_in(words: dict[str, str]) -> str:
    """Words kept in two languages, in the reader's."""
    return in_language(words, get_language() or "id")


def written(category: Category, language: str) -> str:
    """The questions of a category as they are written in one language, each on a line (see `rules.categories`)."""
    return "\n".join(_line(one, language) for one in category.questions.all())


def _line(one: CategoryQuestion, language: str) -> str:
    fixed = {"id": ("angka", "ya / tidak"), "en": ("number", "yes / no")}[language]
    answers = dict(zip((QuestionKind.NUMBER, QuestionKind.YES_NO), fixed, strict=True)).get(QuestionKind(one.kind))
    said = answers or " / ".join(choice.get(language, "") for choice in one.choices)
    label = one.label.get(language, "")
    return f"{label}{' *' if one.is_required else ''}{f' | {said}' if said else ''}"
