"""Answers of residents about a finished work, and why benefits refuse."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Answer(TextChoices):
    """Does it help? (id: jawaban manfaat)"""

    YES = "yes", _("Yes, I benefit from it")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No, it does not help me")


class Reason(TextChoices):
    """Sentences shown to people when an act is refused."""

    NOT_COMPLETED = "not_completed", _("This work is not completed yet. Residents are asked after completion.")
    ALREADY_ANSWERED = "already_answered", _("This device has already answered for this work. Thank you.")
    WORDS_NEEDED = "words_needed", _("Please say in a few words what is missing, so that it can be mended.")
    PARTS_TOO_LARGE = (
        "parts_too_large",
        _("{part} people in one group is more than the {whole} women and men together."),
    )
    NOBODY_REACHED = "nobody_reached", _("Say how many women and men were reached.")
    METHOD_NEEDED = "method_needed", _("Say how the people were counted.")
    ALREADY_COUNTED = "already_counted", _("The people reached by this work have already been counted.")
    TOO_MANY = "too_many", _("Many answers came from this connection. Please try again in {minutes} minutes.")
