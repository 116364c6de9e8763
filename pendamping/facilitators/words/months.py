"""What the journal tells of months and pay: that a step was taken, by which office; never an account number."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "facilitators.plan_sent": _("The plan of a month was sent"),
    "facilitators.month_sent": _("The report of a month was sent"),
    "facilitators.month_recommended": _("The report of a month was recommended"),
    "facilitators.month_approved": _("The report of a month was approved"),
    "facilitators.month_returned": _("The report of a month was sent back for repair"),
    "facilitators.month_passed_on": _("The report of a month now waits for another office"),
    "facilitators.month_rules_set": _("The days of plan, report and pay were set"),
    "facilitators.deduction_set": _("A deduction from pay was set"),
    "facilitators.deduction_ended": _("A deduction from pay was ended"),
    "facilitators.pay_account_set": _("Bank details were given"),
    "facilitators.pay_account_revealed": _("Bank details were looked at"),
    "facilitators.pay_run_made": _("A list of honoraria was made"),
    "facilitators.pay_run_handed_over": _("A list of honoraria was handed to the treasurer"),
    "facilitators.pay_file_taken": _("The payment file with bank details was taken"),
    "facilitators.pay_run_paid": _("A list of honoraria was paid"),
    "facilitators.pay_run_closed": _("A list of honoraria was closed: nobody on it could be paid"),
    "facilitators.pay_line_failed": _("A payment of honorarium did not go through"),
    "facilitators.pay_line_answered": _("The treasurer answered about a payment that did not arrive"),
    "facilitators.pay_received": _("The receipt of an honorarium was confirmed"),
    "facilitators.pay_denied": _("An honorarium did not arrive, its receiver says"),
}
