"""What every act of a meeting needs: the locked row, its ballot, an item of it, a line in the journal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pendamping.access import duties
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.errors import Refused
from pendamping.deliberation.enums.meetings import Reason
from pendamping.deliberation.models import AgendaItem, Meeting, Poll
from pendamping.deliberation.queries import polls as queries
from pendamping.needs.models import Proposal


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it is now; the row that every act of a meeting waits for."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("region", "rules").get(pk=meeting.pk)


def held(poll: Poll, *, to_seal: bool = False) -> Poll:
    """The ballot as it is now; every act on it, and every vote, waits for this row. A vote reads little of it."""
    found = Poll.objects.select_for_update(of=("self",))
    if to_seal:
        return found.select_related("meeting").only(*queries.TO_SEAL).get(pk=poll.pk)
    return found.select_related("meeting__region").get(pk=poll.pk)


def item_of(meeting: Meeting, item: AgendaItem) -> AgendaItem:
    related = ("proposal__proposed_by", "proposal__submitted_by", "proposal__checked_by", "decision")
    found = AgendaItem.objects.select_related(*related).filter(pk=item.pk, meeting=meeting).first()
    if found is None:
        raise Refused(Reason.NOT_ON_AGENDA)
    found.meeting = meeting
    return found


def tell(
    verb: str, subject: Meeting | Proposal, right: Verb, *, by: Account | None, at: datetime,
    changes: dict[str, Any], reason: str = "", public: bool = True, place: Any = None,
) -> None:  # fmt: skip
    """A line in the journal; the office is the one held where the meeting is (`place`), else where the subject is."""
    journal.record(
        verb, subject=subject, region=subject.region_path, by=by, at=at,
        office=duties.office_of(by, right, place or subject, at), reason=reason, changes=changes, public=public,
    )  # fmt: skip
