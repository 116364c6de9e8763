"""Personal links go out as messages of the phone, sent by the worker; the queue holds a number of a row, no code."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from pendamping.core import again
from pendamping.core.mail import trouble
from pendamping.deliberation import sealing
from pendamping.deliberation.models import RollEntry
from pendamping.deliberation.papers_of_ballots import vote_address
from pendamping.deliberation.queries.polls import phase_of
from pendamping.deliberation.rules import polls as rules
from pendamping.deliberation.services.rolls import phone_of
from pendamping.needs import gateways

GATEWAY = "relay"


@task()
def send_link(entry: int, tried: int = 0) -> None:
    """Send one link, tried a few times; nothing once they have voted, voting is over, or the number was let go of."""
    found = RollEntry.objects.select_related("poll__meeting", "mark").filter(pk=entry).first()
    phone = phone_of(found) if found else ""
    now = timezone.now()
    if found is None or not phone or hasattr(found, "mark") or not rules.takes_voters(phase_of(found.poll, now)):
        return
    with override("id"):
        text = _("%(title)s: choose with your personal link. It is yours alone: %(link)s") % {
            "title": found.poll.title, "link": vote_address(found.poll, sealing.link_code(found.uid)),
        }  # fmt: skip
    try:
        gateways.send(gateways.address(GATEWAY, phone), text)
    except Exception as problem:
        again.later(send_link, entry, tried=tried)
        raise trouble(problem) from None  # of the gateway's words, which may name the number, nothing is kept
    RollEntry.objects.filter(pk=entry).update(sent_at=now)
