"""That somebody was written to about what a meeting decided on their proposals."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pendamping.access.models import Account
from pendamping.deliberation.models.meetings import Meeting


class FateLetter(models.Model):
    """A letter to who proposed, sent once for each close of a meeting (id: surat nasib usulan)."""

    id = models.BigAutoField(primary_key=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="fate_letters")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()  # of the meeting: closed again after an objection, it is told again
    sent_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "account", "closed_at"], name="fate_letter_once_per_close")
        ]
