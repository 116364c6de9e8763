"""How much a need weighs: criteria as data, scores each with its reason, and the view from a fixed point."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from pendamping.access.models import Account
from pendamping.core.languages import in_language
from pendamping.core.models import Photo, Record
from pendamping.needs.models.needs import Need
from pendamping.regions.models import Region


class Criterion(Record):
    """Something a need is weighed by (id: kriteria), of one city or of all; with levels and a weight."""

    city = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    key = models.SlugField(max_length=40)
    title = models.JSONField()  # {"id": …, "en": …}
    help = models.JSONField(default=dict)
    levels = models.JSONField()  # [{"points": 1, "text": {"id": …, "en": …}}, …]
    weight = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveSmallIntegerField(default=0)
    legal_basis = models.CharField(max_length=160, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["city", "key"], condition=Q(valid_to__isnull=True), name="criterion_once_in_a_city"
            ),
            models.UniqueConstraint(
                fields=["key"], condition=Q(valid_to__isnull=True, city__isnull=True), name="criterion_once_for_all"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="criterion_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return _told(self.title)

    @property
    def about(self) -> str:
        """What it asks, in the reader's language."""
        return _told(self.help)

    @property
    def level_words(self) -> dict[int, str]:
        """The points of its levels, each with its words in the reader's language."""
        return {level["points"]: _told(level["text"]) for level in self.levels}

    @property
    def scale(self) -> tuple[tuple[int, str], ...]:
        """What its points mean: versions with the same scale ask the same, whatever they weigh."""
        return tuple((level["points"], level["text"].get("id", "")) for level in self.levels)

    @property
    def most(self) -> int:
        """The highest points it gives."""
        return max(level["points"] for level in self.levels)


def _told(words: dict[str, str]) -> str:
    return in_language(words, get_language() or "id")


class Score(Record):
    """The points of one need by one criterion, and why (id: nilai kebutuhan)."""

    need = models.ForeignKey(Need, models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    scored_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["need", "criterion"], condition=Q(replaced_at__isnull=True), name="score_one_in_force"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="score_has_reason"),
        ]

    @property
    def region_path(self) -> str:
        return self.need.region_path

    @property
    def level(self) -> str:
        """The words of its level, in the reader's language."""
        return self.criterion.level_words.get(self.points, "")


class Viewpoint(Record):
    """Where a photo of a need is taken, again and again (id: titik foto tetap): to see what changes."""

    need = models.ForeignKey(Need, models.PROTECT, related_name="viewpoints")
    words = models.CharField(max_length=160)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    heading = models.PositiveSmallIntegerField(null=True, blank=True)  # degrees from north

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(words=""), name="viewpoint_has_words"),
            models.CheckConstraint(condition=Q(heading__isnull=True) | Q(heading__lt=360), name="viewpoint_heading"),
        ]


class View(Record):
    """A photo from a viewpoint on a day (id: foto dari titik tetap)."""

    viewpoint = models.ForeignKey(Viewpoint, models.PROTECT, related_name="views")
    photo = models.ForeignKey(Photo, models.PROTECT, related_name="+")
    taken_on = models.DateField()
    taken_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["viewpoint", "taken_on", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["viewpoint", "photo"], name="view_once")]

    def __str__(self) -> str:
        return self.taken_on.isoformat()  # the journal keeps this label for ever: a day, no words
