"""How somebody was seen at a ceremony, and why an act of one is refused."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Manner(models.TextChoices):
    """How attendance was taken (id: cara presensi)."""

    TICKET = "ticket", _("By the code of the invitation")
    MANUAL = "manual", _("Ticked by hand")


class Reason(models.TextChoices):
    """Sentences shown to people when an act is refused."""

    NOBODY_APPOINTED = "nobody_appointed", _("Nobody is appointed by this decree yet. Appoint first, then invite.")
    NOT_YET = "not_yet", _("The ceremony is on {day}. Record this on that day or later.")
    TICKET_UNKNOWN = "ticket_unknown", _("No invitation to this ceremony has this code. Read it again, sign by sign.")
    CAME_ALREADY = "came_already", _("This person was already recorded as present at {time}. Nothing was changed.")
    ENDED = "ended", _("This appointment ended on {day}, so nobody is inaugurated under it.")
    REASON_MISSING = "reason_missing", _("Write why this person is ticked by hand and not by the code.")
    NOBODY_CAME = "nobody_came", _("Nobody is recorded as present yet. Take attendance first, then record the oath.")
    OATH_TAKEN = "oath_taken", _("The oath of this ceremony is already recorded.")
    OATH_MISSING = "oath_missing", _("Give the text of the oath and the office that read it out.")
    TOO_MANY_PHOTOS = "too_many_photos", _("A ceremony keeps at most {most} photos.")
