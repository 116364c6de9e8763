"""Where a pay run and each of its lines stand, and why an act on pay is refused."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RunState(models.TextChoices):
    """Where a pay run stands (id: status daftar honorarium)."""

    MADE = "made", _("Made")
    HANDED_OVER = "handed_over", _("With the treasurer")
    PAID = "paid", _("Paid")
    CLOSED = "closed", _("Closed: nobody could be paid")


class LineState(models.TextChoices):
    """Where one person's pay stands (id: status honorarium)."""

    WAITING = "waiting", _("Waits for bank details")
    READY = "ready", _("On the list")
    PAID = "paid", _("Paid, to be confirmed")
    RECEIVED = "received", _("Received")
    DENIED = "denied", _("Did not arrive")
    FAILED = "failed", _("Failed; goes on the next list")


class Reason(models.TextChoices):
    """Sentences shown to people when an act is refused."""

    NUMBER_UNREADABLE = "number_unreadable", _("Type the account number in digits, five to twenty of them.")
    HOLDER_MISSING = "holder_missing", _("Type the name of the holder as in the bank book.")
    BANK_MISSING = "bank_missing", _("Type the name of the bank.")
    TAX_NUMBER_UNREADABLE = "tax_number_unreadable", _("A tax number (NPWP) has fifteen or sixteen digits.")
    NOBODY_PAYS = "nobody_pays", _("You are not appointed, so no pay goes to an account of yours.")
    PAY_UNDER_WAY = (
        "pay_under_way",
        _("Your pay of {month} is on its way to the earlier account. Tick that it shall go to the new one."),
    )
    REVEAL_REASON_MISSING = "reveal_reason_missing", _("Write why you need to see these details. It is kept.")
    TOO_MANY_REVEALS = "too_many_reveals", _("You looked at many bank details just now. Wait {minutes} minutes.")
    DETAILS_GONE = "details_gone", _("These details were replaced and can no longer be read.")
    DETAILS_CHANGED = "details_changed", _("Your bank details were changed just now. Look at them, then change again.")
    NOTHING_TO_PAY = (
        "nothing_to_pay",
        _("Nothing to pay for {month}: no approved report with a contract is left that is not on a list already."),
    )
    MONTH_MISSING = "month_missing", _("Choose a month between January and December.")
    RUN_NOT_AT = "run_not_at", _("This list stands at “{state}”; this step is not possible now.")
    NOBODY_LEFT = "nobody_left", _("Nobody on this list can be paid; each stands on the next list of the month.")
    FILE_FIRST = "file_first", _("Take the file of this list first; what you pay is what stands in it.")
    FILE_STALE = "file_stale", _("Bank details changed after the file was taken. Take it again, then pay.")
    PAID_AHEAD = "paid_ahead", _("The day of payment lies ahead. Record it when the money has gone out.")
    PAID_BEFORE = "paid_before", _("The list was handed over on {day}; it cannot have been paid before.")
    REFERENCE_MISSING = "reference_missing", _("Write the number of the payment (SP2D or transfer).")
    REASON_MISSING = "reason_missing", _("Write the reason. The person reads it.")
    LINE_NOT_AT = "line_not_at", _("This pay stands at “{state}”; this step is not possible now.")
    NOT_YOURS = "not_yours", _("Only the person paid says whether the money came.")
    OWN_PAY = "own_pay", _("You are on this list yourself. Somebody else takes this step.")
    NAME_MISSING = "name_missing", _("Write what is deducted.")
    RATE_UNREADABLE = "rate_unreadable", _("A rate lies between 0 and 100 percent.")
    BASIS_MISSING = "basis_missing", _("Write the legal basis.")
    DATES_REVERSED = "dates_reversed", _("The last day lies before the first. Mend one of them.")
    ENDED_ALREADY = "ended_already", _("This deduction already ends on {day}.")
