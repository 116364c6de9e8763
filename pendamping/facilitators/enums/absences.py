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
