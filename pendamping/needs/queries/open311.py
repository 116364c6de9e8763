"""What Open311 shows: services are categories, requests are voices that everyone may know of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet

from pendamping.core.codes import read_code
from pendamping.needs.enums.open311 import Status
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.models import Category, Deadline, Voice
from pendamping.needs.queries.categories import categories_of
from pendamping.needs.queries.visible import public_voices
from pendamping.needs.rules import open311 as rules
from pendamping.regions.models import Region

OTHER = "other"  # the service of voices that have no category


def services(city: Region, on: date) -> QuerySet[Category]:
    """The categories offered in a city; none about persons: those have their own door."""
    return categories_of(city.path, on).filter(is_confidential=False).prefetch_related("questions")


def requests(
    city: Region, *, span: tuple[datetime, datetime], statuses: Sequence[Status], codes: Sequence[str]
) -> QuerySet[Voice]:
    """Public voices of a city heard in a span, newest first."""
    found = _shown(city).filter(heard_at__gte=span[0], heard_at__lte=span[1])
    done = Q(state=VoiceState.ANSWERED) | Q(solving__isnull=False, solving__reopened_at__isnull=True)
    if statuses == [Status.OPEN]:
        found = found.exclude(done)
    elif statuses == [Status.CLOSED]:
        found = found.filter(done)
    if codes:
        wanted = Q(category__key__in=codes)
        found = found.filter(wanted | Q(category__isnull=True) if OTHER in codes else wanted)
    return found.order_by("-heard_at", "-id")[: rules.MOST]


def requests_by_id(city: Region, ids: Sequence[str]) -> QuerySet[Voice]:
    """Public voices of a city by their codes, as people write them."""
    codes = [read_code(one) or one for one in ids]
    return _shown(city).filter(code__in=codes).order_by("-heard_at", "-id")


def _shown(city: Region) -> QuerySet[Voice]:
    due = Deadline.objects.filter(met_at__isnull=True).order_by("due_on")
    return (
        public_voices()
        .filter(city_path=city.path)
        .select_related("region__parent__parent", "category", "menu_item", "gathering__need", "solving")
        .prefetch_related(Prefetch("deadlines", due, to_attr="still_due"))
    )
