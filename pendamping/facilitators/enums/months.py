"""Where a month report stands, whom it waits for, and why an act on plans and reports is refused."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MonthState(models.TextChoices):
    """Where a month report stands (id: status laporan bulanan). A month without a report is still open."""

    SENT = "sent", _("Sent")
    RECOMMENDED = "recommended", _("Recommended")
    RETURNED = "returned", _("Sent back for repair")
    APPROVED = "approved", _("Approved")


class MonthOffice(models.TextChoices):
    """Who decides on a month report, from below (id: jenjang). The values are keys of roles."""

    AREA = "area_coordinator", _("Area coordinator")
    CITY = "city_coordinator", _("City coordinator")
    SECRETARIAT = "secretariat", _("Programme secretariat")


class DecisionKind(models.TextChoices):
    """What an office said (id: keputusan atas laporan)."""

    RECOMMENDED = "recommended", _("Recommended")
    RETURNED = "returned", _("Sent back")
    APPROVED = "approved", _("Approved")


class Reason(models.TextChoices):
    """Sentences shown to people when an act is refused."""

    NOT_SERVING = "not_serving", _("You are placed nowhere in {month}, so there is nothing to plan or report.")
    PLAN_EMPTY = "plan_empty", _("Write at least one line of the plan.")
    PLAN_OVER = "plan_over", _("{month} is over. A plan is made before the month.")
    PLAN_FIXED = "plan_fixed", _("{month} has begun; the plan sent for it stays as it is.")
    PLAN_OUTSIDE = "plan_outside", _("You are not placed in {place} in {month}. Choose one of your places.")
    TOO_EARLY = "too_early", _("The report of {month} can be sent from {day} on.")
    LINES_SENT_BACK = (
        "lines_sent_back",
        _("Lines of {month} were sent back to you: {codes}. Mend them first, then send the report."),
    )
    SENT_ALREADY = "sent_already", _("The report of {month} is already sent. Nothing was changed.")
    APPROVED_ALREADY = (
        "approved_already",
        _("The report of {month} is approved. If days are missing, ask the secretariat to send it back."),
    )
    ON_LIST = "on_list", _("This report stands on a list of honoraria and stays as it is.")
    NOT_OPEN = "not_open", _("This report stands at “{state}”; this step is not possible now.")
    OWN_REPORT = "own_report", _("This is your own report. Somebody else decides on it.")
    TWICE = "twice", _("You already decided on this report. Somebody else takes this step.")
    WAITS_FOR = "waits_for", _("This report waits for another office first: {office}.")
    REASON_MISSING = "reason_missing", _("Write what has to be mended. The person reads it.")
    CHANGED_MEANWHILE = "changed_meanwhile", _("The report was sent again meanwhile. Read it anew, then decide.")
    BASIS_MISSING = "basis_missing", _("Write the legal basis.")
    RULES_TAKEN = "rules_taken", _("There are already rules valid from {day}. Choose another day.")
