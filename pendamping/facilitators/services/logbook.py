"""The writer's acts on the logbook: a line written, repaired, given words, a promise kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from pendamping.access import duties
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import journal, moments
from pendamping.core.acts import act
from pendamping.core.codes import read_code
from pendamping.core.errors import Refused
from pendamping.core.images import store
from pendamping.core.images.door import CleanImage
from pendamping.core.personal import mask, mask_to
from pendamping.facilitators.enums.logbook import LogState, Reason
from pendamping.facilitators.models import Assignment, LogEntry, LogVersion
from pendamping.facilitators.queries import logbook as queries
from pendamping.facilitators.rules import log_flags
from pendamping.facilitators.rules import logbook as rules
from pendamping.facilitators.services.holding import hold
from pendamping.facilitators.services.log_flagging import look_over
from pendamping.facilitators.services.log_gathering import gather
from pendamping.regions.models import Region

WORDS = {"place": 120, "late_reason": 200}  # the rest are texts without a limit of their own
FACTS = (
    "day", "begins", "ends", "activity", "what", "place", "latitude", "longitude", "accuracy_m", "women", "men",
    "vulnerable", "problem", "solution", "follow_up", "follow_up_by", "linked_code", "late_reason",
)  # fmt: skip
ADDED = ("problem", "solution", "follow_up", "follow_up_by")


@act("facilitators.log_written")
def write_entry(
    *, by: Account, at: datetime, region: Region, day: date, activity: str, what: str, begins: time | None = None,
    ends: time | None = None, place: str = "", latitude: Decimal | None = None, longitude: Decimal | None = None,
    accuracy_m: int | None = None, women: int = 0, men: int = 0, vulnerable: int = 0, problem: str = "",
    solution: str = "", follow_up: str = "", follow_up_by: date | None = None, linked_code: str = "",
    late_reason: str = "", noted_at: datetime | None = None, photos: Sequence[CleanImage] = (),
) -> LogEntry:  # fmt: skip
    """Write a line (id: mencatat kegiatan) for a place one serves on that day; what catches the eye is flagged.

    Refused: a place or a day outside one's assignments, a day ahead, a closed month, facts that do not hold together.
    `noted_at` is when a device without signal says it was written; a claim from the future, or from before the day the
    line tells of, counts for nothing.
    """
    facts = _facts(locals())
    hold(by)
    assignment = _may_stand(by, region, facts, at, len(photos))
    entry = LogEntry.add(
        at=at, region=region, account=by, assignment=assignment, written_at=at, text_key=rules.text_key(facts["what"]),
        noted_at=_noted(noted_at, day, at), **facts,
    )  # fmt: skip
    _keep(entry, photos, at)
    flags = look_over(LogEntry.objects.select_related("account", "region").get(pk=entry.pk), at=at)
    tell("facilitators.log_written", entry, by=by, at=at, changes={
        "day": day, "activity": activity, "flags": log_flags.kinds(flags),
    })  # fmt: skip
    return queries.entries().get(pk=entry.pk)


@act("facilitators.log_repaired")
def repair_entry(
    *, by: Account, at: datetime, entry: LogEntry, region: Region, day: date, activity: str, what: str,
    begins: time | None = None, ends: time | None = None, place: str = "", latitude: Decimal | None = None,
    longitude: Decimal | None = None, accuracy_m: int | None = None, women: int = 0, men: int = 0, vulnerable: int = 0,
    problem: str = "", solution: str = "", follow_up: str = "", follow_up_by: date | None = None,
    linked_code: str = "", late_reason: str = "", photos: Sequence[CleanImage] = (),
) -> LogEntry:  # fmt: skip
    """Change one's own line before it is verified, or mend one sent back (id: memperbaiki catatan).

    It waits to be verified again; what stood there before is kept beside it. Photos are added to those it has. With
    another day it counts as written now, or a line kept in store would never be late.
    """
    hold(by)
    entry = locked(entry)
    window = None if entry.state == LogState.RETURNED else moments.day(at)  # what was sent back may come late
    rules.may_repair(
        is_own=entry.account_id == by.pk, state=entry.state, is_automatic=entry.is_automatic,
        month_closed=queries.closed_on(by, entry.day, window), day=entry.day,
    ).or_raise()  # fmt: skip
    facts = _facts(locals())
    assignment = _may_stand(by, region, facts, at, len(photos) + entry.photos.count())
    if day != entry.day:
        entry.written_at, entry.noted_at = at, None
    changes = _change(entry, {**facts, "region": region}, at)
    entry.region_path, entry.assignment = region.path, assignment
    entry.text_key = rules.text_key(facts["what"])
    entry.state, entry.returned_reason = LogState.WRITTEN, ""
    entry.save()
    _keep(entry, photos, at)
    entry = LogEntry.objects.select_related("account", "region").get(pk=entry.pk)
    flags = log_flags.kinds(look_over(entry, at=at))
    tell("facilitators.log_repaired", entry, by=by, at=at, changes={**changes, "flags": flags})
    return queries.entries().get(pk=entry.pk)


@act("facilitators.log_words_added")
def add_words(
    *, by: Account, at: datetime, entry: LogEntry, problem: str = "", solution: str = "", follow_up: str = "",
    follow_up_by: date | None = None,
) -> LogEntry:  # fmt: skip
    """Add words to a line that came from the journal (id: melengkapi catatan); what happened is not touched.

    From then on it waits to be verified like one that was typed.
    """
    hold(by)
    entry = locked(entry)
    said = (problem, solution, follow_up)
    rules.may_add_words(
        is_own=entry.account_id == by.pk, is_automatic=entry.is_automatic, checked=entry.verified_by_id is not None,
        month_closed=queries.closed_on(by, entry.day), day=entry.day, words=said,
    ).or_raise()  # fmt: skip
    rules.follows_up(day=entry.day, follow_up=follow_up, follow_up_by=follow_up_by).or_raise()
    facts = {name: value for name, value in _facts(locals()).items() if name in ADDED}
    changes = _change(entry, facts, at)
    entry.state, entry.verified_at, entry.returned_reason = LogState.WRITTEN, None, ""
    entry.save(update_fields=[*ADDED, "state", "verified_at", "returned_reason"])
    tell("facilitators.log_words_added", entry, by=by, at=at, changes=changes)
    return entry


@act("facilitators.log_follow_up_done")
def finish_follow_up(*, by: Account, at: datetime, entry: LogEntry, on: date) -> LogEntry:
    """Say that what was promised is done (id: menyelesaikan tindak lanjut), also when the line is long verified."""
    entry = locked(entry)
    rules.may_finish(
        is_own=entry.account_id == by.pk, follow_up=entry.follow_up, done_on=entry.follow_up_done_on, on=on,
        day=entry.day, today=moments.day(at),
    ).or_raise()  # fmt: skip
    entry.follow_up_done_on = on
    entry.save(update_fields=["follow_up_done_on"])
    tell("facilitators.log_follow_up_done", entry, by=by, at=at, changes={"done_on": on})
    return entry


def locked(entry: LogEntry) -> LogEntry:
    """The line as it is now, held until the act is over."""
    found = LogEntry.objects.select_for_update(of=("self",)).select_related("account", "region", "assignment")
    return found.get(pk=entry.pk)


def tell(
    verb: str, entry: Any, *, by: Account, at: datetime, right: Verb = Verb.LOG_WRITE,
    changes: dict[str, Any] | None = None, reason: str = "",
) -> None:  # fmt: skip
    """The journal of one person's days: never public, and by the office held here, or last held anywhere."""
    path = entry.region_path
    office = duties.office_of(by, right, path, at) or duties.nearest_office(by, path, at)
    journal.record(
        verb, subject=entry, region=path, by=by, at=at, office=office, changes=changes, reason=reason, public=False
    )


