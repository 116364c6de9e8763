"""What is new in what somebody follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from pendamping.needs.models import Following, Hiding
from pendamping.needs.queries.visible import public_voices


def tellable() -> Q:
    """Followings of which something may be told: not others' voices that were hidden since, or made confidential."""
    return Q(voice__isnull=True) | Q(is_speaker=True) | Q(Exists(public_voices().filter(pk=OuterRef("voice"))))


def not_hidden() -> Q:
    """News but those of messages that were hidden before a letter told them."""
    return Q(~Exists(Hiding.objects.filter(message=OuterRef("message"), lifted_at__isnull=True)))


@dataclass(frozen=True)
class Told:
    """One line of a letter (id: baris kabar): when, what, and the address of the page that shows it."""

    at: datetime
    words: str
    path: str


# The journal's news of a following, oldest first, and the last entry looked at.
Teller = Callable[[Following], tuple[list[Told], int]]
_tellers: list[Teller] = []


def told_by(teller: Teller) -> None:
    """Whoever puts the journal into sentences stands above this app, and says here what is new in a following."""
    _tellers[:] = [teller]


def of_the_journal(following: Following) -> tuple[list[Told], int]:
    """What the journal tells after `following.told_until`, and the entry it goes up to."""
    return _tellers[0](following) if _tellers else ([], following.told_until)
