"""The categories offered in a place, and what they ask."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from pendamping.needs.models import Category
from pendamping.needs.rules.categories import Question
from pendamping.regions.models import WIDTHS


def categories_of(place: str, on: date) -> QuerySet[Category]:
    """What is offered in a place (any path) on a day: its city's own, and those for all that have none of their key."""
    in_force = Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    own = Q(city__path=place[: WIDTHS["city"]])
    replaced = Category.objects.filter(own, in_force, key=OuterRef("key"))
    found = Category.objects.filter(in_force).filter(own | (Q(city__isnull=True) & ~Exists(replaced)))
    return found.select_related("menu_item").order_by("position", "id")


def questions_of(category: Category) -> list[Question]:
    """What a category asks, as its rule takes it."""
    return [
        Question(one.key, one.kind, one.is_required, tuple(choice["key"] for choice in one.choices))
        for one in category.questions.all()
    ]
