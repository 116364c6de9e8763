"""The result of a counted ballot, with everything that is needed to compute it again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.access.models import Account
from pendamping.core.models import Document, Record
from pendamping.deliberation.models.meetings import Meeting
from pendamping.deliberation.models.objections import MeetingObjection
from pendamping.deliberation.models.polls import Poll


class Result(Record):
    """What the rule makes of the ballots (id: hasil pemungutan suara). It never changes: a recount is another one.

    `contest` and `decision` are the canonical JSON of the allocation; `ballot_file` is the open file with numbers of
    voters drawn once, when it was made.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="results")
    poll = models.ForeignKey(Poll, models.PROTECT, related_name="results")
    number = models.PositiveSmallIntegerField()  # first, second, … of its meeting
    recount_of = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="recount")
    reason = models.TextField(blank=True)  # why it was counted again
    objection = models.ForeignKey(  # that was upheld and opened the meeting for it
        MeetingObjection, models.PROTECT, null=True, blank=True, related_name="recounts"
    )
    contest = models.TextField()
    decision = models.TextField()
    ballot_file = models.TextField()
    inputs_hash = models.CharField(max_length=64)
    rule_hash = models.CharField(max_length=64)
    file_hash = models.CharField(max_length=64)  # of the published file, byte by byte
    code_version = models.CharField(max_length=20)
    funded = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()  # rupiah of all that is funded
    by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    annex = models.OneToOneField(Document, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "number"], name="result_number_once"),
            models.UniqueConstraint(
                fields=["poll"], condition=Q(recount_of__isnull=True), name="result_first_once_per_poll"
            ),
            models.CheckConstraint(
                condition=Q(recount_of__isnull=True, reason="") | (Q(recount_of__isnull=False) & ~Q(reason="")),
                name="result_recount_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(objection__isnull=True) | Q(recount_of__isnull=False), name="result_objection_of_recount"
            ),
            models.CheckConstraint(
                condition=~Q(inputs_hash="") & ~Q(rule_hash="") & ~Q(file_hash=""), name="result_with_hashes"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="result_amount_not_negative"),
        ]
        ordering: ClassVar = ["number"]

    @property
    def region_path(self) -> str:
        return self.meeting.region_path

    @property
    def code(self) -> str:
        return f"{self.meeting.code}/{self.number}"

    def __str__(self) -> str:
        return self.poll.title
