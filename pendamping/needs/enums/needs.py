"""Where a need stands."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NeedState(TextChoices):
    """Where a need stands (id: keadaan kebutuhan)."""

    OPEN = "open", _("Waiting for a site check")
    VERIFIED = "verified", _("Verified on site")
    ANSWERED = "answered", _("Answered")
    PROPOSED = "proposed", _("Proposed")
