"""The code of ethics, who signed it, and cases of breach with due process."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from pendamping.access.models import Account
from pendamping.core.models import Record
from pendamping.facilitators.enums.ethics import CaseState, Sanction
from pendamping.facilitators.models.appointments import Appointment
from pendamping.regions.models import Region, RegionBound


class EthicsCode(Record):
    """One version of what facilitators bind themselves to (id: kode etik). Without a region: our proposal for any city.

    The procedure of its cases (size of the panel, days to answer) belongs to the version.
    """

    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveSmallIntegerField()
    text_id = models.TextField()
    text_en = models.TextField(blank=True)
    is_proposal = models.BooleanField(default=False)  # not yet decided by the city
    legal_basis = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300, blank=True)  # why it differs from the version before
    panel_least = models.PositiveSmallIntegerField(default=3)  # that must sit; one confirms what another records
    answer_days = models.PositiveSmallIntegerField(default=7)  # days the person has to answer
    published_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "version"], name="ethics_code_one_per_version"),
            models.UniqueConstraint(
                fields=["version"], condition=Q(region__isnull=True), name="ethics_code_one_default_per_version"
            ),
            models.CheckConstraint(condition=Q(region__isnull=True) | ~Q(reason=""), name="ethics_code_has_reason"),
            models.CheckConstraint(condition=Q(panel_least__gte=2), name="ethics_code_panel_sits"),
        ]

    def __str__(self) -> str:
        return f"v{self.version}"

    @property
    def region_path(self) -> str:
        return self.region.path if self.region else ""


class EthicsSignature(Record):
    """Somebody bound themselves to a version of the code (id: pernyataan kode etik)."""

    ethics_code = models.ForeignKey(EthicsCode, models.PROTECT, related_name="signatures")
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="signatures")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ethics_code", "appointment"], name="ethics_signed_once"),
        ]

    @property
    def region_path(self) -> str:
        return self.appointment.region_path

    @property
    def code(self) -> str:
        return self.appointment.code

    @property
    def journal_label(self) -> str:
        return self.appointment.code


class EthicsCase(RegionBound):
    """A report of breach on its way to a decision (id: perkara etik). `region` is the city: a ward would point at one.

    Content is read by the members of its panel alone; the journal knows its code.
    """

    code_kind = "E"
    about = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="ethics_cases")
    ward = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    report = models.TextField()  # masked
    subject_key = models.BinaryField(null=True)  # of whoever reports
    contact_cipher = models.BinaryField(null=True)
    state = models.CharField(max_length=8, choices=CaseState, default=CaseState.RECEIVED)
    panel_least = models.PositiveSmallIntegerField()  # as the code in force said when it came in
    answer_days = models.PositiveSmallIntegerField()
    allegation = models.TextField(blank=True)  # the panel's own words, shown to the person
    called_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)  # the person's own words
    answered_at = models.DateTimeField(null=True, blank=True)
    statement = models.TextField(blank=True)  # what the panel wrote down at a hearing
    heard_at = models.DateTimeField(null=True, blank=True)
    sanction = models.CharField(max_length=12, choices=Sanction, blank=True)
    reason = models.TextField(blank=True)
    skip_reason = models.TextField(blank=True)  # why a grade was skipped
    suspended_from = models.DateField(null=True, blank=True)
    suspended_until = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    sent_back_reason = models.CharField(max_length=200, blank=True)  # why a member did not confirm, for the panel

    class Meta(RegionBound.Meta):
        indexes: ClassVar = RegionBound.Meta.indexes
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(
                    Q(state="decided", decided_at__isnull=False)
                    | Q(state="proposed", decided_at__isnull=True, decided_by__isnull=False)
                )
                & Q(heard_at__isnull=False)
                & ~Q(sanction="")
                & ~Q(reason="")
                | ~Q(state__in=["decided", "proposed"]) & Q(decided_at__isnull=True, sanction=""),
                name="ethics_case_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["called", "heard", "proposed"], about__isnull=False, called_at__isnull=False)
                | Q(state__in=["received", "decided", "closed"]),
                name="ethics_case_called_whole",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="ethics_case_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="decided", sanction__in=["suspension", "termination"], confirmed_by__isnull=False)
                & ~Q(confirmed_by=F("decided_by"))
                | ~Q(state="decided", sanction__in=["suspension", "termination"]) & Q(confirmed_by__isnull=True),
                name="ethics_case_heavy_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(sanction="suspension", suspended_until__gte=F("suspended_from"))
                | ~Q(sanction="suspension") & Q(suspended_from__isnull=True, suspended_until__isnull=True),
                name="ethics_case_suspension_has_dates",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def journal_label(self) -> str:
        return self.code

    @property
    def told_state(self) -> CaseState:
        """Where it stands for the person it is about: what one member proposes is the panel's alone."""
        return CaseState.HEARD if self.state == CaseState.PROPOSED else CaseState(self.state)


class PanelSeat(Record):
    """Somebody sits on the panel of one case (id: anggota majelis etik)."""

    case = models.ForeignKey(EthicsCase, models.PROTECT, related_name="seats")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    left_at = models.DateTimeField(null=True, blank=True)
    left_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "account"], name="panel_seat_once"),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True, left_reason="") | (Q(left_at__isnull=False) & ~Q(left_reason="")),
                name="panel_seat_left_with_reason",
            ),
        ]

    @property
    def region_path(self) -> str:
        return self.case.region_path

    @property
    def code(self) -> str:
        return self.case.code

    @property
    def journal_label(self) -> str:
        return self.case.code
