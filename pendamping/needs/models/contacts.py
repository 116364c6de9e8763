"""How residents are reached, sealed, and what they follow. No account, no name."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from pendamping.core.models import Record
from pendamping.needs.enums.contacts import ContactKind, Followed, Pace
from pendamping.needs.enums.news import News
from pendamping.needs.models.categories import Category
from pendamping.needs.models.conversations import Message
from pendamping.needs.models.voices import Voice
from pendamping.regions.models import Region


class Contact(Record):
    """An address somebody gave to hear of it (id: kontak warga), sealed under a key of its own, shown to nobody.

    Forgotten, its digest stays for a while only when its reader never asked for letters: so nobody has one sent again.
    """

    kind = models.CharField(max_length=8, choices=ContactKind)
    subject_key = models.BinaryField(null=True, blank=True)  # wrapped; destroyed, it makes the address unreadable
    address_cipher = models.BinaryField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)  # keyed; finds the same address again
    confirmed_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)
    refusals = models.PositiveSmallIntegerField(default=0)  # by its mail server, since it last took a letter
    refused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "digest"], condition=~Q(digest=""), name="contact_once"),
            models.CheckConstraint(
                condition=Q(forgotten_at__isnull=False, subject_key__isnull=True, address_cipher__isnull=True)
                | (
                    Q(forgotten_at__isnull=True, subject_key__isnull=False, address_cipher__isnull=False)
                    & ~Q(digest="")
                ),
                name="contact_whole_or_forgotten",
            ),
        ]


class Following(Record):
    """Somebody wants to hear of something (id: mengikuti); one click ends it."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="followings")
    what = models.CharField(max_length=8, choices=Followed)
    voice = models.ForeignKey(Voice, models.PROTECT, null=True, blank=True, related_name="followings")
    place = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=16, blank=True)  # of a journey's record, whatever app it is of
    is_speaker = models.BooleanField(default=False)  # gave the voice, and may answer in its thread
    pace = models.CharField(max_length=8, choices=Pace, default=Pace.DAILY)
    confirmed_at = models.DateTimeField(null=True, blank=True)  # the reader of the address said yes to this one
    told_until = models.BigIntegerField(default=0)  # the last entry of the journal they were told of
    told_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["place", "category"], condition=Q(ended_at__isnull=True), name="following_place_idx")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contact", "voice"], condition=Q(voice__isnull=False), name="following_voice_once"
            ),
            models.CheckConstraint(
                condition=Q(what="voice", voice__isnull=False, place__isnull=True, category__isnull=True, code="")
                | Q(what="place", voice__isnull=True, place__isnull=False, category__isnull=True, code="")
                | Q(what="category", voice__isnull=True, place__isnull=False, category__isnull=False, code="")
                | (Q(what="journey", voice__isnull=True, place__isnull=True, category__isnull=True) & ~Q(code="")),
                name="following_names_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(is_speaker=False) | Q(what="voice"), name="following_speaker_of_a_voice"
            ),
        ]


class Notice(models.Model):
    """Something that those who follow a voice have yet to hear (id: kabar tertunda), until a letter has told it."""

    id = models.BigAutoField(primary_key=True)
    following = models.ForeignKey(Following, models.PROTECT, related_name="notices")
    news = models.CharField(max_length=12, choices=News)
    message = models.ForeignKey(Message, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["following"], condition=Q(told_at__isnull=True), name="notice_untold_idx")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(told_at__isnull=True) | Q(told_at__gte=F("at")), name="notice_told_after"
            )
        ]
