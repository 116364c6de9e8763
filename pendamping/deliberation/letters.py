"""What a meeting decided, and why, is written to those who proposed; the queue holds keys, never an address.

Those who follow a proposal, a voice behind it or the ward hear of it by the letters of `needs`, from the journal.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django_tasks import task

from pendamping.access.models import Account
from pendamping.core import again, mail
from pendamping.core.money import rupiah
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.models import Decision, FateLetter, Meeting


@task()
def tell_fates(meeting: int) -> None:
    """A letter to everybody who proposed something to a closed meeting."""
    for account in sorted({person for one in _decisions(meeting) for person in _proposers(one)}):
        tell_fate.enqueue(meeting, account)


@task()
def tell_fate(meeting: int, account: int, tried: int = 0) -> None:
    """What became of one person's proposals, once for each close; a letter that could not go is tried again."""
    found = Meeting.objects.filter(pk=meeting, state=MeetingState.CLOSED).first()
    person = Account.objects.filter(pk=account, is_active=True).exclude(email="").first()
    if found is None or found.closed_at is None or person is None or not mail.goes():
        return
    try:
        with transaction.atomic():
            kept = FateLetter.objects.create(
                meeting=found, account=person, closed_at=found.closed_at, sent_at=timezone.now()
            )
    except IntegrityError:  # told already
        return
    mine = [one for one in _decisions(meeting) if account in _proposers(one)]
    try:
        with override("id"):
            send_mail(_subject(found, mine), _body(found, mine), settings.DEFAULT_FROM_EMAIL, [person.email])
    except Exception as problem:
        kept.delete()
        again.later(tell_fate, meeting, account, tried=tried)
        raise mail.trouble(problem) from None


def _decisions(meeting: int) -> list[Decision]:
    found = Decision.objects.filter(item__meeting=meeting, item__meeting__state=MeetingState.CLOSED)
    return list(found.select_related("item__proposal").order_by("item__position"))


def _proposers(decision: Decision) -> set[int]:
    proposal = decision.item.proposal
    return {one for one in (proposal.proposed_by_id, proposal.submitted_by_id) if one is not None}


def _subject(meeting: Meeting, mine: list[Decision]) -> str:
    words = ngettext(
        "What %(code)s decided about your proposal", "What %(code)s decided about your %(count)d proposals", len(mine)
    )
    return words % {"code": meeting.code, "count": len(mine)}


def _body(meeting: Meeting, mine: Iterable[Decision]) -> str:
    parts = [
        _("%(title)s (%(code)s) is closed. About your proposals it decided:")
        % {"title": meeting.title, "code": meeting.code}
    ]
    for decision in mine:
        proposal = decision.item.proposal
        amount = f", {rupiah(decision.amount)}" if decision.amount else ""
        parts.append(
            _("%(title)s (%(code)s): %(outcome)s%(amount)s\nReason: %(reason)s\nIts whole road: %(link)s")
            % {
                "title": proposal.title, "code": proposal.code, "outcome": decision.get_outcome_display(),
                "amount": amount, "reason": decision.reason,
                "link": settings.SITE_URL.rstrip("/") + reverse("portal:journey", args=[proposal.code]),
            }
        )  # fmt: skip
    return "\n\n".join(parts)
