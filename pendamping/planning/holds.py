"""A decision that became a project keeps its meeting closed."""

from __future__ import annotations

from collections.abc import Iterable

from pendamping.deliberation.holds import register
from pendamping.deliberation.models import Meeting
from pendamping.planning.models import Project


@register
def planned(meeting: Meeting) -> Iterable[str]:
    """Codes of the proposals of a meeting that a project was prepared from."""
    made = Project.objects.filter(decision__item__meeting=meeting)
    return made.values_list("decision__item__proposal__code", flat=True)
