"""People who passed, their certificates, and gates, for the tests of certificates. Services make them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pendamping.regions.models import Region
from pendamping.training.models import Certificate, CourseVersion, Enrolment, Gate
from pendamping.training.services import certificates as services
from pendamping.training.services import gates
from pendamping.training.tests import factories as make
from pendamping.training.tests.factories import NOW

TODAY = date(2026, 3, 2)


def passed(name: str = "", ward: Region | None = None, of: CourseVersion | None = None) -> Enrolment:
    """Somebody (Sari where none is named) who passed."""
    return make.enrolled(ward, name, of, state="completed", completed_at=NOW)


def issued(name: str = "", at: datetime = NOW, **facts: Any) -> Certificate:
    """The certificate of somebody who passed."""
    return services.issue_certificate(by=make.manager(), at=at, enrolment=passed(name), **facts)


def gate(at: datetime = NOW, **changes: Any) -> Gate:
    """Verifying needs asks for the course, from that day on."""
    version = CourseVersion.objects.filter(state="published").first() or make.version()
    facts: dict[str, Any] = {
        "course": version.course, "verb": "need.verify", "starts_on": TODAY, "legal_basis": "Perwal 1/2026 pasal 5",
    }  # fmt: skip
    return gates.set_gate(by=make.manager(), at=at, **{**facts, **changes})
