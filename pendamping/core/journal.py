"""Who did what to which thing, where, when and why: append-only, chained by hash, verifiable by anyone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, models
from django.utils import timezone

from pendamping.core.models import JournalCheckpoint, JournalEntry, JournalHead
from pendamping.core.personal import mask, mask_to
from pendamping.core.requests import request_id

GENESIS = "0" * 64
CHAIN_DIGITS = 10  # a chain per ward: wards do not wait for each other's head row

_HASHED = (
    "chain", "position", "verb", "actor_uid", "office", "on_behalf_of", "subject_type", "subject_id", "subject_code",
    "subject_label", "region_path", "at", "reason", "changes", "is_public", "request_id", "previous_hash",
)  # fmt: skip


def record(
    verb: str,
    *,
    subject: models.Model,
    region: Any,
    by: Any,
    at: datetime,
    office: str | None = None,
    on_behalf_of: str = "",
    reason: str = "",
    changes: dict[str, Any] | None = None,
    public: bool = True,
) -> JournalEntry:
    """Write one entry in the transaction of the act it tells of. Never put personal data in any argument.

    The journal cannot be mended, so words are masked here once more, whatever the act did with them.
    `office` is a role's key. Said to be empty, it was a resident without an account; not said, and without an
    account, the operator at the command line. Of a resident no id of the request is kept: with it the lines of a proxy
    in front would tell from which connection they wrote. `region` is a region or its path; `changes` maps a field to
    [old, new] or to a plain fact.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("journal.record belongs inside the transaction of its act")
    path = region if isinstance(region, str) else region.path
    chain = path[:CHAIN_DIGITS] or "0"
    position, previous = _next(chain)
    entry = JournalEntry(
        chain=chain,
        position=position,
        verb=verb,
        actor_uid=getattr(by, "uid", None),
        office=office if office is not None else "operator" if by is None else getattr(by, "office", ""),
        on_behalf_of=_masked_to(on_behalf_of, 120),
        subject_type=subject._meta.label,
        subject_id=subject.pk,
        subject_code=getattr(subject, "code", ""),
        subject_label=_masked_to(str(getattr(subject, "journal_label", subject)), 200),  # people by uid
        region_path=path,
        at=at.astimezone(UTC),
        reason=_masked(reason),
        changes=json.loads(json.dumps(_masked(changes or {}), default=str)),
        is_public=public,
        request_id="" if by is None and office == "" else request_id.get(),
        previous_hash=previous,
    )
    entry.hash = entry_hash(entry)
    entry.save(force_insert=True)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_journalhead SET hash = %s WHERE chain = %s", [entry.hash, chain])
    return entry


def _masked(value: Any) -> Any:
    """Masked wherever a string has a space: codes, paths, digests and states have none, and cost nothing."""
    if isinstance(value, dict):
        return {key: _masked(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(one) for one in value]
    return mask(value).text if isinstance(value, str) and len(value.split(None, 1)) > 1 else value


def _masked_to(text: str, most: int) -> str:
    return mask_to(text, most) if len(text.split(None, 1)) > 1 else text[:most]


def _next(chain: str) -> tuple[int, str]:
    """The next position of a chain and the hash it follows; its row stays locked until the act is over.

    One statement, also for the first entry of a chain: every act passes here.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_journalhead (chain, position, hash) VALUES (%s, 1, %s) "
            "ON CONFLICT (chain) DO UPDATE SET position = core_journalhead.position + 1 RETURNING position, hash",
            [chain, GENESIS],
        )
        position, previous = cursor.fetchone()
    return position, previous


def entry_hash(entry: JournalEntry) -> str:
    """SHA-256 over the canonical JSON of an entry's facts and the hash before it."""
    facts = [_canonical(getattr(entry, name)) for name in _HASHED]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _canonical(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value if isinstance(value, int | str | dict | list | bool) or value is None else str(value)


@dataclass(frozen=True)
class Fault:
    """The first entry of a chain that does not hold, or a head that disagrees."""

    chain: str
    position: int
    what: str


def verify() -> Iterator[Fault]:
    """Walk every chain and yield its first fault, if any: changed, missing, out of order, or cut off at the end."""
    heads = {head.chain: head for head in JournalHead.objects.all()}
    chains = set(JournalEntry.objects.order_by().values_list("chain", flat=True).distinct())
    for chain in sorted(chains | set(heads)):
        fault = _verify_chain(chain, heads.get(chain))
        if fault is not None:
            yield fault
    yield from _verify_checkpoints()


def _verify_chain(chain: str, head: JournalHead | None) -> Fault | None:
    position, previous = 0, GENESIS
    for entry in JournalEntry.objects.filter(chain=chain).order_by("position").iterator(chunk_size=2000):
        if entry.position != position + 1:
            return Fault(chain, position + 1, "missing")
        if entry.previous_hash != previous:
            return Fault(chain, entry.position, "does not follow the entry before it")
        if entry_hash(entry) != entry.hash:
            return Fault(chain, entry.position, "changed")
        position, previous = entry.position, entry.hash
    if head is None:
        return Fault(chain, position, "head missing")
    if (head.position, head.hash) != (position, previous):
        return Fault(chain, position + 1, f"missing: the head says {head.position} entries")
    return None


def checkpoint(on: date) -> JournalCheckpoint:
    """Gather all heads under one digest, once a day; kept outside it proves that history was not rewritten."""
    heads = {head.chain: [head.position, head.hash] for head in JournalHead.objects.order_by("chain")}
    made, _ = JournalCheckpoint.objects.get_or_create(
        day=on, defaults={"heads": heads, "digest": _heads_digest(heads), "made_at": timezone.now()}
    )
    return made


def _heads_digest(heads: dict[str, list[Any]]) -> str:
    return hashlib.sha256(json.dumps(heads, sort_keys=True).encode()).hexdigest()


def _verify_checkpoints() -> Iterator[Fault]:
    for point in JournalCheckpoint.objects.order_by("day"):
        if _heads_digest(point.heads) != point.digest:
            yield Fault("checkpoint", 0, f"checkpoint of {point.day} changed")
            continue
        for chain, (position, known) in point.heads.items():
            seen = JournalEntry.objects.filter(chain=chain, position=position).values_list("hash", flat=True).first()
            if position and seen != known:
                yield Fault(chain, position, f"differs from the checkpoint of {point.day}")
                return


def entries_about(subjects: list[models.Model], *, public_only: bool) -> models.QuerySet[JournalEntry]:
    """All entries about these records, oldest first: the line of time of a journey."""
    keys: dict[str, set[int]] = {}
    for subject in subjects:
        keys.setdefault(subject._meta.label, set()).add(subject.pk)
    wanted = models.Q(pk__in=[])
    for label, ids in sorted(keys.items()):  # one condition per type: a need may gather hundreds of voices
        wanted |= models.Q(subject_type=label, subject_id__in=ids)
    found = JournalEntry.objects.filter(wanted).order_by("at", "id")
    return found.filter(is_public=True) if public_only else found
