"""What the screen of a meeting shows, choice by choice."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from pendamping.access.models import Account
from pendamping.core.models import Record
from pendamping.deliberation.enums.screens import ScreenView
from pendamping.deliberation.models.meetings import Meeting
from pendamping.needs.models import Proposal


class ScreenChoice(Record):
    """What the screen of a meeting shows from a moment on (id: pilihan layar).

    Rows are only added. The latest by `chosen_at` holds, so that a choice which waited on a phone without a signal
    takes its place in the order of the meeting and does not undo a later one.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="screen_choices")
    view = models.CharField(max_length=10, choices=ScreenView)
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="+")
    chosen_at = models.DateTimeField()  # as the phone says, never after it arrived (created_at)
    claimed_at = models.DateTimeField(null=True, blank=True)  # what the phone said; None: chosen with a signal
    by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["meeting", "-chosen_at", "-id"], name="screen_choice_holds_idx")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(view="proposal", proposal__isnull=False) | (~Q(view="proposal") & Q(proposal__isnull=True)),
                name="screen_choice_proposal_named",
            ),
            models.CheckConstraint(
                condition=Q(chosen_at__lte=F("created_at")), name="screen_choice_not_before_it_was_made"
            ),
        ]

    @property
    def region_path(self) -> str:
        return self.meeting.region_path

    def __str__(self) -> str:
        return f"{self.meeting} · {self.get_view_display()}"
