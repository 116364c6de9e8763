"""Kinds and states of absences, and why an act on one is refused."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AbsenceKind(models.TextChoices):
    """Why somebody is not in their ward (id: jenis ketidakhadiran)."""

    LEAVE = "leave", _("Leave")
    SICK = "sick", _("Sick")
    DUTY_TRAVEL = "duty_travel", _("Duty travel")


class AbsenceState(models.TextChoices):
    """Where an absence stands (id: status izin)."""

    ASKED = "asked", _("Waits for an answer")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Reason(models.TextChoices):
    """Sentences shown to people when an act on an absence is refused."""

    DAYS_REVERSED = "days_reversed", _("The last day lies before the first. Mend one of them.")
    TOO_LONG = "too_long", _("At most {most} days at once. Ask for the rest separately.")
    NOT_SERVING = "not_serving", _("You are not assigned anywhere from {start} to {end}. Choose days of your service.")
    OVERLAPS = (
        "overlaps",
        _("You already asked for {start} to {end} ({code}). Withdraw that first, or choose other days."),
    )
    WHY_MISSING = "why_missing", _("Write in a few words why.")
    MONTH_CLOSED = "month_closed", _("The report of that month ({day}) is closed. Choose later days.")
    NOT_YOURS = "not_yours", _("Only whoever asked can withdraw this.")
    DECIDED_ALREADY = "decided_already", _("This was already decided: {state}.")
    BEGUN_ALREADY = "begun_already", _("These days have begun. What was approved stays.")
    OWN_ABSENCE = "own_absence", _("Nobody decides about themselves. Ask a colleague who may.")
    NOT_ABOVE = "not_above", _("This person serves in an office not below yours. Somebody in a higher office decides.")
    REASON_MISSING = "reason_missing", _("Write why it is refused.")
