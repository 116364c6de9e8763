"""What comes next on a journey: the act, the office that takes it, the day if known, and what a reader can do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from pendamping.access.pages import office_label
from pendamping.core import formats
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.models import Meeting
from pendamping.portal import rules
from pendamping.portal.enums import Next
from pendamping.portal.queries.chain import Chain


@dataclass(frozen=True)
class Ahead:
    """The next step (id: langkah berikutnya)."""

    text: str
    who: str = ""
    due: date | None = None
    href: str = ""
    action: str = ""


def ahead(chain: Chain) -> Ahead:
    """The next step of a chain, or in words that it has ended."""
    if isinstance(chain.asked, Meeting):
        return _of_meeting(chain.asked)
    found = rules.next_step(chain.facts)
    if found is None:
        href, action = _helps(chain)
        return Ahead(_ending(chain), href=href, action=action)
    who = _(" or ").join(str(office_label(key)) for key in rules.WHO[found])
    href, action = _answerable(chain, found)
    return Ahead(str(found.label), who, _due(chain, found), href, action)


def _of_meeting(meeting: Meeting) -> Ahead:
    if meeting.state == MeetingState.CLOSED:
        return Ahead(_("The meeting is closed; each proposal goes its own way from here."))
    if meeting.state == MeetingState.CANCELLED:
        return Ahead(_("This meeting was cancelled, with the reason given. Its proposals can be put to another one."))
    words = _("Residents meet and decide; everybody may come: %(when)s, %(where)s.")
    return Ahead(words % {"when": when(meeting), "where": meeting.place}, meeting.chair_office)


def when(meeting: Meeting) -> str:
    """ "Kam, 26 November 2026, 09.00 WIB": the day of a meeting, and its hour where one is set."""
    on = formats.day(meeting.held_on, "hari")
    return f"{on}, {formats.hour(meeting.starts_at)}" if meeting.starts_at else on


def _ending(chain: Chain) -> str:
    if rules.standing(chain.facts).stopped:
        return _("This journey stopped here, with the reason given. A new voice can begin another one.")
    return _("This journey has come to its end: what was asked for is done.")


def _due(chain: Chain, found: Next) -> date | None:
    project, asset, item = chain.project, chain.asset, chain.item
    days = {
        Next.DECIDE: item.meeting.held_on if item else None,
        Next.START: project.starts_on if project else None,
        Next.REPORT: project.ends_on if project else None,
        Next.INSPECT: asset.next_inspection_on if asset else None,
    }
    return days.get(found)


def _answerable(chain: Chain, found: Next) -> tuple[str, str]:
    """What a resident can do at this point without an account."""
    if found == Next.INSPECT and chain.asset is not None and chain.asked.code_kind in "AN":
        return reverse("assets:report_fault", args=[chain.asset.code]), _("Report a fault")
    return _helps(chain)


def _helps(chain: Chain) -> tuple[str, str]:
    """Once the work is finished: does it help?"""
    if chain.project is None or chain.project.state not in rules.FINISHED_PROJECTS:
        return "", ""
    return reverse("benefits:confirm", args=[chain.project.code]), _("Say whether it helps you")
