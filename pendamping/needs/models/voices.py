"""What residents say about their place."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from pendamping.access.models import Account
from pendamping.core.models import Photo
from pendamping.needs.enums.conversations import Turn
from pendamping.needs.enums.voices import Behalf, Channel, VoiceState
from pendamping.needs.models.categories import Category
from pendamping.needs.models.menu import MenuItem, subject_label
from pendamping.regions.models import RegionBound


class OpenVoices(models.Manager["Voice"]):
    """Voices but those about persons: what is confidential is found only by whoever asks for `everything`."""

    def get_queryset(self) -> models.QuerySet[Voice]:
        return super().get_queryset().filter(is_confidential=False)


class Voice(RegionBound):
    """Something a resident says about their place (id: suara warga). Kept masked: no NIK, phone or name in the text."""

    code_kind = "S"
    text = models.TextField()
    menu_item = models.ForeignKey(MenuItem, models.PROTECT, null=True, blank=True, related_name="+")
    other_words = models.CharField(max_length=120, blank=True)
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, related_name="+")
    extra = models.JSONField(default=dict)  # answers to the questions of the category, masked
    turn = models.CharField(max_length=12, choices=Turn, default=Turn.FACILITATOR)
    is_confidential = models.BooleanField(default=False)  # of persons: a case team only, never public
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="duplicates")
    channel = models.CharField(max_length=12, choices=Channel)
    on_behalf = models.BooleanField(default=False)  # recorded by somebody else than the one who spoke
    behalf = models.CharField(max_length=16, choices=Behalf, blank=True)  # for what kind of resident, never a name
    recorded_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    heard_at = models.DateTimeField()
    place_words = models.CharField(max_length=160, blank=True)  # RW/RT not in the tree yet, a landmark; masked
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    photos = models.ManyToManyField(Photo, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=VoiceState, default=VoiceState.HEARD)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=40, blank=True)
    source_ref = models.CharField(max_length=80, blank=True)

    objects: ClassVar[OpenVoices] = OpenVoices()
    everything: ClassVar[models.Manager[Voice]] = models.Manager()

    class Meta(RegionBound.Meta):
        base_manager_name = "everything"  # a message, a deadline, a need find their voice, whatever it is about
        indexes: ClassVar = [
            *RegionBound.Meta.indexes,
            models.Index(fields=["ward_path", "state", "-id"], name="voice_ward_state_idx"),
            models.Index(fields=["ward_path", "turn", "-id"], name="voice_turn_idx"),
            models.Index(fields=["latitude", "longitude"], name="voice_pin_idx"),
            models.Index(fields=["city_path", "-heard_at"], name="voice_heard_idx"),
            models.Index(fields=["city_path", "menu_item", "-id"], name="voice_subject_idx"),  # counts a rare subject
            models.Index(fields=["source", "source_ref"], name="voice_source_idx"),  # SQLite looks up by no partial one
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "source_ref"], condition=~Q(source_ref=""), name="voice_source_once"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="voice_pin_whole",
            ),
            models.CheckConstraint(
                condition=(Q(state="answered", answered_at__isnull=False) & ~Q(answer=""))
                | (~Q(state="answered") & Q(answered_at__isnull=True, answer="")),
                name="voice_answered_with_words",
            ),
            models.CheckConstraint(
                condition=Q(duplicate_of__isnull=True) | ~Q(duplicate_of=F("id")), name="voice_duplicate_of_another"
            ),
            models.CheckConstraint(
                condition=Q(on_behalf=False, behalf="")
                | (Q(on_behalf=True, recorded_by__isnull=False) & ~Q(behalf="")),
                name="voice_on_behalf_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.code  # the journal keeps this label for ever: never the words of a resident

    @property
    def subject(self) -> str:
        """What it is about, for everyone: the resident's own words only once an official has read them."""
        return self._subject("" if self.state == VoiceState.HEARD else self.other_words)

    @property
    def full_subject(self) -> str:
        """What it is about, for those who work with voices."""
        return self._subject(self.other_words)

    def _subject(self, words: str) -> str:
        return words or str(self.category or subject_label(self.menu_item, ""))
