"""A voice is given, recorded for somebody, or answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from pendamping.access.duties import office_of
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.images.door import CleanImage
from pendamping.core.moments import day
from pendamping.core.personal import mask, mask_to
from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.needs.enums.categories import CategoryReason
from pendamping.needs.enums.conversations import Turn
from pendamping.needs.enums.voices import Behalf, Channel, VoiceState
from pendamping.needs.models import Category, Contact, MenuItem, Voice
from pendamping.needs.queries.categories import questions_of
from pendamping.needs.queries.conversations import is_reopened
from pendamping.needs.queries.menu import menu_in_force
from pendamping.needs.queries.places import is_in_force
from pendamping.needs.rules import voices as rules
from pendamping.needs.rules.categories import answers_fit
from pendamping.needs.services import counting
from pendamping.needs.services.blocks import refuse_blocked
from pendamping.needs.services.clock import locked_together, start_clock
from pendamping.needs.services.following import follow_voice
from pendamping.needs.services.photos import attach
from pendamping.needs.services.solving import done_with
from pendamping.regions.models import Level, Region


@act("needs.voice_given")
def give_voice(
    *,
    by: Account | None,
    at: datetime,
    text: str,
    region: Region,
    category: Category | None = None,
    menu_item: MenuItem | None = None,
    other_words: str = "",
    extra: dict[str, str] | None = None,
    place_words: str = "",
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
    photos: Sequence[CleanImage] = (),
    channel: Channel = Channel.WEB,
    heard_at: datetime | None = None,
    source: str = "",
    source_ref: str = "",
    contact: Contact | None = None,
    is_confidential: bool = False,
) -> Voice:
    """Keep what somebody says about their place (id: menyampaikan suara). Anyone may; the words are kept masked.

    `region` is a ward, RW or RT; without a `category` or `menu_item` the subject is "other" and needs `other_words`.
    `extra` holds the answers to the category's questions by their keys; None where the channel cannot ask. A `contact`
    follows the voice as the one who gave it. What is about a person, by its category or as they say themselves
    (`is_confidential`), is read by a case team alone, told to nobody and counted nowhere. The same `source` and
    `source_ref` give the voice kept before. Refuses other places, places that are no more, empty words, a missing
    subject, a category of elsewhere, a pin far away, a contact from which nothing more is taken.
    """
    return _keep(
        verb="needs.voice_given", by=by, at=at, text=text, region=region, category=category, menu_item=menu_item,
        other_words=other_words, extra=extra, place_words=place_words, latitude=latitude, longitude=longitude,
        photos=photos, channel=channel, heard_at=heard_at, source=source, source_ref=source_ref, contact=contact,
        is_confidential=is_confidential,
    )  # fmt: skip


@act("needs.voice_recorded")
def record_voice(
    *,
    by: Account,
    at: datetime,
    text: str,
    region: Region,
    behalf: Behalf,
    category: Category | None = None,
    menu_item: MenuItem | None = None,
    other_words: str = "",
    extra: dict[str, str] | None = None,
    place_words: str = "",
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
    photos: Sequence[CleanImage] = (),
    channel: Channel = Channel.FACILITATOR,
    heard_at: datetime | None = None,
    source: str = "",
    source_ref: str = "",
    contact: Contact | None = None,
    is_confidential: bool = False,
) -> Voice:
    """Write down a voice for somebody who cannot send it (id: mencatat suara warga), and say so.

    `behalf` is the kind of resident, never a name. Needs voice.record at the place (asked by the caller).
    """
    return _keep(
        verb="needs.voice_recorded", by=by, at=at, text=text, region=region, behalf=behalf, category=category,
        menu_item=menu_item, other_words=other_words, extra=extra, place_words=place_words, latitude=latitude,
        longitude=longitude, photos=photos, channel=channel, heard_at=heard_at, source=source, source_ref=source_ref,
        contact=contact, is_confidential=is_confidential,
    )  # fmt: skip


def _keep(
    *, verb: str, by: Account | None, at: datetime, text: str, region: Region, category: Category | None,
    menu_item: MenuItem | None, other_words: str, extra: dict[str, str] | None, latitude: Decimal | None,
    longitude: Decimal | None, photos: Sequence[CleanImage], heard_at: datetime | None, contact: Contact | None,
    is_confidential: bool, behalf: Behalf | str = "", **facts: Any,
) -> Voice:  # fmt: skip
    known = _kept_before(facts["source"], facts["source_ref"])
    if known is not None:
        return known
    refuse_blocked(contact, region.city_path, at)
    menu_item = menu_item or _activity_of(category, day(at))
    km_from_ward, reach_km = _pin(region, latitude, longitude)
    rules.may_speak_of(
        level=region.level,
        in_force=is_in_force(region, day(at)),
        text=text,
        has_subject=category is not None or menu_item is not None,
        other_words=other_words,
        km_from_ward=km_from_ward,
        reach_km=reach_km,
    ).or_raise()
    _may_be_in(category, region, extra).or_raise()
    is_confidential = is_confidential or (category is not None and category.is_confidential)
    facts["place_words"] = mask_to(facts["place_words"], 160)
    facts["extra"] = {key: mask(answer).text for key, answer in (extra or {}).items() if answer.strip()}
    try:
        with transaction.atomic():
            voice = Voice.add(
                at=at, region=region, text=mask(text).text, other_words=mask_to(other_words, 120), category=category,
                menu_item=menu_item, latitude=latitude, longitude=longitude, heard_at=heard_at or at, recorded_by=by,
                on_behalf=bool(behalf), behalf=behalf, is_confidential=is_confidential, **facts,
            )  # fmt: skip
    except IntegrityError:  # the same line of a list, sent twice at the same moment
        known = _kept_before(facts["source"], facts["source_ref"])
        if known is None:
            raise
        return known
    attach(voice, photos, at=at, public=False)  # for good: nobody asked the resident, or whoever is on it
    start_clock(voice, at)
    if contact is not None:
        follow_voice(contact=contact, voice=voice, is_speaker=True, at=at)
    _tell(verb, voice, by=by, at=at)
    return voice


def _kept_before(source: str, source_ref: str) -> Voice | None:
    return Voice.everything.filter(source=source, source_ref=source_ref).first() if source_ref else None


def _activity_of(category: Category | None, on: date) -> MenuItem | None:
    """The version in force of the activity that a category leads to."""
    if category is None or category.menu_item is None:
        return None
    return menu_in_force(on).filter(code=category.menu_item.code).first()


def _may_be_in(category: Category | None, region: Region, extra: dict[str, str] | None) -> Verdict:
    if category is None:
        return answers_fit((), extra or {})
    if category.city is not None and not region.path.startswith(category.city.path):
        return refused(CategoryReason.OTHER_PLACE, field="category")
    return ALLOWED if extra is None else answers_fit(questions_of(category), extra)


def _pin(region: Region, latitude: Decimal | None, longitude: Decimal | None) -> tuple[float | None, float]:
    """How far a point is from its ward's label point, as far as that is known, and how far it may be."""
    if latitude is None or longitude is None or region.level not in rules.WARD_LEVELS:
        return None, rules.PIN_MOST_KM
    ward = region if region.level == Level.WARD else Region.objects.get(path=region.ward_path)
    reach = rules.pin_reach_km(ward.area_km2)
    if ward.latitude is None or ward.longitude is None:
        return None, reach
    km = rules.distance_km(float(latitude), float(longitude), float(ward.latitude), float(ward.longitude))
    return km, reach


