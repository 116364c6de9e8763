"""States of a session, how somebody was present and how we know, and why an act on a session is refused."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SessionState(models.TextChoices):
    """Where a face-to-face session stands (id: status sesi)."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class Presence(models.TextChoices):
    """How somebody took part (id: status kehadiran)."""

    PRESENT = "present", _("Present")
    LATE = "late", _("Late")
    EXCUSED = "excused", _("Excused")
    ABSENT = "absent", _("Absent")


class AttendanceChannel(models.TextChoices):
    """How the presence came to be known (id: cara presensi)."""

    QR = "qr", _("By QR code")
    LIST = "list", _("By the trainer's list")
    SHEET = "sheet", _("By the printed sheet")


class CodeState(models.TextChoices):
    """What a typed or scanned code is worth at a moment (id: keadaan kode presensi)."""

    GOOD = "good", _("Counts")
    OLD = "old", _("Counted a while ago")
    WRONG = "wrong", _("Never counted")


class Reason(models.TextChoices):
    """Sentences shown to people when an act is refused."""

    IN_THE_PAST = "session_in_the_past", _("This moment is past. Choose a later day or hour.")
    ENDS_FIRST = "session_ends_first", _("The session must end after it begins. Mend one of the two hours.")
    TOO_FAR = "session_too_far", _("This day is more than two years away. Check the year.")
    TOO_LONG = "session_too_long", _("A session lasts {days} days at most. Check its end, or plan several.")
    NO_TRAINER = "session_no_trainer", _("Name the trainer: a user name, or the office of a guest.")
    TRAINER_MAY_NOT = (
        "session_trainer_may_not",
        _("This person may hold no session in this area on that day. Give them the role of trainer first, or "
          "choose somebody else."),
    )  # fmt: skip
    OTHER_PART = "session_other_part", _("This part belongs to another course. Choose one of this course.")
    NOT_LEARNED = "session_not_learned", _("Nobody learns this version of the course. Choose the one in use.")
    OTHER_CITY = (
        "session_other_city",
        _("The course belongs to another city. Choose a course of the city of this area."),
    )
    OTHER_VERSION = "session_other_version", _("This learner is in another version of the course. Choose its session.")
    NOTHING_CHANGED = (
        "session_nothing_changed",
        _("The session is already then and there. Change the hour or the place."),
    )
    REASON_MISSING = "session_reason_missing", _("Write why. Those expected are told.")
    CANCELLED = "session_cancelled", _("This session is cancelled. Plan a new one.")
    CLOSED = "session_closed", _("This session is closed. Correct single people in the list.")
    HAS_MARKS = (
        "session_has_marks",
        _("People are already marked as present, so this session took place. Close it instead."),
    )
    TOO_EARLY_TO_CLOSE = (
        "session_too_early_to_close",
        _("People can still show the code until {time}. Close the session afterwards."),
    )
    FULL = (
        "session_full",
        _("All {capacity} places are taken. Choose another session, or ask the trainer for a second one."),
    )
    NOT_ENOUGH = (
        "session_not_enough",
        _("{missing} places are missing for everybody. Plan a second session, or give places one by one."),
    )
    NOBODY_LEFT = "session_nobody_left", _("Everybody learning this version here has a place already.")
    HAS_PLACE = "session_has_place", _("This learner has a place already. Nothing was changed.")
    NO_PLACE = "session_no_place", _("You have no place in this session. Ask the trainer to put you on the list.")
    NOT_LEARNING = "session_not_learning", _("Only who is learning this course now can have a place. Enrol first.")
    BEGUN = "session_begun", _("The session has begun, so a place is no longer given up. Talk to the trainer.")
    MARKED = "session_marked", _("Attendance is already recorded for this place, so it stays.")
    NOT_YET = "attendance_not_yet", _("Attendance begins at {time}. Scan the code again then.")
    OVER = "attendance_over", _("Attendance by code ended at {time}. Ask the trainer to mark you in the list.")
    LIST_NOT_YET = "attendance_list_not_yet", _("The session begins at {time}. Mark people from {opens} on.")
    WRONG_CODE = (
        "attendance_wrong_code",
        _("This is not the code of this session. Scan it, or type the six signs again."),
    )
    OLD_CODE = "attendance_old_code", _("This code is too old: it changes every 20 seconds. Scan the one shown now.")
    OTHER_PERSON = (
        "attendance_other_person",
        _("This phone has already shown up for somebody else here. Ask the trainer to mark you in the list."),
    )
    TRAINER_WROTE = (
        "attendance_trainer_wrote",
        _("The trainer has recorded: {presence}. If you are here, ask the trainer to change it in the list."),
    )
    OTHER_PHONE_NEEDED = "attendance_device_missing", _("Your phone could not be recognised. Open the page anew.")
    SELF = (
        "attendance_self",
        _("You cannot mark yourself. Show the code with your phone, or ask another trainer to mark you."),
    )
    NO_ROWS = (
        "sheet_no_rows",
        _("No row code of a sheet was found in the photo. Lay the sheet flat, in good light, and take all of it."),
    )
    ONLY_OTHERS = (
        "sheet_only_others",
        _("This is the sheet of another session ({code}). Open that session and send the photo there."),
    )
    CONFIRMED = "sheet_confirmed", _("These rows are already confirmed. Correct single people in the list.")
    ROW_UNKNOWN = "sheet_row_unknown", _("Row {row} is not on this sheet. Load the page anew.")
