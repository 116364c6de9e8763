"""From whom nothing more is taken."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from pendamping.core.personal.crypt import blind_index
from pendamping.needs.enums.moderation import BlockKind
from pendamping.needs.models import Block, Contact, Following, Voice


def connection_digest(address: str) -> str:
    """A connection as blocks know it: a keyed digest, from which no address can be read."""
    return blind_index(address, purpose="needs.connection")


def blocks_in_force(at: datetime) -> QuerySet[Block]:
    """Blocks neither lifted nor over."""
    return Block.objects.filter(lifted_at__isnull=True, until__gt=at)


def block_of_connection(address: str, at: datetime) -> Block | None:
    """The block on a connection, whatever city it was made in: which place somebody means is not known yet."""
    found = blocks_in_force(at).filter(kind=BlockKind.CONNECTION, digest=connection_digest(address))
    return found.order_by("-until").first()


def block_of_contact(contact: Contact, city_path: str, at: datetime) -> Block | None:
    """The block on an address in a city."""
    found = blocks_in_force(at).filter(kind=BlockKind.CONTACT, digest=contact.digest, city__path=city_path)
    return found.order_by("-until").first()


def speaker_of(voice: Voice) -> Contact | None:
    """The address that whoever gave a voice left with it, sealed; shown to nobody."""
    speaking = Following.objects.filter(voice=voice, is_speaker=True, contact__forgotten_at__isnull=True)
    found = speaking.select_related("contact").first()
    return found.contact if found else None
