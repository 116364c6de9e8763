"""What a meeting must fulfil, its phases, objections, and why an act of these is refused."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RulesOrigin(TextChoices):
    """Where a version of the rules comes from (id: asal aturan)."""

    DEFAULT = "default", _("Default of the software, not yet set by the city")
    CARRIED_OVER = "carried_over", _("Taken over from the year before")
    SET = "set", _("Set by the city")


class Requirement(TextChoices):
    """What the rules ask of a meeting; groups are "group_" and their key (id: syarat musyawarah)."""

    WINDOW = "window", _("Held within the days of its kind")
    NOTICE = "notice", _("Called early enough")
    QUORUM = "quorum", _("Enough people")
    QUORUM_RTS = "quorum_rts", _("Enough RTs for the quorum, at the district wards")
    WOMEN = "women", _("Share of women")
    RTS = "rts", _("RTs that somebody came from, at the district wards")
    YOUTH = "group_youth", _("Youth among those present")
    ELDERLY = "group_elderly", _("Elderly among those present")
    POOR = "group_poor", _("Poor households among those present")
    DISABLED = "group_disabled", _("People with a disability among those present")
    RT_RW = "group_rt_rw", _("RT and RW chairs among those present")
    LPM = "group_lpm", _("LPM among those present")
    PKK = "group_pkk", _("PKK among those present")
    SPLIT = "split", _("Money within the shares of the rules")


class Ground(TextChoices):
    """Why a requirement could not be met (id: dasar pengecualian)."""

    NO_WOMAN = "no_woman", _("No woman in the delegation of an RT, although women were invited")
    EMPTY_RT = "empty_rt", _("An RT without residents")
    LATE_RULES = "late_rules", _("Rules or budget came late")
    EMERGENCY = "emergency", _("Disaster or weather")
    OTHER = "other", pgettext_lazy("ground", "Another reason")


class Phase(TextChoices):
    """A span of a meeting in which something may be done (id: tahap musyawarah)."""

    PROPOSALS = "proposals", _("Call for proposals")
    AGENDA = "agenda", _("Agenda fixed")
    ATTENDANCE = "attendance", pgettext_lazy("phase", "Attendance")
    OBJECTIONS = "objections", pgettext_lazy("meeting", "Objections")


class MeetingObjectionState(TextChoices):
    """Where an objection stands (id: keadaan keberatan)."""

    OPEN = "open", pgettext_lazy("objection", "Waiting for an answer")
    UPHELD = "upheld", pgettext_lazy("objection", "Upheld, the meeting is opened again")
    DISMISSED = "dismissed", pgettext_lazy("objection", "Not upheld")


class LadderReason(TextChoices):
    """Sentences shown to people when an act is refused."""

    REQUIREMENTS_MISSING = (
        "requirements_missing",
        _("Not fulfilled: {what}. State a reason for each on the page of the meeting, then close."),
    )
    NOT_MISSING = "not_missing", _("“{what}” is fulfilled; no reason is needed.")
    COUNT_FIRST = (
        "count_first",
        _("Count who is present first, women and men. A reason can be stated once it is known who came."),
    )
    GROUND_UNFIT = (
        "ground_unfit",
        _("“{ground}” does not explain “{what}”. Choose one of: {possible}."),
    )
    REASON_TOO_SHORT = "reason_too_short", _("Write the reason in words. It is printed in the minutes.")
    RULES_WITHOUT_BASIS = "rules_without_basis", _("Write the regulation or decree these rules rest on.")
    WINDOW_BACKWARDS = "window_backwards", _("The last day must not be before the first one.")
    PERMILLE_BEYOND = "permille_beyond", _("A share is at most 100 %.")
    SPLIT_BEYOND = "split_beyond", _("The shares of the money together are {sum} %, more than the whole.")
    GROUP_UNKNOWN = "group_unknown", _("There is no group “{group}”.")
    OWN_GROUP_NAMELESS = "own_group_nameless", _("Write what the group in line {number} is called, or empty the line.")
    OWN_GROUP_TWICE = "own_group_twice", _("“{group}” stands twice. Keep one line, or give the other another name.")
    OWN_GROUPS_TOO_MANY = "own_groups_too_many", _("A set of rules has at most {most} groups of the city's own.")
    NOT_A_CITY = "not_a_city", _("Rules of meetings are set for a city.")
    HOLDS_FROM_EARLIER = (
        "holds_from_earlier",
        _("The version in force holds from {day}. Choose a day after it."),
    )
    NOT_CALLED_YET = (
        "not_called_yet",
        _("The call for proposals is open from {opens} to {closes}. Put proposals then, or move the phase."),
    )
    AGENDA_FIXED = (
        "agenda_fixed",
        _("The agenda is fixed since {opens}. What came later goes to the next meeting."),
    )
    ATTENDANCE_SHUT = (
        "attendance_shut",
        _("People are counted from {opens} to {closes}. Count then, or put the end of the phase later, with a reason."),
    )
    PHASE_BACKWARDS = "phase_backwards", _("A phase ends after it begins.")
    PHASE_BEGUN = "phase_begun", _("This phase began at {opens}. Only its end can still be put later.")
    REASON_TO_MOVE = "reason_to_move", _("Write why the phase is moved. Residents read it.")
    CHAIR_BEFORE = "chair_before", _("The chair before took over at {since}. Choose a later time, not one to come.")
    CHAIR_SAME = "chair_same", _("“{office}” is in the chair already.")
    NOT_CLOSED = "not_closed", _("Objections are made to a closed meeting; this one is still open.")
    OBJECTION_EARLY = "objection_early", _("Objections are taken from {opens} to {closes}.")
    OBJECTION_LATE = (
        "objection_late",
        _("Objections could be made until {until}. Bring it to the next meeting, or give it as a voice."),
    )
    TOO_MANY_OBJECTIONS = (
        "too_many_objections",
        _("Too many objections from this connection just now. Try again in {minutes} minutes."),
    )
    NO_RULES = "no_rules", _("This meeting was called without rules, so no days are set for objections.")
    ANSWERED_ALREADY = "answered_already", _("This objection was answered already.")
    CLOSER_ANSWERS = (
        "closer_answers",
        _("You closed this meeting. Somebody else answers the objection."),
    )
    NOT_ANSWERER = "not_answerer", _("The district head or the secretariat answers objections.")
    IN_PLANNING = (
        "in_planning",
        _("{codes} already became projects. Give these up in planning first, or answer without opening the meeting."),
    )
    WENT_ON = (
        "went_on",
        _("{codes} already went on to another meeting. Have them taken off there first."),
    )
