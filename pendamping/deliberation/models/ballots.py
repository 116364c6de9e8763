"""What was voted: sealed until the count, then counted patterns and receipts that no longer know each other."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.deliberation.enums.polls import BallotChannel
from pendamping.deliberation.models.polls import Poll
from pendamping.deliberation.models.rolls import scattered


class Envelope(models.Model):
    """A sealed ballot (id: amplop suara): one length for all, a random key, no time. The count opens and removes it."""

    id = models.BigAutoField(primary_key=True, default=scattered)
    poll = models.ForeignKey(Poll, models.PROTECT, related_name="envelopes")
    channel = models.CharField(max_length=6, choices=BallotChannel)
    receipt_digest = models.CharField(max_length=64, unique=True)  # the same ballot sent again is found by it
    sealed = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(channel__in=["hall", "remote"]), name="envelope_of_a_phone"),
        ]


class BallotGroup(models.Model):
    """How many ballots say exactly this (id: kelompok suara): all that is kept of ballots once counted.

    Without a channel where one of them had so few ballots that it would tell who chose what.
    """

    id = models.BigAutoField(primary_key=True)
    poll = models.ForeignKey(Poll, models.PROTECT, related_name="ballots")
    channel = models.CharField(max_length=6, choices=BallotChannel, blank=True)
    pattern = models.CharField(max_length=2000, blank=True)  # "1 3 7", "1=5 3=5", ranked "3>1>7"; empty when blank
    count = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["poll", "channel", "pattern"], name="ballot_group_once"),
            models.CheckConstraint(condition=Q(count__gt=0), name="ballot_group_of_somebody"),
        ]
        ordering: ClassVar = ["channel", "pattern"]


class Receipt(models.Model):
    """A code that a counted ballot was given (id: tanda terima suara); it does not know which ballot."""

    id = models.BigAutoField(primary_key=True, default=scattered)
    poll = models.ForeignKey(Poll, models.PROTECT, related_name="receipts")
    code = models.CharField(max_length=16)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["poll", "code"], name="receipt_once"),
            models.CheckConstraint(condition=~Q(code=""), name="receipt_has_code"),
        ]
        ordering: ClassVar = ["code"]
