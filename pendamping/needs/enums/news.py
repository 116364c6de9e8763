"""What is told to those who follow a voice."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class News(TextChoices):
    """Something that happened to a voice (id: kabar), as a letter says it."""

    ANSWERED = "answered", _("The voice was answered.")
    ASKED = "asked", _("You are asked something about your voice.")
    MESSAGE = "message", _("There is a new message about the voice.")
    MERGED = "merged", _("The voice was joined with another about the same thing.")
    GATHERED = "gathered", _("The voice became part of a need.")
    COMPLETED = "completed", _("The work that came of the voice is completed.")
    SOLVED_ASKED = "solved_asked", _("Is it solved? Please say so on the page of your voice.")
    REOPENED = "reopened", _("The voice is open again.")
    MOVED = "moved", _("The voice went on to another office.")


TO_SPEAKERS = frozenset({News.ASKED, News.SOLVED_ASKED})  # only those who spoke can answer
