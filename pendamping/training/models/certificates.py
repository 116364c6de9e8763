"""What proves the learning: certificates, the keys that sign, the lists that end them, gates that ask for them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from pendamping.access.models import Account
from pendamping.core.models import Record
from pendamping.regions.models import Region, RegionBound
from pendamping.training.enums.certificates import BatchState, CertificateState, ReminderKind
from pendamping.training.models.curriculum import Course, CourseVersion
from pendamping.training.models.learning import Enrolment


class SigningKey(Record):
    """The public half of a key that signs credentials (id: kunci tanda tangan). The secret half is in no table."""

    number = models.PositiveSmallIntegerField(unique=True)
    public = models.CharField(max_length=64)  # Ed25519, base64url
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(public=""), name="signing_key_is_one")]


class StatusList(Record):
    """A list of bits, one for each credential (id: daftar status), as W3C Bitstring Status List 1.0 has it."""

    number = models.PositiveSmallIntegerField(unique=True)
    length = models.PositiveIntegerField(default=131072)
    used = models.PositiveIntegerField(default=0)  # places given out; whoever issues locks this row

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(used__lte=F("length")), name="status_list_is_not_overfull")
        ]


class CertificateBatch(RegionBound):
    """Certificates for all who passed, issued in one go (id: penerbitan massal). `region` is the city."""

    code_kind = "Y"
    version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="batches")
    asked_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=8, choices=BatchState, default=BatchState.WAITING)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list)  # [{code, reason}] of enrolments
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta(RegionBound.Meta):
        indexes: ClassVar = RegionBound.Meta.indexes
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="done", finished_at__isnull=False) | (~Q(state="done") & Q(finished_at__isnull=True)),
                name="certificate_batch_finished_whole",
            ),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="certificate_batch_counts"),
        ]


class Certificate(RegionBound):
    """Proof that somebody passed a version of a course (id: sertifikat). `region` is the city; no NIK is in it."""

    code_kind = "V"
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="certificates")
    account = models.ForeignKey(Account, models.PROTECT, related_name="certificates")
    version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="certificates")
    name = models.CharField(max_length=120)  # as printed
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=CertificateState, default=CertificateState.VALID)
    issued_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    batch = models.ForeignKey(CertificateBatch, models.PROTECT, null=True, blank=True, related_name="certificates")
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="successor")
    ended_at = models.DateTimeField(null=True, blank=True)  # revoked or superseded
    ended_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    status_list = models.ForeignKey(StatusList, models.PROTECT, related_name="certificates")
    status_index = models.PositiveIntegerField()
    signing_key = models.ForeignKey(SigningKey, models.PROTECT, related_name="+")
    credential = models.TextField()  # the signed Open Badge, as a JWT

    class Meta(RegionBound.Meta):
        indexes: ClassVar = [
            *RegionBound.Meta.indexes,
            models.Index(fields=["account", "state"], name="certificate_account_idx"),
            models.Index(fields=["valid_until"], name="certificate_until_idx"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(state="valid"), name="certificate_one_valid_per_enrolment"
            ),
            models.UniqueConstraint(fields=["status_list", "status_index"], name="certificate_own_status_bit"),
            models.CheckConstraint(
                condition=Q(state="valid", ended_at__isnull=True, reason="")
                | (~Q(state="valid") & Q(ended_at__isnull=False) & ~Q(reason="")),
                name="certificate_ended_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="certificate_days_in_order",
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(credential=""), name="certificate_whole"),
        ]

    def __str__(self) -> str:
        return self.code


class Gate(Record):
    """A verb that asks for a valid certificate (id: syarat sertifikat), by role, from a day on, on a legal basis."""

    city = models.ForeignKey(Region, models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, models.PROTECT, related_name="gates")
    verb = models.CharField(max_length=40)
    role = models.CharField(max_length=40, blank=True)  # empty: every role that carries the verb
    module_key = models.SlugField(max_length=40, blank=True)  # where the refusal leads; empty: the course
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    grace_days = models.PositiveSmallIntegerField(default=0)  # after somebody's service began
    legal_basis = models.CharField(max_length=200)
    set_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    ended_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["verb", "role", "starts_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["city", "course", "verb", "role", "starts_on"], name="gate_once"),
            models.CheckConstraint(  # one taken back before it began ends before its first day
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")) | Q(ended_by__isnull=False),
                name="gate_days_in_order",
            ),
            models.CheckConstraint(condition=~Q(legal_basis="") & ~Q(verb=""), name="gate_has_basis"),
        ]

    @property
    def region_path(self) -> str:
        return self.city.path

    @property
    def journal_label(self) -> str:
        return f"{self.verb} · {self.course.code}"


class Reminder(models.Model):
    """A reminder of a refresher that was sent (id: pengingat): once of each kind."""

    id = models.BigAutoField(primary_key=True)
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="reminders")
    kind = models.CharField(max_length=4, choices=ReminderKind)
    sent_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["certificate", "kind"], name="reminder_once")]
