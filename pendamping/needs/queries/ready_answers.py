"""The ready answers of a city, and those that fit a voice."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from pendamping.needs.models import ReadyAnswer, Voice
from pendamping.regions.models import WIDTHS


def in_use() -> QuerySet[ReadyAnswer]:
    """What is offered, by name."""
    found = ReadyAnswer.objects.filter(retired_at__isnull=True)
    return found.select_related("category", "city").order_by("title", "id")


def fitting(voice: Voice) -> QuerySet[ReadyAnswer]:
    """What is offered for this voice: of its category or of all, for where it stands or for anywhere."""
    about = Q(category__isnull=True)
    if voice.category is not None:
        about |= Q(category__key=voice.category.key)
    city = voice.region_path[: WIDTHS["city"]]
    return in_use().filter(about, status__in=["", voice.state], city__path=city)
