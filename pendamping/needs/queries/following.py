"""What can be followed, and what somebody follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from pendamping.core.codes import read_code
from pendamping.core.languages import in_language
from pendamping.needs.models import Category, Contact, Following
from pendamping.needs.queries.visible import public_voices
from pendamping.regions.models import Region


@dataclass(frozen=True)
class Thing:
    """Something that may be followed (id: yang dapat diikuti): a place, a category there, or a code."""

    label: str
    place: Region | None = None
    category: Category | None = None
    code: str = ""


def asked_for(asked: Mapping[str, str], language: str) -> Thing | None:
    """What `jejak`, or `wilayah` with or without `kategori`, names; None where there is nothing to follow."""
    code = read_code(asked.get("jejak", ""))
    if code is not None:
        if code[0] == "S" and not public_voices().filter(code=code).exists():
            return None
        return Thing(label=code, code=code)
    found = Region.objects.select_related("parent__parent").filter(path=asked.get("wilayah", "-"))
    place = found.first()
    if place is None:
        return None
    key = asked.get("kategori", "")
    if not key:
        return Thing(label=place.place_label, place=place)
    category = category_in(place, key)
    if category is None:
        return None
    return Thing(f"{in_language(category.title, language)}, {place.place_label}", place, category)


def categories_of(path: str, language: str) -> list[tuple[str, str]]:
    """The categories a place has, as key and title: its city's own before those for all; none about persons."""
    found = Category.objects.filter(Q(city__isnull=True) | Q(city__path=path[:4]), valid_to__isnull=True)
    found = found.filter(is_confidential=False).order_by("city", "position", "id")
    titles = {one.key: in_language(one.title, language) for one in found}
    return list(titles.items())


def category_in(place: Region, key: str) -> Category | None:
    """The category of a key as a place has it: its city's own, or the one for all. None when it is over, or about
    persons: of those nobody hears but who spoke."""
    found = Category.objects.filter(key=key, valid_to__isnull=True, is_confidential=False)
    own = found.filter(city__path=place.city_path).first()
    return own or found.filter(city__isnull=True).first()


def reached() -> QuerySet[Contact]:
    """Everybody who said yes to something they still follow."""
    live = Following.objects.filter(contact=OuterRef("pk"), ended_at__isnull=True, confirmed_at__isnull=False)
    return Contact.objects.filter(Exists(live), forgotten_at__isnull=True).order_by("pk")


def followed_by(contact: Contact) -> QuerySet[Following]:
    """What somebody follows, oldest first, with what a page shows of it."""
    followings = Following.objects.filter(contact=contact, ended_at__isnull=True).order_by("pk")
    return followings.select_related("voice__region__parent__parent", "place__parent__parent", "category")
