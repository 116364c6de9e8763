"""Which acts in the field can ask for a certificate, and why setting a gate is refused."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from pendamping.access.verbs import Verb


class FieldAct(models.TextChoices):
    """An act that can ask for a certificate (id: tindakan bersyarat): what is done in a ward.

    Never what opens a gate again (training, people), nor one's own logbook, on which one's pay rests.
    """

    VOICE_RECORD = Verb.VOICE_RECORD.value, _("Record voices of residents")
    VOICE_GATHER = Verb.VOICE_GATHER.value, _("Gather voices into a need")
    VOICE_ANSWER = Verb.VOICE_ANSWER.value, _("Answer voices")
    NEED_VERIFY = Verb.NEED_VERIFY.value, _("Verify needs on site")
    NEED_ANSWER = Verb.NEED_ANSWER.value, _("Answer needs")
    PROPOSAL_WRITE = Verb.PROPOSAL_WRITE.value, _("Write proposals")
    PROPOSAL_CHECK = Verb.PROPOSAL_CHECK.value, _("Check proposals")
    MEETING_CALL = Verb.MEETING_CALL.value, _("Call meetings")
    MEETING_ATTENDANCE = Verb.MEETING_ATTENDANCE.value, _("Count who came to a meeting")
    MEETING_DECIDE = Verb.MEETING_DECIDE.value, _("Decide on proposals")
    PROJECT_PREPARE = Verb.PROJECT_PREPARE.value, _("Prepare projects")
    PROJECT_APPROVE = Verb.PROJECT_APPROVE.value, _("Approve projects")
    PROGRESS_REPORT = Verb.PROGRESS_REPORT.value, _("Report progress")
    PROGRESS_VERIFY = Verb.PROGRESS_VERIFY.value, _("Verify progress")
    PAYMENT_RECORD = Verb.PAYMENT_RECORD.value, _("Record payments")
    BENEFIT_COUNT = Verb.BENEFIT_COUNT.value, _("Count who benefits")
    ASSET_HAND_OVER = Verb.ASSET_HAND_OVER.value, _("Hand over assets")
    ASSET_INSPECT = Verb.ASSET_INSPECT.value, _("Inspect assets")
    LOG_VERIFY = Verb.LOG_VERIFY.value, _("Verify logbooks")


class Reason(models.TextChoices):
    """Sentences shown to people when an act on a gate is refused."""

    ACT_NOT_GATED = "gate_act_unknown", _("This act cannot ask for a certificate. Choose one from the list.")
    ROLE_WITHOUT_ACT = (
        "gate_role_without_act",
        _("This role does not carry this act. Choose another, or all roles."),
    )
    BASIS_MISSING = "gate_basis_missing", _("Give the legal basis: whoever is shut out is told.")
    STARTS_BEFORE = "gate_starts_before", _("A gate begins today or later.")
    ENDS_BEFORE = "gate_ends_before", _("The last day lies before the first ({day}).")
    NO_COURSE = (
        "gate_no_course",
        _("This course is not offered: nobody could open the gate. Put a version in use first."),
    )
    NO_MODULE = "gate_no_module", _("The course has no module “{module}” in the version in use.")
    TWICE = "gate_twice", _("This very gate is already set. End it first, or choose another day.")
    TOO_LATE = "gate_too_late", _("What was asked in the past stays as it was. Choose {day} or later.")
    ENDED = "gate_ended", _("This gate ended on {day}. Nothing was changed.")
    ENDS_SOONER = "gate_ends_sooner", _("This gate ends on {day} already. To ask for longer, set another one after it.")
    GRACE_TOO_LONG = "gate_grace_too_long", _("At most {most} days of grace.")
