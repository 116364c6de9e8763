"""What people said, what it means, and what is proposed: voice, need, proposal, and the menu of activities."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping.access.models import Account
from pendamping.core.models import Photo, Record
from pendamping.needs.enums import (
    Behalf,
    Channel,
    Lack,
    LandStatus,
    NeedState,
    ProposalState,
    Stream,
    Subject,
    Unit,
    VoiceState,
)
from pendamping.regions.models import RegionBound


class MenuItem(models.Model):
    """An activity the ward fund may pay for (id: menu kegiatan), versioned; seeded from Permendagri 130/2018."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=10)
    stream = models.CharField(max_length=20, choices=Stream)
    group = models.CharField(max_length=120)
    group_en = models.CharField(max_length=120)
    name = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    is_other = models.BooleanField(default=False)  # free text, decided by the ward development meeting
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    legal_basis = models.CharField(max_length=160)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="menu_item_version_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(valid_to__isnull=True), name="menu_item_one_in_force"),
        ]

    def __str__(self) -> str:
        return self.name_en if _english() else self.name

    @property
    def group_label(self) -> str:
        return self.group_en if _english() else self.group

    @property
    def group_code(self) -> str:
        """ "A2" of "A2.01"."""
        return self.code.split(".")[0]

    @property
    def neighbour_label(self) -> str:
        """The group in a neighbour's words, as the public form offers it: "Roads and alleys"."""
        known = {subject.value: str(subject.label) for subject in Subject}
        return known.get(self.group_code, self.group_label)


def _english() -> bool:
    return (get_language() or "").startswith("en")


def subject_label(item: MenuItem | None, other_words: str) -> str:
    """What something is about: the words given, the activity, or for an open item the neighbour's words."""
    if other_words or item is None:
        return other_words or _("Something else")
    return item.neighbour_label if item.is_other else str(item)


class Voice(RegionBound):
    """Something a resident says about their place (id: suara warga). Kept masked: no NIK, phone or name in the text."""

    code_kind = "S"
    text = models.TextField()
    menu_item = models.ForeignKey(MenuItem, models.PROTECT, null=True, blank=True, related_name="+")
    other_words = models.CharField(max_length=120, blank=True)
    channel = models.CharField(max_length=12, choices=Channel)
    on_behalf = models.BooleanField(default=False)  # recorded by somebody else than the one who spoke
    behalf = models.CharField(max_length=16, choices=Behalf, blank=True)  # for what kind of resident, never a name
    recorded_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    heard_at = models.DateTimeField()
    place_words = models.CharField(max_length=160, blank=True)  # RW/RT not in the tree yet, a landmark; masked
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    photos = models.ManyToManyField(Photo, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=VoiceState, default=VoiceState.HEARD)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=40, blank=True)
    source_ref = models.CharField(max_length=80, blank=True)

    class Meta(RegionBound.Meta):
        indexes: ClassVar = [
            *RegionBound.Meta.indexes,
            models.Index(fields=["ward_path", "state", "-id"], name="voice_ward_state_idx"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "source_ref"], condition=~Q(source_ref=""), name="voice_source_once"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="voice_pin_whole",
            ),
            models.CheckConstraint(
                condition=(Q(state="answered", answered_at__isnull=False) & ~Q(answer=""))
                | (~Q(state="answered") & Q(answered_at__isnull=True, answer="")),
                name="voice_answered_with_words",
            ),
            models.CheckConstraint(
                condition=Q(on_behalf=False, behalf="")
                | (Q(on_behalf=True, recorded_by__isnull=False) & ~Q(behalf="")),
                name="voice_on_behalf_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.code  # the journal keeps this label for ever: never the words of a resident

    @property
    def subject(self) -> str:
        """What it is about, for everyone: the resident's own words only once an official has read them."""
        return subject_label(self.menu_item, "" if self.state == VoiceState.HEARD else self.other_words)

    @property
    def full_subject(self) -> str:
        """What it is about, for those who work with voices."""
        return subject_label(self.menu_item, self.other_words)


class Need(RegionBound):
    """A condition residents want changed (id: kebutuhan), gathered from voices and verified on site."""

    code_kind = "K"
    title = models.CharField(max_length=160)
    summary = models.TextField(blank=True)
    menu_item = models.ForeignKey(MenuItem, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=NeedState, default=NeedState.OPEN)
    finding = models.TextField(blank=True)
    people_affected = models.PositiveIntegerField(null=True, blank=True)
    photos = models.ManyToManyField(Photo, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(RegionBound.Meta):
        indexes: ClassVar = [
            *RegionBound.Meta.indexes,
            models.Index(fields=["ward_path", "state", "-id"], name="need_ward_state_idx"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True, verified_by__isnull=True)
                | (Q(verified_at__isnull=False, verified_by__isnull=False) & ~Q(finding="")),
                name="need_verified_whole",
            ),
            models.CheckConstraint(
                condition=(Q(state="answered", answered_at__isnull=False) & ~Q(answer=""))
                | (~Q(state="answered") & Q(answered_at__isnull=True, answer="")),
                name="need_answered_with_words",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["verified", "proposed"]) | Q(verified_at__isnull=False),
                name="need_proposed_only_when_verified",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        return subject_label(self.menu_item, "")


class Gathering(models.Model):
    """A voice gathered into a need (id: penghimpunan suara), by whom and when. It belongs to one need at most."""

    id = models.BigAutoField(primary_key=True)
    voice = models.OneToOneField(Voice, models.PROTECT, related_name="gathering")
    need = models.ForeignKey(Need, models.PROTECT, related_name="gatherings")
    at = models.DateTimeField()
    by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["need", "voice"], name="gathering_once")]


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
