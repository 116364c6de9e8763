"""What the journal tells of sessions and attendance."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "training.session_planned": _("A training session was planned"),
    "training.session_moved": _("A training session was moved"),
    "training.session_cancelled": _("A training session was cancelled"),
    "training.session_closed": _("A training session was closed"),
    "training.place_given": _("A learner was given a place in a session"),
    "training.places_given": _("Everybody learning a course was given a place in a session"),
    "training.place_given_up": _("A place in a session was given up"),
    "training.attendance_marked": _("Somebody's attendance was recorded"),
    "training.code_shown": _("A learner showed the attendance code"),
    "training.sheet_read": _("The photo of an attendance list was read"),
    "training.sheet_confirmed": _("The rows of an attendance list were confirmed"),
    "training.sheet_printed": _("An attendance list with names was printed"),
    "training.calendar_made": _("Somebody made the address of their calendar anew"),
}
