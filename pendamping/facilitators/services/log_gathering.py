"""Acts done elsewhere fall into the logbook by themselves: read from the journal, each once, without anybody's words.

Read when the book is opened and when its month is composed, and by `logbook_gather` for everybody; nothing is done at
the moment of the act itself, which therefore pays nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from pendamping.access.models import Account
from pendamping.core.codes import new_code
from pendamping.core.models import JournalEntry
from pendamping.core.moments import day, period
from pendamping.facilitators.deeds import DEEDS
from pendamping.facilitators.enums.logbook import LogState
from pendamping.facilitators.models import Assignment, LogEntry
from pendamping.facilitators.queries.assignments import LAST_DAY
from pendamping.facilitators.queries.months import month_is_closed
from pendamping.facilitators.rules.logbook import text_key
from pendamping.facilitators.services.holding import hold
from pendamping.regions.models import Region

MOST_MET = 32_767  # what its column holds


def gather(account: Account, first: date, last: date) -> int:
    """Bring somebody's acts of some days into their logbook; gives how many were new.

    Twice or at once it makes one line of each (unique per journal entry). Acts outside one's assignments and in closed
    months are left where they are. Two queries when there is nothing new.
    """
    served = list(
        Assignment.objects.annotate(until=LAST_DAY).filter(account=account, starts_on__lte=last, until__gte=first)
    )
    acts = list(_new_acts(account, first, last)) if served else []
    if not acts:
        return 0
    places = Region.objects.in_bulk({act.region_path for act in acts}, field_name="path")
    with transaction.atomic():
        hold(account)
        lines = [line for line in _lines(account, acts, served, places) if line is not None]
        before = LogEntry.objects.filter(account=account, source__isnull=False).count()
        LogEntry.objects.bulk_create(lines, ignore_conflicts=True, batch_size=200)
        return LogEntry.objects.filter(account=account, source__isnull=False).count() - before


def _new_acts(account: Account, first: date, last: date) -> Iterator[JournalEntry]:
    since, until = (timezone.make_aware(datetime.combine(on, time())) for on in (first, last + timedelta(days=1)))
    known = LogEntry.objects.filter(account=account, source__isnull=False, day__range=(first, last))
    found = JournalEntry.objects.filter(actor_uid=account.uid, verb__in=list(DEEDS), at__gte=since, at__lt=until)
    yield from found.exclude(id__in=known.values("source")).order_by("id")


def _lines(
    account: Account, acts: Sequence[JournalEntry], served: Sequence[Assignment], places: dict[str, Region]
) -> Iterator[LogEntry | None]:
    closed: dict[int, bool] = {}
    for act in acts:
        on = day(act.at)
        month = period(on)
        if month not in closed:
            closed[month] = month_is_closed(account, on.year, on.month)
        fits = [
            one for one in served
            if act.region_path.startswith(one.region_path) and one.starts_on <= on <= one.last_day
        ]  # fmt: skip
        if fits and not closed[month] and act.region_path in places:
            yield _line(account, act, max(fits, key=lambda one: len(one.region_path)), places[act.region_path])


def _line(account: Account, act: JournalEntry, assignment: Assignment, region: Region) -> LogEntry:
    deed = DEEDS[act.verb]
    women, men, vulnerable = met(act.changes)
    return LogEntry(
        code=new_code(LogEntry.code_kind, act.at), created_at=timezone.now(), region=region, region_path=region.path,
        period=period(act.at), account=account, assignment=assignment, day=day(act.at),
        begins=timezone.localtime(act.at).time().replace(second=0, microsecond=0), activity=deed.activity,
        what=deed.kept, women=women, men=men, vulnerable=vulnerable, linked_code=act.subject_code[:12],
        state=LogState.VERIFIED, written_at=act.at, verified_at=act.at, source=act.pk, verb=act.verb,
        text_key=text_key(deed.kept),
    )  # fmt: skip


def met(changes: dict[str, Any]) -> tuple[int, int, int]:
    """Women, men and vulnerable people an entry counts; of a mended count only what it adds, so that sums stay right.

    Groups overlap (somebody may be old and poor), so the largest of them is what is certain.
    """
    women, men = _number(changes.get("women")), _number(changes.get("men"))
    groups = max(_number(changes.get(name)) for name in ("elderly", "poor", "disabled"))
    return women, men, min(groups, women + men)


def _number(told: Any) -> int:
    old, new = told if isinstance(told, list) and len(told) == 2 else (0, told)
    if not isinstance(new, int):
        return 0
    return min(MOST_MET, max(0, new - (old if isinstance(old, int) else 0)))
