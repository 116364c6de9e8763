"""Why an act of an assignment is refused."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Sentences shown to people when an act is refused."""

    LEVEL_UNFIT = "level_unfit", _("{role} is not a task for {place}. Choose a place of this level: {levels}.")
    OTHER_CITY = "other_city", _("{place} lies outside the city that appointed this person.")
    DATES_REVERSED = "dates_reversed", _("The last day lies before the first. Mend one of them.")
    OUTSIDE_TERM = "outside_term", _("The appointment runs from {start} to {end}. Choose days within it.")
    OVERLAPS = "overlaps", _("This person already serves {place} in this role from {start} to {end} ({code}).")
    DECREE_REVOKED = "decree_revoked", _("Decree {number} was revoked. Choose one in force.")
    ROLE_NEEDS_DECREE = (
        "role_needs_decree",
        _("The appointment is for another role ({role}). Another role needs a decree of its own: choose it."),
    )
    ENDED_ALREADY = (
        "ended_already",
        _("The last day of this assignment is {day} already. While it lies ahead, an earlier one can be chosen."),
    )
    END_AFTER_TERM = "end_after_term", _("The assignment ends by itself on {day}. Choose an earlier day.")
    REASON_MISSING = "reason_missing", _("Write the reason.")
    ACCOUNT_DISABLED = "account_disabled", _("The account of this person is disabled. Enable it first, under People.")
