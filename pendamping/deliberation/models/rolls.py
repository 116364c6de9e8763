"""Who may vote once: a slip, a name on the roll; and the mark that they did. Nothing here leads to a ballot."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.core.models import Record
from pendamping.deliberation.enums.polls import MARKS
from pendamping.deliberation.models.polls import Poll


def scattered() -> int:
    """A random key: rows that are written one after another stand in no order. Below 2^53, so JSON keeps it."""
    return 1 + secrets.randbelow(2**53 - 1)


class Slip(Record):
    """A right to one ballot in the hall (id: kartu suara). Its code is printed, not kept: only its keyed digest is."""

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="slips")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["poll", "number"], name="slip_number_once")]
        ordering: ClassVar = ["number"]


class RollEntry(Record):
    """Somebody who may vote (id: pemilih dalam daftar), by number; name and telephone are sealed under an own key."""

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="roll")
    number = models.PositiveIntegerField()
    identity = models.CharField(max_length=64)  # keyed digest of the resident number: the same person only once
    digest = models.CharField(max_length=64, unique=True)  # of the code in the personal link
    subject_key = models.BinaryField(null=True, blank=True)
    name_cipher = models.BinaryField(null=True, blank=True)
    phone_cipher = models.BinaryField(null=True, blank=True)
    rt = models.CharField(max_length=40, blank=True)  # "RT 01 RW 02", to find people at the table
    sent_at = models.DateTimeField(null=True, blank=True)  # when the link went out

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["poll", "identity"], name="roll_person_once"),
            models.UniqueConstraint(fields=["poll", "number"], name="roll_number_once"),
            models.CheckConstraint(
                condition=Q(subject_key__isnull=False, name_cipher__isnull=False)
                | Q(subject_key__isnull=True, name_cipher__isnull=True, phone_cipher__isnull=True),
                name="roll_person_whole_or_forgotten",
            ),
        ]
        ordering: ClassVar = ["number"]


class VoteMark(models.Model):
    """A slip was used, or somebody of the roll has voted or takes their ballot another way (id: tanda sudah memilih).

    Or the slip or link was withdrawn before: then it can never be used. One for each slip and each person: the database
    refuses a second. Its key is random and it knows no time, so that the order of marks says nothing about the order of
    ballots.
    """

    id = models.BigAutoField(primary_key=True, default=scattered)
    poll = models.ForeignKey(Poll, models.PROTECT, related_name="marks")
    channel = models.CharField(max_length=6, choices=MARKS)
    slip = models.OneToOneField(Slip, models.PROTECT, null=True, blank=True, related_name="mark")
    entry = models.OneToOneField(RollEntry, models.PROTECT, null=True, blank=True, related_name="mark")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(slip__isnull=False, entry__isnull=True, channel__in=["hall", "none"])
                | Q(slip__isnull=True, entry__isnull=False),
                name="vote_mark_of_one",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["poll", "channel"], name="vote_mark_channel_idx")]
