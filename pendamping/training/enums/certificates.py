"""States of certificates and of issuing many at once, and why an act on one is refused."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CertificateState(models.TextChoices):
    """What a certificate is worth (id: status sertifikat). Whether its time is over is told by its last day."""

    VALID = "valid", _("Valid")
    SUPERSEDED = "superseded", _("Replaced by a corrected one")
    REVOKED = "revoked", _("Revoked")


class BatchState(models.TextChoices):
    """Where issuing to many stands (id: status penerbitan massal)."""

    WAITING = "waiting", _("Waits for the worker")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Done")


class ReminderKind(models.TextChoices):
    """Which reminder of a refresher was sent (id: jenis pengingat)."""

    SOON = "soon", _("Ends soon")
    LAST = "last", _("Ends within days")
    OVER = "over", _("Has ended")
