"""What a city asks of its meetings in a budget year, kind by kind and version by version."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from pendamping.access.models import Account
from pendamping.core.languages import in_language
from pendamping.core.models import Record
from pendamping.deliberation.enums.ladder import RulesOrigin
from pendamping.deliberation.enums.meetings import MeetingKind
from pendamping.regions.models import Region

WHOLE = 1000  # shares are in permille


class MeetingRules(Record):
    """The rules of one kind of meeting in a city and budget year (id: aturan musyawarah).

    A change is a new version with its basis. A meeting keeps the version it was called under.
    """

    city = models.ForeignKey(Region, models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=MeetingKind)
    version = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    opens_on = models.DateField(null=True, blank=True)  # the first day such a meeting is meant to be held
    closes_on = models.DateField(null=True, blank=True)  # and the last
    notice_days = models.PositiveSmallIntegerField()  # between the call and the meeting
    quorum = models.PositiveIntegerField()  # people
    quorum_rts = models.PositiveSmallIntegerField(default=0)  # permille of the RTs without which it cannot decide
    women = models.PositiveSmallIntegerField()  # permille of those present
    rts = models.PositiveSmallIntegerField()  # permille of the RTs that must be represented; 1000: every RT
    groups = models.JSONField(default=dict)  # the least number of each group, by its key in Attendance.GROUPS
    own_groups = models.JSONField(default=list)  # of the city's own: key, name in both languages, least, counts
    split = models.JSONField(default=dict)  # permille of the money meant for each stream
    objection_days = models.PositiveSmallIntegerField()  # after the close
    legal_basis = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    origin = models.CharField(max_length=12, choices=RulesOrigin, default=RulesOrigin.SET)
    set_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["city", "fiscal_year", "kind", "version"], name="meeting_rules_version"),
            models.UniqueConstraint(fields=["city", "fiscal_year", "kind", "valid_from"], name="meeting_rules_day"),
            models.UniqueConstraint(
                fields=["city", "fiscal_year", "kind"], condition=Q(valid_to__isnull=True), name="meeting_rules_latest"
            ),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(closes_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
                name="meeting_rules_window_in_order",
            ),
            models.CheckConstraint(
                condition=Q(women__lte=WHOLE, rts__lte=WHOLE, quorum_rts__lte=WHOLE), name="meeting_rules_shares"
            ),
            models.CheckConstraint(condition=~Q(legal_basis=""), name="meeting_rules_have_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.fiscal_year}"

    def own_name(self, key: str) -> str:
        """The name of one of the city's own groups in the reader's language; the key where these rules have none."""
        name = next((one["name"] for one in self.own_groups if one["key"] == key), {"id": key})
        return in_language(name, get_language() or "id")

    @property
    def own_told(self) -> str:
        """The city's own groups with their least numbers: "FKDM 2, Kader lansia 3"."""
        return ", ".join(f"{self.own_name(one['key'])} {one['least']}" for one in self.own_groups)

    @property
    def region_path(self) -> str:
        return self.city.path

    @property
    def women_percent(self) -> float:
        """The share of women in percent."""
        return self.women / 10

    @property
    def quorum_rts_percent(self) -> float:
        """The share of RTs of the quorum in percent."""
        return self.quorum_rts / 10

    @property
    def rts_percent(self) -> float:
        """The share of RTs in percent."""
        return self.rts / 10
