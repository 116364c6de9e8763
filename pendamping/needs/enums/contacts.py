"""How residents are reached, and what they follow."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ContactKind(TextChoices):
    """How somebody is reached (id: cara menghubungi)."""

    EMAIL = "email", _("E-mail")
    GATEWAY = "gateway", _("Messages on the phone")
    PUSH = "push", _("Notices of the browser")


class Followed(TextChoices):
    """What somebody follows (id: yang diikuti)."""

    VOICE = "voice", _("A voice")
    PLACE = "place", _("A place")
    CATEGORY = "category", _("A category in a place")
    JOURNEY = "journey", _("A journey")


class Pace(TextChoices):
    """How often news is sent (id: seberapa sering)."""

    DAILY = "daily", _("At most one letter a day")
    AT_ONCE = "at_once", _("At once")


class Reason(TextChoices):
    """Why an address is not taken."""

    ADDRESS_BROKEN = "address_broken", _("This is no e-mail address. Write it like name@example.id, or leave it empty.")
    NO_MAIL = "no_mail", _("This site sends no e-mail. Leave the address empty, and keep the code.")
    NOTHING_TO_FOLLOW = "nothing_to_follow", _("This cannot be followed. Open the page of a place or a voice first.")
    TOO_MANY_FOLLOWED = (
        "too_many_followed",
        _("This address already follows {most} things. End one of them first, by the link in any letter."),
    )
