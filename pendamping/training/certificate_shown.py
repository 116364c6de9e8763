"""How a certificate is shown on every page: its standing in words with a sign, and what it names."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import get_language

from pendamping.core import formats
from pendamping.core.languages import in_language
from pendamping.training.enums.certificates import Standing
from pendamping.training.models import Certificate, CourseVersion
from pendamping.training.queries.certificates import hours_of
from pendamping.training.rules import certificates as rules
from pendamping.training.rules.badges import payload_of

TONES = {
    Standing.VALID: "done", Standing.EXPIRED: "waiting", Standing.SUPERSEDED: "stopped", Standing.REVOKED: "stopped",
}  # fmt: skip


def shown(found: Certificate, today: date) -> dict[str, Any]:
    """What a page says of one certificate. `queries.certificates()` loaded what it names."""
    standing = rules.standing(state=found.state, valid_until=found.valid_until, today=today)
    return {
        "certificate": found,
        "standing": standing,
        "tone": TONES[standing],
        "course": course_as_issued(found, get_language() or "id"),
        "successor": getattr(found, "successor", None),
    }


def course_as_issued(found: Certificate, language: str) -> str:
    """The course as what was signed names it, in another language while the course is still called so."""
    issued, title = str(payload_of(found.credential)["name"]), found.version.course.title
    return in_language(title, language) if in_language(title, "id") == issued else issued


def hours_shown(version: CourseVersion) -> str:
    """Learning hours as they are written: 36,5 JP."""
    return f"{formats.number(hours_of(version), 1)} JP"
