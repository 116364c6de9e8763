"""How somebody learns: enrolment, progress, quiz attempts, field tasks, daily practice, what they thought of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.access.models import Account
from pendamping.core.models import Photo, Record
from pendamping.facilitators.enums.exams import Finish
from pendamping.facilitators.models import Question
from pendamping.regions.models import RegionBound
from pendamping.training.enums.learning import EnrolmentState, TaskState
from pendamping.training.models.curriculum import Activity, CourseVersion


class Enrolment(RegionBound):
    """Somebody in a version of a course (id: kepesertaan). `region` is where they serve now: it moves with them."""

    code_kind = "Q"
    account = models.ForeignKey(Account, models.PROTECT, related_name="enrolments")
    version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="enrolments")
    state = models.CharField(max_length=10, choices=EnrolmentState, default=EnrolmentState.ACTIVE)
    enrolled_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    last_activity = models.ForeignKey(Activity, models.PROTECT, null=True, blank=True, related_name="+")  # resume here
    last_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)  # when the pass rule was met
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=200, blank=True)
    has_opined = models.BooleanField(default=False)

    class Meta(RegionBound.Meta):
        indexes: ClassVar = [
            *RegionBound.Meta.indexes,
            models.Index(fields=["version", "state"], name="enrolment_version_idx"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "version"], condition=~Q(state="withdrawn"), name="enrolment_once"
            ),
            models.CheckConstraint(
                condition=Q(state="active", completed_at__isnull=True, ended_at__isnull=True)
                | Q(state="completed", completed_at__isnull=False, ended_at__isnull=True)
                | (Q(state="withdrawn", ended_at__isnull=False) & ~Q(ended_reason="")),
                name="enrolment_moments_fit_state",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Progress(models.Model):
    """How far a learner came in one activity (id: kemajuan belajar). The row is the act's record."""

    id = models.BigAutoField(primary_key=True)
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="progress")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    place = models.PositiveSmallIntegerField(default=0)  # percent of the page read
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["enrolment", "activity"], name="progress_once"),
            models.CheckConstraint(condition=Q(place__lte=100), name="progress_place_is_percent"),
        ]

    @property
    def region_path(self) -> str:
        return self.enrolment.region_path


class Attempt(Record):
    """One go at a quiz (id: percobaan kuis). Its questions are drawn when it begins and stay, whatever is changed."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="attempts")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=64)
    pass_percent = models.PositiveSmallIntegerField()  # as the quiz said when it began
    ends_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    finish = models.CharField(max_length=10, choices=Finish, blank=True)
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["enrolment", "activity", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["enrolment", "activity", "number"], name="attempt_once_per_number"),
            models.UniqueConstraint(
                fields=["enrolment", "activity"], condition=Q(finished_at__isnull=True), name="attempt_one_open"
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, finish="", percent__isnull=True)
                | (Q(finished_at__isnull=False, percent__isnull=False) & ~Q(finish="")),
                name="attempt_finished_whole",
            ),
        ]

    @property
    def region_path(self) -> str:
        return self.enrolment.region_path

    @property
    def is_passed(self) -> bool:
        return self.percent is not None and self.percent >= self.pass_percent


class AttemptAnswer(models.Model):
    """One question of an attempt and what was answered last (id: jawaban kuis). The row is the act's record."""

    id = models.BigAutoField(primary_key=True)
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="answers")
    position = models.PositiveSmallIntegerField()
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    order = models.JSONField()  # of the options as this learner sees them
    choice = models.JSONField(null=True)
    sequence = models.PositiveBigIntegerField(default=0)  # the sender's counter: the highest wins
    saved_at = models.DateTimeField(null=True)
    share = models.DecimalField(max_digits=6, decimal_places=5, null=True)  # of the points, when handed in

    class Meta:
        ordering: ClassVar = ["attempt", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attempt", "position"], name="attempt_answer_one_per_position"),
            models.UniqueConstraint(fields=["attempt", "question"], name="attempt_answer_question_once"),
        ]

    @property
    def region_path(self) -> str:
        return self.attempt.region_path


class Submission(Record):
    """What a learner hands in for a field task (id: kiriman tugas lapangan); returned, it is handed in anew."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="submissions")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    photos = models.ManyToManyField(Photo, related_name="+", blank=True)
    state = models.CharField(max_length=10, choices=TaskState, default=TaskState.SUBMITTED)
    scores = models.JSONField(default=dict)  # criterion → points
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    remark = models.TextField(blank=True)
    assessed_at = models.DateTimeField(null=True, blank=True)
    assessed_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["enrolment", "activity", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["enrolment", "activity", "number"], name="submission_once_per_number"),
            models.UniqueConstraint(
                fields=["enrolment", "activity"], condition=Q(state="submitted"), name="submission_one_waits"
            ),
            models.CheckConstraint(
                condition=Q(state="submitted", assessed_at__isnull=True, percent__isnull=True)
                | (Q(state="returned", assessed_at__isnull=False, percent__isnull=True) & ~Q(remark=""))
                | Q(state="assessed", assessed_at__isnull=False, percent__isnull=False),
                name="submission_assessed_whole",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="submission_has_words"),
        ]

    @property
    def region_path(self) -> str:
        return self.enrolment.region_path

    @property
    def journal_label(self) -> str:
        return self.enrolment.code


class PracticeCard(Record):
    """A question somebody answered wrong once, and when to ask it again (id: kartu latihan)."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="practice_cards")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    memory = models.JSONField()  # the card of the scheduling library
    reviews = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField(null=True, blank=True)
    last_right = models.BooleanField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "due_at"], name="practice_due_idx")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "question"], name="practice_card_once")]


class Opinion(models.Model):
    """What one learner thought of a course, told without a name (id: pendapat peserta)."""

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="opinions")
    period = models.PositiveIntegerField()  # the month; the day would tell who it was
    marks = models.JSONField()  # question → 1 to 5
    words = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["version", "period"], name="opinion_version_idx")]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(period__gte=202001), name="opinion_has_month")]

    @property
    def region_path(self) -> str:
        return self.version.region_path
