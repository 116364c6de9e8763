"""Who is invited to a meeting, what they answered, and what was written to them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.access.models import Account
from pendamping.core.models import Record
from pendamping.deliberation.enums.invitations import InvitationAnswer, LetterNews, Way
from pendamping.deliberation.models.meetings import Meeting
from pendamping.regions.models import Region


class Invitation(Record):
    """An office, group or guest invited to a meeting (id: undangan musyawarah); what is about a person is sealed."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="invitations")
    capacity = models.CharField(max_length=24)  # of Capacity, or of the city's own in the rules of the meeting
    place = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")  # the RT or RW
    label = models.CharField(max_length=120, blank=True)  # of a guest: office or group, no name
    is_guest = models.BooleanField(default=False)
    account = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+"
    )  # who holds the office
    way = models.CharField(max_length=8, choices=Way, blank=True)
    subject_key = models.BinaryField(null=True, blank=True)  # wrapped; destroyed, it makes the sealed fields unreadable
    name_cipher = models.BinaryField(null=True, blank=True)
    address_cipher = models.BinaryField(null=True, blank=True)
    address_digest = models.CharField(max_length=64, blank=True)
    instead_cipher = models.BinaryField(null=True, blank=True)  # who comes instead
    answer_digest = models.CharField(max_length=64, unique=True)  # of the secret in the link for answering
    answer = models.CharField(max_length=8, choices=InvitationAnswer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    invited_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)  # names and addresses were dropped

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "capacity", "place"],
                condition=Q(is_guest=False, withdrawn_at__isnull=True, place__isnull=False),
                name="invitation_once_per_place",
            ),
            models.UniqueConstraint(
                fields=["meeting", "capacity"],
                condition=Q(is_guest=False, withdrawn_at__isnull=True, place__isnull=True),
                name="invitation_once_per_group",
            ),
            models.UniqueConstraint(
                fields=["meeting", "address_digest"], condition=~Q(address_digest="") & Q(withdrawn_at__isnull=True),
                name="invitation_once_per_address",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="invitation_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at__isnull=True)
                | Q(
                    subject_key__isnull=True, name_cipher__isnull=True, address_cipher__isnull=True,
                    instead_cipher__isnull=True, address_digest="",
                ),
                name="invitation_whole_or_forgotten",
            ),
        ]  # fmt: skip

    @property
    def region_path(self) -> str:
        return self.meeting.region_path

    @property
    def title(self) -> str:
        """ "Chair of RT 001, RW 002", "PKK", or a guest's office or group: never a name."""
        label = self.meeting.capacity_label(self.capacity)
        if self.place is not None:
            return f"{label} · {self.place.place_label}"
        return self.label or label


class InvitationLetter(Record):
    """That somebody invited was told something, by one way (id: surat undangan musyawarah)."""

    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="letters")
    news = models.CharField(max_length=10, choices=LetterNews)
    way = models.CharField(max_length=8, choices=Way)
    sequence = models.PositiveSmallIntegerField()  # of the meeting's calendar entry (RFC 5545, 3.8.7.4)
    asked_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)  # the last try that did not go out

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["invitation", "news", "way", "sequence"], name="invitation_letter_once"
            ),
        ]  # fmt: skip

    @property
    def region_path(self) -> str:
        return self.invitation.region_path