def _tell(verb: str, voice: Voice, *, by: Account | None, at: datetime) -> None:
    office = office_of(by, Verb.VOICE_RECORD, voice, at)
    if voice.is_confidential:  # in the chain of the city: not which ward, not for whom
        journal.record(
            "needs.case_given", subject=voice, region=voice.city_path, by=by, at=at, office=office, public=False
        )
        return
    journal.record(
        verb,
        subject=voice,
        region=voice.region_path,
        by=by,
        at=at,
        office=office,
        on_behalf_of=voice.behalf,
        changes={"channel": voice.channel, "menu": voice.menu_item.code if voice.menu_item else "other"},
    )
    counting.appeared(voice)


@act("needs.voice_answered")
def answer_voice(*, by: Account, at: datetime, voice: Voice, answer: str) -> Voice:
    """Close a voice with words for the one who spoke (id: menjawab suara), and those joined with it by the same words.

    Refuses one already handled, and empty words.
    """
    locked_together(voice)
    voice = Voice.objects.get(pk=voice.pk)
    answer = mask(answer).text
    rules.may_answer_voice(state=voice.state, answer=answer, is_reopened=is_reopened(voice)).or_raise()
    along = Voice.objects.select_for_update().filter(duplicate_of=voice, state=VoiceState.HEARD)
    answered = [voice, *along.order_by("pk")]
    for one in answered:
        journal.record(
            "needs.voice_answered",
            subject=one,
            region=one.region_path,
            by=by,
            at=at,
            office=office_of(by, Verb.VOICE_ANSWER, one, at),
            reason=answer,
            changes={"state": [one.state, VoiceState.ANSWERED]},
        )
        close(one, answer=answer, by=by, at=at)
    done_with(answered, at)
    voice.turn = Turn.NOBODY
    return voice


def close(voice: Voice, *, answer: str, by: Account, at: datetime) -> None:
    """Answer one locked voice and count it; the caller's act tells the journal, and is `done_with` it."""
    counting.moved([voice], VoiceState.ANSWERED)
    voice.state, voice.answer, voice.answered_at, voice.answered_by = VoiceState.ANSWERED, answer, at, by
    voice.save(update_fields=["state", "answer", "answered_at", "answered_by"])
