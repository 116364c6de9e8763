"""Somebody follows a voice, a place, a category or a journey; is told; and has enough of it.

Nothing of this is in the journal: what somebody wants to hear of is theirs alone.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from pendamping.access.throttle import allow
from pendamping.core.codes import read_code
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.needs import letters
from pendamping.needs.enums.contacts import ContactKind, Followed, Pace, Reason
from pendamping.needs.enums.conversations import Speaker
from pendamping.needs.enums.news import TO_SPEAKERS, News
from pendamping.needs.models import Category, Contact, Following, Message, Notice, Voice
from pendamping.needs.rules import following as rules
from pendamping.needs.services.contacts import forget
from pendamping.regions.models import Region

CONFIRMATIONS_A_DAY = 3  # to one address: no letters by way of us to somebody who never asked


def follow_voice(
    *, contact: Contact, voice: Voice, is_speaker: bool, at: datetime, pace: Pace = Pace.DAILY
) -> Following:
    """Hear of a voice (id: mengikuti suara); within the caller's act. Who spoke stays the one who spoke.

    A mailbox is asked for each thing anew, since anybody can type an address; a phone or a browser that has proved
    itself is not.
    """
    return _follow(contact, at, pace, is_speaker=is_speaker, what=Followed.VOICE, voice=voice)


def follow_place(
    *, contact: Contact, place: Region, category: Category | None = None, at: datetime, pace: Pace = Pace.DAILY
) -> Following:
    """Hear of a place, or of one category there (id: mengikuti wilayah)."""
    what = Followed.CATEGORY if category else Followed.PLACE
    return _follow(contact, at, pace, what=what, place=place, category=category)


def follow_journey(*, contact: Contact, code: str, at: datetime, pace: Pace = Pace.DAILY) -> Following:
    """Hear of the journey of any record but a voice about persons (id: mengikuti jejak); a voice's own is followed
    as that voice. The caller has looked whether the code is one."""
    known = read_code(code)
    if known is None:
        raise Refused(Reason.NOTHING_TO_FOLLOW)
    voice = Voice.objects.filter(code=known).first()
    if voice is not None:
        return follow_voice(contact=contact, voice=voice, is_speaker=False, at=at, pace=pace)
    return _follow(contact, at, pace, what=Followed.JOURNEY, code=known)


def _follow(
    contact: Contact, at: datetime, pace: Pace, *, what: Followed, is_speaker: bool = False, voice: Voice | None = None,
    place: Region | None = None, category: Category | None = None, code: str = "",
) -> Following:  # fmt: skip
    with transaction.atomic():
        contact = Contact.objects.select_for_update().get(pk=contact.pk)
        same = contact.followings.filter(what=what, voice=voice, place=place, category=category, code=code).first()
        following = same or Following(
            contact=contact, what=what, voice=voice, place=place, category=category, code=code, created_at=at
        )
        if same is None or same.ended_at is not None:
            rules.may_follow(followed=contact.followings.filter(ended_at__isnull=True).count()).or_raise()
            following.told_until, following.ended_at, following.created_at = _journal_so_far(), None, at
            following.confirmed_at = None if contact.kind == ContactKind.EMAIL else contact.confirmed_at
        following.is_speaker = following.is_speaker or is_speaker
        if following.confirmed_at is None or contact.kind != ContactKind.EMAIL:
            following.pace = pace  # a mailbox that said yes changes it on its own page: anybody can type its address
        following.save()
        if following.confirmed_at is None:
            _ask_to_confirm(contact, following, at)
    return following


def _journal_so_far() -> int:
    last: int | None = JournalEntry.objects.aggregate(last=Max("pk"))["last"]
    return last or 0


def _ask_to_confirm(contact: Contact, following: Following, at: datetime) -> None:
    if contact.forgotten_at is not None:  # its reader never asked for letters, and said so
        return
    key = f"needs.confirm:{contact.kind}:{contact.digest}"
    if allow(key, limit=CONFIRMATIONS_A_DAY, seconds=86400, at=at) is None:
        letters.ask_to_confirm.enqueue(following.pk)


def tell(voice: Voice, news: News, *, at: datetime, message: Message | None = None) -> None:
    """Those who follow a voice shall hear of it; within the act it tells of, so that they do if and only if it stands.

    Who follows only daily and was written to today hears of it tomorrow. What only those who spoke may read or answer
    is told to them alone; nobody is told their own words.
    """
    followings = Following.objects.filter(voice=voice, ended_at__isnull=True).order_by("pk")
    if voice.is_confidential or news in TO_SPEAKERS or (message is not None and not message.is_public):
        followings = followings.filter(is_speaker=True)
    if message is not None and message.speaker == Speaker.RESIDENT:
        followings = followings.filter(is_speaker=False)
    found = list(followings)
    Notice.objects.bulk_create(Notice(following=one, news=news, message=message, at=at) for one in found)
    for one in found:
        if one.confirmed_at is not None:
            letters.write_to.enqueue(one.contact_id)  # the letter itself asks whether it is time


def set_pace(following: Following, *, pace: Pace) -> None:
    """At once, or at most once a day (id: mengatur seberapa sering)."""
    Following.objects.filter(pk=following.pk).update(pace=pace)


def end(following: Following, *, at: datetime) -> None:
    """Enough of it (id: berhenti mengikuti); the address is forgotten with the last thing it follows."""
    with transaction.atomic():
        contact = Contact.objects.select_for_update().get(pk=following.contact_id)
        Following.objects.filter(pk=following.pk, ended_at__isnull=True).update(ended_at=at)
        Notice.objects.filter(following=following, told_at__isnull=True).delete()
        if not contact.followings.filter(ended_at__isnull=True).exists():
            forget(contact, at=at)
