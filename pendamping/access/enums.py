"""Why a right is refused, and the duties that must fall to different people."""

from __future__ import annotations

from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Side(Enum):
    """A side of an object: on one object a person stands on one side only (id: pihak)."""

    PROPOSING = "proposing"
    VERIFYING = "verifying"
    APPROVING = "approving"
    PAYING = "paying"


class Duty(TextChoices):
    """What somebody did on an object, as a refusal names it (id: tugas)."""

    PROPOSER = "proposer", _("proposer")
    SUBMITTER = "submitter", _("submitter of the proposal")
    REPAIRER = "repairer", _("author of the repair")
    PREPARER = "preparer", _("preparer of the project")
    REPORTER = "reporter", _("author of the progress report")
    CHECKER = "checker", _("checker of the proposal")
    VERIFIER = "verifier", _("verifier of progress")
    DECIDER = "decider", _("recorder of the decision")
    APPROVER = "approver", _("approver")
    GIVER = "giver", _("giver at the handover")
    PAYER = "payer", _("payer")


class Reason(TextChoices):
    """Sentences shown to people."""

    TOO_LONG_AGO = "too_long_ago", _("A role may begin at most a year back: {earliest} at the earliest.")
    NOT_TO_ONESELF = "not_to_oneself", _("You cannot give a role to yourself. Ask a colleague who may.")
    ROLE_NOT_FOR_LEVEL = (
        "role_not_for_level",
        _("This role is not given for a place of this level. Choose another place."),
    )
    OUTSIDE_OWN_PLACE = "outside_own_place", _("This place is outside the area you manage people for.")
    NOT_HELD = "not_held", _("You cannot hand on this role: it is not among those you may give.")
    BEYOND_OWN_TERM = "beyond_own_term", _("Your own term ends on {latest}; choose an end date no later than that.")
    SAME_PERSON = (
        "same_person",
        _("You already acted on this as {duty}. Somebody else must take this step, so that four eyes have seen it."),
    )
    FACILITATOR_NEVER = (
        "facilitator_never",
        _("A facilitator never approves or pays. An official of the ward does this."),
    )
    ALREADY_GRANTED = "already_granted", _("This person already holds this role in this place.")
    DATES_REVERSED = "dates_reversed", _("The end date lies before the start date. Mend one of them.")
    ALREADY_REVOKED = "already_revoked", _("This role has already been ended.")
    USERNAME_TAKEN = "username_taken", _("This user name is already in use. Choose another.")
    TOO_MANY_TRIES = "too_many_tries", _("Too many tries. Wait {minutes} minutes, then try again.")
    EMAIL_TAKEN = "email_taken", _("This e-mail address already belongs to another account.")
    PHONE_TAKEN = "phone_taken", _("This phone number already belongs to another account.")
    HOLDS_MORE = "holds_more", _("This person also holds a role that you may not give. Ask somebody who may.")
    NOT_ONESELF = "not_oneself", _("You cannot do this to your own account. Ask a colleague who may.")
    LINK_OVER = "link_over", _("This link is used, too old or wrong. Ask the person who sent it for a new one.")
    ALREADY_SO = "already_so", _("This is already so; nothing was changed.")
    TOKEN_TOO_LONG = "token_too_long", _("A key lasts at most one year. Choose an earlier day.")
