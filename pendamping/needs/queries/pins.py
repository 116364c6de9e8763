"""The points at which residents gave their voices."""

from __future__ import annotations

from pendamping.needs.models import Need, Voice


def pins_of(need: Need) -> list[tuple[float, float]]:
    """Latitude and longitude of every pinned voice gathered into a need. For decisions, never to be shown."""
    found = Voice.objects.filter(gathering__need=need, latitude__isnull=False).order_by("pk")
    rows = found.values_list("latitude", "longitude")
    return [(float(north), float(east)) for north, east in rows if north is not None and east is not None]
