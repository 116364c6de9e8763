"""What is written to those invited, sent by the worker: in the queue lies a number, and no address."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override
from django_tasks import task

from pendamping.core import again, formats, mail
from pendamping.core.models import JournalEntry
from pendamping.deliberation import calendars, invitation_paper, sealed
from pendamping.deliberation.enums.invitations import LetterNews, Way
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.keys import answer_address
from pendamping.deliberation.models import Invitation, InvitationLetter, Meeting
from pendamping.deliberation.queries import invitations as queries
from pendamping.needs import gateways

if TYPE_CHECKING:
    from pendamping.core.models import Document

GATEWAY = "relay"  # the gateway of the site (docs/gateway.md)

SAYS = {
    LetterNews.INVITED: gettext_noop("You are invited to “%(title)s”: %(when)s, %(place)s."),
    LetterNews.MOVED: gettext_noop("“%(title)s” was moved. It is now: %(when)s, %(place)s. Reason: %(reason)s"),
    LetterNews.CANCELLED: gettext_noop("“%(title)s” of %(when)s is cancelled. Reason: %(reason)s"),
}


def way_of(invitation: Invitation) -> str:
    """How somebody invited is written to: a guest by their address, an office by the mailbox of whoever holds it.

    Empty when there is none, or this site cannot send that way.
    """
    if invitation.address_cipher is not None:
        return invitation.way if _goes(invitation.way) else ""
    has_box = invitation.account is not None and bool(invitation.account.email)
    return Way.EMAIL if has_box and _goes(Way.EMAIL) else ""


def _goes(way: str) -> bool:
    return mail.goes() if way == Way.EMAIL else gateways.find(GATEWAY) is not None


def _address(invitation: Invitation) -> str:
    own = sealed.address_of(invitation)
    return own or (invitation.account.email if invitation.account else "")


@task()
def send(letter: int, tried: int = 0) -> None:
    """One letter to one of those invited; none when it was overtaken: sent, withdrawn, or the meeting changed since."""
    related = ("invitation__meeting__region__parent__parent", "invitation__account", "invitation__place")
    found = InvitationLetter.objects.select_related(*related).filter(pk=letter, sent_at__isnull=True).first()
    if found is None or found.invitation.withdrawn_at is not None:
        return
    meeting, address = found.invitation.meeting, _address(found.invitation)
    changes, changed_at = queries.changes_of([meeting])[meeting.pk]
    if not address or changes != found.sequence:
        return
    try:
        if found.way == Way.EMAIL:
            _mail(found, meeting, address, changed_at)
        else:
            gateways.send(gateways.address(GATEWAY, f"{found.way}:{address}"), words(found, meeting))
    except Exception as problem:
        InvitationLetter.objects.filter(pk=found.pk).update(failed_at=timezone.now())
        again.later(send, letter, tried=tried)
        raise mail.trouble(problem) from None  # its own words may name the address
    InvitationLetter.objects.filter(pk=found.pk).update(sent_at=timezone.now(), failed_at=None)


def words(letter: InvitationLetter, meeting: Meeting) -> str:
    """The letter in plain words, as a phone shows it; with the link to answer by, unless the meeting is cancelled."""
    with override("id"):
        facts = {"title": meeting.title, "when": _when(meeting), "place": meeting.place, "reason": _reason(meeting)}
        news = _(SAYS[LetterNews(letter.news)]) % facts
        if meeting.state == MeetingState.CANCELLED:
            return news
        to = _("To: %(who)s") % {"who": letter.invitation.title}
        link = answer_address(letter.invitation)
        return _("%(to)s\n\n%(news)s\n\nPlease say whether you come, without an account: %(link)s") % {
            "to": to, "news": news, "link": link,
        }  # fmt: skip


def _mail(letter: InvitationLetter, meeting: Meeting, address: str, changed_at: datetime) -> None:
    method = calendars.CANCEL if meeting.state == MeetingState.CANCELLED else calendars.REQUEST
    entry = calendars.calendar([(meeting, letter.sequence, changed_at)], method=method)
    paper = _paper(meeting)
    with override("id"):
        subject = f"{letter.get_news_display()}: {' '.join(meeting.title.split())}"
        body = words(letter, meeting)
        if meeting.state != MeetingState.CANCELLED:
            body += "\n\n" + _("Agenda") + "\n" + meeting.agenda
    message = EmailMessage(
        subject, body, settings.DEFAULT_FROM_EMAIL, [address], headers={"Auto-Submitted": "auto-generated"}
    )
    message.attach("undangan.ics", entry.decode(), f"text/calendar; method={method}; charset=utf-8")
    if paper is not None:
        with paper.file.open("rb") as stored:
            message.attach(f"undangan-{meeting.code}.pdf", stored.read(), "application/pdf")
    message.send()


def _paper(meeting: Meeting) -> Document | None:
    if meeting.state == MeetingState.CANCELLED:
        return None
    return invitation_paper.issue(meeting, at=timezone.now())


def _when(meeting: Meeting) -> str:
    day = formats.day(meeting.held_on, "hari")
    return f"{day}, {formats.hour(meeting.starts_at)}" if meeting.starts_at else day


def _reason(meeting: Meeting) -> str:
    """Why it was moved or cancelled, as residents read it in the journal."""
    if meeting.state == MeetingState.CANCELLED:
        return meeting.cancellation
    moved = JournalEntry.objects.filter(
        subject_type=Meeting._meta.label, subject_id=meeting.pk, verb="deliberation.meeting_moved"
    )
    return moved.order_by("-id").values_list("reason", flat=True).first() or ""
