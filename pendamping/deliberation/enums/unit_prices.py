"""Where a list of unit prices stands, and why an act on one is refused."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PriceListState(TextChoices):
    """Where a list of unit prices stands (id: keadaan standar harga)."""

    DRAFT = "draft", pgettext_lazy("price list", "Being prepared")
    IN_FORCE = "in_force", pgettext_lazy("price list", "In force")
    REPLACED = "replaced", pgettext_lazy("price list", "Replaced by a later version")


class PriceReason(TextChoices):
    """Sentences shown to people when an act on unit prices is refused."""

    DRAFT_OPEN = (
        "price_draft_open",
        _("Version {version} for {year} is still being prepared. Fill that one, or put it in force first."),
    )
    NOT_DRAFT = (
        "price_list_fixed",
        _("This list is in force and stays as it is. Begin a new version to change a price."),
    )
    NO_DRAFT = (
        "price_no_draft",
        _("No list of unit prices for {year} is being prepared. Begin one, then take the file in."),
    )
    YEAR_MISSING = (
        "price_year_missing",
        _("Lists for several years are being prepared. Add a column “Tahun” that says which one a row belongs to."),
    )
    BASIS_MISSING = "price_basis_missing", _("Name the decree the prices rest on.")
    LIST_EMPTY = "price_list_empty", _("The list holds no prices yet. Take them in from a file, or add one by hand.")
    CODE_MISSING = "price_code_missing", _("Give the item its code.")
    NAME_MISSING = "price_name_missing", _("Give the item its name.")
    UNIT_MISSING = "price_unit_missing", _("Give the unit the price is for.")
    PRICE_MISSING = "price_missing", _("Give a price above zero.")
    PLACE_OUTSIDE = "price_place_outside", _("This place is not in the city of the list.")
