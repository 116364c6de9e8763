"""What every act of a meeting needs: the locked row, an item of it, a line in the journal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pendamping.access import duties
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.errors import Refused
from pendamping.deliberation.enums.meetings import Reason
from pendamping.deliberation.models import AgendaItem, Meeting
from pendamping.needs.models import Proposal


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it is now; the row that every act of a meeting waits for."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("region", "rules").get(pk=meeting.pk)


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
