"""Where a case stands, the grades of sanctions, and why an act of ethics is refused."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseState(models.TextChoices):
    """Where a case stands (id: tahap perkara)."""

    RECEIVED = "received", _("Received")
    CALLED = "called", _("The person is asked to answer")
    HEARD = "heard", _("The person was heard")
    PROPOSED = "proposed", _("A second member has to confirm the decision")
    DECIDED = "decided", _("Decided")
    CLOSED = "closed", _("Closed: it does not concern a facilitator")


class Sanction(models.TextChoices):
    """What a panel decides, in rising order (id: sanksi)."""

    NONE = "none", _("No breach")
    ORAL = "oral", _("Oral warning")
    WRITTEN_1 = "written_1", _("First written warning")
    WRITTEN_2 = "written_2", _("Second written warning")
    WRITTEN_3 = "written_3", _("Third written warning")
    SUSPENSION = "suspension", _("Suspension")
    TERMINATION = "termination", _("Termination")


class Reason(models.TextChoices):
    """Sentences shown to people when an act is refused."""

    NOT_YOURS = "not_yours", _("Only the person appointed signs this, on their own page.")
    SIGNED_ALREADY = "signed_already", _("You have already signed this version.")
    OTHER_VERSION = "other_version", _("A newer version of the code is in force. Read it, then sign that one.")
    APPOINTMENT_OVER = "appointment_over", _("This appointment is over; nothing needs to be signed.")
    TEXT_MISSING = "text_missing", _("Write the text of the code in Indonesian.")
    CHANGE_REASON_MISSING = "change_reason_missing", _("Write why the code changes. Those who sign it will read it.")
    TOO_MANY_REPORTS = "too_many_reports", _("Too many reports came from this connection. Wait {minutes} minutes.")
    REPORT_MISSING = "report_missing", _("Write what happened, in your own words.")
    PANEL_NAMED = "panel_named", _("The panel of this case is complete. Name somebody only when a member leaves.")
    PANEL_SMALL = "panel_small", _("A panel needs at least {least} members; {count} are named.")
    NOT_A_PANELIST = "not_a_panelist", _("Only people with the office of the ethics panel can be named.")
    CANNOT_SIT = "cannot_sit", _("{name} cannot sit on this panel. Choose somebody else.")
    NOT_A_MEMBER = "not_a_member", _("You are not on the panel of this case.")
    NOT_OPEN = "not_open", _("This step is over: the case stands at “{state}”.")
    WHO_MISSING = "who_missing", _("Say first whom the case is about.")
    ALLEGATION_MISSING = "allegation_missing", _("Write in the panel's own words what the person shall answer to.")
    ANSWER_TOO_SOON = "answer_too_soon", _("The person has at least {days} days to answer: until {day} or later.")
    ANSWERED_ALREADY = "answered_already", _("You have already answered. The panel reads your answer.")
    STATEMENT_MISSING = "statement_missing", _("Write the statement.")
    STILL_TIME = "still_time", _("The person may answer until {day}. Record silence only after that day.")
    MAY_STILL_ANSWER = (
        "may_still_answer",
        _("The person may answer until {day}. Decide after that day, or once they have answered themselves."),
    )
    NOT_HEARD = "not_heard", _("Nobody is judged unheard. Hear the person first.")
    REASON_MISSING = "reason_missing", _("Write the reason of the decision. The person will read it.")
    WHY_MISSING = "why_missing", _("Write why. The other members read it.")
    GRADE_SKIPPED = (
        "grade_skipped",
        _("The next grade after earlier decisions is “{next}”. Write why a grade is skipped."),
    )
    SECOND_MEMBER = "second_member", _("You recorded this decision. Another member of the panel confirms it.")
    PROPOSER_LEFT = (
        "proposer_left",
        _("Whoever recorded this decision has left the panel. Send it back and decide anew."),
    )
    DATES_MISSING = "dates_missing", _("A suspension needs its first and last day, in order, from today on.")
    DATES_UNWANTED = "dates_unwanted", _("Only a suspension has dates. Leave them empty.")
    SEAT_LEFT = "seat_left", _("This seat is already empty.")
