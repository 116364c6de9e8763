"""What is hidden, edited, redacted, reported, blocked, and who may read what is confidential."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from pendamping.access.models import Account
from pendamping.core.models import Photo, Record
from pendamping.needs.enums.moderation import BlockKind, HideReason
from pendamping.needs.models.conversations import Message
from pendamping.needs.models.needs import Need
from pendamping.needs.models.voices import Voice
from pendamping.regions.models import Region


class Hiding(Record):
    """A voice, message or photo that is not shown (id: penyembunyian), until it is lifted; never deleted."""

    voice = models.ForeignKey(Voice, models.PROTECT, related_name="hidings")
    message = models.ForeignKey(Message, models.PROTECT, null=True, blank=True, related_name="hidings")
    photo = models.ForeignKey(Photo, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=12, choices=HideReason)
    words = models.CharField(max_length=200, blank=True)
    hidden_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(message__isnull=True) | Q(photo__isnull=True), name="hiding_of_one_thing"
            ),
            models.UniqueConstraint(
                fields=["voice"], condition=Q(message__isnull=True, photo__isnull=True, lifted_at__isnull=True),
                name="hiding_of_a_voice_once",
            ),
        ]  # fmt: skip


class Original(Record):
    """How something read or looked before it was edited (id: naskah asli), sealed; opened with a reason, journaled."""

    voice = models.ForeignKey(Voice, models.PROTECT, null=True, blank=True, related_name="originals")
    need = models.ForeignKey(Need, models.PROTECT, null=True, blank=True, related_name="originals")
    message = models.ForeignKey(Message, models.PROTECT, null=True, blank=True, related_name="originals")
    photo = models.ForeignKey(Photo, models.PROTECT, null=True, blank=True, related_name="+")
    subject_key = models.BinaryField(null=True, blank=True)  # wrapped; destroyed when its time is over
    text_cipher = models.BinaryField(null=True, blank=True)
    file_name = models.CharField(max_length=64, blank=True)  # of a sealed picture
    edited_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=True, subject_key__isnull=False)
                | Q(destroyed_at__isnull=False, subject_key__isnull=True, text_cipher__isnull=True, file_name=""),
                name="original_whole_or_destroyed",
            ),
            models.CheckConstraint(
                condition=Q(voice__isnull=True) ^ Q(need__isnull=True), name="original_of_one_record"
            ),
        ]


class Redaction(Record):
    """Boxes drawn over a photo of a voice or need (id: penutupan foto): faces, plates.

    The new picture takes the place of the old one.
    """

    photo = models.ForeignKey(Photo, models.PROTECT, related_name="+")
    made = models.OneToOneField(Photo, models.PROTECT, related_name="+")
    voice = models.ForeignKey(Voice, models.PROTECT, null=True, blank=True, related_name="redactions")
    need = models.ForeignKey(Need, models.PROTECT, null=True, blank=True, related_name="redactions")
    boxes = models.JSONField()  # [[x, y, width, height], …] in thousandths of the picture
    made_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(photo=F("made")), name="redaction_makes_another"),
            models.CheckConstraint(
                condition=Q(voice__isnull=True) ^ Q(need__isnull=True), name="redaction_of_one_record"
            ),
        ]


class Complaint(Record):
    """Somebody says that what is shown should not be (id: laporan isi); no name is kept of who says so."""

    voice = models.ForeignKey(Voice, models.PROTECT, related_name="complaints")
    message = models.ForeignKey(Message, models.PROTECT, null=True, blank=True, related_name="complaints")
    reason = models.CharField(max_length=12, choices=HideReason)
    words = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    was_right = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, was_right__isnull=True)
                | Q(settled_at__isnull=False, was_right__isnull=False),
                name="complaint_settled_whole",
            )
        ]


class Block(Record):
    """From an address or a connection nothing more is taken (id: blokir), until a day; only a keyed digest is kept."""

    city = models.ForeignKey(Region, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=BlockKind)
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=200)
    until = models.DateTimeField()
    made_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "digest"], name="block_digest_idx")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(digest="") & ~Q(reason=""), name="block_with_reason")
        ]


class CaseMember(Record):
    """Who may read a confidential voice (id: tim kasus), beside nobody."""

    voice = models.ForeignKey(Voice, models.PROTECT, related_name="case_team")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    named_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["voice", "account"], condition=Q(ended_at__isnull=True), name="case_member_once"
            )
        ]