def _facts(given: dict[str, Any]) -> dict[str, Any]:
    """The facts of a line as they are kept: words masked, a code as it is meant, an accuracy only beside a place."""
    facts = {name: given[name] for name in FACTS if name in given}
    for name, value in facts.items():
        if isinstance(value, str) and name not in ("activity", "linked_code"):
            bare = value.strip()
            facts[name] = mask_to(bare, WORDS[name]) if name in WORDS else mask(bare).text
    typed = facts.get("linked_code", "").strip()
    if typed:
        facts["linked_code"] = read_code(typed) or ""
        if not facts["linked_code"]:
            raise Refused(Reason.CODE_UNREADABLE, field="linked_code", code=typed[:20])
    if facts.get("latitude") is None:
        facts["accuracy_m"] = None
    return facts


def _noted(noted_at: datetime | None, day: date, at: datetime) -> datetime | None:
    if noted_at is None or not rules.may_be_noted(noted_at=noted_at, noted_on=moments.day(noted_at), day=day, at=at):
        return None
    return noted_at


def _change(entry: LogEntry, facts: dict[str, Any], at: datetime) -> dict[str, Any]:
    """Change a line; what it said is kept beside it, with its readers, and the journal is told no word of it."""
    before = {name: getattr(entry, name) for name, value in facts.items() if getattr(entry, name) != value}
    for name, value in facts.items():
        setattr(entry, name, value)
    if not any(value not in ("", None) for value in before.values()):
        return {"changed": ",".join(before)}
    said = json.loads(json.dumps(before, default=str))
    kept = LogVersion(created_at=at, entry=entry, said=said)
    kept.digest = hashlib.sha256(json.dumps([str(kept.uid), said], sort_keys=True).encode()).hexdigest()
    kept.save(force_insert=True)
    return {"changed": ",".join(before), "before": kept.digest}


def _may_stand(by: Account, region: Region, facts: dict[str, Any], at: datetime, photos: int) -> Assignment:
    """The assignment a line belongs to, or a refusal."""
    day = facts["day"]
    rules.is_line(
        has_fix=(facts["latitude"] is not None, facts["longitude"] is not None), photos=photos,
        **{name: facts[name] for name in (
            "what", "day", "begins", "ends", "women", "men", "vulnerable", "follow_up", "follow_up_by",
        )},
    ).or_raise()  # fmt: skip
    rules.may_write(
        day=day, today=moments.day(at), path=region.path, place=region.label, served=queries.served(by),
        month_closed=queries.closed_on(by, day),
    ).or_raise()  # fmt: skip
    found = queries.assignment_at(by, region.path, day)
    if found is None:
        raise Refused(Reason.NOT_ASSIGNED, field="region", place=region.label)
    return found


def _keep(entry: LogEntry, photos: Sequence[CleanImage], at: datetime) -> None:
    entry.photos.add(*(store.keep(image, region_path=entry.region_path, at=at) for image in photos))


__all__ = ["add_words", "finish_follow_up", "gather", "locked", "repair_entry", "tell", "write_entry"]
