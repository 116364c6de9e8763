"""What voices can be about in a city: set, and no longer offered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.text import slugify

from pendamping.access.duties import office_of
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.needs.enums.categories import CategoryReason
from pendamping.needs.models import Category, CategoryQuestion, MenuItem, Voice
from pendamping.needs.queries.categories import categories_of
from pendamping.needs.rules import categories as rules
from pendamping.needs.rules.categories import Written
from pendamping.regions.models import Region

KEY_MOST = 40


@act("needs.category_set")
def set_category(
    *,
    by: Account | None,
    at: datetime,
    city: Region,
    key: str,
    title: dict[str, str],
    valid_from: date,
    menu_item: MenuItem | None = None,
    near_metres: int = 150,
    near_days: int = 120,
    is_confidential: bool = False,
    position: int = 0,
    questions: Sequence[Written] = (),
    english: Sequence[Written] = (),
) -> Category:
    """Offer a category in a city from a day on, with what it asks (id: menetapkan kategori).

    The city's version in force ends the day before, or is written anew while no voice stands in it; voices keep the
    version they were given in. Under a key of the categories for all it takes their place in this city. Refuses one
    without a name, broken questions, and a first day on or before that of a version in use.
    """
    rules.may_set(title=title.get("id", ""), questions=questions, english=english).or_raise()
    old = Category.objects.select_for_update(of=("self",)).filter(city=city, key=key, valid_to=None).first()
    facts = {
        "title": title, "menu_item": menu_item, "near_metres": near_metres, "near_days": near_days,
        "is_confidential": is_confidential, "position": position, "valid_from": valid_from,
    }  # fmt: skip
    if old is not None:
        used = Voice.everything.filter(category=old).exists()
        rules.may_replace(began=old.valid_from, begins=valid_from, is_used=used).or_raise()
        if valid_from > old.valid_from:
            Category.objects.filter(pk=old.pk).update(valid_to=valid_from - timedelta(days=1))
            old = None
    if old is not None:
        Category.objects.filter(pk=old.pk).update(**facts)
        old.questions.all().delete()
        made = Category.objects.get(pk=old.pk)
    else:
        made = Category.objects.create(city=city, key=key, created_at=at, **facts)
    _ask(made, questions, english, at)
    changes = {"key": key, "questions": len(questions), "valid_from": valid_from}
    _tell("needs.category_set", made, city, by=by, at=at, changes=changes)
    return made


@act("needs.category_withdrawn")
def end_category(*, by: Account, at: datetime, city: Region, key: str) -> Category:
    """Offer a category no longer from tomorrow on (id: mengakhiri kategori), its own or the one for all.

    Voices in it stay as they are. Refuses one that is not offered in the city.
    """
    today = day(at)
    found = categories_of(city.path, today).filter(key=key, valid_to__isnull=True).first()
    if found is None:
        raise Refused(CategoryReason.ENDED)
    if found.city_id is None:  # its place in this city is taken by one that ends
        found = Category.objects.create(
            city=city, key=key, title=found.title, menu_item=found.menu_item, near_metres=found.near_metres,
            near_days=found.near_days, is_confidential=found.is_confidential, position=found.position,
            valid_from=today, created_at=at,
        )  # fmt: skip
    found.valid_to = max(today, found.valid_from)
    found.save(update_fields=["valid_to"])
    _tell("needs.category_withdrawn", found, city, by=by, at=at, changes={"key": key, "valid_to": found.valid_to})
    return found


def _ask(category: Category, questions: Sequence[Written], english: Sequence[Written], at: datetime) -> None:
    told: Sequence[Written | None] = english or [None] * len(questions)
    CategoryQuestion.objects.bulk_create(
        CategoryQuestion(
            category=category, key=_key(asked.label, place), position=place, kind=asked.kind, created_at=at,
            is_required=asked.is_required, label=_two(asked.label, other.label if other else ""),
            choices=[
                {"key": _key(choice, number), **_two(choice, other.choices[number] if other else "")}
                for number, choice in enumerate(asked.choices)
            ],
        )
        for place, (asked, other) in enumerate(zip(questions, told, strict=True))
    )  # fmt: skip


def _key(words: str, place: int) -> str:
    return f"{slugify(words)[: KEY_MOST - 3]}-{place}"


def _two(indonesian: str, english: str) -> dict[str, str]:
    return {language: words for language, words in (("id", indonesian), ("en", english)) if words}


def _tell(
    verb: str, category: Category, city: Region, *, by: Account | None, at: datetime, changes: dict[str, Any]
) -> None:
    office = office_of(by, Verb.LISTENING_MANAGE, city, at) if by is not None else None
    journal.record(verb, subject=category, region=city.path, by=by, at=at, office=office, changes=changes)
