"""Why something is hidden or reported, and from whom nothing more is taken."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class HideReason(TextChoices):
    """Why something is not shown (id: alasan disembunyikan)."""

    PERSON = "person", _("It tells who somebody is")
    INSULT = "insult", _("It insults or threatens")
    SPAM = "spam", _("It is advertising or noise")
    ELSEWHERE = "elsewhere", _("It is not about this place")
    OTHER = "other", _("Something else")


class BlockKind(TextChoices):
    """What is blocked (id: jenis blokir)."""

    CONTACT = "contact", _("An address")
    CONNECTION = "connection", _("A connection")
