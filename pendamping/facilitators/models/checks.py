"""The file check of one requirement of one application, and the independent second one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.access.models import Account
from pendamping.core.models import Record
from pendamping.facilitators.enums.selection import RegisterResult, Right
from pendamping.facilitators.models.applications import Application
from pendamping.facilitators.models.requirements import Requirement


class Check(Record):
    """Is it there, is it right? (id: pemeriksaan berkas). Seen by checkers and the applicant only."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="checks")
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="+")
    is_there = models.BooleanField()
    right = models.CharField(max_length=8, choices=Right)
    note = models.TextField(blank=True)  # what was looked at; for checkers
    reference = models.CharField(max_length=80, blank=True)  # number of the document or the register's answer
    reason = models.TextField(blank=True)  # said to the applicant; required unless it is right
    checker = models.ForeignKey(Account, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()
    answer_until = models.DateField(null=True, blank=True)  # when clarification is asked
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    earlier = models.TextField(blank=True)  # questions asked before this one, with what was answered

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "requirement"], name="check_once_per_requirement"),
            models.CheckConstraint(condition=Q(is_there=True) | ~Q(right="yes"), name="check_missing_is_not_right"),
            models.CheckConstraint(condition=Q(right="yes") | ~Q(reason=""), name="check_has_reason"),
            models.CheckConstraint(
                condition=~Q(right="unclear") | Q(answer_until__isnull=False), name="check_question_has_day"
            ),
        ]

    @property
    def region_path(self) -> str:
        return self.application.region_path

    @property
    def is_asked(self) -> bool:
        """A question of the checker waits for the applicant."""
        return self.right == Right.UNCLEAR and self.answered_at is None


class SecondCheck(Record):
    """What an independent register says (id: pemeriksaan kedua), recorded by somebody other than the first checker."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="second_checks")
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="+")
    register = models.CharField(max_length=120)
    result = models.CharField(max_length=6, choices=RegisterResult)
    done_on = models.DateField()
    reference = models.CharField(max_length=80)
    reason = models.TextField(blank=True)
    checker = models.ForeignKey(Account, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)  # what it said stays to be read beside the newer one

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "requirement"],
                condition=Q(replaced_at__isnull=True),
                name="second_check_once_per_requirement",
            ),
            models.CheckConstraint(condition=~Q(reference=""), name="second_check_has_reference"),
            models.CheckConstraint(condition=Q(result="clear") | ~Q(reason=""), name="second_check_has_reason"),
        ]

    @property
    def region_path(self) -> str:
        return self.application.region_path
