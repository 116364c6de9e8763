"""What a line of the logbook is about, where it stands, what about it catches the eye, and why an act is refused."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Activity(models.TextChoices):
    """What a facilitator did (id: jenis kegiatan harian), after the duties by phase."""

    VISIT = "visit", _("Visit")
    MEETING = "meeting", _("Meeting with residents")
    CHECK = "check", _("Check of a need, a work or an asset")
    ASSISTANCE = "assistance", _("Help with a proposal or a plan")
    COORDINATION = "coordination", _("Coordination with an office")
    TRAINING = "training", _("Training")
    COMPLAINT = "complaint", _("Complaint or problem followed up")
    ADMINISTRATION = "administration", _("Reports and data")
    OTHER = "other", _("Something else")


class LogState(models.TextChoices):
    """Where a line stands (id: status catatan harian)."""

    WRITTEN = "written", _("Waits to be verified")
    VERIFIED = "verified", _("Verified")
    RETURNED = "returned", _("Sent back for repair")


class FlagKind(models.TextChoices):
    """What about a line catches the eye (id: tanda): a question to ask, never a refusal."""

    NO_FIX = "no_fix", _("No place fix")
    OUTSIDE = "outside", _("Outside the ward")
    TOO_CLOSE = "too_close", _("Two places in too short a time")
    SAME_PHOTO = "same_photo", _("Same photo as before")
    SAME_TEXT = "same_text", _("Same words as before")
    ROUND_TIMES = "round_times", _("Always round times")
    OUT_OF_HOURS = "out_of_hours", _("Outside working hours")
    LATE = "late", _("Written late")
    HELD_BACK = "held_back", _("Arrived long after it was noted")


class Reason(models.TextChoices):
    """Sentences shown to people when an act on the logbook is refused."""

    NOT_ASSIGNED = "not_assigned", _("You are not assigned to {place}. Choose one of your own areas.")
    NOT_THEN = (
        "not_then",
        _("You serve {place} from {start} to {end}. Choose a day within this time, or another area."),
    )
    DAY_AHEAD = "day_ahead", _("{day} has not come yet. Choose today or an earlier day.")
    MONTH_CLOSED = (
        "month_closed",
        _("The report of that month ({day}) is closed. Write what is missing into a line of today."),
    )
    WHAT_MISSING = "what_missing", _("Write in a sentence what you did.")
    BEGIN_MISSING = "begin_missing", _("Give the time it began as well.")
    TIMES_REVERSED = "times_reversed", _("It ends before it begins. Mend one of the times.")
    TOO_MANY_VULNERABLE = (
        "too_many_vulnerable",
        _("You met {met} people, so {vulnerable} of them cannot be vulnerable. Mend one of the numbers."),
    )
    TOO_MANY_PHOTOS = "too_many_photos", _("At most {most} photos to a line. Leave {extra} out.")
    CODE_UNREADABLE = "code_unreadable", _("{code} is no code of a record. Codes look like S26-7K3QX-M.")
    PROVEN = "proven", _("This line came from the journal and stays as it is.")
    FIX_PARTIAL = "fix_partial", _("A place on the map needs latitude and longitude together.")
    FOLLOW_UP_MISSING = "follow_up_missing", _("Write what is to be done until then.")
    FOLLOW_UP_BEFORE = (
        "follow_up_before",
        _("What is to be done cannot be due before the day itself. Choose a later day."),
    )
    NO_FOLLOW_UP = "no_follow_up", _("This line has nothing that is still to be done.")
    FOLLOW_UP_DONE = "follow_up_done", _("This was already done on {day}.")
    DONE_BEFORE = "done_before", _("It cannot be done before the day itself. Choose a later day, at most today.")
    NOT_YOURS = "not_yours", _("Only whoever wrote a line changes it.")
    VERIFIED_ALREADY = (
        "verified_already",
        _("This line is verified and stays as it is. Ask your coordinator to send it back if it is wrong."),
    )
    AUTOMATIC = "automatic", _("This line came from the journal: what happened stays. You can add words to it.")
    NOT_AUTOMATIC = "not_automatic", _("You wrote this line yourself. Repair it instead.")
    WORDS_MISSING = "words_missing", _("Write a problem, a solution or what is still to be done.")
    NOT_WAITING = "not_waiting", _("This line does not wait to be verified: {state}.")
    RETURNED_ALREADY = "returned_already", _("This line was already sent back and waits for its writer.")
    OWN_ENTRY = "own_entry", _("Nobody verifies their own lines. Ask a colleague who may.")
    NOT_ABOVE = "not_above", _("This was written in an office not below yours. Somebody in a higher office reads it.")
    REASON_MISSING = "reason_missing", _("Write what is to be mended.")
    NOTHING_CHOSEN = "nothing_chosen", _("Tick at least one line.")
    BASIS_MISSING = "basis_missing", _("Name what these rules rest on, for example a regulation and its article.")
    NOT_LATER = "not_later", _("The rules in force began on {day}. A new version begins after that day.")
    HOURS_REVERSED = "hours_reversed", _("The working day ends before it begins. Mend one of the hours.")
    NOT_SENSIBLE = "not_sensible", _("This number lies between {least} and {most}.")
    WORK_DAYS_UNKNOWN = "work_days_unknown", _("Name the working days, each once.")
