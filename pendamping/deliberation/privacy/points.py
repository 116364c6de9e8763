"""The points of an agenda hold no personal data; their words are masked like the agenda's."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

PERSONAL: dict[str, Personal] = {}

PLAIN = frozenset({"AgendaPoint.title"})
