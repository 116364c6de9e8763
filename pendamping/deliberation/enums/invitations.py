"""Who is invited to a meeting, by which way, and what they answer."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Capacity(TextChoices):
    """In which capacity somebody is invited or present (id: kedudukan)."""

    RT = "rt", _("Chair of an RT")
    RW = "rw", _("Chair of an RW")
    LPM = "lpm", "LPM"
    PKK = "pkk", "PKK"
    YOUTH = "youth", _("Youth group (Karang Taruna)")
    WOMEN = "women", _("Women's group")
    DISABLED = "disabled", _("Group of people with a disability")
    POSYANDU = "posyandu", "Posyandu"
    FAITH = "faith", _("Religious or community leader")
    GROUP = "group", _("Community group (pokmas)")
    OFFICE = "office", _("Government office")
    FACILITATOR = "facilitator", _("Facilitator")
    RESIDENT = "resident", _("Resident")
    GUEST = "guest", _("Other guest")


EACH_PLACE = {Capacity.RT: "rt", Capacity.RW: "rw"}  # one invitation for each place of that level
WHOLE = (
    Capacity.LPM, Capacity.PKK, Capacity.YOUTH, Capacity.WOMEN, Capacity.DISABLED, Capacity.POSYANDU, Capacity.FAITH,
    Capacity.GROUP, Capacity.OFFICE,
)  # fmt: skip


class InvitationAnswer(TextChoices):
    """What somebody invited says (id: jawaban undangan)."""

    COMING = "coming", _("I am coming")
    SENDING = "sending", _("Somebody else comes instead of me")
    AWAY = "away", _("I am not coming")


class Way(TextChoices):
    """How an invitation reaches somebody (id: cara menyampaikan)."""

    EMAIL = "email", _("E-mail")
    WHATSAPP = "whatsapp", "WhatsApp"
    SMS = "sms", "SMS"
    HAND = "hand", _("By hand, on paper")
    SPOKEN = "spoken", _("By telephone or in person")


SENT = (Way.EMAIL, Way.WHATSAPP, Way.SMS)  # by the worker; the others were done by a person


class LetterNews(TextChoices):
    """What a letter to somebody invited tells (id: kabar undangan)."""

    INVITED = "invited", pgettext_lazy("letter", "Invitation")
    MOVED = "moved", pgettext_lazy("letter", "Another day or hour")
    CANCELLED = "cancelled", pgettext_lazy("letter", "Meeting cancelled")


class InvitationReason(TextChoices):
    """Sentences shown to people when an act of inviting or answering is refused."""

    NOBODY_CHOSEN = "nobody_chosen", _("Choose at least one group or office to invite.")
    NO_SUCH_PLACES = (
        "no_such_places",
        _("No RT or RW of this area is in the list of places yet. The secretariat adds them; invite the other groups."),
    )
    GUEST_NAMELESS = "guest_nameless", _("Write which guest this is: a name, or the office or group they come from.")
    ADDRESS_MISSING = "address_missing", _("Write the address for this way of reaching the guest, or choose another.")
    ADDRESS_BROKEN = (
        "invitation_address_broken",
        _("This is no such address. Write an e-mail like name@example.id, or a mobile number like 0812 3456 7890."),
    )
    ADDRESS_UNWANTED = (
        "address_unwanted",
        _("Whoever reads this address asked for no letters. Tell this guest by telephone or on paper."),
    )
    GUEST_TWICE = "guest_twice", _("A guest with this address is invited already.")
    INVITATION_OVER = "invitation_over", _("This invitation was withdrawn. Invite again if it is wanted after all.")
    NOBODY_TO_SEND = (
        "nobody_to_send",
        _("There is nobody to send to: no one invited has an address that was not written to yet. Hand the others the "
          "printed invitation, and note it."),
    )  # fmt: skip
    DAY_PAST = "day_past", _("The day of the meeting is over. Call a new meeting, or move this one first.")
    ANSWER_LATE = "answer_late", _("The day of the meeting is over; it takes no answers any more.")
    WHO_INSTEAD = "who_instead", _("Write who comes instead, so that they are expected.")
    PRESENT_ALREADY = (
        "present_already",
        _("Somebody is on the attendance register by this invitation. Strike that row first."),
    )
    NOT_BY_HAND = "not_by_hand", _("Only what a person did is noted here: by hand, by telephone or in person.")
