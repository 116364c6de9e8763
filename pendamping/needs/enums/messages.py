"""Why a message, or what somebody says about the outcome, is not taken."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    """Sentences shown when an act on a thread is refused."""

    KEY_WRONG = "key_wrong", _("This key does not open this voice. Copy it from your receipt, letter by letter.")
    TOO_MANY_TRIES = "too_many_tries", _("Too many tries from this connection. Try again in {minutes} minutes.")
    TOO_MANY_MESSAGES = (
        "too_many_messages",
        _("Many messages were sent about this voice today. Write again tomorrow; nothing you sent is lost."),
    )
    ALREADY_ANSWERED = (
        "already_answered",
        _("This voice is answered. Say below whether it is solved; for something new give a new voice."),
    )
    NOT_ASKED_AFTERWARDS = (
        "not_asked_afterwards",
        _("This voice is answered, so nobody waits for the resident. Write without asking."),
    )
    NOT_ASKED = "not_asked", _("Nothing has been done about this voice yet, so nobody asks whether it is solved.")
    SAID_ALREADY = "said_already", _("You have already said whether it is solved. For something new give a new voice.")
    ANSWER_NOT_IN_USE = "answer_not_in_use", _("This ready answer is no longer in use. Choose another.")
