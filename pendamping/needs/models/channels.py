"""Channels beside the page: doors knocked at, messages of a gateway."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.access.models import Account
from pendamping.core.models import Record
from pendamping.needs.enums.visits import InboxState, VisitResult
from pendamping.needs.models.contacts import Contact
from pendamping.needs.models.voices import Voice
from pendamping.regions.models import Region, RegionBound


class Visit(RegionBound):
    """A knock at the doors of an RT (id: kunjungan dari pintu ke pintu), whatever came of it. No house, no name."""

    code_kind = "H"
    visited_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    day = models.DateField()
    result = models.CharField(max_length=8, choices=VisitResult)
    groups = models.JSONField(default=list)  # of enums.visits.Group: who was met
    voices = models.ManyToManyField(Voice, blank=True, related_name="visits")
    note = models.CharField(max_length=200, blank=True)

    class Meta(RegionBound.Meta):
        indexes: ClassVar = [
            *RegionBound.Meta.indexes,
            models.Index(fields=["region_path", "day"], name="visit_day_idx"),
        ]


class GatewayMessage(Record):
    """A message that came through a gateway (id: pesan masuk): once by its number there; the sender is sealed."""

    gateway = models.CharField(max_length=20)
    number = models.CharField(max_length=80)  # the gateway's own; the same again is the same message
    sent_at = models.DateTimeField()
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="messages")
    text = models.TextField(blank=True)  # masked
    state = models.CharField(max_length=8, choices=InboxState, default=InboxState.WAITING)
    place = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    voice = models.ForeignKey(Voice, models.PROTECT, null=True, blank=True, related_name="gateway_messages")
    refused_reason = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gateway", "number"], name="gateway_message_once"),
            models.CheckConstraint(
                condition=~Q(state="taken") | Q(voice__isnull=False), name="gateway_message_taken_whole"
            ),
        ]
