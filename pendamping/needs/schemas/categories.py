"""Categories over the API."""

from __future__ import annotations

from ninja import Schema

from pendamping.needs.models import Category


class CategoryQuestionOut(Schema):
    """What a category asks; an answer is words, a whole number, "yes" or "no", or the key of a choice."""

    key: str
    label: dict[str, str]
    kind: str
    is_required: bool
    choices: list[dict[str, str]]


class CategoryOut(Schema):
    """What a voice can be about; `label` by language. Another voice within these metres and days may be the same."""

    key: str
    label: dict[str, str]
    is_confidential: bool
    near_metres: int
    near_days: int
    menu_item: str | None
    questions: list[CategoryQuestionOut]

    @staticmethod
    def of(category: Category) -> CategoryOut:
        item = category.menu_item
        return CategoryOut(
            key=category.key, label=category.title, is_confidential=category.is_confidential,
            near_metres=category.near_metres, near_days=category.near_days, menu_item=item.code if item else None,
            questions=[
                CategoryQuestionOut(
                    key=one.key, label=one.label, kind=one.kind, is_required=one.is_required, choices=one.choices
                )
                for one in category.questions.all()
            ],
        )  # fmt: skip


class CategoriesOut(Schema):
    """All that is offered in a place."""

    results: list[CategoryOut]
