"""Kinds of what categories ask and demand."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class QuestionKind(TextChoices):
    """How an extra question is answered (id: jenis pertanyaan)."""

    TEXT = "text", _("Words")
    NUMBER = "number", _("A number")
    CHOICE = "choice", _("One of several")
    YES_NO = "yes_no", _("Yes or no")


class Step(TextChoices):
    """What must happen to a voice by a day (id: langkah)."""

    ROUTE = "route", _("Routed to whoever deals with it")
    ANSWER = "answer", _("First answer")
    SOLVE = "solve", _("Solved")
