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
