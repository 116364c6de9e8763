"""The messages of a thread as the timeline takes them: offices, never names."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pendamping.access.models import Account
from pendamping.access.pages import office_label
from pendamping.access.scope import scope_of
from pendamping.access.verbs import Verb
from pendamping.core.images import store
from pendamping.core.models import Photo as Picture
from pendamping.core.moments import day
from pendamping.core.pieces import Entry, Photo
from pendamping.needs.enums.conversations import Speaker
from pendamping.needs.models import Message
from pendamping.needs.queries.visible import hidden_photos


def entries(messages: QuerySet[Message], *, for_giver: bool = False, at_work: bool = False) -> list[Entry]:
    """A thread, oldest first. Whoever works with it sees every photo, its giver those of offices, by tickets where
    they are not public."""
    rows = list(messages.select_related("voice", "written_by").prefetch_related("photos"))
    offices: dict[int | None, str] = {}
    hidden = hidden_photos([photo.pk for row in rows for photo in row.photos.all()])
    return [_entry(row, offices, hidden, for_giver=for_giver, at_work=at_work) for row in rows]


def _entry(
    message: Message, offices: dict[int | None, str], hidden: set[int], *, for_giver: bool, at_work: bool
) -> Entry:
    if message.speaker == Speaker.RESIDENT:
        who = _("You") if for_giver else _("The resident")
    else:
        if message.written_by_id not in offices:
            offices[message.written_by_id] = _office(message.written_by, message)
        who = offices[message.written_by_id]
    notes = [_("A question: the clock waits for the answer.")] if message.asks else []
    if at_work and message.is_public:
        notes.append(_("Everybody reads this."))
    of_office = for_giver and message.speaker == Speaker.OFFICE
    photos = [
        one for one in message.photos.all()
        if one.file and (at_work or ((one.is_public or of_office) and one.pk not in hidden))
    ]  # fmt: skip
    unshown = len(message.photos.all()) - len(photos)
    if unshown:
        notes.append(ngettext("%(count)s photo was sent.", "%(count)s photos were sent.", unshown) % {"count": unshown})
    return Entry(
        what=who, when=message.created_at, who=" ".join(notes), why=message.text,
        photos=[_photo(one, for_giver=for_giver) for one in photos], state="waiting" if message.asks else "neutral",
    )  # fmt: skip


def _office(account: Account | None, message: Message) -> str:
    """The office somebody has at the place of the voice today; in general words for who has none any more."""
    role = scope_of(account, day(timezone.now())).office_for(Verb.VOICE_ANSWER, message) if account else ""
    return office_label(role) if role else _("Office")


def _photo(photo: Picture, *, for_giver: bool) -> Photo:
    key = f"?{urlencode({store.TICKET: store.ticket(photo)})}" if for_giver and not photo.is_public else ""
    thumb, full = (reverse("access:photo", args=[photo.name, size]) + key for size in ("thumb", "full"))
    return Photo(src=thumb, alt=_("Photo of the place"), href=full)
