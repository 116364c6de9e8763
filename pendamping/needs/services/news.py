"""What somebody has not yet heard is taken for one letter, or given back when it could not be sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from pendamping.core.moments import day
from pendamping.needs.enums.contacts import Pace
from pendamping.needs.models import Contact, Following, Notice
from pendamping.needs.queries.news import Told, not_hidden, of_the_journal, tellable
from pendamping.needs.rules import following as rules


@dataclass
class Part:
    """What is new in one thing that is followed (id: bagian surat)."""

    following: Following
    notices: list[Notice]
    told: list[Told]
    until: int  # the last entry of the journal looked at
    before: tuple[int, datetime | None] = field(init=False)

    def __post_init__(self) -> None:
        self.before = self.following.told_until, self.following.told_at


def take(contact: Contact, *, at: datetime) -> list[Part]:
    """Everything new to somebody, marked as told; nothing when nothing is new or it is not yet time."""
    with transaction.atomic():
        held = Contact.objects.select_for_update().get(pk=contact.pk)
        parts = _new(held)
        if not parts or not _is_time(held, parts, at):
            return []
        for part in parts:
            Notice.objects.filter(pk__in=[one.pk for one in part.notices]).update(told_at=at)
            Following.objects.filter(pk=part.following.pk).update(told_until=part.until, told_at=at)
    return parts


def is_due(contact: Contact, *, at: datetime) -> bool:
    """Would there be a letter for somebody now?"""
    parts = _new(contact)
    return bool(parts) and _is_time(contact, parts, at)


def give_back(parts: list[Part]) -> None:
    """The letter did not go out: it is new again, for the next round."""
    with transaction.atomic():
        for part in parts:
            until, told_at = part.before
            Notice.objects.filter(pk__in=[one.pk for one in part.notices]).update(told_at=None)
            Following.objects.filter(pk=part.following.pk).update(told_until=until, told_at=told_at)


def _new(contact: Contact) -> list[Part]:
    followings = contact.followings.filter(tellable(), ended_at__isnull=True, confirmed_at__isnull=False).order_by("pk")
    followings = followings.select_related("voice__region__parent__parent", "place__parent__parent", "category")
    untold: dict[int, list[Notice]] = {}
    waiting = Notice.objects.filter(not_hidden(), following__contact=contact, told_at__isnull=True)
    for notice in waiting.select_related("message", "following__voice").order_by("pk"):
        untold.setdefault(notice.following_id, []).append(notice)
    parts = [Part(one, untold.get(one.pk, []), *of_the_journal(one)) for one in followings]
    return [part for part in parts if part.notices or part.told]


def _is_time(contact: Contact, parts: list[Part], at: datetime) -> bool:
    if rules.rests(refused_at=contact.refused_at, at=at):
        return False
    last = contact.followings.filter(told_at__isnull=False).order_by("-told_at").values_list("told_at", flat=True)
    newest = last.first()
    return rules.is_time(
        at_once=any(part.following.pace == Pace.AT_ONCE for part in parts),
        last=day(newest) if newest else None,
        today=day(at),
        hour=timezone.localtime(at).hour,
    )
