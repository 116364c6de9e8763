"""What happened in a place lately, as lines that tell it: for feeds, and for letters to those who follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from pendamping.core import counters
from pendamping.core.models import JournalEntry
from pendamping.needs.enums.contacts import Followed
from pendamping.needs.models import Category, Following, Voice
from pendamping.needs.queries.news import Told
from pendamping.needs.queries.visible import public_voices, without_unseen
from pendamping.portal.queries import chain, line
from pendamping.telling import phrases

APPS = ("needs.", "deliberation.", "planning.project", "delivery.", "benefits.", "assets.")
TOLD = tuple(verb for verb in phrases.PHRASES if verb.startswith(APPS))
OF_VOICES = (
    "needs.voice_",
    "needs.voices_",
    "needs.message_",
)  # whoever follows a voice is told of these by themselves
EACH_MOST = 3  # of one kind; more are told as their number
SETTLED = timedelta(minutes=1)  # acts are not always kept in the order of their entries
LATEST = 50
WITH_REASON = ("deliberation.proposal_decided", "deliberation.proposal_passed_up")


def of_place(
    path: str, category: Category | None = None, *, after: int = 0, until: int | None = None
) -> list[JournalEntry]:
    """The latest public entries of a place and all below it, newest first; of one category only its voices' own."""
    found = JournalEntry.objects.filter(is_public=True, verb__in=TOLD, pk__gt=after)
    found = found.filter(region_path__gte=path, region_path__lt=counters.after(path))
    if until is not None:
        found = found.filter(pk__lte=until)
    if category is not None:
        voices = public_voices().filter(category__key=category.key)
        found = found.filter(subject_type=Voice._meta.label, subject_id__in=voices.values("pk"))
    return _shown(found.order_by("-pk")[:LATEST])


def _shown(entries: QuerySet[JournalEntry]) -> list[JournalEntry]:
    """Without those about voices that are hidden by now, and without the codes of such."""
    found = without_unseen(entries, public_voices())
    spoken = [entry.subject_id for entry in found if entry.subject_type == Voice._meta.label]
    public = set(public_voices().filter(pk__in=spoken).values_list("pk", flat=True)) if spoken else set()
    return [entry for entry in found if entry.subject_type != Voice._meta.label or entry.subject_id in public]


def words_of(entry: JournalEntry) -> str:
    """An entry as a line: what happened and its facts."""
    sentence, facts = phrases.sentence(entry.verb), phrases.particulars(entry.verb, entry.changes)
    return f"{sentence}: {facts}" if facts else sentence


def path_of(entry: JournalEntry) -> str:
    """Where it can be read."""
    if entry.subject_code[:1] in chain.KINDS:
        return reverse("portal:journey", args=[entry.subject_code])
    return reverse("portal:ward", args=[entry.region_path]) if len(entry.region_path) >= 10 else reverse("portal:wards")


def told(following: Following) -> tuple[list[Told], int]:
    """What is new in what somebody follows, oldest first, and the entry up to which it is told."""
    settled = JournalEntry.objects.filter(at__lt=timezone.now() - SETTLED).order_by("-pk")
    until = max(settled.values_list("pk", flat=True).first() or 0, following.told_until)
    if following.what in (Followed.PLACE, Followed.CATEGORY) and following.place is not None:
        entries = of_place(following.place.path, following.category, after=following.told_until, until=until)
    else:
        entries = _of_journey(following, until)
    return _lines(reversed(entries)), until


def _of_journey(following: Following, until: int) -> list[JournalEntry]:
    voice = following.voice
    if voice is not None and voice.is_confidential:
        return []
    found = chain.journey(voice.code if voice is not None else following.code)
    entries = line.entries(found) if found is not None else []
    new = [entry for entry in entries if following.told_until < entry.pk <= until]
    return [entry for entry in new if voice is None or not entry.verb.startswith(OF_VOICES)]


def _line(entry: JournalEntry) -> str:
    """What happened to which record; the fate of a proposal with its reason, as the meeting gave it."""
    told = f"{words_of(entry)} {entry.subject_code}".strip()
    return f"{told}. {entry.reason}" if entry.verb in WITH_REASON and entry.reason else told


def _lines(entries: Iterable[JournalEntry]) -> list[Told]:
    """Few of a kind one by one, many as their number."""
    kinds: dict[str, list[JournalEntry]] = defaultdict(list)
    for entry in entries:
        kinds[entry.verb].append(entry)
    lines = []
    for verb, same in kinds.items():
        if len(same) > EACH_MOST:
            lines.append(Told(same[-1].at, f"{phrases.sentence(verb)} ({len(same)} ×)", path_of(same[-1])))
        else:
            lines += [Told(one.at, _line(one), path_of(one)) for one in same]
    return lines
