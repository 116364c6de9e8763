"""Who may be given a seat in the matrix of a meeting by their account."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from pendamping.access.models import Account, Grant
from pendamping.core.counters import after
from pendamping.deliberation.models import Meeting


def people_for_seats(meeting: Meeting, on: date) -> QuerySet[Account]:
    """Who holds a role in the area of the meeting on a day, by name."""
    inside = {"region__path__gte": meeting.region_path, "region__path__lt": after(meeting.region_path)}
    held = Grant.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), revoked_at=None, starts_on__lte=on, **inside
    )
    return Account.objects.filter(pk__in=held.values("account"), is_active=True).order_by("name", "id")
