"""States of a progress report, and why delivery refuses."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReportState(TextChoices):
    """Where a progress report stands (id: keadaan laporan kemajuan)."""

    REPORTED = "reported", _("Waiting for verification")
    VERIFIED = "verified", _("Verified")
    RETURNED = "returned", _("Returned")


class Reason(TextChoices):
    """Sentences shown to people when an act is refused."""

    PROJECT_NOT_APPROVED = "project_not_approved", _("This project has not been approved yet; nothing can be reported.")
    PROJECT_FINISHED = "project_finished", _("This project is already completed.")
    STAGE_ALREADY = "stage_already", _("{stage} % has already been reported and waits for verification or is verified.")
    STAGE_TOO_EARLY = "stage_too_early", _("First report {before} %, then have it verified.")
    PHOTO_MISSING = "photo_missing", _("Add at least one photo taken from the same point as before.")
    SPENT_OVER_BUDGET = "spent_over_budget", _("{spent_rupiah} spent is {over_rupiah} more than the budget.")
    SPENT_LESS_THAN_BEFORE = (
        "spent_less_than_before",
        _("Money spent cannot fall: {before_rupiah} was reported before."),
    )
    SPENT_OVER_RELEASED = (
        "spent_over_released",
        _("{spent_rupiah} spent is {over_rupiah} more than the tranches that are released up to this stage."),
    )
    NOT_WAITING = "not_waiting", _("This report is not waiting for verification.")
    REASON_MISSING = "reason_missing", _("Write why the report is returned, so that it can be mended.")
    TRANCHE_UNKNOWN = "tranche_unknown", _("The rules of this year know {count} tranches.")
    TRANCHE_ALREADY = "tranche_already", _("Tranche {number} has already been paid.")
    TRANCHE_ORDER = "tranche_order", _("Pay tranche {number} first.")
    TRANCHE_TOO_EARLY = "tranche_too_early", _("Tranche {number} needs verified progress of {needed} %.")
    OVER_TRANCHE = "over_tranche", _("Tranche {number} is {limit_rupiah}; this payment exceeds it by {over_rupiah}.")
    AMOUNT_NEEDED = "amount_needed", _("Give an amount above zero.")
    PAID_IN_FUTURE = "paid_in_future", _("The day of payment lies in the future. Record it when it has been paid.")
    PAID_BEFORE_APPROVAL = (
        "paid_before_approval",
        _("The project was approved on {day}; nothing can have been paid before. Check the day."),
    )
    REFERENCE_MISSING = "reference_missing", _("Give the number on the payment order or receipt.")
    VOIDED_ALREADY = "voided_already", _("This payment has already been struck.")
    VOID_ORDER = "void_order", _("Strike tranche {number} first: the latest payment goes first.")
    VOID_REASON_MISSING = "void_reason_missing", _("Write what was wrong with the payment.")
    ALL_PAID = "all_paid", _("All tranches have been paid.")
