"""What voices mean, verified on site."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.access.models import Account
from pendamping.core.models import Photo
from pendamping.needs.enums.needs import NeedState
from pendamping.needs.models.menu import MenuItem, subject_label
from pendamping.needs.models.voices import Voice
from pendamping.regions.models import RegionBound


class Need(RegionBound):
    """A condition residents want changed (id: kebutuhan), gathered from voices and verified on site."""

    code_kind = "K"
    title = models.CharField(max_length=160)
    summary = models.TextField(blank=True)
    menu_item = models.ForeignKey(MenuItem, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=NeedState, default=NeedState.OPEN)
    finding = models.TextField(blank=True)
    people_affected = models.PositiveIntegerField(null=True, blank=True)
    photos = models.ManyToManyField(Photo, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(RegionBound.Meta):
        indexes: ClassVar = [
            *RegionBound.Meta.indexes,
            models.Index(fields=["ward_path", "state", "-id"], name="need_ward_state_idx"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True, verified_by__isnull=True)
                | (Q(verified_at__isnull=False, verified_by__isnull=False) & ~Q(finding="")),
                name="need_verified_whole",
            ),
            models.CheckConstraint(
                condition=(Q(state="answered", answered_at__isnull=False) & ~Q(answer=""))
                | (~Q(state="answered") & Q(answered_at__isnull=True, answer="")),
                name="need_answered_with_words",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["verified", "proposed"]) | Q(verified_at__isnull=False),
                name="need_proposed_only_when_verified",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        return subject_label(self.menu_item, "")


class Gathering(models.Model):
    """A voice gathered into a need (id: penghimpunan suara), by whom and when. It belongs to one need at most."""

    id = models.BigAutoField(primary_key=True)
    voice = models.OneToOneField(Voice, models.PROTECT, related_name="gathering")
    need = models.ForeignKey(Need, models.PROTECT, related_name="gatherings")
    at = models.DateTimeField()
    by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["need", "voice"], name="gathering_once")]
