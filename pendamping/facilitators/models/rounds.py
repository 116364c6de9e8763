"""A selection round, its posts and the versions of its requirements."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from pendamping.access.models import Account
from pendamping.core.models import Record
from pendamping.facilitators.enums.rounds import PostKind, RoundStage, Specialism
from pendamping.regions.models import Region, RegionBound

TIE_RULE: tuple[str, ...] = ("interview", "exam", "older")  # what decides between equal totals, in this order


def tie_rule() -> list[str]:
    """The tie rule a new round begins with; a round may publish another."""
    return list(TIE_RULE)


class Round(RegionBound):
    """An open selection of facilitators (id: seleksi), with everything applicants must know fixed beforehand."""

    code_kind = "R"
    title = models.CharField(max_length=160)
    legal_basis = models.CharField(max_length=200)
    legal_article = models.CharField(max_length=80, blank=True)
    fiscal_year = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=14, choices=RoundStage, default=RoundStage.DRAFT)
    opens_on = models.DateField()  # registration, both days included
    closes_on = models.DateField()
    files_on = models.DateField(null=True, blank=True)  # when the results of the file check are due
    exam_on = models.DateField(null=True, blank=True)
    interview_on = models.DateField(null=True, blank=True)
    announced_on = models.DateField(null=True, blank=True)  # when the final result is due
    exam_weight = models.PositiveSmallIntegerField(default=60)  # percent of the total
    interview_weight = models.PositiveSmallIntegerField(default=40)
    exam_pass = models.DecimalField(max_digits=5, decimal_places=2, default=60)  # of 100
    interview_pass = models.DecimalField(max_digits=5, decimal_places=2, default=60)
    tie_rule = models.JSONField(default=tie_rule)
    lottery_seed = models.CharField(max_length=64, blank=True)  # drawn and published when interviews begin
    interview_least = models.PositiveSmallIntegerField(default=3)  # members who must have scored an applicant
    outlier_over = models.DecimalField(max_digits=5, decimal_places=2, default=15)  # points from the median
    reserves = models.PositiveSmallIntegerField(default=2)  # per post
    objection_days = models.PositiveSmallIntegerField(default=3)
    objections_until = models.DateTimeField(null=True, blank=True)
    reserve_days = models.PositiveSmallIntegerField(default=365)  # how long the reserve list is valid
    retention_days = models.PositiveSmallIntegerField(default=180)  # of the files of those not selected
    ranking_version = models.PositiveSmallIntegerField(default=0)  # 0: not ranked yet
    opened_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_reason = models.CharField(max_length=400, blank=True)
    made_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(RegionBound.Meta):
        indexes: ClassVar = RegionBound.Meta.indexes
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="round_dates_in_order"),
            models.CheckConstraint(
                condition=Q(exam_weight=100 - F("interview_weight")), name="round_weights_make_a_whole"
            ),
            models.CheckConstraint(
                condition=Q(exam_pass__range=(0, 100), interview_pass__range=(0, 100)), name="round_marks_of_100"
            ),
            models.CheckConstraint(
                condition=Q(interview_least__gt=0, outlier_over__range=(0, 100)), name="round_interview_rules"
            ),
            models.CheckConstraint(
                condition=(Q(stage="cancelled", cancelled_at__isnull=False) & ~Q(cancelled_reason=""))
                | (~Q(stage="cancelled") & Q(cancelled_at__isnull=True, cancelled_reason="")),
                name="round_cancelled_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Post(Record):
    """Places of one kind in one area (id: formasi)."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="posts")
    kind = models.CharField(max_length=20, choices=PostKind)
    specialism = models.CharField(max_length=10, choices=Specialism, default=Specialism.ANY)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "kind", "specialism", "region"], name="post_named_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="post_has_places"),
        ]

    def __str__(self) -> str:
        words = [self.get_kind_display(), self.region.label]
        if self.specialism != Specialism.ANY:
            words.insert(1, self.get_specialism_display())
        return " · ".join(str(word) for word in words)

    @property
    def region_path(self) -> str:
        return self.region.path


class RequirementSet(Record):
    """One version of what applicants must fulfil (id: kumpulan persyaratan); frozen once it is published."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="requirement_sets")
    version = models.PositiveSmallIntegerField()
    reason = models.TextField(blank=True)  # why it differs from the version before; required from version 2 on
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "version"], name="requirement_set_one_per_version"),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="requirement_set_change_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.round} · v{self.version}"

    @property
    def region_path(self) -> str:
        return self.round.region_path
