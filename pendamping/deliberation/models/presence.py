"""The attendance register of a meeting: who is present, and the paper sheets people signed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.access.models import Account
from pendamping.core.models import Record
from pendamping.deliberation.enums.invitations import Capacity
from pendamping.deliberation.enums.presence import AgeGroup, PresentSex, Source
from pendamping.deliberation.models.invitations import Invitation
from pendamping.deliberation.models.meetings import Meeting
from pendamping.regions.models import Region


class PaperSheet(Record):
    """A sheet of the register printed with empty rows (id: lembar hadir), signed in the room and typed in afterwards.

    Its photo holds names, so it is a sealed file opened by those who keep the register alone.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="sheets")
    number = models.PositiveSmallIntegerField()
    rows = models.PositiveSmallIntegerField()  # on the paper
    printed_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    subject_key = models.BinaryField(null=True, blank=True)
    file_name = models.CharField(max_length=80, blank=True)  # of the sealed photo
    heads = models.PositiveSmallIntegerField(null=True, blank=True)  # filled rows, counted on the paper
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "number"], name="paper_sheet_one_per_number"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, heads__isnull=True)
                | Q(confirmed_at__isnull=False, heads__isnull=False),
                name="paper_sheet_confirmed_with_count",
            ),
            models.CheckConstraint(
                condition=Q(file_name="", subject_key__isnull=True) | (~Q(file_name="") & Q(subject_key__isnull=False)),
                name="paper_sheet_photo_sealed",
            ),
        ]

    @property
    def region_path(self) -> str:
        return self.meeting.region_path


class Presence(Record):
    """Somebody present at a meeting (id: hadirin). The name is sealed, dropped after a time, and never public."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="presences")
    number = models.PositiveIntegerField()
    sex = models.CharField(max_length=1, choices=PresentSex)
    age_group = models.CharField(max_length=8, choices=AgeGroup, blank=True)
    is_disabled = models.BooleanField(null=True, blank=True)  # their own word; None: not said
    is_poor = models.BooleanField(null=True, blank=True)  # their own word; None: not said
    capacity = models.CharField(max_length=24, default=Capacity.RESIDENT)  # of Capacity, or the city's own
    place = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=5, choices=Source)
    invitation = models.ForeignKey(Invitation, models.PROTECT, null=True, blank=True, related_name="presences")
    sheet = models.ForeignKey(PaperSheet, models.PROTECT, null=True, blank=True, related_name="presences")
    sheet_row = models.PositiveSmallIntegerField(null=True, blank=True)
    subject_key = models.BinaryField(null=True, blank=True)  # wrapped; destroyed, it makes the name unreadable
    name_cipher = models.BinaryField(null=True, blank=True)
    name_digest = models.CharField(max_length=64, blank=True)  # keyed, of this meeting: name with RT
    device = models.CharField(max_length=64, blank=True)  # keyed, of this meeting: the phone
    added_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    same_as = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="doubles")
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "number"], name="presence_one_per_number"),
            models.UniqueConstraint(
                fields=["meeting", "device"], condition=~Q(device="") & Q(struck_at__isnull=True),
                name="presence_one_per_device",
            ),
            models.UniqueConstraint(
                fields=["meeting", "name_digest"], condition=~Q(name_digest="") & Q(struck_at__isnull=True),
                name="presence_one_per_name_and_rt",
            ),
            models.UniqueConstraint(
                fields=["invitation"], condition=Q(invitation__isnull=False, struck_at__isnull=True),
                name="presence_one_per_invitation",
            ),
            models.UniqueConstraint(
                fields=["sheet", "sheet_row"], condition=Q(sheet__isnull=False, struck_at__isnull=True),
                name="presence_one_per_row",
            ),
            models.CheckConstraint(
                condition=Q(subject_key__isnull=True, name_cipher__isnull=True, name_digest="")
                | (Q(subject_key__isnull=False, name_cipher__isnull=False) & ~Q(name_digest="")),
                name="presence_name_sealed_whole",
            ),
            models.CheckConstraint(
                condition=Q(source="sheet", sheet__isnull=False, sheet_row__isnull=False)
                | (~Q(source="sheet") & Q(sheet__isnull=True, sheet_row__isnull=True)),
                name="presence_row_of_its_sheet",
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=False) | Q(same_as__isnull=True), name="presence_double_is_struck"
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True, forgotten_at__isnull=True) | Q(subject_key__isnull=True, device=""),
                name="presence_struck_or_forgotten_has_no_name",
            ),
        ]  # fmt: skip

    @property
    def region_path(self) -> str:
        return self.meeting.region_path

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.number}"
