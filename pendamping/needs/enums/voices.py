"""How voices come in and where they stand."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """How a voice came in (id: kanal)."""

    WEB = "web", _("Web")
    FACILITATOR = "facilitator", _("Recorded by the facilitator")
    COUNTER = "counter", _("Counter")
    ASSET = "asset", _("Fault reported on an asset")
    API = "api", _("Another application")
    IMPORT = "import", _("Imported list")
    MEETING = "meeting", _("List of a meeting")
    GATEWAY = "gateway", _("Message on the phone")
    OPEN311 = "open311", _("Open311")


class Behalf(TextChoices):
    """For whom a voice was recorded, as a kind, never a name (id: mewakili siapa)."""

    NO_PHONE = "no_phone", _("A resident without a phone")
    ELDERLY = "elderly", _("An elderly resident")
    DISABLED = "disabled", _("A resident with a disability")
    CANNOT_WRITE = "cannot_write", _("A resident who does not write")
    COUNTER = "counter", _("A resident at the counter")
    MEETING = "meeting", _("Residents at a meeting")
    VISIT = "visit", _("A resident visited at home")


class VoiceState(TextChoices):
    """Where a voice stands (id: keadaan suara)."""

    HEARD = "heard", _("Heard, waiting")
    GATHERED = "gathered", _("Part of a need")
    ANSWERED = "answered", _("Answered")
