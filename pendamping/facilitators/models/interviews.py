"""The interview panel of a round: criteria, members, declarations of conflict, score sheets, what was revealed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.access.models import Account
from pendamping.core.models import Record
from pendamping.facilitators.enums.interviews import ConflictKind
from pendamping.facilitators.models.applications import Application
from pendamping.facilitators.models.rounds import Round


class Criterion(Record):
    """One thing the interview looks at, with its weight (id: kriteria wawancara); fixed when interviews begin."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    about = models.CharField(max_length=300, blank=True)  # what a low and a high score look like
    weight = models.PositiveSmallIntegerField()  # percent of the interview

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "position"], name="criterion_one_per_position"),
            models.CheckConstraint(condition=Q(weight__range=(1, 100)), name="criterion_weighs_something"),
        ]

    def __str__(self) -> str:
        return self.name


class PanelMember(Record):
    """Somebody sits on the interview panel of a round (id: anggota panel wawancara), from a moment until they leave."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="panel")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    is_chair = models.BooleanField(default=False)
    seated_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "account"], condition=Q(ended_at__isnull=True), name="panel_member_once"
            ),
            models.UniqueConstraint(
                fields=["round"], condition=Q(is_chair=True, ended_at__isnull=True), name="panel_member_one_chair"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_reason="") | (Q(ended_at__isnull=False) & ~Q(ended_reason="")),
                name="panel_member_left_with_reason",
            ),
        ]

    @property
    def region_path(self) -> str:
        return self.round.region_path

    @property
    def code(self) -> str:
        return self.round.code

    @property
    def journal_label(self) -> str:
        return self.round.code


class ConflictDeclaration(Record):
    """What a member says about an applicant before scoring (id: pernyataan benturan kepentingan)."""

    member = models.ForeignKey(PanelMember, models.PROTECT, related_name="declarations")
    application = models.ForeignKey(Application, models.PROTECT, related_name="declarations")
    has_conflict = models.BooleanField()
    kind = models.CharField(max_length=10, choices=ConflictKind, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    declared_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)  # a conflict declared by mistake; the words stay
    lifted_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_reason = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["member", "application"], condition=Q(lifted_at__isnull=True), name="conflict_declared_once"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_reason="")
                | (Q(lifted_at__isnull=False, has_conflict=True) & ~Q(lifted_reason="")),
                name="conflict_lifted_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(has_conflict=False, kind="", reason="")
                | (Q(has_conflict=True) & ~Q(kind="") & ~Q(reason="")),
                name="conflict_has_kind_and_reason",
            ),
        ]


class ScoreSheet(Record):
    """What a member gives an applicant (id: lembar nilai wawancara). Others see it only once all are revealed."""

    member = models.ForeignKey(PanelMember, models.PROTECT, related_name="sheets")
    application = models.ForeignKey(Application, models.PROTECT, related_name="sheets")
    marks = models.JSONField()  # 0 to 100 for each criterion, in their order
    total = models.DecimalField(max_digits=6, decimal_places=3)  # of 100, weighted
    note = models.TextField(blank=True)  # for the panel
    saved_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True, blank=True)
    is_outlier = models.BooleanField(default=False)  # found when the scores were revealed
    outlier_note = models.TextField(blank=True)
    noted_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member", "application"], name="score_sheet_once"),
            models.CheckConstraint(condition=Q(total__range=(0, 100)), name="score_sheet_of_100"),
            models.CheckConstraint(
                condition=Q(noted_at__isnull=True, outlier_note="")
                | (Q(noted_at__isnull=False, is_outlier=True) & ~Q(outlier_note="")),
                name="score_sheet_noted_whole",
            ),
        ]

    @property
    def region_path(self) -> str:
        return self.application.region_path

    @property
    def code(self) -> str:
        return self.application.code

    @property
    def journal_label(self) -> str:
        return self.application.code


class Interview(Record):
    """The scores of an applicant are revealed (id: wawancara dibuka); from then on no score changes.

    Without scorers: the applicant did not come.
    """

    application = models.OneToOneField(Application, models.PROTECT, related_name="interview")
    revealed_at = models.DateTimeField()
    scorers = models.PositiveSmallIntegerField()
    closed_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    closed_reason = models.CharField(max_length=400, blank=True)  # when closed before all had scored, or missed

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(scorers__gt=0) | ~Q(closed_reason=""), name="interview_scored_or_missed"
            ),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True) | ~Q(closed_reason=""), name="interview_closed_with_reason"
            ),
        ]
