"""What the journal tells of the logbook and of absences."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "facilitators.log_written": _("A line of the logbook was written"),
    "facilitators.log_repaired": _("A line of the logbook was changed"),
    "facilitators.log_words_added": _("Words were added to a line of the logbook"),
    "facilitators.log_follow_up_done": _("What a line of the logbook promised was done"),
    "facilitators.log_verified": _("A line of the logbook was verified"),
    "facilitators.logs_verified": _("A line of the logbook was verified"),
    "facilitators.log_returned": _("A line of the logbook was sent back"),
    "facilitators.log_rules_set": _("The rules of the logbook were set"),
    "facilitators.absence_asked": _("An absence was asked for"),
    "facilitators.absence_withdrawn": _("An absence was withdrawn"),
    "facilitators.absence_decided": _("An absence was decided"),
}
