"""Kinds of decrees."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DecreeKind(models.TextChoices):
    """What a decree does (id: jenis SK)."""

    APPOINTMENT = "appointment", _("Appointment")
    REPLACEMENT = "replacement", _("Replacement mid-term")
    DISMISSAL = "dismissal", _("Dismissal")
