"""The priority matrix of a meeting: criteria with weights, the seats that score, and their points."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from pendamping.access.models import Account
from pendamping.core.languages import in_language
from pendamping.core.models import Record
from pendamping.deliberation.enums.matrices import MatrixState
from pendamping.deliberation.models.meetings import Meeting
from pendamping.needs.models import Criterion, Proposal


class Matrix(Record):
    """Proposals ranked by criteria that were fixed before anybody scored (id: matriks prioritas)."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="matrix")
    state = models.CharField(max_length=8, choices=MatrixState, default=MatrixState.DRAFT)
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 over criteria, weights, levels and proposals
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="draft", frozen_at__isnull=True, digest="", closed_at__isnull=True)
                | (Q(state="frozen", frozen_at__isnull=False, closed_at__isnull=True) & ~Q(digest=""))
                | (Q(state="closed", frozen_at__isnull=False, closed_at__isnull=False) & ~Q(digest="")),
                name="matrix_states_whole",
            )
        ]

    @property
    def region_path(self) -> str:
        return self.meeting.region_path

    @property
    def code(self) -> str:
        return self.meeting.code

    def __str__(self) -> str:
        return self.meeting.title


class MatrixCriterion(Record):
    """What proposals of one meeting are scored by (id: kriteria matriks): words for every level, and a weight."""

    matrix = models.ForeignKey(Matrix, models.PROTECT, related_name="criteria")
    source = models.ForeignKey(Criterion, models.PROTECT, null=True, blank=True, related_name="+")  # copied from there
    key = models.SlugField(max_length=40)
    title = models.JSONField()  # {"id": …, "en": …}
    help = models.JSONField(default=dict)
    levels = models.JSONField()  # [{"points": 1, "text": {"id": …, "en": …}}, …]
    weight = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["matrix", "key"], name="matrix_criterion_once")]

    def __str__(self) -> str:
        return self.key

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return in_language(self.title, get_language() or "id")

    @property
    def about(self) -> str:
        """What it asks, in the reader's language."""
        return in_language(self.help, get_language() or "id") if self.help else ""

    @property
    def level_words(self) -> dict[int, str]:
        """The points of its levels, each with its words in the reader's language."""
        return {one["points"]: in_language(one["text"], get_language() or "id") for one in self.levels}


class MatrixItem(models.Model):
    """A proposal that is scored (id: usulan dalam matriks), from the fixing of the criteria on."""

    id = models.BigAutoField(primary_key=True)
    matrix = models.ForeignKey(Matrix, models.PROTECT, related_name="items")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matrix", "proposal"], name="matrix_item_once"),
            models.UniqueConstraint(fields=["matrix", "position"], name="matrix_one_item_per_position"),
        ]


class MatrixSeat(Record):
    """A seat the chair gave to somebody who scores (id: kursi penilai): by account, or by a code on paper."""

    matrix = models.ForeignKey(Matrix, models.PROTECT, related_name="seats")
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=80)  # the office it stands for, never a name
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    key_hash = models.CharField(max_length=64, unique=True)  # of its code
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matrix", "number"], name="matrix_seat_number_once"),
            models.UniqueConstraint(fields=["matrix", "account"], name="matrix_seat_once_for_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class MatrixScore(models.Model):
    """The points one seat gave one proposal by one criterion (id: nilai anggota)."""

    id = models.BigAutoField(primary_key=True)
    seat = models.ForeignKey(MatrixSeat, models.PROTECT, related_name="scores")
    item = models.ForeignKey(MatrixItem, models.PROTECT, related_name="+")
    criterion = models.ForeignKey(MatrixCriterion, models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["seat", "item", "criterion"], name="matrix_score_once")
        ]
