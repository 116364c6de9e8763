"""Open work passing from somebody who left to who came after."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pendamping.core.models import Record
from pendamping.facilitators.models.appointments import Appointment


class DutyHandover(Record):
    """The successor took over what was open (id: serah terima tugas). What was listed that day is kept as shown."""

    successor = models.OneToOneField(Appointment, models.PROTECT, related_name="duty_handover")
    works = models.JSONField(default=list)  # [kind, code, place, since] of each open record; no words of people
    missing = models.TextField(blank=True)  # what was not there or not known, in the successor's words

    class Meta:
        ordering: ClassVar = ["id"]

    @property
    def region_path(self) -> str:
        return self.successor.region_path

    @property
    def code(self) -> str:
        return self.successor.code

    @property
    def journal_label(self) -> str:
        return self.successor.code
