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


class Channel(models.TextChoices):
    """How the presence came to be known (id: cara presensi)."""

    QR = "qr", _("By QR code")
    LIST = "list", _("By the trainer's list")
    SHEET = "sheet", _("By the printed sheet")
