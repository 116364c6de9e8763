"""The computer test of a round: what is asked, when people sit, where, and what they answered."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.access.models import Account
from pendamping.core.models import Record
from pendamping.facilitators.enums.exams import Finish, SittingState
from pendamping.facilitators.enums.questions import Difficulty
from pendamping.facilitators.models.applications import Application
from pendamping.facilitators.models.questions import Question, QuestionBank
from pendamping.facilitators.models.rounds import Round
from pendamping.facilitators.rules import exams as rules
from pendamping.regions.models import RegionBound


class Blueprint(Record):
    """What the test of a round asks, in how many minutes (id: kisi-kisi), and from where on a question is striking."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="blueprint")
    bank = models.ForeignKey(QuestionBank, models.PROTECT, related_name="+")
    minutes = models.PositiveSmallIntegerField()
    grace_seconds = models.PositiveSmallIntegerField(default=20)  # for answers on their way when time is up
    sample_least = models.PositiveSmallIntegerField(default=30)  # below it the analysis judges nothing
    hard_below = models.DecimalField(max_digits=3, decimal_places=2, default="0.20")
    easy_above = models.DecimalField(max_digits=3, decimal_places=2, default="0.90")
    weak_below = models.DecimalField(max_digits=3, decimal_places=2, default="0.20")
    set_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(minutes__gt=0), name="blueprint_has_time")]

    @property
    def region_path(self) -> str:
        return self.round.region_path


class BlueprintLine(models.Model):
    """So many questions of a topic (id: baris kisi-kisi)."""

    id = models.BigAutoField(primary_key=True)
    blueprint = models.ForeignKey(Blueprint, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    topic = models.CharField(max_length=80)
    difficulty = models.CharField(max_length=6, choices=Difficulty, blank=True, default=Difficulty.UNKNOWN)
    number = models.PositiveSmallIntegerField()
    points = models.DecimalField(max_digits=6, decimal_places=2, default=1)  # for each question

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["blueprint", "topic", "difficulty"], name="blueprint_line_once"),
            models.CheckConstraint(condition=Q(number__gt=0, points__gt=0), name="blueprint_line_asks"),
        ]


class Sitting(RegionBound):
    """People take the test together in one room (id: sesi ujian). `region` is the round's."""

    code_kind = "C"
    round = models.ForeignKey(Round, models.PROTECT, related_name="sittings")
    place = models.CharField(max_length=160)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    late_minutes = models.PositiveSmallIntegerField(default=30)  # after the opening somebody may still begin
    seats = models.PositiveSmallIntegerField()
    invigilator = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=SittingState, default=SittingState.PLANNED)
    seed = models.CharField(max_length=64)  # of the draw; its digest is journaled when made, itself at the release
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(RegionBound.Meta):
        indexes: ClassVar = RegionBound.Meta.indexes
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(seats__gt=0, minutes__gt=0), name="sitting_has_room_and_time"),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "called_off"], opened_at__isnull=True, closed_at__isnull=True)
                | Q(state="open", opened_at__isnull=False, closed_at__isnull=True)
                | Q(state="closed", opened_at__isnull=False, closed_at__isnull=False),
                name="sitting_moments_fit_state",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def last_entry(self) -> datetime | None:
        """Until when somebody may begin; None before it is opened."""
        if self.opened_at is None:
            return None
        return rules.last_entry(opened_at=self.opened_at, starts_at=self.starts_at, late_minutes=self.late_minutes)


class Seat(Record):
    """The place of one applicant in a sitting and the course of their test (id: tempat ujian).

    The PIN is kept nowhere: it is derived under the server's key from the seat and `pin_version`.
    """

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="places")
    application = models.OneToOneField(Application, models.PROTECT, related_name="seat")
    number = models.PositiveSmallIntegerField()
    pin_version = models.PositiveSmallIntegerField(default=1)
    entry = models.PositiveSmallIntegerField(default=0)  # how often entered; only the last device counts
    entered_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    extra_minutes = models.PositiveSmallIntegerField(default=0)
    extra_reason = models.TextField(blank=True)  # masked, a line for each time; often about somebody's health
    last_seen_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    finish = models.CharField(max_length=10, choices=Finish, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sitting", "number"], name="seat_one_per_number"),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, finish="") | (Q(finished_at__isnull=False) & ~Q(finish="")),
                name="seat_finished_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting.code} · {self.number}"

    @property
    def region_path(self) -> str:
        return self.sitting.region_path

    @property
    def code(self) -> str:
        return self.application.code

    @property
    def journal_label(self) -> str:
        return self.application.code

    @property
    def ends_at(self) -> datetime | None:
        """When this candidate's time is up; None before they began."""
        if self.started_at is None:
            return None
        return rules.deadline(started_at=self.started_at, minutes=self.sitting.minutes, extra=self.extra_minutes)

    @property
    def counts_until(self) -> datetime | None:
        """Until when answers of this candidate count: their time and the grace; None before they began."""
        if self.started_at is None:
            return None
        return rules.counts_until(
            started_at=self.started_at, minutes=self.sitting.minutes, extra=self.extra_minutes,
            grace_seconds=self.sitting.round.blueprint.grace_seconds,
        )  # fmt: skip


class Answer(models.Model):
    """One question put to one candidate, and what they answered last (id: jawaban). The row is the act's record."""

    id = models.BigAutoField(primary_key=True)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="answers")
    position = models.PositiveSmallIntegerField()
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    points = models.DecimalField(max_digits=6, decimal_places=2)
    order = models.JSONField()  # of the options as this candidate sees them
    choice = models.JSONField(null=True)  # option numbers of the bank, or words; None: not answered
    sequence = models.PositiveBigIntegerField(default=0)  # the sender's counter: the highest wins
    saved_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["seat", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["seat", "position"], name="answer_one_per_position"),
            models.UniqueConstraint(fields=["seat", "question"], name="answer_question_once"),
        ]

    @property
    def region_path(self) -> str:
        return self.seat.sitting.region_path


class VoidedQuestion(Record):
    """A question that does not count in a round, and why (id: soal dianulir)."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="voided")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "question"], name="voided_question_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="voided_question_has_reason"),
        ]

    @property
    def region_path(self) -> str:
        return self.round.region_path
