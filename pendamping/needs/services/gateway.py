"""A message of the phone becomes a voice, a word in a thread, or an answer; and is let go of in time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from pendamping.access.duties import office_of
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.codes import read_code
from pendamping.core.errors import Refused
from pendamping.core.images.door import CleanImage, admit
from pendamping.core.personal import mask
from pendamping.needs import gateways
from pendamping.needs.enums.contacts import ContactKind, Pace
from pendamping.needs.enums.conversations import Turn
from pendamping.needs.enums.gateway import Answer
from pendamping.needs.enums.visits import InboxState
from pendamping.needs.enums.voices import Channel
from pendamping.needs.gateway_replies import reply
from pendamping.needs.gateways import Incoming
from pendamping.needs.models import Contact, Following, GatewayMessage, Solving, Voice
from pendamping.needs.queries import gateway as queries
from pendamping.needs.queries.spoken_places import place_in, ward_at
from pendamping.needs.rules import gateway as rules
from pendamping.needs.rules.words import UNSURE
from pendamping.needs.services.blocks import refuse_blocked
from pendamping.needs.services.contacts import forget, reach
from pendamping.needs.services.conversations import write_message
from pendamping.needs.services.following import follow_voice
from pendamping.needs.services.solving import say_solved
from pendamping.needs.services.voices import give_voice
from pendamping.regions.models import Region


def admitted(incoming: Incoming) -> list[CleanImage]:
    """The photos of a message, cleaned before any transaction is open; what is no photo is left."""
    found = []
    for data in incoming.photos:
        try:
            found.append(admit(io.BytesIO(data)))
        except Refused:
            continue
    return found


@act("needs.message_received")
def take_message(
    *, by: None, at: datetime, gateway: str, incoming: Incoming, photos: Sequence[CleanImage], city: Region
) -> GatewayMessage:
    """Take in a message (id: menerima pesan), once by its number, and answer by the way it came.

    One that names a voice of theirs, or comes while they are asked, stands in its thread. Others are joined until they
    say where it is; then they are a voice. Writes no journal entry: the voice or the message that comes of it does.
    """
    known = GatewayMessage.objects.filter(gateway=gateway, number=incoming.number).first()
    if known is not None:
        return known
    contact = reach(kind=ContactKind.GATEWAY, address=gateways.address(gateway, incoming.sender), at=at, is_proven=True)
    Contact.objects.select_for_update().get(pk=contact.pk)  # two messages of one person, one after the other
    try:
        with transaction.atomic():
            message = GatewayMessage.objects.create(
                created_at=at, gateway=gateway, number=incoming.number, sent_at=incoming.sent_at, contact=contact,
                text=mask(incoming.text).text,
            )  # fmt: skip
    except IntegrityError:  # delivered twice at the same moment
        return GatewayMessage.objects.get(gateway=gateway, number=incoming.number)
    try:
        with transaction.atomic():
            answer = _understood(message, incoming, photos, city, at)
    except Refused as refusal:
        _keep([message], InboxState.REFUSED, reason=refusal.code)
        answer = refusal.message
    if answer != Answer.STOPPED:
        reply.enqueue(message.pk, str(answer))
    return message


def _understood(
    message: GatewayMessage, incoming: Incoming, photos: Sequence[CleanImage], city: Region, at: datetime
) -> str:
    """What somebody wants, done; and what is answered."""
    if rules.is_stop(incoming.text):
        return _stopped(message, at)
    refuse_blocked(message.contact, city.path, at)
    waiting = _waiting(message, at)
    voice, text = _spoken_of(message.contact, incoming.text, has_waiting=bool(waiting))
    if voice is not None:
        return _in_thread(message, voice, text, photos, at)
    has_point = incoming.latitude is not None
    if not waiting and not has_point and rules.is_greeting(incoming.text):
        _keep([message], InboxState.REFUSED, reason=Answer.HELLO)
        return Answer.HELLO
    return _placed(message, [*waiting, message], incoming, photos, city, at)


def _stopped(message: GatewayMessage, at: datetime) -> str:
    """No more messages: what waits is let go of, and the address is forgotten."""
    _keep([message, *_waiting(message, at)], InboxState.REFUSED, reason=Answer.STOPPED)
    forget(message.contact, at=at)
    return Answer.STOPPED


def _waiting(message: GatewayMessage, at: datetime) -> list[GatewayMessage]:
    """What they wrote before that still waits for its place."""
    found = GatewayMessage.objects.filter(contact=message.contact, state=InboxState.WAITING)
    return list(found.filter(created_at__gt=at - rules.WAITS).exclude(pk=message.pk).order_by("pk"))


def _spoken_of(contact: Contact, text: str, *, has_waiting: bool) -> tuple[Voice | None, str]:
    """Their voice that a message is about: the one it names, or the last in which they are asked; and its words.

    What is about a person never stands in the thread of a voice that all offices of the place read.
    """
    theirs = Voice.everything.filter(followings__contact=contact, followings__is_speaker=True).order_by("-id")
    if rules.is_secret(text):
        theirs = theirs.filter(is_confidential=True)
    words = text.split()
    for place, word in enumerate(words):
        code = read_code(word.strip(".,;:()#"))
        named = theirs.filter(code=code).first() if code else None
        if named is not None:
            return named, " ".join(words[:place] + words[place + 1 :])
    if has_waiting:
        return None, text
    if rules.solved_in(text) is not None:
        unsaid = Solving.objects.filter(voice=OuterRef("pk"), answer="")
        asked = theirs.filter(Exists(unsaid)).first()
        if asked is not None:
            return asked, text
    return theirs.filter(turn=Turn.RESIDENT).first(), text


def _in_thread(message: GatewayMessage, voice: Voice, text: str, photos: Sequence[CleanImage], at: datetime) -> str:
    solved = rules.solved_in(text)
    if solved is not None and Solving.objects.filter(voice=voice, answer="").exists():
        say_solved(by=None, at=at, voice=voice, answer=solved)
        answer = Answer.THANKS
    else:
        write_message(by=None, at=at, voice=voice, text=text, photos=photos)
        answer = Answer.ADDED
    _keep([message], InboxState.TAKEN, voice=voice)
    return answer


@act("needs.message_placed")
def place_message(*, by: Account, at: datetime, message: GatewayMessage, region: Region) -> Voice:
    """Say which place a message is about that found none (id: menempatkan pesan): it is the resident's voice then.

    All that they wrote beside it and that found no place is part of it. Needs listening.manage in the city (asked by
    the caller). Refuses one that found its place meanwhile, or whose words are gone.
    """
    Contact.objects.select_for_update().get(pk=message.contact_id)
    joined = list(queries.without_place().filter(contact=message.contact_id).order_by("pk"))
    rules.may_place(is_there=message in joined).or_raise()
    voice, answer = _voice_of(joined, region, message.contact, at)
    if not voice.is_confidential:  # of those about persons the case alone is told
        journal.record(
            "needs.message_placed", subject=voice, region=voice.region_path, by=by, at=at,
            office=office_of(by, Verb.LISTENING_MANAGE, voice, at), public=False,
        )  # fmt: skip
    reply.enqueue(message.pk, answer)
    return voice


def _placed(
    message: GatewayMessage, joined: list[GatewayMessage], incoming: Incoming, photos: Sequence[CleanImage],
    city: Region, at: datetime,
) -> str:  # fmt: skip
    """A voice of all they wrote, once it is known where; the words that end this waiting are part of it."""
    text = "\n".join(one.text for one in joined if one.text.strip())
    region, unknown = _place(message, joined, text, incoming, city)
    if region is None or not text:
        if len(joined) < rules.WAITING_MOST:
            return Answer.WHERE
        _keep(joined, InboxState.REFUSED, reason=Answer.PLACE_MISSING)
        return Answer.PLACE_MISSING
    point = {"latitude": incoming.latitude, "longitude": incoming.longitude}
    return _voice_of(joined, region, message.contact, at, place_words=unknown, photos=photos, **point)[1]


def _voice_of(
    joined: Sequence[GatewayMessage], region: Region, contact: Contact, at: datetime, **facts: Any
) -> tuple[Voice, str]:
    """The voice that some messages are together, followed by whoever wrote them; and the answer to them."""
    is_confidential = any(rules.is_secret(one.text) for one in joined)
    text = "\n".join(said for one in joined if (said := rules.without_secret(one.text)).strip())
    if not text.strip():
        raise Refused(Answer.HELLO)
    voice = give_voice(
        by=None, at=at, text=text, region=region, other_words=UNSURE, channel=Channel.GATEWAY,
        heard_at=min(joined[0].sent_at, at), source=joined[-1].gateway, source_ref=joined[-1].number,
        contact=contact, is_confidential=is_confidential, **facts,
    )  # fmt: skip
    follow_voice(contact=contact, voice=voice, is_speaker=True, at=at, pace=Pace.AT_ONCE)
    _keep(joined, InboxState.TAKEN, voice=voice)
    return voice, Answer.TAKEN


def _place(
    message: GatewayMessage, joined: Sequence[GatewayMessage], text: str, incoming: Incoming, city: Region
) -> tuple[Region | None, str]:
    """Where it is: in their words, by the point of this message, or by one sent before."""
    found = place_in(text, city)
    if found is not None:
        return found
    if incoming.latitude is not None and incoming.longitude is not None:
        message.place = ward_at(float(incoming.latitude), float(incoming.longitude), city)
        message.save(update_fields=["place"])
    return next((one.place for one in reversed(joined) if one.place is not None), None), ""


def _keep(
    messages: Sequence[GatewayMessage], state: InboxState, *, voice: Voice | None = None, reason: str = ""
) -> None:
    """What became of messages; those here know it too. Their words stay only where a place may still be found: what
    became of them has its own, which can be hidden, edited and kept confidential."""
    for one in messages:
        one.state, one.voice, one.refused_reason = state, voice, str(reason)
        if reason != Answer.PLACE_MISSING:
            one.text = ""
        one.save(update_fields=["state", "voice", "refused_reason", "text"])


def let_go(at: datetime) -> None:
    """Every hour: what found no place waits no longer, old words go, and so do addresses that follow nothing."""
    stale = GatewayMessage.objects.filter(state=InboxState.WAITING, created_at__lte=at - rules.WAITS)
    stale.update(state=InboxState.REFUSED, refused_reason=Answer.PLACE_MISSING)
    GatewayMessage.objects.filter(created_at__lte=at - rules.KEPT).exclude(text="").update(text="")
    follows = Following.objects.filter(contact=OuterRef("pk"), ended_at__isnull=True)
    wrote = GatewayMessage.objects.filter(contact=OuterRef("pk"), created_at__gt=at - rules.QUIET)
    idle = Contact.objects.filter(kind=ContactKind.GATEWAY, forgotten_at__isnull=True, created_at__lte=at - rules.QUIET)
    for contact in idle.exclude(Exists(follows)).exclude(Exists(wrote)):
        forget(contact, at=at)
