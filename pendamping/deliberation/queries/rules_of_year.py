"""Which rules hold for a kind of meeting."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from pendamping.deliberation.models import MeetingRules
from pendamping.deliberation.queries.own_groups import own_groups
from pendamping.deliberation.rules.ladder import Asked


def rules() -> QuerySet[MeetingRules]:
    """All versions with their city, the newest year and version first."""
    return MeetingRules.objects.select_related("city").order_by("-fiscal_year", "kind", "-version")


def in_force(city_path: str, fiscal_year: int, kind: str, on: date) -> MeetingRules | None:
    """The version that holds on a day; None when the year has no rules yet."""
    held = rules().filter(city__path=city_path, fiscal_year=fiscal_year, kind=kind, valid_from__lte=on)
    return held.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on)).first()


def asked(held: MeetingRules | None) -> Asked:
    """What a version asks, as the rules look at it; without rules, nothing."""
    if held is None:
        return Asked()
    return Asked(
        held.opens_on, held.closes_on, held.notice_days, held.quorum, held.women, held.rts, dict(held.groups),
        held.quorum_rts, dict(held.split),
        {one.key: (one.label(get_language() or "id"), one.least) for one in own_groups(held)},
    )  # fmt: skip
