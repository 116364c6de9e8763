"""From an address or a connection nothing more is taken for some days; nobody sees which it is."""

from __future__ import annotations

from datetime import datetime, timedelta

from pendamping.access.duties import office_of
from pendamping.access.models import Account
from pendamping.access.throttle import connection_of
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.core.personal import mask_to
from pendamping.needs.enums.moderation import BlockKind, ModerationReason
from pendamping.needs.models import Block, Contact, Voice
from pendamping.needs.queries.blocks import (
    block_of_connection,
    block_of_contact,
    blocks_in_force,
    connection_digest,
    speaker_of,
)
from pendamping.needs.rules import moderation as rules
from pendamping.regions.models import Region


@act("needs.speaker_blocked")
def block_speaker(*, by: Account, at: datetime, voice: Voice, reason: str, days: int) -> Block:
    """Take nothing more in the city from the address left with a voice (id: memblokir), which stays sealed.

    Refuses a voice without an address, one blocked already, more than ninety days, no reason.
    """
    city = Region.objects.select_for_update().get(path=voice.city_path)
    contact = speaker_of(voice)
    rules.may_block(
        is_known=contact is not None,
        is_blocked=contact is not None and block_of_contact(contact, city.path, at) is not None,
        days=days,
        reason=reason,
    ).or_raise()
    digest = contact.digest if contact else ""
    return _block("needs.speaker_blocked", city, BlockKind.CONTACT, digest, by=by, at=at, reason=reason, days=days)


@act("needs.connection_blocked")
def block_connection(*, by: Account, at: datetime, city: Region, address: str, reason: str, days: int) -> Block:
    """Take nothing more from a connection (id: memblokir sambungan), as the operator names it; no voice names one."""
    city = Region.objects.select_for_update().get(pk=city.pk)
    known = connection_of(address.strip())
    if known is None:
        raise Refused(ModerationReason.NO_ADDRESS, field="address")
    is_blocked = block_of_connection(known, at) is not None
    rules.may_block(is_known=True, is_blocked=is_blocked, days=days, reason=reason).or_raise()
    digest = connection_digest(known)
    return _block(
        "needs.connection_blocked", city, BlockKind.CONNECTION, digest, by=by, at=at, reason=reason, days=days
    )


@act("needs.block_lifted")
def lift_block(*, by: Account, at: datetime, block: Block) -> Block:
    """Take voices from there again (id: mencabut blokir)."""
    block = Block.objects.select_for_update(of=("self",)).select_related("city").get(pk=block.pk)
    if block.lifted_at is not None or block.until <= at:
        raise Refused(ModerationReason.BLOCK_OVER)
    block.lifted_at = at
    block.save(update_fields=["lifted_at"])
    _tell("needs.block_lifted", block, by=by, at=at)
    return block


def refuse_blocked(contact: Contact | None, city_path: str, at: datetime) -> None:
    """Refuse an address from which nothing more is taken in this city. Asked wherever something is kept for it."""
    block = block_of_contact(contact, city_path, at) if contact is not None else None
    if block is not None:
        raise Refused(ModerationReason.BLOCKED, day=day(block.until))


def forget_old(at: datetime) -> int:
    """Delete blocks that are over, with their digests; returns how many."""
    return Block.objects.exclude(pk__in=blocks_in_force(at).values("pk")).delete()[0]


def _block(
    verb: str, city: Region, kind: BlockKind, digest: str, *, by: Account, at: datetime, reason: str, days: int
) -> Block:
    made = Block.objects.create(
        city=city, kind=kind, digest=digest, reason=mask_to(reason, 200), until=at + timedelta(days=days), made_by=by,
        created_at=at,
    )  # fmt: skip
    _tell(verb, made, by=by, at=at)
    return made


def _tell(verb: str, block: Block, *, by: Account, at: datetime) -> None:
    journal.record(
        verb, subject=block, region=block.city.path, by=by, at=at,
        office=office_of(by, Verb.VOICE_MODERATE, block.city, at),
        changes={"kind": block.kind, "until": day(block.until).isoformat()}, public=False,
    )  # fmt: skip
