"""How the effect of training is named."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class GainLevel(models.TextChoices):
    """How much of what was missing a course added (id: tingkat peningkatan), after Hake 1998."""

    LOSS = "loss", _("Less known than before")
    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


class Change(models.TextChoices):
    """Errors after passing beside those before (id: perubahan kesalahan)."""

    FEWER = "fewer", _("Fewer than before")
    SAME = "same", _("As many as before")
    MORE = "more", _("More than before")
