"""What came of a knock at doors, and of a message of the gateway."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VisitResult(TextChoices):
    """What came of a visit from door to door (id: hasil kunjungan)."""

    HEARD = "heard", _("Voices were heard")
    NOTHING = "nothing", _("Nothing to say for now")
    NOBODY = "nobody", _("Nobody was there")


class Group(TextChoices):
    """Groups who are easily not heard (id: kelompok)."""

    WOMEN = "women", _("Women")
    YOUNG = "young", _("Young people")
    ELDERLY = "elderly", _("Elderly people")
    DISABLED = "disabled", _("People with a disability")
    POOR = "poor", _("Poor households")


class VisitReason(TextChoices):
    """Sentences shown to people when a visit is refused."""

    NOT_AN_RT = "visit_not_an_rt", _("A visit is to the doors of an RT. Choose one that stands today.")
    NOTHING_WRITTEN = (
        "visit_nothing_written",
        _("Nothing of that day is written down for this RT yet. Record what was said first, then close the visit."),
    )
    NOBODY_MET = (
        "visit_nobody_met",
        _("If nobody was there, no group was met. Untick the groups, or change the result."),
    )


class InboxState(TextChoices):
    """What became of a message of the gateway (id: keadaan pesan masuk)."""

    WAITING = "waiting", _("Waits for an answer about the place")
    TAKEN = "taken", _("Became a voice or a message of its thread")
    REFUSED = "refused", _("Not taken")
