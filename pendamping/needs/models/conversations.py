"""The conversation with whoever spoke, its deadlines, and whether they say it is solved."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from pendamping.access.models import Account
from pendamping.core.models import Photo, Record
from pendamping.needs.enums.categories import Step
from pendamping.needs.enums.conversations import PauseReason, Solved, Speaker
from pendamping.needs.models.voices import Voice


class Message(Record):
    """A question, an answer, a word more (id: pesan), in the thread of one voice; kept masked."""

    voice = models.ForeignKey(Voice, models.PROTECT, related_name="messages")
    speaker = models.CharField(max_length=8, choices=Speaker)
    written_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField()
    photos = models.ManyToManyField(Photo, blank=True, related_name="+")
    asks = models.BooleanField(default=False)  # the resident is asked: the clock waits for them
    is_public = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["voice", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="message_has_words"),
            models.CheckConstraint(
                condition=Q(speaker="resident", written_by__isnull=True) | Q(speaker="office"),
                name="message_of_a_resident_names_nobody",
            ),
        ]

    @property
    def region_path(self) -> str:
        return self.voice.region_path


class Deadline(Record):
    """By when a step of a voice is due, and when it was done (id: tenggat langkah). Missed ones stay open and count."""

    voice = models.ForeignKey(Voice, models.PROTECT, related_name="deadlines")
    step = models.CharField(max_length=8, choices=Step)
    days = models.PositiveSmallIntegerField()  # working days, as the rule said when it began
    starts_at = models.DateTimeField()
    due_on = models.DateField()  # moved by pauses
    met_at = models.DateTimeField(null=True, blank=True)
    escalated_to = models.CharField(max_length=12, blank=True)  # the level told last

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_on"], condition=Q(met_at__isnull=True), name="deadline_open_idx")
        ]
        constraints: ClassVar = [models.UniqueConstraint(fields=["voice", "step"], name="deadline_once_per_step")]


class Pause(Record):
    """Days that do not count against a deadline (id: jeda), with the reason that everybody reads."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="pauses")
    reason = models.CharField(max_length=12, choices=PauseReason)
    words = models.CharField(max_length=200, blank=True)
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["deadline"], condition=Q(last_day__isnull=True), name="pause_one_is_open"),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")), name="pause_days_in_order"
            ),
            models.CheckConstraint(condition=~Q(reason="other") | ~Q(words=""), name="pause_other_has_words"),
        ]


class Solving(Record):
    """Whether those who spoke say that it is solved (id: tanya beres); "no" reopens once."""

    voice = models.OneToOneField(Voice, models.PROTECT, related_name="solving")
    answer = models.CharField(max_length=8, choices=Solved, blank=True)
    words = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="solving_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True) | Q(answer__in=["no", "partly"]), name="solving_reopened_after_no"
            ),
        ]
