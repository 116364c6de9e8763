"""Looking a line over: the facts about it are gathered, and its flags are put beside it."""

from __future__ import annotations

from datetime import datetime

from pendamping.core.models import Photo
from pendamping.core.moments import day
from pendamping.facilitators.models import LogEntry, LogFlag, LogRules
from pendamping.facilitators.queries import logbook as queries
from pendamping.facilitators.rules import log_flags as rules
from pendamping.facilitators.rules.logbook import plain
from pendamping.facilitators.rules.outlines import rings
from pendamping.regions.models import Boundary


def look_over(entry: LogEntry, *, at: datetime) -> list[rules.Flag]:
    """Put the flags of a line as it stands now in the place of those it had; inside an act."""
    limits = queries.rules_on(entry.city_path, entry.day)
    photos, noted_at = list(entry.photos.all()), entry.noted_at or entry.written_at
    facts = rules.Facts(
        line=_line(entry, photos),
        others=[_line(one) for one in queries.recent(entry.account, entry.day, limits.look_back_days, but=entry.pk)],
        same_photos=queries.same_photos(entry, photos, limits.look_back_days),
        ward=_ward(entry, limits),
        written_on=day(noted_at),
        limits=_limits(limits),
        waited_days=(day(entry.written_at) - day(noted_at)).days,
    )
    found = rules.flags(facts)
    entry.flags.all().delete()
    LogFlag.objects.bulk_create(
        LogFlag(created_at=at, entry=entry, kind=one.kind, figure=one.figure, note=one.note) for one in found
    )
    return found


def _line(entry: LogEntry, photos: list[Photo] | None = None) -> rules.Line:
    fix = None
    if entry.latitude is not None and entry.longitude is not None:
        fix = (float(entry.latitude), float(entry.longitude))
    return rules.Line(
        code=entry.code, day=entry.day, activity=entry.activity, begins=entry.begins, ends=entry.ends,
        ward=entry.region_path[:10], fix=fix, accuracy_m=entry.accuracy_m or 0, text_key=entry.text_key,
        letters=len(plain(entry.what)), photos=tuple((one.sha256, one.dhash) for one in photos or ()),
    )  # fmt: skip


def _ward(entry: LogEntry, limits: LogRules) -> rules.Ward:
    """Only a ward is small enough for being outside it to say something."""
    region = entry.region
    if region.level != "ward":
        return rules.Ward()
    outline = Boundary.objects.filter(region=region).first()
    point = None
    if region.latitude is not None and region.longitude is not None:
        point = (float(region.latitude), float(region.longitude))
    return rules.Ward(rings(outline.geometry) if outline else (), point, limits.ward_radius_m)


def _limits(row: LogRules) -> rules.Limits:
    names = rules.Limits.__dataclass_fields__
    return rules.Limits(**{name: getattr(row, name) for name in names})
