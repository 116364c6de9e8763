"""Condition of an asset, and why assets refuse."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Condition(TextChoices):
    """How an asset is found (id: kondisi aset)."""

    GOOD = "good", _("Good")
    LIGHT_DAMAGE = "light_damage", _("Lightly damaged")
    HEAVY_DAMAGE = "heavy_damage", _("Heavily damaged")
    GONE = "gone", _("Not there any more")


class Reason(TextChoices):
    """Sentences shown to people when an act is refused."""

    NOT_COMPLETED = "not_completed", _("Hand over after the final report has been verified.")
    ALREADY_HANDED_OVER = "already_handed_over", _("This project has already been handed over.")
    CUSTODIAN_NEEDED = "custodian_needed", _("Name the body that keeps the asset from now on.")
    HANDED_OVER_IN_FUTURE = (
        "handed_over_in_future",
        _("The day of the handover lies in the future. Record it on that day."),
    )
    HANDED_OVER_TOO_EARLY = (
        "handed_over_too_early",
        _("The work was completed on {day}; it cannot be handed over before."),
    )
    VALUE_NEEDED = "value_needed", _("Give the value of the work, above zero.")
    VALUE_UNLIKELY = (
        "value_unlikely",
        _("This is more than ten times the budget of {budget_rupiah}. Check the zeros."),
    )
    WORDS_MISSING = "words_missing", _("Fill in this field.")
    INSPECTED_BEFORE_BUILT = (
        "inspected_before_built",
        _("The asset stands since {day}; it cannot have been inspected before."),
    )
    INSPECTED_IN_FUTURE = (
        "inspected_in_future",
        _("The day of the inspection lies in the future. Record it on that day."),
    )
    INSPECTED_BEFORE_LAST = "inspected_before_last", _("A later inspection, of {day}, is already recorded.")
    FAULT_WORDS_NEEDED = "fault_words_needed", _("Say in a few words what is broken.")
    NEXT_INSPECTION_PAST = "next_inspection_past", _("The next inspection must lie after {day}.")
    PHOTO_MISSING = "photo_missing", _("Add a photo of the condition.")
    FINDING_MISSING = "finding_missing", _("Write what is damaged and what should be done.")
    EMPOWERMENT_HAS_NO_ASSET = (
        "empowerment_has_no_asset",
        _("An empowerment project leaves no standing asset. Close it with the benefit count."),
    )
