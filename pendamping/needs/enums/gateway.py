"""What is answered to messages of the phone, and why a delivery of the gateway is not opened."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Delivery(TextChoices):
    """Why a delivery is not opened: for whoever runs the gateway."""

    NOT_SIGNED = "not_signed", _("The signature does not fit the body and the time.")
    TOO_OLD = "too_old", _("The time is more than five minutes away from ours. Set the clock, and sign anew.")
    TOO_LARGE = "too_large", _("At most 1 MB at once. Send fewer messages together, or smaller photos.")
    UNREADABLE = "unreadable", _("The body is not what docs/gateway.md describes.")


class Answer(TextChoices):
    """What is answered to somebody who wrote (id: balasan); none of it holds a word of theirs."""

    WHERE = (
        "where",
        _("Which ward is it about? Write its name, with RW and RT if you know them, or send the location."),
    )
    TAKEN = "taken", _("Your voice is heard. Its code: {code}. This page is yours alone: {page}")
    ADDED = "added", _("Your message stands with the voice {code}. The office reads it there.")
    THANKS = "thanks", _("Thank you. Your answer stands with the voice {code}.")
    HELLO = (
        "hello",
        _(
            "Write what is missing or broken, and where: ward, RW and RT. Leave out names and numbers of people. "
            "Begin with RAHASIA if it is about a person. BERHENTI ends all messages."
        ),
    )
    PLACE_MISSING = "place_missing", _("We could not find the place. Say it on the map, or with the form: {page}")
    STOPPED = "stopped", ""  # who wants no more messages gets none


class Inbox(TextChoices):
    """Why a message is not given a place."""

    PLACED = "message_placed", _("This message has found its place meanwhile, or its time is over. Reload the list.")
