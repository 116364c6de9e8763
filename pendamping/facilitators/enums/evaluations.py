"""Groups of indicators, where an evaluation stands, what becomes of a contract, and why an act is refused."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class IndicatorGroup(models.TextChoices):
    """What a group of indicators asks (id: kelompok indikator)."""

    PROFESSIONAL = "professional", _("Professional: is the work recorded, on time and right at first?")
    RESPONSIVE = "responsive", _("Responsive: how long do residents wait?")
    PARTICIPATORY = "participatory", _("Participatory: who takes part and who was never heard?")
    RESULT = "result", _("Result: does it help, and does it still stand?")


class IndicatorUnit(models.TextChoices):
    """What a value is counted in (id: satuan indikator)."""

    SHARE = "share", _("share")
    DAYS = "days", _("days")


class EvaluationState(models.TextChoices):
    """Where an evaluation stands (id: tahap evaluasi)."""

    DRAFT = "draft", _("Computed, not shown yet")
    SHOWN = "shown", _("Shown to the person")
    REPLIED = "replied", _("The person replied")
    SETTLED = "settled", _("Settled")


class RenewalOutcome(models.TextChoices):
    """What becomes of the contract (id: putusan perpanjangan)."""

    RENEW = "renew", _("Renew")
    CONDITIONS = "conditions", _("Renew with conditions")
    NOT_RENEWED = "not_renewed", _("Do not renew")


class Reason(models.TextChoices):
    """Sentences shown to people when an act is refused."""

    HALF_UNKNOWN = "half_unknown", _("Write a half-year as year and half, such as 2026-1.")
    NOT_OVER = (
        "not_over",
        _("Reports of this half-year may come in until {day}. It can be evaluated from the day after."),
    )
    NOT_SERVED = "not_served", _("This person served in no place in this half-year.")
    NO_RULES = "no_rules", _("No rules of evaluation were in force on {day}. Set rules first, under Rules.")
    COMPUTED_ALREADY = "computed_already", _("This half-year is already computed for this person ({code}).")
    NOT_ONESELF = "not_oneself", _("You cannot do this about yourself. Ask a colleague who may.")
    NOT_DRAFT = "not_draft", _("This evaluation was already shown to the person; its values stay as they are.")
    NOT_YOURS = "not_yours", _("Only the person evaluated replies, on their own page.")
    NOT_SHOWN = "not_shown", _("This evaluation is at another step now ({state}). Open it again.")
    REPLIED_ALREADY = "replied_already", _("You have already replied. Your words stand as they are.")
    REPLY_LATE = (
        "reply_late",
        _("The time to reply ended on {day}. Tell whoever settles the evaluation what must still be known."),
    )
    WORDS_MISSING = "words_missing", _("Write some words first.")
    REPLY_OPEN = "reply_open", _("The person may reply until {day}. Decide after that day, or once the reply is here.")
    COMPUTED_IT = (
        "computed_it",
        _("You computed this evaluation. Somebody else decides on it, so that four eyes see it."),
    )
    NOT_JUDGED = "not_judged", _("“{name}” was not judged, so there is nothing to strike out.")
    NOT_SETTLED = "not_settled", _("Settle the evaluation first, then decide on the contract.")
    DECIDED_ALREADY = "decided_already", _("It was already decided: {outcome}.")
    CONDITIONS_MISSING = "conditions_missing", _("Write the conditions.")
    CONDITIONS_UNWANTED = "conditions_unwanted", _("Conditions belong to “renew with conditions”. Leave them empty.")
    DUE_PAST = "due_past", _("Choose a day from today on.")
    STEPS_MISSING = "steps_missing", _("Agree on the steps first, then say what came of them.")
    COACHED_ALREADY = "coached_already", _("This coaching was finished on {day}.")
    BASIS_MISSING = "basis_missing", _("Name the legal basis.")
    CHANGE_REASON_MISSING = "change_reason_missing", _("Write why the rules change. Everybody evaluated reads it.")
    RULES_OVERLAP = "rules_overlap", _("The rules before hold from {day}. Choose a later day.")
    RULES_BACKDATED = (
        "rules_backdated",
        _("Rules are known before they judge. Choose a day from today on; they hold for half-years that begin then."),
    )
    WEIGHTS_NOT_WHOLE = "weights_not_whole", _("The weights make {sum} together. Make them 100.")
    BOUNDS_EQUAL = "bounds_equal", _("“{name}” needs two different bounds: full points and no points.")
    BOUNDS_WRONG = "bounds_wrong", _("Bounds of “{name}” lie between 0 and {most}.")
    INDICATOR_UNKNOWN = "indicator_unknown", _("There is no indicator “{name}”.")
