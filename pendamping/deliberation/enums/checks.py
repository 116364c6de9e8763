"""What is looked at in a technical check, what it comes to, and why an act on one is refused."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Aspect(TextChoices):
    """What is looked at in a proposal (id: aspek verifikasi)."""

    MENU = "menu", pgettext_lazy("aspect", "Menu of activities")
    COST = "cost", pgettext_lazy("aspect", "Cost against the unit prices")
    LAND = "land", pgettext_lazy("aspect", "Land and consent")
    DUPLICATE = "duplicate", pgettext_lazy("aspect", "Done already, or proposed twice")


class Finding(TextChoices):
    """What the checker found about one aspect (id: temuan aspek)."""

    FIT = "fit", pgettext_lazy("check", "In order")
    CONDITION = "condition", pgettext_lazy("check", "In order with a condition")
    UNFIT = "unfit", pgettext_lazy("check", "Not in order")


class CheckResult(TextChoices):
    """What a technical check comes to (id: hasil verifikasi teknis)."""

    FIT = "fit", _("Fit")
    CONDITION = "condition", _("Fit with conditions")
    UNFIT = "unfit", _("Not fit")


class CheckState(TextChoices):
    """Where a technical check stands (id: keadaan verifikasi teknis)."""

    DRAFT = "draft", pgettext_lazy("check", "Under way")
    PUBLISHED = "published", pgettext_lazy("check", "Published")


class CheckReason(TextChoices):
    """Sentences shown to people when an act of a technical check is refused."""

    NOT_CHECKABLE = (
        "check_not_possible",
        _("A technical check is made of a proposal that was submitted and is not decided yet."),
    )
    UNDER_WAY = "check_under_way", _("A technical check of this proposal is under way. Finish or discard that one.")
    NONE_UNDER_WAY = "check_none_under_way", _("No technical check of this proposal is under way. Begin one.")
    WHY_ANEW = "check_why_anew", _("There is a check of this version already. Say why it is made anew.")
    QUANTITY_MISSING = "check_quantity_missing", _("Give a quantity above zero.")
    NO_SUCH_PRICE = (
        "check_no_such_price",
        _("“{code}” is not in the unit prices this check rests on. Search for the item and choose it from the list."),
    )
    NO_SUCH_LINE = "check_no_such_line", _("This line is not in the check any more. Open the page again.")
    LINE_TWICE = (
        "check_line_twice",
        _("{code} is in the calculation already. Take it out first to change its quantity."),
    )
    FINDING_WORDS = "check_finding_words", _("Say why, in plain words. Residents read it.")
    NO_PRICES = (
        "check_no_prices",
        _("The cost was not compared with the unit prices: add lines first, or find that it is not in order."),
    )
    NO_PRICE_LIST = (
        "check_no_price_list",
        _(
            "There are no unit prices of this year to compare the cost with. It is in order with a condition at best: "
            "name what the cost rests on."
        ),
    )
    COST_FAR = (
        "check_cost_far",
        _(
            "The estimate lies {off} ‰ off the unit prices, more than {most} ‰. It can only be found not in order, "
            "or the proposal is repaired first."
        ),
    )
    COST_OFF = (
        "check_cost_off",
        _("The estimate lies {off} ‰ off the unit prices, more than {most} ‰. Name the condition."),
    )
    MENU_ENDED = (
        "check_menu_ended",
        _("The activity is not in the menu of the budget year, so this cannot be found in order."),
    )
    LAND_OPEN = (
        "check_land_open",
        _("Consent of the land owner is missing on paper, so this cannot be found in order."),
    )
    INCOMPLETE = "check_incomplete", _("Not looked at yet: {aspects}. Finish these first.")
    STALE = (
        "check_stale",
        _("The proposal was repaired since this check began. Discard the check and begin anew."),
    )
    NEEDED = (
        "check_needed",
        _("{code} has no published technical check that finds it fit. Have it checked first."),
    )
    BOUNDS_CROSSED = (
        "check_bounds_crossed",
        _("The bound for a condition lies above the bound for not in order. Swap them."),
    )
    BASIS_MISSING = "check_basis_missing", _("Name what these rules rest on.")
    BEGINS_EARLIER = (
        "check_rules_earlier",
        _("Rules from {day} are set already. Let these begin on that day, to take their place, or later."),
    )
