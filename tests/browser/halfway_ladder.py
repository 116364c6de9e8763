"""Leaves an objection that waits, and says where the pages of the ladder stand that no link leads to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any


def leave_ladder(closed: Any, still_open: Any) -> dict[str, list[str]]:
    """The addresses that people are given with a code, or come to from a meeting of their place."""
    from django.utils import timezone

    from pendamping.deliberation import services
    from pendamping.deliberation.models import Meeting, MeetingPhase

    now = timezone.now()
    span = {"opens_at": now, "closes_at": now + timedelta(days=5)}
    if not MeetingPhase.objects.filter(meeting=closed).exists():
        services.set_phase(by=None, at=now, meeting=closed, phase="objections", **span)
    closed = Meeting.objects.get(pk=closed.pk)
    made = services.make_objection(by=None, at=now, meeting=closed, words="RW 003 tidak diundang ke musyawarah.")
    return {
        "": [
            f"/musyawarah/{closed.code}/",
            f"/musyawarah/{closed.code}/keberatan/",
            f"/musyawarah/keberatan/{made.code}/",
        ],
        "sekretariat": ["/kerja/aturan-musyawarah/", f"/kerja/keberatan-musyawarah/{made.code}/"],
        "sari": [
            f"/kerja/musyawarah/{closed.code}/keberatan/",
            f"/kerja/musyawarah/{closed.code}/keberatan/catat/",
            f"/kerja/musyawarah/{still_open.code}/pimpinan/",
            f"/kerja/musyawarah/{still_open.code}/tahap/",
            f"/kerja/musyawarah/{still_open.code}/tahap/attendance/",
        ],
        "lurah": [f"/kerja/musyawarah/{still_open.code}/syarat/quorum/"],
    }
