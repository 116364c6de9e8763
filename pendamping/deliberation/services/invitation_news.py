"""Those invited are told: by letters the worker sends, or by a person who notes it."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.deliberation import invitation_letters as letters
from pendamping.deliberation.enums.invitations import InvitationReason, LetterNews
from pendamping.deliberation.models import Invitation, InvitationLetter, Meeting
from pendamping.deliberation.queries import invitations as queries
from pendamping.deliberation.rules import invitations as rules
from pendamping.deliberation.services.shared import locked, tell


@act("deliberation.invitations_sent")
def send_invitations(*, by: Account | None, at: datetime, meeting: Meeting) -> Meeting:
    """Send the invitation to everybody who has an address and did not get this one yet (id: mengirim undangan).

    Refuses when there is nobody to send to, and after the day.
    """
    meeting = locked(meeting)
    rules.may_invite(state=meeting.state, held_on=meeting.held_on, today=day(at)).or_raise()
    sequence = queries.changes_of([meeting])[meeting.pk][0]
    everybody = list(queries.invitations(meeting))
    sent = sum(_write(one, LetterNews.INVITED, sequence, by=by, at=at) for one in everybody)
    if not sent:
        raise Refused(InvitationReason.NOBODY_TO_SEND)
    tell(
        "deliberation.invitations_sent", meeting, Verb.MEETING_CALL, by=by, at=at,
        changes={"invited": len(everybody), "sent": sent},
    )  # fmt: skip
    return meeting


@act("deliberation.invitation_told")
def note_told(*, by: Account | None, at: datetime, invitation: Invitation, way: str) -> Invitation:
    """Note that a person told somebody invited (id: mencatat penyampaian): by hand, by telephone or in person."""
    meeting = locked(invitation.meeting)
    invitation = Invitation.objects.get(pk=invitation.pk)
    invitation.meeting = meeting
    rules.may_note(state=meeting.state, withdrawn=invitation.withdrawn_at is not None, way=way).or_raise()
    sequence = queries.changes_of([meeting])[meeting.pk][0]
    told = {"invitation": invitation, "news": LetterNews.INVITED, "way": way, "sequence": sequence}
    _made, is_new = InvitationLetter.objects.get_or_create(
        **told, defaults={"created_at": at, "asked_by": by, "sent_at": at}
    )
    if is_new:
        tell(
            "deliberation.invitation_told", meeting, Verb.MEETING_CALL, by=by, at=at, public=False,
            changes={"capacities": [invitation.capacity], "way": way},
        )  # fmt: skip
    return invitation


def tell_invited(meeting: Meeting, news: LetterNews, *, by: Account | None, at: datetime) -> int:
    """Everybody who was told of a meeting is told that it was moved or cancelled; within that act. How many letters.

    Of one that was moved they are asked anew: who could come on the old day may not on the new one.
    """
    sequence = queries.changes_of([meeting])[meeting.pk][0]
    told = [one for one in queries.invitations(meeting) if one.letters.all()]
    if news == LetterNews.MOVED:
        Invitation.objects.filter(meeting=meeting, withdrawn_at__isnull=True).update(
            answer="", answered_at=None, answered_by=None, instead_cipher=None
        )
    return sum(_write(one, news, sequence, by=by, at=at) for one in told)


def _write(one: Invitation, news: LetterNews, sequence: int, *, by: Account | None, at: datetime) -> bool:
    """Ask the worker for one letter, kept in the transaction of the act; False where there is no way, or it was."""
    way = letters.way_of(one)
    if not way:
        return False
    known = one.letters.all()
    if any((letter.news, letter.way, letter.sequence) == (news, way, sequence) for letter in known):
        return False
    if news == LetterNews.INVITED and any(
        letter.way == way and letter.sequence == sequence and letter.news == LetterNews.MOVED for letter in known
    ):
        return False  # the letter about the new day invited them to it
    try:
        with transaction.atomic():
            letter = InvitationLetter.objects.create(
                created_at=at, invitation=one, news=news, way=way, sequence=sequence, asked_by=by
            )
    except IntegrityError:
        return False
    letters.send.enqueue(letter.pk)
    return True
