"""The menu in force."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from pendamping.needs.models import MenuItem


def menu_in_force(on: date) -> QuerySet[MenuItem]:
    """The activities the ward fund may pay for on a day."""
    in_force = Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    return MenuItem.objects.filter(in_force).order_by("code")
