"""The rule of a ballot in words, for every page that shows it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pendamping.core import formats
from pendamping.core.money import rupiah
from pendamping.deliberation.models import Poll
from pendamping.deliberation.queries.polls import choices_of
from pendamping.deliberation.rule_words import limits_told, links_told, parameters, pots_told

METHODS = {
    "mes": lambda: _("Equal shares: each voter has the same part of the money"),
    "greedy_votes": lambda: _("Most votes first, as far as the money goes"),
    "phragmen": lambda: _("Sequential Phragmén"),
}


def rule_told(poll: Poll) -> list[tuple[str, str]]:
    """(label, words) of all that is fixed before the first vote."""
    rule = poll.rule
    told = [(_("Money there is"), rupiah(poll.ceiling)), (_("Method"), METHODS[rule["method"]]()), *parameters(rule)]
    if rule["need_share_permille"]:
        share = formats.percent(rule["need_share_permille"] / 1000)
        told.append((_("Share of the money that follows need, not votes"), share))
    if rule["minimum_support"]:
        told.append((_("Minimum support"), _("A proposal needs support in proportion to its cost")))
    told += [*pots_told(rule, rule["pots"]), *limits_told(rule["limits"], rule["pots"])]
    choices = choices_of(poll)
    told += links_told([{"id": one.proposal.code, "title": one.title, **one.facts} for one in choices])
    if rule["lot"]:
        words = {
            "lowest_cost": _("lower cost"), "most_supporters": _("more supporters"), "need": _("greater need"),
            "lot": _("the lot: %s") % ", ".join(rule["lot"]), "id": pgettext("tie", "code"),
        }  # fmt: skip
        told.append((_("When equal"), ", ".join(words.get(one, one) for one in rule["ties"])))
    return told
