"""What is shown is hidden, edited, covered or reported; the original stays sealed, and nobody is named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from pendamping.access.duties import office_of
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.images import store
from pendamping.core.images.door import CleanImage
from pendamping.core.models import Photo
from pendamping.core.personal import mask, mask_to
from pendamping.needs.enums.moderation import HideReason, ModerationReason, Part
from pendamping.needs.models import Complaint, Hiding, Message, Need, Original, Proposal, Redaction, View, Voice
from pendamping.needs.queries.moderation import every_photo_of_need
from pendamping.needs.rules import moderation as rules
from pendamping.needs.rules.words import has_reason, has_words
from pendamping.needs.services import counting, originals

WORDS_MOST = 200


@act("needs.content_hidden")
def hide(
    *,
    by: Account,
    at: datetime,
    voice: Voice,
    reason: HideReason,
    words: str = "",
    message: Message | None = None,
    photo: Photo | None = None,
) -> Voice:
    """Show a voice, or one message or photo of it, to nobody but moderators (id: menyembunyikan), until it is lifted.

    A hidden voice leaves every list, figure, feed and search; those who work at its place still see it, marked.
    Refuses what is hidden already, and “something else” without words.
    """
    voice = _locked(voice)
    known = _hidings(voice, message, photo).exists()
    rules.may_hide(is_hidden=known, reason=reason, words=words).or_raise()
    _hide(voice, by=by, at=at, reason=reason, words=words, message=message, photo=photo)
    return voice


def _hide(
    voice: Voice, *, by: Account, at: datetime, reason: str, words: str, message: Message | None, photo: Photo | None
) -> None:
    _of(voice, message, photo)
    Hiding.objects.create(
        voice=voice, message=message, photo=photo, reason=reason, words=mask_to(words, WORDS_MOST), hidden_by=by,
        created_at=at,
    )  # fmt: skip
    if message is None and photo is None:
        counting.vanished(voice)
    for picture in _pictures(voice, message, photo):
        store.withdraw(picture)
    _tell("needs.content_hidden", voice, by=by, at=at, message=message, photo=photo, cause=reason)


@act("needs.content_shown")
def lift(*, by: Account, at: datetime, hiding: Hiding) -> Voice:
    """Show again what was hidden (id: menampilkan kembali), with the photos that officials had made public."""
    voice = _locked(hiding.voice)
    hiding = Hiding.objects.select_for_update(of=("self",)).get(pk=hiding.pk)
    if hiding.lifted_at is not None:
        raise Refused(ModerationReason.NOT_HIDDEN)
    hiding.lifted_at, hiding.lifted_by = at, by
    hiding.save(update_fields=["lifted_at", "lifted_by"])
    if hiding.message is None and hiding.photo is None:
        counting.appeared(voice)
    for picture in _pictures(voice, hiding.message, hiding.photo):
        if _is_public(voice, picture):
            store.publish(picture, at)
    _tell("needs.content_shown", voice, by=by, at=at, message=hiding.message, photo=hiding.photo)
    return voice


@act("needs.content_reported")
def report(
    *,
    by: Account | None,
    at: datetime,
    voice: Voice,
    reason: HideReason,
    words: str = "",
    message: Message | None = None,
) -> Complaint:
    """Say that something shown should not be (id: melaporkan isi). Anyone may; who says so is not kept."""
    rules.has_cause(reason=reason, words=words).or_raise()
    _of(voice, message, None)
    made = Complaint.objects.create(
        voice=voice, message=message, reason=reason, words=mask_to(words, WORDS_MOST), created_at=at
    )
    changes = {"part": Part.MESSAGE if message else Part.VOICE, "cause": reason}
    journal.record(
        "needs.content_reported", subject=voice, region=voice.region_path, by=None, at=at, office="", changes=changes,
        public=False,
    )  # fmt: skip
    return made


@act("needs.report_settled")
def settle(*, by: Account, at: datetime, complaint: Complaint, is_right: bool) -> Complaint:
    """Decide on a report (id: menyelesaikan laporan isi): right, and it is hidden for that reason; or it stays."""
    voice = _locked(complaint.voice)
    complaint = Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)
    rules.may_settle(is_settled=complaint.settled_at is not None).or_raise()
    if is_right and not _hidings(voice, complaint.message, None).exists():
        _hide(
            voice, by=by, at=at, reason=complaint.reason, words=complaint.words, message=complaint.message, photo=None
        )
    complaint.settled_at, complaint.settled_by, complaint.was_right = at, by, is_right
    complaint.save(update_fields=["settled_at", "settled_by", "was_right"])
    _tell("needs.report_settled", voice, by=by, at=at, message=complaint.message, is_right=is_right, is_told=False)
    return complaint


@act("needs.words_edited")
def edit(
    *, by: Account, at: datetime, voice: Voice, text: str, place_words: str = "", other_words: str | None = None,
    message: Message | None = None,
) -> Voice:  # fmt: skip
    """Take out of a voice or message what should not be read (id: menyunting suara); the original is sealed beside it.

    The new words are masked as any others. Refuses the same words, and none. A voice's landmark and
    what it is about in own words are edited with it.
    """
    voice = _locked(voice)
    _of(voice, message, None)
    text, place_words = mask(text).text, mask_to(place_words, 160)
    if message is not None:
        message = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
        rules.may_edit(before=message.text, after=text).or_raise()
        originals.seal_words(voice, {"text": message.text}, by=by, at=at, message=message)
        Message.objects.filter(pk=message.pk).update(text=text)
    else:
        after = {"text": text, "place_words": place_words, "other_words": voice.other_words}
        if other_words is not None:
            after["other_words"] = mask_to(other_words, 120)
        before = {name: getattr(voice, name) for name in after}
        rules.may_edit(before="\n".join(before.values()), after="\n".join(after.values())).or_raise()
        has_words(text, field="text").or_raise()
        if voice.category is None and voice.menu_item is None:
            has_words(after["other_words"], field="other_words").or_raise()
        originals.seal_words(voice, before, by=by, at=at)
        for name, words in after.items():
            setattr(voice, name, words)
        voice.save(update_fields=list(after))
    _tell("needs.words_edited", voice, by=by, at=at, message=message)
    return voice


@act("needs.photo_covered")
def redact(
    *, by: Account, at: datetime, record: Voice | Need, photo: Photo, boxes: Sequence[rules.Box], image: CleanImage
) -> Redaction:
    """Put a covered picture in the place of a photo of a voice, its thread, or a need (id: menutup bagian foto).

    Faces, plates: it takes the place everywhere, also from the fixed point of a need and in its proposals.
    `image` came through the image door with these boxes, before the transaction. The old picture is sealed and its
    files are deleted; the new one is as public as the old one was, under a new name.
    """
    record = _locked(record)
    owners = [_of(record, None, photo)] if isinstance(record, Voice) else _of_need(record, photo)
    photo = Photo.objects.select_for_update().get(pk=photo.pk)
    rules.may_redact(boxes=boxes, is_there=bool(photo.file)).or_raise()
    made = store.keep(image, region_path=photo.region_path, at=at, caption=photo.caption)
    if photo.is_public:
        store.publish(made, at)
    Hiding.objects.filter(photo=photo, lifted_at__isnull=True).update(photo=made)  # hidden still, until it is lifted
    originals.seal_picture(record, photo, by=by, at=at)
    store.discard(photo)
    for one in owners:
        one.photos.remove(photo)
        one.photos.add(made)
    View.objects.filter(photo=photo).update(photo=made)
    covered = Redaction.objects.create(
        photo=photo, made=made, boxes=[list(box) for box in boxes], made_by=by, created_at=at, **originals.of(record)
    )
    _tell("needs.photo_covered", record, by=by, at=at, photo=photo, boxes=len(boxes))
    return covered


@act("needs.original_opened")
def open_original(*, by: Account, at: datetime, original: Original, reason: str) -> Original:
    """Read how something was before it was edited or covered (id: membuka naskah asli); why stays in the journal."""
    original = Original.objects.select_related("voice", "need").get(pk=original.pk)
    has_reason(reason, field="reason").or_raise()
    if original.destroyed_at is not None:
        raise Refused(ModerationReason.ORIGINAL_GONE)
    record = cast("Voice | Need", original.voice or original.need)
    _tell(
        "needs.original_opened", record, by=by, at=at, message=original.message, photo=original.photo,
        words=mask(reason).text, is_told=False,
    )  # fmt: skip
    return original


def _locked(record: Any) -> Any:
    """A voice or need."""
    return type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)


def _hidings(voice: Voice, message: Message | None, photo: Photo | None) -> Any:
    return Hiding.objects.filter(voice=voice, message=message, photo=photo, lifted_at__isnull=True)


def _of(voice: Voice, message: Message | None, photo: Photo | None) -> Voice | Message:
    """What a message or photo belongs to; refused when that is another voice."""
    if message is not None:
        if message.voice_id != voice.pk:
            raise Refused(ModerationReason.NOT_OF_VOICE)
        return message
    if photo is None or voice.photos.filter(pk=photo.pk).exists():
        return voice
    owner = Message.objects.filter(voice=voice, photos=photo).first()
    if owner is None:
        raise Refused(ModerationReason.NOT_OF_VOICE)
    return owner


def _of_need(need: Need, photo: Photo) -> list[Need | Proposal]:
    """The need, if the photo is among its own, and the proposals that took it over; refused when it is of another."""
    if not every_photo_of_need(need).filter(pk=photo.pk).exists():
        raise Refused(ModerationReason.NOT_OF_VOICE)
    return [*Need.objects.filter(pk=need.pk, photos=photo), *Proposal.objects.filter(need=need, photos=photo)]


def _pictures(voice: Voice, message: Message | None, photo: Photo | None) -> list[Photo]:
    """The photos that go with what is hidden: the one, those of a message, or those of the whole thread."""
    if photo is not None:
        return [photo]
    if message is not None:
        return list(message.photos.all())
    return list(
        Photo.objects.filter(pk__in=Message.photos.through.objects.filter(message__voice=voice).values("photo"))
    )


def _is_public(voice: Voice, photo: Photo) -> bool:
    """Is a photo one of those everyone sees: of an official, in a public message, and nothing of it hidden?"""
    shown = Message.objects.filter(voice=voice, photos=photo, is_public=True, written_by__isnull=False).first()
    if shown is None or Hiding.objects.filter(photo=photo, lifted_at__isnull=True).exists():
        return False
    return not any(_hidings(voice, message, None).exists() for message in (None, shown))


def _tell(
    verb: str, record: Voice | Need, *, by: Account, at: datetime, message: Message | None = None,
    photo: Photo | None = None, words: str = "", is_told: bool = True, **changes: Any,
) -> None:  # fmt: skip
    part = Part.MESSAGE if message else Part.PHOTO if photo else Part.VOICE
    journal.record(
        verb,
        subject=record,
        region=record.region_path,
        by=by,
        at=at,
        office=office_of(by, Verb.VOICE_MODERATE, record, at),
        reason=words,
        changes={"part": part, **changes},
        public=is_told,
    )
