"""Who spoke in a conversation, whose turn it is, and why a clock stands still."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Speaker(TextChoices):
    """Who wrote a message (id: pengirim)."""

    RESIDENT = "resident", _("Resident")
    OFFICE = "office", _("Office")


class Turn(TextChoices):
    """Who must act next on a voice (id: giliran)."""

    FACILITATOR = "facilitator", _("Facilitator")
    WARD = "ward", _("Ward")
    DISTRICT = "district", _("District")
    CITY = "city", _("City")
    RESIDENT = "resident", _("Resident")
    NOBODY = "nobody", _("Nobody for now")


class PauseReason(TextChoices):
    """Why a deadline waits (id: alasan jeda)."""

    RESIDENT = "resident", _("Waiting for the resident's answer")
    SITE = "site", _("The place cannot be reached")
    OTHER_OFFICE = "other_office", _("Another office must answer first")
    DISASTER = "disaster", _("Disaster")
    OTHER = "other", _("Something else")


class Solved(TextChoices):
    """What those who spoke say once it is done (id: apakah sudah beres)."""

    YES = "yes", _("Yes, it is solved")
    PARTLY = "partly", _("In part")
    NO = "no", _("No")
