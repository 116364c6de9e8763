"""Why the list of a meeting is not taken in."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MeetingListReason(TextChoices):
    """Sentences shown to people."""

    TOO_LONG = "list_too_long", _("A list holds up to {most} voices. Split it, one file for each part.")
    TRY_FIRST = "list_try_first", _("This file was not tried yet, or it was changed since. Try it first.")
    ROWS_REFUSED = "list_rows_refused", _("{refused} rows cannot be taken. Mend them, or take the right rows only.")
