"""Voices about the same trouble go on together. None is lost: each keeps its words, its code and its followers."""

from __future__ import annotations

from datetime import datetime

from pendamping.access.duties import office_of
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.needs.enums.merging import MergeReason
from pendamping.needs.enums.news import News
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.models import Gathering, Voice
from pendamping.needs.queries.clock import risen
from pendamping.needs.queries.similar import told
from pendamping.needs.rules import merging as rules
from pendamping.needs.rules.clock import UPWARDS
from pendamping.needs.services import clock, counting
from pendamping.needs.services.following import tell
from pendamping.needs.services.needs import join


@act("needs.voice_merged")
def merge_voice(*, by: Account, at: datetime, voice: Voice, into: Voice) -> Voice:
    """Join a voice with an earlier one about the same trouble (id: menggabungkan suara), and what was joined with it.

    From now on it is gathered and answered with the other, whose turn and pauses are its own too; followers of all of
    them hear of it. Joined with a voice of a need, it becomes part of that need. Refuses a voice no longer waiting, and
    as the other one of another ward, one answered, and one about a person.
    """
    locked = clock.locked_together(voice, into)
    if into.pk not in locked:
        raise Refused(MergeReason.UNKNOWN, field="into", code=into.code)
    voice, into = locked[voice.pk], locked[into.pk]
    if into.duplicate_of is not None and into.duplicate_of != voice:
        into = clock.locked(into.duplicate_of)
    rules.may_merge(told(voice), told(into)).or_raise()
    along = [voice, *Voice.objects.select_for_update().filter(duplicate_of=voice).order_by("pk")]
    Voice.objects.filter(pk__in=[one.pk for one in along]).update(duplicate_of=into)
    voice.duplicate_of = into
    clock.go_with([one for one in along if one.state == VoiceState.HEARD], into, by=by, at=at)
    gathering = Gathering.objects.filter(voice=into).select_related("need").first()
    if gathering is not None:
        join(gathering.need, [one for one in along if one.state == VoiceState.HEARD], by=by, at=at)
    voice.refresh_from_db(fields=["state", "turn"])
    _record("needs.voice_merged", voice, into, by=by, at=at)
    for one in (*along, into):
        tell(one, News.MERGED, at=at)
    return voice


@act("needs.voice_parted")
def part_voice(*, by: Account, at: datetime, voice: Voice) -> Voice:
    """Let a joined voice stand for itself again (id: memisahkan suara); it leaves the need it came into and waits.

    Refuses a voice that is not joined, or answered since.
    """
    voice = clock.locked_together(voice)[voice.pk]
    rules.may_part(told(voice)).or_raise()
    other = voice.duplicate_of
    voice.duplicate_of = None
    if voice.state == VoiceState.GATHERED:
        Gathering.objects.filter(voice=voice).delete()
        counting.moved([voice], VoiceState.HEARD)
        voice.state = VoiceState.HEARD
    if voice.turn not in UPWARDS:  # its giver may have written since, and an office has it
        voice.turn = risen(voice)
    voice.save(update_fields=["duplicate_of", "state", "turn"])
    _record("needs.voice_parted", voice, other, by=by, at=at)
    return voice


def _record(verb: str, voice: Voice, other: Voice | None, *, by: Account, at: datetime) -> None:
    journal.record(
        verb,
        subject=voice,
        region=voice.region_path,
        by=by,
        at=at,
        office=office_of(by, Verb.VOICE_GATHER, voice, at),
        changes={"voice": other.code if other else ""},
    )
