"""Why a deadline, a day off or a number of days is refused."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    """Sentences shown when an act on the clock is refused."""

    NOTHING_RUNS = "nothing_runs", _("No deadline is running for this voice, so there is nothing to pause.")
    ALREADY_PAUSED = "already_paused", _("The clock of this voice already stands still. Let it go on first.")
    NOT_PAUSED = "not_paused", _("The clock of this voice is running; there is nothing to resume.")
    PAUSE_WORDS_MISSING = "pause_words_missing", _("Say in a few words why the clock waits. Everybody can read it.")
    TURN_SAME = "turn_same", _("It is already the turn of this office.")
    DAYS_PAST = "days_past", _("A new number of days can begin today or later, not before.")
    DAYS_TWICE = "days_twice", _("For that day a number of days is already set. Choose another day.")
    HOLIDAY_TWICE = "holiday_twice", _("This day is already on the list.")
    HOLIDAY_PAST = "holiday_past", _("This day is over: deadlines were counted with it. It stays on the list.")
