"""States of a project, and why planning refuses."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProjectState(TextChoices):
    """Where a project stands (id: keadaan kegiatan)."""

    PREPARED = "prepared", _("Waiting for approval")
    APPROVED = "approved", _("Approved, not started")
    RUNNING = "running", _("Under way")
    COMPLETED = "completed", _("Completed")
    HANDED_OVER = "handed_over", _("Handed over")
    RETURNED = "returned", _("Returned for repair")
    CANCELLED = "cancelled", _("Cancelled")


UNAPPROVED = (ProjectState.PREPARED, ProjectState.RETURNED)


class Reason(TextChoices):
    """Sentences shown to people when an act is refused."""

    NO_RULE_SET = (
        "no_rule_set",
        _("There are no rules in force for {year} in this city. The planning agency sets them first."),
    )
    NOT_FUNDED = (
        "not_funded",
        _("Only a proposal that a closed meeting decided to fund can become a project."),
    )
    ALREADY_PLANNED = "already_planned", _("This decision already has a project.")
    OVER_CEILING = (
        "over_ceiling",
        _(
            "The ceiling of the ward is {ceiling_rupiah}; {planned_rupiah} is already planned. "
            "This budget exceeds it by {over_rupiah}."
        ),
    )
    OVER_SHARE = (
        "over_share",
        _(
            "{stream} may take at most {share} of the ceiling ({limit_rupiah}); "
            "{planned_rupiah} is already planned. "
            "This budget exceeds it by {over_rupiah}."
        ),
    )
    OVER_DECISION = (
        "over_decision",
        _("The meeting agreed {agreed_rupiah}; this budget exceeds it by {over_rupiah}."),
    )
    BUDGET_NEEDED = "budget_needed", _("Give a budget above zero.")
    DATES_REVERSED = "dates_reversed", _("The end date lies before the start date.")
    OUTSIDE_YEAR = (
        "outside_year",
        _("Start and end must lie in the fiscal year {year}."),
    )
    WRONG_SUB_ACTIVITY = (
        "wrong_sub_activity",
        _("This sub-activity belongs to the other stream. Choose one for {stream}."),
    )
    LINE_UNKNOWN = "line_unknown", _("No budget line has this code. Use a code such as 7.01.03.2.02.0002.")
    NOT_PREPARED = "not_prepared", _("This project is not waiting for approval.")
    NOT_APPROVED = "not_approved", _("This project has not been approved yet.")
    RULES_OVERLAP = (
        "rules_overlap",
        _("Rules already hold from {day}. A new version must begin after that day."),
    )
    SHARES_IMPOSSIBLE = (
        "shares_impossible",
        _(
            "These shares cannot all be kept: the smallest add up to more than the whole, the largest to less, "
            "or a smallest exceeds its largest."
        ),
    )
    BASIS_MISSING = (
        "basis_missing",
        _("Name the regulation or decree these rules rest on."),
    )
    TRANCHES_OUT_OF_ORDER = (
        "tranches_out_of_order",
        _(
            "Each tranche needs a percentage above zero, and the progress it waits for lies "
            "between 0 and 100 and never falls."
        ),
    )
    NOT_A_CITY = "not_a_city", _("Rules hold for a whole city.")
    NOT_A_WARD = "not_a_ward", _("A ceiling belongs to a ward.")
    AMOUNT_NEGATIVE = "amount_negative", _("An amount cannot be below zero.")
    WORDS_MISSING = "words_missing", _("Fill in this field.")
    APPROVED_ALREADY = (
        "approved_already",
        _("This project is approved or cancelled; its plan can no longer be changed."),
    )
    NOT_RUNNING = "not_running", _("This project is not under way.")
    NOT_COMPLETED = "not_completed", _("This project is not completed.")
    TRANCHES_NOT_WHOLE = (
        "tranches_not_whole",
        _("The tranches add up to {sum} %, not 100 %."),
    )
    NOTHING_TO_TAKE_OVER = (
        "nothing_to_take_over",
        _("Every funded proposal of this meeting is a project already, or none was funded."),
    )
    MEETING_NOT_CLOSED = (
        "meeting_not_closed",
        _("This meeting is not closed yet. Its decisions can be planned once its minutes are fixed."),
    )
    TAKE_OVER_STOPPED = (
        "take_over_stopped",
        _("{code} “{title}”: {why} None of the proposals was taken over; mend this one or prepare it by itself."),
    )
    LINE_MISSING = "line_missing", _("Choose the budget line for {stream}.")
