"""What voices are about, as data: categories, their extra questions, deadlines, ready answers, and days off."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from pendamping.core.languages import in_language
from pendamping.core.models import Record
from pendamping.needs.enums.categories import QuestionKind, Step
from pendamping.needs.models.menu import MenuItem
from pendamping.regions.models import Region


class Category(Record):
    """What a voice is about (id: kategori suara): of one city, or of all that have none of their own under this key."""

    city = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    key = models.SlugField(max_length=40)
    title = models.JSONField()  # {"id": …, "en": …}
    menu_item = models.ForeignKey(MenuItem, models.PROTECT, null=True, blank=True, related_name="+")
    near_metres = models.PositiveSmallIntegerField(default=150)  # how near another voice is the same trouble
    near_days = models.PositiveSmallIntegerField(default=120)
    is_confidential = models.BooleanField(default=False)  # of persons: a case team only
    position = models.PositiveSmallIntegerField(default=0)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["city", "key"], condition=Q(valid_to__isnull=True), name="category_once_in_a_city"
            ),
            models.UniqueConstraint(
                fields=["key"], condition=Q(valid_to__isnull=True, city__isnull=True), name="category_once_for_all"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="category_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.title, get_language() or "id")


class CategoryQuestion(Record):
    """Something asked only in one category (id: pertanyaan tambahan): how deep is the water, is a road cut off."""

    category = models.ForeignKey(Category, models.PROTECT, related_name="questions")
    key = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField()
    label = models.JSONField()  # {"id": …, "en": …}
    kind = models.CharField(max_length=8, choices=QuestionKind)
    choices = models.JSONField(default=list)  # [{"key": …, "id": …, "en": …}]
    is_required = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["category", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["category", "key"], name="category_question_once"),
            models.UniqueConstraint(fields=["category", "position"], name="category_question_own_place"),
        ]


class StepDays(Record):
    """So many working days for a step (id: tenggat): of a category or of all, of a city or of all; from a day on."""

    city = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, related_name="deadlines")
    scope = models.CharField(max_length=60, editable=False)  # city and category in one word, for NULLs are never alike
    step = models.CharField(max_length=8, choices=Step)
    days = models.PositiveSmallIntegerField()
    legal_basis = models.CharField(max_length=160)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scope", "step", "valid_from"], name="step_days_version_once"),
            models.CheckConstraint(condition=Q(days__gte=1), name="step_days_at_least_one"),
        ]


class Holiday(models.Model):
    """A day on which no working day counts (id: hari libur): of the nation, or of one city."""

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    city = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=120)
    decree = models.CharField(max_length=160)

    class Meta:
        ordering: ClassVar = ["day"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "city"], name="holiday_once_in_a_city"),
            models.UniqueConstraint(fields=["day"], condition=Q(city__isnull=True), name="holiday_once_for_all"),
        ]

    def __str__(self) -> str:
        return self.title


class ReadyAnswer(Record):
    """Words offered for an answer (id: templat jawaban): by category and by where the voice stands."""

    city = models.ForeignKey(Region, models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=12, blank=True)
    title = models.CharField(max_length=80)
    text = models.TextField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="ready_answer_has_words")
        ]

    def __str__(self) -> str:
        return self.title
