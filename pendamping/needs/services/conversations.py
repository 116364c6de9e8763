"""The thread of a voice: its giver and the offices write, and the clock and the turn follow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pendamping.access.models import Account
from pendamping.access.scope import scope_of
from pendamping.core.acts import act
from pendamping.core.images.door import CleanImage
from pendamping.core.moments import day
from pendamping.core.personal import mask
from pendamping.needs.enums.categories import Step
from pendamping.needs.enums.conversations import PauseReason, Speaker
from pendamping.needs.enums.news import News
from pendamping.needs.models import Message, Voice
from pendamping.needs.queries import clock as clocks
from pendamping.needs.queries.conversations import is_reopened, last_office
from pendamping.needs.queries.turns import turn_of
from pendamping.needs.rules import conversations as rules
from pendamping.needs.rules.clock import UPWARDS
from pendamping.needs.rules.voices import is_waiting
from pendamping.needs.services import clock
from pendamping.needs.services.following import tell
from pendamping.needs.services.photos import attach


@act("needs.message_written")
def write_message(
    *,
    by: Account | None,
    at: datetime,
    voice: Voice,
    text: str,
    photos: Sequence[CleanImage] = (),
    asks: bool = False,
    is_public: bool = False,
) -> Message:
    """Add to the thread of a voice (id: menulis pesan), masked. Without an account it is the giver who writes.

    The caller has seen the giver's key, or voice.answer at the place. An office that `asks` stops the clock until the
    giver writes; any other words of an office are the first answer. Only an office makes a message public. Photos of
    an office are shown to whoever reads its message: to everybody only with a public one; a giver's stay private.
    Refuses empty words, and the giver's once the voice is answered.
    """
    voice = clock.locked(voice)
    text = mask(text).text
    asks = asks and by is not None
    rules.may_write(is_resident=by is None, state=voice.state, text=text).or_raise()
    if asks:
        rules.may_ask(state=voice.state).or_raise()
    message = Message.objects.create(
        voice=voice, speaker=Speaker.OFFICE if by else Speaker.RESIDENT, written_by=by, text=text,
        asks=asks, is_public=is_public and by is not None and not voice.is_confidential,
        created_at=at,
    )  # fmt: skip
    attach(message, photos, at=at, public=message.is_public)
    if by is None:
        _heard_again(voice, at)
    else:
        _spoken_to(voice, message, by, at)
    changes = {"asks": message.asks, "photos": len(photos)}
    clock.told("needs.message_written", voice, by=by, at=at, changes=changes, office=None if by else "")
    tell(voice, News.ASKED if message.asks else News.MESSAGE, at=at, message=message)
    return message


def _spoken_to(voice: Voice, message: Message, by: Account, at: datetime) -> None:
    """An office wrote: it has taken the voice in hand, and answered unless it asks."""
    steps = [Step.ROUTE] if message.asks else [Step.ROUTE, Step.ANSWER]
    clock.meet([voice], steps, at)
    _joined_hear(voice, message, at)
    paused = clocks.open_pause(voice)
    if message.asks and paused is None:
        clock.pause(voice, reason=PauseReason.RESIDENT, by=by, at=at)
    elif not message.asks and paused is not None and paused.reason == PauseReason.RESIDENT:
        clock.go_on(voice, at)
    office = turn_of(scope_of(by, day(at)), voice)
    waits = voice.duplicate_of_id is None and is_waiting(state=voice.state, is_reopened=is_reopened(voice)).allowed
    clock.give_turn(voice, rules.turn_after_office(is_waiting=waits, turn=voice.turn, office=office, asks=message.asks))


def _joined_hear(voice: Voice, message: Message, at: datetime) -> None:
    """What everybody may read answers those joined with the voice too; what only its giver reads does not."""
    joined = clocks.together(voice)[1:]
    clock.meet(joined, [Step.ROUTE, Step.ANSWER] if message.is_public and not message.asks else [Step.ROUTE], at)
    if message.is_public:
        for one in joined:
            tell(one, News.MESSAGE, at=at, message=message)


def _heard_again(voice: Voice, at: datetime) -> None:
    """The giver wrote: the clock that waited for them goes on, and an office has the turn."""
    paused = clocks.open_pause(voice)
    if paused is not None and paused.reason == PauseReason.RESIDENT:
        clock.go_on(voice, at)
    if voice.turn not in UPWARDS:  # while an office has it, it keeps it
        clock.give_turn(voice, rules.turn_after_resident(asked_by=_asker(voice, at), risen_to=clocks.risen(voice)))


def _asker(voice: Voice, at: datetime) -> str:
    account = last_office(voice)
    return turn_of(scope_of(account, day(at)), voice) if account else ""
