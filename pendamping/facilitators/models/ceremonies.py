"""The inauguration of those appointed: who was invited, who came, the oath."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.access.models import Account
from pendamping.core.models import Photo, Record
from pendamping.facilitators.enums.ceremonies import Manner
from pendamping.facilitators.models.appointments import Appointment, Decree
from pendamping.regions.models import RegionBound


class Ceremony(RegionBound):
    """Those appointed by a decree are inaugurated (id: pelantikan)."""

    code_kind = "H"
    decree = models.ForeignKey(Decree, models.PROTECT, related_name="ceremonies")
    title = models.CharField(max_length=160)
    place = models.CharField(max_length=200)
    held_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    made_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    oath_version = models.CharField(max_length=80, blank=True)  # which text: regulation, annex
    oath_text = models.TextField(blank=True)
    oath_read_by = models.CharField(max_length=80, blank=True)  # the office, never a name
    oath_witnesses = models.CharField(max_length=200, blank=True)  # offices
    oath_at = models.DateTimeField(null=True, blank=True)
    oath_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    photos = models.ManyToManyField(Photo, blank=True, related_name="+")

    class Meta(RegionBound.Meta):
        indexes: ClassVar = RegionBound.Meta.indexes
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(oath_at__isnull=True, oath_text="", oath_by__isnull=True)
                | (Q(oath_at__isnull=False) & ~Q(oath_text="") & ~Q(oath_read_by="")),
                name="ceremony_oath_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Attendee(Record):
    """One person invited to the ceremony (id: undangan pelantikan); the ticket opens the door once."""

    ceremony = models.ForeignKey(Ceremony, models.PROTECT, related_name="attendees")
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="invitations")
    ticket = models.CharField(max_length=10, unique=True)  # random; in the QR of the person's page and invitation
    attended_at = models.DateTimeField(null=True, blank=True)
    attended_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    manner = models.CharField(max_length=8, choices=Manner, blank=True)
    note = models.CharField(max_length=200, blank=True)  # why ticked by hand

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ceremony", "appointment"], name="attendee_invited_once"),
            models.CheckConstraint(
                condition=Q(attended_at__isnull=True, manner="") | (Q(attended_at__isnull=False) & ~Q(manner="")),
                name="attendee_came_whole",
            ),
            models.CheckConstraint(condition=~Q(manner="manual") | ~Q(note=""), name="attendee_by_hand_with_reason"),
        ]

    @property
    def region_path(self) -> str:
        return self.ceremony.region_path

    @property
    def code(self) -> str:
        return self.ceremony.code

    @property
    def journal_label(self) -> str:
        return self.appointment.code
