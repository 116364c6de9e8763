"""Why voices are not joined or parted."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MergeReason(TextChoices):
    """Sentences shown when voices cannot be joined, or not be parted again."""

    ITSELF = "merge_itself", _("This is the voice itself. Give the code of the other one.")
    UNKNOWN = "merge_unknown", _("There is no voice with the code {code} in this ward. Compare it sign by sign.")
    ALREADY = "merge_already", _("This voice is already joined with {code}. Part them first.")
    HANDLED = "merge_handled", _("This voice is already part of a need or has been answered, on its own.")
    ANSWERED = "merge_answered", _("The voice {code} has been answered. Answer this one too, or gather it anew.")
    NOT_JOINED = "merge_not_joined", _("This voice is not joined with another.")
    TOO_LATE = "merge_too_late", _("Both have been answered together; there is nothing left to part.")
