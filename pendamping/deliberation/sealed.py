"""Names and addresses of people at a meeting: sealed under a key of their own, opened for those who may read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pendamping.core.personal import crypt
from pendamping.deliberation.rules.register import same_name

if TYPE_CHECKING:
    from pendamping.deliberation.models import Invitation, Meeting, Presence

NAME, ADDRESS, INSTEAD = "name", "address", "instead"


def seal(subject_key: bytes | None, field: str, words: str) -> bytes | None:
    """The words sealed; None for none."""
    if not words or subject_key is None:
        return None
    return crypt.encrypt(words, subject_key=subject_key, field=f"deliberation.{field}")


def name_of(record: Presence | Invitation) -> str:
    """The name on a row or of a guest; empty when none was given, or it was dropped."""
    return _open(record.subject_key, record.name_cipher, NAME)


def address_of(invitation: Invitation) -> str:
    """Where a guest is reached, for what sends to them."""
    return _open(invitation.subject_key, invitation.address_cipher, ADDRESS)


def instead_of(invitation: Invitation) -> str:
    """Who comes instead of somebody invited."""
    return _open(invitation.subject_key, invitation.instead_cipher, INSTEAD)


def name_digest(meeting: Meeting, name: str, place: str) -> str:
    """What the same name from the same RT is known by, at this meeting alone."""
    return crypt.blind_index(f"{meeting.uid}\0{same_name(name)}\0{place}", purpose="deliberation.presence")


def address_digest(way: str, address: str) -> str:
    """What the same address is known by."""
    return crypt.blind_index(address, purpose=f"deliberation.guest.{way}")


def _open(subject_key: Any, cipher: Any, field: str) -> str:
    if subject_key is None or cipher is None:
        return ""
    return crypt.decrypt(bytes(cipher), subject_key=bytes(subject_key), field=f"deliberation.{field}")
