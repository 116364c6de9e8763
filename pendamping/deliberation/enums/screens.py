"""What the screen of a meeting can show, and why it does not."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ScreenView(TextChoices):
    """One thing at a time (id: tampilan layar)."""

    WELCOME = "welcome", pgettext_lazy("screen", "Welcome")
    ROOM = "room", pgettext_lazy("screen", "Who is in the room")
    AGENDA = "agenda", pgettext_lazy("screen", "Agenda and time")
    PROPOSAL = "proposal", pgettext_lazy("screen", "One proposal")
    MATRIX = "matrix", pgettext_lazy("screen", "Priority matrix")
    POLL = "poll", pgettext_lazy("screen", "The vote")
    RESULT = "result", pgettext_lazy("screen", "Result")
    PAUSE = "pause", pgettext_lazy("screen", "Pause")


class ScreenReason(TextChoices):
    """Sentences shown to people when the screen cannot show something."""

    PROPOSAL_MISSING = "proposal_missing", _("Choose which proposal of the agenda the screen shows.")
    NOT_YET_DECIDED = "result_not_yet", _("There is no result yet: close the meeting or publish its vote first.")
