"""Kinds of meeting, outcomes, and why an act of a meeting is refused."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingKind(TextChoices):
    """Which rung of the ladder a meeting is (id: jenis musyawarah)."""

    RW = "rw", _("RW meeting")
    PLANNING = "planning", _("Ward planning meeting (musrenbang)")
    DEVELOPMENT = "development", _("Ward development meeting")
    DISTRICT = "district", _("District planning meeting")


class MeetingState(TextChoices):
    """Where a meeting stands (id: keadaan musyawarah)."""

    CALLED = "called", _("Called")
    CLOSED = "closed", _("Closed, minutes fixed")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "Cancelled")


class Outcome(TextChoices):
    """What a meeting decides about a proposal (id: putusan)."""

    FUNDED = "funded", _("Funded")
    RECOMMENDED = "recommended", _("Recommended to the next meeting")
    DEFERRED = "deferred", _("Deferred")
    PASSED_ON = "passed_on", _("Passed to the district")
    TO_CITY = "to_city", _("Passed to the city")
    REJECTED = "rejected", _("Rejected")


class Reason(TextChoices):
    """Sentences shown to people when an act is refused."""

    MEETING_CLOSED = (
        "meeting_closed",
        _("The minutes of this meeting are fixed; nothing can be changed any more."),
    )
    MEETING_CANCELLED = (
        "meeting_cancelled",
        _("This meeting was cancelled. Call another one."),
    )
    MEETING_HELD = (
        "meeting_held",
        _("People were counted or decisions recorded, so this meeting was held; it cannot be moved to another day."),
    )
    SAME_DAY = "same_day", _("The meeting is on this day already. Choose another day or hour.")
    DECIDER_CANCELS = (
        "decider_cancels",
        _("Decisions are recorded for {codes}. Only whoever decides here can cancel this meeting now."),
    )
    MEETING_NOT_YET = (
        "meeting_not_yet",
        _("The meeting is on {day}. Record this on that day or later."),
    )
    PLACE_UNFIT = (
        "place_unfit",
        _(
            "Ward meetings are held in a ward, RW meetings also in an RW, district meetings in a district. "
            "Choose another."
        ),
    )
    PLACE_CLOSED = (
        "place_closed",
        _("{place} was split or merged on {day}. Call the meeting in the place that stands there now."),
    )
    YEAR_UNLIKELY = (
        "year_unlikely",
        _("A meeting in {held} decides for {held} to {latest}, not for {year}. Mend the year or the day."),
    )
    ALREADY_ON_AGENDA = (
        "already_on_agenda",
        _("This proposal is already on the agenda of a meeting."),
    )
    OTHER_WARD = (
        "other_ward",
        _("The proposal {code} is from outside the area of this meeting."),
    )
    OTHER_YEAR = (
        "other_year",
        _("The proposal {code} is for {year}, not for {meeting}. Only deferred ones are carried over to a later year."),
    )
    NOT_READY = (
        "not_ready",
        _("The proposal {code} is not ready: only checked or deferred proposals can be put to a meeting."),
    )
    DECIDED_ALREADY = (
        "decided_already",
        _("The meeting has already decided this. Change the decision instead of taking it off the agenda."),
    )
    NOT_DECIDER = (
        "not_decider",
        _("Only the head of the ward, in a district meeting of the district, records decisions and fixes the minutes."),
    )
    OUTCOME_UNFIT = (
        "outcome_unfit",
        _("A meeting of this kind cannot decide “{outcome}”. Choose one of: {possible}."),
    )
    RW_CANNOT_FUND = (
        "rw_cannot_fund",
        _("An RW meeting has no budget. It can defer the proposal to the ward meeting, pass it on or reject it."),
    )
    NOT_ON_AGENDA = (
        "not_on_agenda",
        _("This proposal is not on the agenda of this meeting."),
    )
    REASON_MISSING = (
        "reason_missing",
        _("Write the reason. The proposers and residents will read it."),
    )
    ATTENDANCE_MISSING = (
        "attendance_missing",
        _("Count who is present first: women and men."),
    )
    ATTENDANCE_BY_OTHERS = (
        "attendance_by_others",
        _("Those present are not counted yet. The facilitator or the ward secretary counts them."),
    )
    GROUP_TOO_LARGE = (
        "group_too_large",
        _("{group}: {count} is more than the {present} people present."),
    )
    UNDECIDED = "undecided", _("No decision yet: {codes}. Decide on each, with a reason, then close.")
    NOTHING_DECIDED = (
        "nothing_decided",
        _("The agenda holds no proposal, so there is nothing to decide. Put proposals on it, or cancel the meeting."),
    )
    NOTES_MISSING = (
        "notes_missing",
        _("The agenda holds no proposal: write the course of the meeting, so that its minutes tell something."),
    )
    AMOUNT_NEEDED = (
        "amount_needed",
        _("A funded proposal needs the amount that the meeting agreed."),
    )
