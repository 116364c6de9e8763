"""What is written to those who follow: composed and sent by the worker; the queue holds nothing but numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from django_tasks import task

from pendamping.core import again, formats, mail
from pendamping.core.languages import in_language
from pendamping.needs.enums.contacts import ContactKind
from pendamping.needs.enums.news import News
from pendamping.needs.keys import giver_path
from pendamping.needs.models import Contact, Following, Notice
from pendamping.needs.queries.following import reached
from pendamping.needs.rules.voices import WARD_LEVELS
from pendamping.needs.services.contacts import (
    address_of,
    count_refusal,
    forget,
    forget_silent,
    secret_of,
    taken_again,
)
from pendamping.needs.services.news import Part, give_back, is_due, take


@dataclass(frozen=True)
class Letter:
    """Something to send (id: surat kabar): the subject in a line, the whole in plain words, where to read it."""

    subject: str
    body: str
    path: str
    out: str = ""  # the address that ends it in one click


class Gone(Exception):
    """Nobody is reached at an address any more."""


Carrier = Callable[[str, Letter], None]  # raises Gone; anything else it raises is tried again


def _mail(address: str, letter: Letter) -> None:
    headers = {"Auto-Submitted": "auto-generated"}
    if letter.out:  # RFC 8058: the button of the mail program posts there
        headers |= {"List-Unsubscribe": f"<{letter.out}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    EmailMessage(letter.subject, letter.body, settings.DEFAULT_FROM_EMAIL, [address], headers=headers).send()


_carriers: dict[str, Carrier] = {ContactKind.EMAIL: _mail}


def carried_by(kind: ContactKind, carrier: Carrier) -> None:
    """Letters to this kind of address go this way; a kind without a carrier keeps its news until it has one."""
    _carriers[kind] = carrier


def _has_carrier(kind: str) -> bool:
    return kind in _carriers and (kind != ContactKind.EMAIL or mail.goes())


def _carry(contact: Contact, letter: Letter) -> None:
    """Send a letter. An error names no address, for it is kept with the failed task; a mailbox that refuses is counted,
    and forgotten after a few."""
    try:
        _carriers[contact.kind](address_of(contact), letter)
    except Gone:
        raise
    except Exception as problem:
        trouble = mail.trouble(problem)
        if isinstance(trouble, mail.NoMailbox):
            count_refusal(contact, at=timezone.now())
        raise trouble from None
    taken_again(contact)


@task()
def write_to(contact: int) -> None:
    """One letter with all that is new, when it is time for one; what could not be sent is tried again in an hour, by a
    mailbox that refuses the next day."""
    found = Contact.objects.filter(pk=contact, forgotten_at__isnull=True).first()
    if found is None or not _has_carrier(found.kind):
        return
    parts = take(found, at=timezone.now())
    if not parts:
        return
    try:
        _carry(found, _news(found, parts))
    except Gone:
        forget(found, at=timezone.now())
    except Exception:
        give_back(parts)
        raise


@task()
def ask_to_confirm(following: int, tried: int = 0) -> None:
    """The letter by which the reader of a mailbox says that they want to be written to; tried a few times."""
    found = Following.objects.select_related(*_THINGS, "contact").filter(pk=following, ended_at__isnull=True).first()
    if found is None or found.confirmed_at is not None or not _has_carrier(found.contact.kind):
        return
    with override("id"):
        body = _(
            "Somebody gave this address to hear of: %(what)s.\n\nIf it was you, confirm it here: %(link)s\n\n"
            "If it was not, do nothing: nothing more is sent, and the address is forgotten after a week.\n\n"
            "So that nobody has letters sent to you by way of us for half a year: %(out)s"
        ) % {"what": thing(found), "link": site(_door(found.contact)), "out": _out(found.contact)}
        letter = Letter(
            _("Do you want to hear of it? Please confirm"), body, _door(found.contact), out=_out(found.contact)
        )
    try:
        _carry(found.contact, letter)
    except Exception:
        again.later(ask_to_confirm, following, tried=tried)
        raise


def go_round(at: datetime) -> None:
    """Whoever has news that is due is written to, whoever is silent too long forgotten; part of the hourly rounds."""
    for contact in reached():
        if _has_carrier(contact.kind) and is_due(contact, at=at):
            write_to.enqueue(contact.pk)
    forget_silent(at=at)


_THINGS = ("voice__region__parent__parent", "place__parent__parent", "category")


def _news(contact: Contact, parts: list[Part]) -> Letter:
    with override("id"):
        one = parts[0].following
        subject = (
            _("News: %(what)s") % {"what": thing(one)}
            if len(parts) == 1
            else ngettext("News of %(count)s thing you follow", "News of %(count)s things you follow", len(parts))
            % {"count": len(parts)}
        )
        told = "\n\n".join("\n".join(_lines(part)) for part in parts)
        door = _door(contact)
        foot = _("What you follow, how often you hear of it, and the way out: %(link)s") % {"link": site(door)}
        path = own_path(one) if len(parts) == 1 else ""
    return Letter(subject, f"{told}\n\n--\n{foot}\n", path or door, out=_out(contact))


def _lines(part: Part) -> list[str]:
    """What is new in one thing: its name, what happened, where to read it."""
    lines = [thing(part.following)]
    for notice in part.notices:
        lines.append(f"- {formats.day(notice.at)}: {notice.get_news_display()}")
        lines += [f"  {line}" for line in _words(notice).splitlines()]
    lines += [f"- {formats.day(told.at)}: {told.words}" for told in part.told]
    path = own_path(part.following)
    return [*lines, site(path)] if path else lines


def _words(notice: Notice) -> str:
    """What an office wrote, as the page shows it to this reader; nothing from a voice about persons."""
    voice = notice.following.voice
    if voice is None or voice.is_confidential:
        return ""
    if notice.news == News.ANSWERED:
        return voice.answer
    return notice.message.text if notice.message is not None else ""


def thing(following: Following) -> str:
    """What is followed, in a few words; of a voice about persons not even the place."""
    voice, place, category = following.voice, following.place, following.category
    if voice is not None:
        where = "" if voice.is_confidential else f", {voice.region.place_label}"
        return _("voice %(code)s") % {"code": voice.code} + where
    if place is None:
        return following.code
    about = f"{in_language(category.title, get_language() or 'id')}, " if category else ""
    return f"{about}{place.place_label}"


def own_path(following: Following) -> str:
    """The page of what is followed, for a letter: for whoever spoke with their key, since a proven mailbox is their
    own. Nowhere else: the address of what somebody follows stands in logs, and a key must not be read there."""
    if following.voice is not None and following.is_speaker:
        return giver_path(following.voice)
    return path_of(following)


def path_of(following: Following) -> str:
    """The page of what is followed, without a key. None for others' voices about persons."""
    voice, place = following.voice, following.place
    if voice is not None:
        if following.is_speaker:
            return reverse("needs:receipt", args=[voice.code])
        return "" if voice.is_confidential else reverse("portal:journey", args=[voice.code])
    if place is None:
        return reverse("portal:journey", args=[following.code])
    return reverse("portal:ward", args=[place.path]) if place.level in WARD_LEVELS else reverse("portal:wards")


def _door(contact: Contact) -> str:
    return reverse("needs:followed", args=[secret_of(contact)])


def _out(contact: Contact) -> str:
    return site(reverse("needs:follow_nothing", args=[secret_of(contact)]))


def site(path: str) -> str:
    """The whole address of a page."""
    return settings.SITE_URL.rstrip("/") + path
