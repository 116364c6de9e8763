"""What a meeting leaves behind at one place: somebody invited and present, a point of its agenda, a paper sheet."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from pendamping.core.models import new_uid
from pendamping.deliberation.keys import answer_digest, answer_secret
from pendamping.deliberation.models import AgendaPoint, Invitation, Meeting, PaperSheet, Presence
from pendamping.deliberation.services.sheets import keep_photo
from pendamping.needs.tests.factories import picture
from tests.access.routes import Door


class Met:
    """The records of one meeting that is open, and held today."""

    def __init__(self, region: Any) -> None:
        now = timezone.now()
        self.meeting = Meeting.add(
            at=now, region=region, title="Musyawarah hari ini", kind="development", fiscal_year=2026,
            held_on=timezone.localdate(), place="Aula", agenda="Penetapan", chair_office="Lurah",
        )  # fmt: skip
        uid, here = new_uid(), {"created_at": now, "meeting": self.meeting}
        self.invitation = Invitation.objects.create(
            **here, uid=uid, capacity="pkk", answer_digest=answer_digest(answer_secret(uid))
        )
        self.point = AgendaPoint.objects.create(**here, position=1, title="Pembukaan", minutes=10)
        self.sheet = PaperSheet.objects.create(**here, number=1, rows=20)
        keep_photo(by=None, at=now, sheet=self.sheet, photo=picture())
        self.presence = Presence.objects.create(**here, number=1, sex="f", source="list")
        self.running = AgendaPoint.objects.create(
            **here, position=2, title="Doa", minutes=5, begun_at=now - timedelta(1)
        )

    def value(self, door: Door, param: str) -> Any:
        """What a parameter of a door of a meeting stands for here."""
        if param == "secret":
            return answer_secret(self.invitation.uid)
        if param == "code":
            return self.meeting.code
        if "end" in door.name.split("/")[-1] or "end_point" in door.name:
            return self.running.uid
        parts = (("invitation", self.invitation), ("point", self.point), ("sheet", self.sheet), ("", self.presence))
        return next(record.uid for part, record in parts if part in door.name)


def is_here(door: Door) -> bool:
    """Does this door belong to inviting, the clock or the register of a meeting?"""
    return door.name.startswith(_DOORS) or door.name == "deliberation:answer"


_DOORS = (
    *(f"deliberation:{name}" for name in (
        "invit", "send_invitations", "answer_calendar", "points", "clock", "begin_point", "end_point", "register",
        "room",
        "tick", "count_register", "sheet", "presence", "show_up",
    )),
    *(f"api /meetings/{{code}}/{name}" for name in (
        "invitations", "guests", "points", "room", "register", "sheets",
    )),
)  # fmt: skip
