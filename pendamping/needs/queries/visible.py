"""What of voices may be shown: to everyone, and to whoever works with them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from pendamping.core.models import JournalEntry, Photo
from pendamping.needs.models import Hiding, Message, Voice


def public_voices() -> QuerySet[Voice]:
    """Voices that everyone may know of: none about persons, none hidden. Every public door begins here."""
    return Voice.objects.filter(~Exists(_hidings_of_voices().filter(voice=OuterRef("pk"))))


def is_public(voice: Voice) -> bool:
    """May everyone know of this voice?"""
    return public_voices().filter(pk=voice.pk).exists()


def _hidings_of_voices() -> QuerySet[Hiding]:
    return Hiding.objects.filter(message__isnull=True, photo__isnull=True, lifted_at__isnull=True)


def hidden_among(voices: Iterable[Voice]) -> set[int]:
    """Which of these voices are hidden, by key, in one query."""
    wanted = [voice.pk for voice in voices]
    return set(_hidings_of_voices().filter(voice__in=wanted).values_list("voice", flat=True))


def public_messages(voice: Voice) -> QuerySet[Message]:
    """The messages of a thread that everyone may read: marked so, and not hidden."""
    return shown_messages(voice).filter(is_public=True)


def shown_messages(voice: Voice) -> QuerySet[Message]:
    """The messages of a thread but those hidden."""
    return _not_hidden().filter(voice=voice).order_by("id")


def _not_hidden() -> QuerySet[Message]:
    hidden = Hiding.objects.filter(message=OuterRef("pk"), lifted_at__isnull=True)
    return Message.objects.filter(~Exists(hidden))


def messages_for_giver(voice: Voice) -> QuerySet[Message]:
    """The thread as the giver of a voice reads it: its own, and what all may read of the voice it was joined with."""
    other = public_voices().filter(duplicates=voice)
    return _not_hidden().filter(Q(voice=voice) | Q(voice__in=other, is_public=True)).order_by("id")


def shown_photos(photos: QuerySet[Photo]) -> QuerySet[Photo]:
    """Of some photos those that are not hidden."""
    return photos.filter(~Exists(Hiding.objects.filter(photo=OuterRef("pk"), lifted_at__isnull=True)))


def hidden_photos(keys: Iterable[int]) -> set[int]:
    """Which of these photos are hidden, by key, in one query; none for no photos."""
    wanted = list(keys)
    if not wanted:
        return set()
    hidings = Hiding.objects.filter(photo__in=wanted, lifted_at__isnull=True)
    return set(hidings.order_by().values_list("photo", flat=True))


def told_to_all(entries: QuerySet[JournalEntry]) -> QuerySet[JournalEntry]:
    """Entries of the journal but those about confidential voices, which are read on the page of the case alone."""
    cases = Voice.everything.filter(is_confidential=True).order_by().values("pk")
    return entries.exclude(subject_type=Voice._meta.label, subject_id__in=cases)


def without_unseen(entries: Iterable[JournalEntry], known: QuerySet[Voice]) -> list[JournalEntry]:
    """Entries as they are shown: where one names another voice that is not among `known`, without its code."""
    found = list(entries)
    named = {entry.changes["voice"] for entry in found if "voice" in entry.changes}
    seen = set(known.filter(code__in=named).values_list("code", flat=True)) if named else set()
    for entry in found:
        if entry.changes.get("voice", "") not in {"", *seen}:
            entry.changes = {key: value for key, value in entry.changes.items() if key != "voice"}
    return found
