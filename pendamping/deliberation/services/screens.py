"""What the screen of a meeting shows is chosen."""

from __future__ import annotations

from datetime import datetime

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.deliberation.enums.screens import ScreenView
from pendamping.deliberation.models import AgendaItem, Meeting, ScreenChoice
from pendamping.deliberation.queries.screens import has_result
from pendamping.deliberation.rules import screens as rules
from pendamping.deliberation.services.shared import item_of, locked, tell


@act("deliberation.screen_chosen")
def show_on_screen(
    *, by: Account | None, at: datetime, meeting: Meeting, view: str, item: AgendaItem | None = None,
    claimed_at: datetime | None = None,
) -> ScreenChoice:  # fmt: skip
    """Choose what the screen in the hall shows (id: memilih tampilan layar).

    `claimed_at` is the instant at which a phone without a signal says it was chosen; it takes its place in that order.
    Refuses a proposal that is not on the agenda, a result that is not there yet, and a cancelled meeting.
    """
    meeting = locked(meeting)
    shown = item_of(meeting, item) if item is not None and view == ScreenView.PROPOSAL else None
    rules.may_show(
        state=meeting.state, view=view, has_proposal=shown is not None,
        has_result=view == ScreenView.RESULT and has_result(meeting),
    ).or_raise()  # fmt: skip
    choice = ScreenChoice.objects.create(
        created_at=at, meeting=meeting, view=view, proposal=shown.proposal if shown else None, by=by,
        chosen_at=rules.chosen_at(claimed_at=claimed_at, at=at), claimed_at=claimed_at,
    )  # fmt: skip
    changes = {"view": view, "proposal": shown.proposal.code if shown else "", "claimed_at": claimed_at}
    tell("deliberation.screen_chosen", meeting, Verb.MEETING_ATTENDANCE, by=by, at=at, changes=changes, public=False)
    return choice
