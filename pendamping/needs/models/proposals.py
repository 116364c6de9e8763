"""What is proposed to a meeting, and its revisions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.access.models import Account
from pendamping.core.models import Photo, Record
from pendamping.needs.enums.menu import Unit
from pendamping.needs.enums.proposals import Lack, LandStatus, ProposalState
from pendamping.needs.models.menu import MenuItem, subject_label
from pendamping.needs.models.needs import Need
from pendamping.regions.models import RegionBound


class Proposal(RegionBound):
    """What should be done about a need (id: usulan): place, volume, cost, who gains, whose land."""

    code_kind = "U"
    need = models.ForeignKey(Need, models.PROTECT, related_name="proposals")
    fiscal_year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    description = models.TextField(blank=True)
    place = models.CharField(max_length=200)
    menu_item = models.ForeignKey(MenuItem, models.PROTECT, related_name="+")
    other_words = models.CharField(max_length=120, blank=True)
    volume = models.DecimalField(max_digits=12, decimal_places=2)
    unit = models.CharField(max_length=8, choices=Unit)
    estimated_cost = models.BigIntegerField()  # rupiah
    women = models.PositiveIntegerField()
    men = models.PositiveIntegerField()
    children = models.PositiveIntegerField(default=0)
    poor = models.PositiveIntegerField(default=0)
    disabled = models.PositiveIntegerField(default=0)
    land_status = models.CharField(max_length=16, choices=LandStatus)
    land_consent = models.CharField(max_length=200, blank=True)  # which paper, with date; never a name
    photos = models.ManyToManyField(Photo, blank=True, related_name="+")
    state = models.CharField(max_length=12, choices=ProposalState, default=ProposalState.DRAFT)
    proposed_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    check_note = models.TextField(blank=True)
    check_lack = models.CharField(max_length=16, choices=Lack, blank=True)  # of the last check that returned it
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawal = models.TextField(blank=True)  # why it was withdrawn
    # Where it lay before its ward was split or merged: who reads the records of that place reads it still.
    former_path = models.CharField(max_length=16, blank=True, editable=False)
    source = models.CharField(max_length=40, blank=True)
    source_ref = models.CharField(max_length=80, blank=True)

    class Meta(RegionBound.Meta):
        indexes: ClassVar = [
            *RegionBound.Meta.indexes,
            models.Index(fields=["ward_path", "state", "-id"], name="proposal_ward_state_idx"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "source_ref"], condition=~Q(source_ref=""), name="proposal_source_once"
            ),
            models.CheckConstraint(
                condition=Q(estimated_cost__gte=0, volume__gte=0), name="proposal_amounts_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True, checked_by__isnull=True)
                | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="proposal_checked_whole",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(checked_by=models.F("proposed_by")),
                name="proposal_checker_not_proposer",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True)
                | Q(submitted_by__isnull=True)
                | ~Q(checked_by=models.F("submitted_by")),
                name="proposal_checker_not_submitter",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(submitted_at__isnull=False),
                name="proposal_submitted_has_time",
            ),
            models.CheckConstraint(
                condition=(Q(state="withdrawn", withdrawn_at__isnull=False) & ~Q(withdrawal=""))
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True, withdrawal="")),
                name="proposal_withdrawn_with_words",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        return subject_label(self.menu_item, self.other_words)


class ProposalRevision(Record):
    """How a proposal read before it was repaired (id: riwayat usulan)."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="revisions")
    facts = models.JSONField()
    by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "created_at"], name="proposal_revision_once")
        ]
