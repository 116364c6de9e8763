"""Those who spoke are asked whether it is solved, and "no" opens their voice again, once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from pendamping.access.duties import nearest_office
from pendamping.access.models import Account
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.personal import mask
from pendamping.needs.enums.categories import Step
from pendamping.needs.enums.conversations import Solved, Speaker, Turn
from pendamping.needs.enums.news import News
from pendamping.needs.enums.voices import Channel, VoiceState
from pendamping.needs.models import Message, Need, Proposal, Solving, Voice
from pendamping.needs.rules import conversations as rules
from pendamping.needs.services import clock, counting
from pendamping.needs.services.following import tell


@act("needs.solved_asked")
def ask_whether_solved(*, by: Account | None, at: datetime, proposal: Proposal) -> Need:
    """The work is completed: ask everybody whose voice it began with (id: tanya beres). Asked again, nothing happens.

    Planning calls it with the completion of the project, in the same transaction.
    """
    need = Need.objects.get(pk=proposal.need_id)
    found = Voice.everything.select_for_update(of=("self",)).filter(gathering__need=need, solving__isnull=True)
    voices = list(found.order_by("pk"))
    clock.meet(voices, list(Step), at)
    for voice in voices:
        tell(voice, News.COMPLETED, at=at)
    ask(voices, at)
    if voices:
        journal.record(
            "needs.solved_asked", subject=need, region=need.region_path, by=by, at=at,
            office=nearest_office(by, need, at),
            changes={"voices": [voice.code for voice in voices if not voice.is_confidential]},
        )  # fmt: skip
    return need


def done_with(voices: Sequence[Voice], at: datetime) -> None:
    """Voices were answered: nobody has the turn, their deadlines are met, whoever follows hears of it, and whoever
    spoke is asked whether it is solved; within the caller's act. A list of another system has its history there, and
    nobody of it is asked."""
    Voice.everything.filter(pk__in=[voice.pk for voice in voices]).update(turn=Turn.NOBODY)
    for voice in voices:
        tell(voice, News.ANSWERED, at=at)
    ours = [voice for voice in voices if voice.channel != Channel.IMPORT]
    clock.meet(ours, list(Step), at)
    ask(ours, at)


def ask(voices: Sequence[Voice], at: datetime) -> None:
    """Put the question to the givers of voices; within the caller's act. Whoever was asked before is not asked anew."""
    known = set(Solving.objects.filter(voice__in=voices).values_list("voice", flat=True))
    fresh = [voice for voice in voices if voice.pk not in known]
    Solving.objects.bulk_create(Solving(voice=voice, created_at=at) for voice in fresh)
    for voice in fresh:
        tell(voice, News.SOLVED_ASKED, at=at)


@act("needs.solved_said")
def say_solved(*, by: None, at: datetime, voice: Voice, answer: Solved, words: str = "") -> Voice:
    """The giver says whether it is solved (id: menjawab tanya beres), once; the caller has seen their key.

    "No" opens the voice again: an earlier answer stays in the thread, the clock starts anew, an office has the turn.
    """
    voice = clock.locked(voice)
    solving = Solving.objects.select_for_update().filter(voice=voice).first()
    rules.may_say(is_asked=solving is not None, is_said=bool(solving and solving.answer)).or_raise()
    solving = cast("Solving", solving)  # the rule refuses when there is none
    solving.answer, solving.words, solving.answered_at = answer, mask(words).text, at
    again = rules.reopens(answer=answer, reopened_before=solving.reopened_at is not None)
    if again:
        solving.reopened_at = at
    solving.save(update_fields=["answer", "words", "answered_at", "reopened_at"])
    clock.told("needs.solved_said", voice, by=None, at=at, office="", changes={"solved": str(answer)})
    if again:
        _reopen(voice, at)
    return voice


def _reopen(voice: Voice, at: datetime) -> None:
    old = voice.state
    if old == VoiceState.ANSWERED:
        _keep_answer(voice)
    state = rules.state_reopened(state=old, is_gathered=hasattr(voice, "gathering"))
    if state != old:
        counting.moved([voice], VoiceState(state))
    voice.state, voice.turn = state, Turn.CITY if voice.is_confidential else Turn.FACILITATOR
    voice.answer, voice.answered_at, voice.answered_by = "", None, None
    voice.save(update_fields=["state", "turn", "answer", "answered_at", "answered_by"])
    clock.restart(voice, Step.SOLVE, at)
    clock.told("needs.voice_reopened", voice, by=None, at=at, office="", changes={"state": [old, state]})
    tell(voice, News.REOPENED, at=at)


def _keep_answer(voice: Voice) -> None:
    """What was answered before stays readable, as a message of its day."""
    Message.objects.create(
        voice=voice, speaker=Speaker.OFFICE, written_by=voice.answered_by, text=voice.answer,
        is_public=not voice.is_confidential, created_at=cast("datetime", voice.answered_at),
    )  # fmt: skip
