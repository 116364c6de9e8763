"""The words of the rule as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pendamping.deliberation.enums.meetings import Outcome

METHODS = {
    "mes": _("Equal shares: every resident holds the same part of the money"),
    "greedy_votes": _("Most votes first"),
    "phragmen": _("Phragmén: money drips equally to everybody"),
}
FUNDING = {
    "lost": _("Not funded, and why"),
    "nothing": _("Nothing is funded by this ballot."),
    "served": _("residents see something funded that they chose"),
    "row": _("Residents who see something funded that they chose"),
    "floor": _("Funded by a least share of the rule"),
    "same": _("The same: {0} proposals are funded, as published."),
    "not": _("not funded"),
    "others": _("Those that are not funded"),
}
CHOOSING = {  # at the RW and at the district, where a ballot decides what is sent on and no money is given out
    "lost": _("Not chosen, and why"),
    "nothing": _("Nothing is chosen by this ballot."),
    "served": _("residents see something chosen that they voted for"),
    "row": _("Residents who see something chosen that they voted for"),
    "floor": _("Chosen by a least share of the rule"),
    "same": _("The same: {0} proposals are chosen, as published."),
    "not": _("not chosen"),
    "others": _("Those that are not chosen"),
}
STATUSES = {
    "share": _("Bought by its supporters"),
    "fill": _("Filled by votes"),
    "floor": _("Funded by a least share of the rule"),
    "not": _("Not funded"),
}
GROUPS = {  # whose proposals a floor may be for
    "women": _("women"),
    "children": _("children"),
    "poor": _("poor households"),
    "disabled": _("disabled people"),
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


def words_of(chosen: str) -> Mapping[str, Any]:
    """The words about those a ballot chooses and leaves out, for the outcome that its kind of meeting gives them."""
    return FUNDING if chosen == Outcome.FUNDED else CHOOSING


def status_of(status: str, chosen: str) -> str:
    """How a chosen proposal came to it."""
    return str(words_of(chosen)["floor"] if status == "floor" else STATUSES[status])
