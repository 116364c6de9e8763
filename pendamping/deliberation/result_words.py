"""The words of the rule as people read them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

METHODS = {
    "mes": _("Equal shares: every resident holds the same part of the money"),
    "greedy_votes": _("Most votes first"),
    "phragmen": _("Phragmén: money drips equally to everybody"),
}
STATUSES = {
    "share": _("Bought by its supporters"),
    "fill": _("Filled by votes"),
    "floor": _("Funded by a least share of the rule"),
    "not": _("Not funded"),
}
TIES = {
    "lowest_cost": _("lower price"),
    "most_supporters": _("more supporters"),
    "need": _("higher need"),
    "lot": _("lot"),
    "id": pgettext_lazy("tie", "code"),
}
SELECTORS = {
    "heading": _("Stream"),
    "group": pgettext_lazy("limit", "Group"),
    "area": _("Area"),
}
