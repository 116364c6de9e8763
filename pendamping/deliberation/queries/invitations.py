"""Who is invited, what they answered, how they were told; and how often a meeting was changed since it was called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Min, Q, QuerySet

from pendamping.access.models import Grant
from pendamping.core.counters import after
from pendamping.core.models import JournalEntry
from pendamping.core.moments import day
from pendamping.deliberation.enums.invitations import EACH_PLACE, Capacity, InvitationAnswer, LetterNews
from pendamping.deliberation.models import Invitation, Meeting
from pendamping.deliberation.queries.composition import standing
from pendamping.deliberation.rules.ladder import REPRESENTED
from pendamping.regions.models import Region

_CHANGES = ("deliberation.meeting_moved", "deliberation.meeting_cancelled")
# Who holds the office has an account.
_ROLES: dict[str, str] = {Capacity.RT: "rt_rw", Capacity.RW: "rt_rw", Capacity.LPM: "lpm"}


def invitations(meeting: Meeting) -> QuerySet[Invitation]:
    """The invitations of a meeting that stand, with their letters. Two queries."""
    found = Invitation.objects.filter(meeting=meeting, withdrawn_at__isnull=True)
    return found.select_related("meeting", "place__parent__parent", "account").prefetch_related("letters")


def answers(meeting: Meeting) -> dict[str, int]:
    """How many were invited, and how many said what."""
    counted = {answer.value: Count("pk", filter=Q(answer=answer)) for answer in InvitationAnswer}
    return Invitation.objects.filter(meeting=meeting, withdrawn_at__isnull=True).aggregate(
        invited=Count("pk"), silent=Count("pk", filter=Q(answer="")), **counted
    )


@dataclass(frozen=True)
class Reached:
    """How many of those invited are known to have been told of the day as it is now (id: undangan yang sampai)."""

    invited: int
    told: int
    late: int  # of those told: later than the rules ask

    @property
    def untold(self) -> int:
        return self.invited - self.told

    @property
    def is_whole(self) -> bool:
        """Was everybody invited told in time?"""
        return not (self.untold or self.late)


def reached(meeting: Meeting, notice_days: int) -> Reached:
    """Who was told of the present day: by a letter that went out, by a person who noted it, or else they answered.

    A letter about an earlier day tells nothing of this one; one about another hour of it does. Two queries.
    """
    went = Q(letters__sequence__gte=_day_since(meeting)) & ~Q(letters__news=LetterNews.CANCELLED)
    found = Invitation.objects.filter(meeting=meeting, withdrawn_at__isnull=True).order_by()
    rows = found.annotate(sent=Min("letters__sent_at", filter=went)).values_list("sent", "answered_at")
    heard = [min(known) for known in ([at for at in row if at] for row in rows) if known]
    last = meeting.held_on - timedelta(days=notice_days)
    return Reached(len(rows), len(heard), sum(day(at) > last for at in heard))


def _day_since(meeting: Meeting) -> int:
    """Since which of its changes a meeting is held on its present day, by the sequence of its letters. One query."""
    entries = JournalEntry.objects.filter(
        subject_type=Meeting._meta.label, subject_id=meeting.pk, verb__in=_CHANGES
    ).order_by("pk")
    days = [changes.get("held_on") for changes in entries.values_list("changes", flat=True)]
    return max((nth for nth, pair in enumerate(days, 1) if isinstance(pair, list) and pair[0] != pair[1]), default=0)


def places_of(meeting: Meeting, capacity: str) -> QuerySet[Region]:
    """The RTs or RWs of the meeting's area that stand, for a capacity that each of them has."""
    path = meeting.region_path
    inside = Region.objects.filter(path__gte=path, path__lt=after(path), level=EACH_PLACE[Capacity(capacity)])
    return inside.filter(valid_to__isnull=True).select_related("parent__parent").order_by("path")


def neighbourhoods(meeting: Meeting) -> QuerySet[Region]:
    """The RWs and RTs of the meeting's area, each RW before its RTs; at the district its wards.

    Those that stood on its day: a sheet of a ward that was split since is still typed in.
    """
    path = meeting.region_path
    levels = ("ward",) if REPRESENTED.get(meeting.kind) == "ward" else ("rw", "rt")
    inside = Region.objects.filter(path__gte=path, path__lt=after(path), level__in=levels)
    return inside.filter(standing(meeting)).select_related("parent__parent").order_by("path")


def holders(capacity: str, paths: Iterable[str], on: date) -> dict[str, int]:
    """Who holds an office with an account: path of the place → key of the account. One query."""
    role = _ROLES.get(capacity)
    if role is None:
        return {}
    held = Grant.objects.filter(role=role, region__path__in=list(paths), revoked_at__isnull=True, starts_on__lte=on)
    held = held.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), account__is_active=True)
    return dict(held.order_by("starts_on", "pk").values_list("region__path", "account"))


def changes_of(meetings: Sequence[Meeting]) -> dict[int, tuple[int, datetime]]:
    """How often each meeting was moved or cancelled, and when last: what its calendar entry counts. One query."""
    entries = JournalEntry.objects.filter(
        subject_type=Meeting._meta.label, subject_id__in=[meeting.pk for meeting in meetings], verb__in=_CHANGES
    ).order_by()
    counted = {pk: (count, at) for pk, count, at in entries.values_list("subject_id").annotate(Count("pk"), Max("at"))}
    return {meeting.pk: counted.get(meeting.pk, (0, meeting.created_at)) for meeting in meetings}
