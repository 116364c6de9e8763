"""An application and what came of each stage of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.access.models import Account
from pendamping.core.models import Record
from pendamping.facilitators.enums.rounds import ApplicationState, Sex, Stage
from pendamping.facilitators.models.rounds import Post, RequirementSet, Round
from pendamping.regions.models import RegionBound


class Application(RegionBound):
    """Somebody applies for a post (id: lamaran). Identity is encrypted under its own key; the NIK is never kept."""

    code_kind = "D"
    round = models.ForeignKey(Round, models.PROTECT, related_name="applications")
    post = models.ForeignKey(Post, models.PROTECT, related_name="applications")
    requirement_set = models.ForeignKey(RequirementSet, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ApplicationState, default=ApplicationState.DRAFT)
    subject_key = models.BinaryField(null=True)  # destroyed when the files of those not selected are due
    name_cipher = models.BinaryField(null=True)
    email_cipher = models.BinaryField(null=True)
    phone_cipher = models.BinaryField(null=True)
    address_cipher = models.BinaryField(null=True)
    nik_index = models.CharField(max_length=64, null=True, blank=True)  # keyed hash; None in an unfinished draft
    nik_last_four = models.CharField(max_length=4, blank=True)
    born_on = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=1, choices=Sex, blank=True)
    secret_hash = models.CharField(max_length=64)  # of the key with which the applicant comes back
    verified_at = models.DateTimeField(null=True, blank=True)  # e-mail answered, or identity shown at the counter
    verified_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    entered_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")  # on paper
    handled_by = models.ManyToManyField(Account, blank=True, related_name="+")  # who typed or handed in at the counter
    saved_at = models.DateTimeField(null=True, blank=True)  # the last word kept of a draft
    submitted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)  # after the final result: the place was not taken up
    declined_reason = models.CharField(max_length=200, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)  # retention: files and identity deleted

    class Meta(RegionBound.Meta):
        indexes: ClassVar = [*RegionBound.Meta.indexes, models.Index(fields=["round", "state"], name="application_idx")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "nik_index"],
                condition=Q(state="submitted", nik_index__isnull=False),
                name="application_once_per_person",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", submitted_at__isnull=True)
                | Q(state="submitted", submitted_at__isnull=False)
                | Q(state="withdrawn"),
                name="application_submitted_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True)),
                name="application_withdrawn_whole",
            ),
            models.CheckConstraint(
                condition=Q(declined_at__isnull=True, declined_reason="")
                | (Q(declined_at__isnull=False) & ~Q(declined_reason="")),
                name="application_declined_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def journal_label(self) -> str:
        """What the journal may say of an applicant: the code."""
        return self.code


class StageResult(Record):
    """What one stage said of one application (id: hasil tahap); sealed until it is released."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="results")
    stage = models.CharField(max_length=10, choices=Stage)
    passed = models.BooleanField()
    score = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)  # of 100; none for the files
    reason = models.TextField()  # said to the applicant in full
    by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)  # from then on the applicant sees it

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "stage"], name="stage_result_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="stage_result_has_reason"),
        ]
