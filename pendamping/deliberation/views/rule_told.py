"""The rule of a ballot in words, for every page that shows it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pendamping.core import formats
from pendamping.core.money import rupiah
from pendamping.deliberation.forms.polls import GROUPS
from pendamping.deliberation.models import Poll
from pendamping.needs.enums.menu import Stream

METHODS = {
    "mes": lambda: _("Equal shares: each voter has the same part of the money"),
    "greedy_votes": lambda: _("Most votes first, as far as the money goes"),
    "phragmen": lambda: _("Sequential Phragmén"),
}


def rule_told(poll: Poll) -> list[tuple[str, str]]:
    """(label, words) of all that is fixed before the first vote."""
    rule, streams = poll.rule, {stream.value: str(stream.label) for stream in Stream}
    names = {**streams, **{name: _("Proposals that serve %s") % label for name, label in GROUPS.items()}}
    told = [
        (_("Money there is"), rupiah(poll.ceiling)),
        (_("Method"), METHODS[rule["method"]]()),
        (_("When money is left"), _completion(rule)),
        (_("What is left then"), _("Goes to the proposals with most votes that fit"))
        if rule["fill"] != "none"
        else (_("What is left then"), _("Stays unspent")),
    ]
    if rule["need_share_permille"]:
        share = formats.percent(rule["need_share_permille"] / 1000)
        told.append((_("Share of the money that follows need, not votes"), share))
    if rule["minimum_support"]:
        told.append((_("Minimum support"), _("A proposal needs support in proportion to its cost")))
    if len(rule["pots"]) > 1:
        told += [(_("Pot"), f"{streams.get(pot['id'], pot['id'])}: {rupiah(pot['ceiling'])}") for pot in rule["pots"]]
    for limit in rule["limits"]:
        name = names.get(limit["selector"], limit["selector"])
        if limit["least"]:
            told.append(
                (_("Floor"), _("%(what)s: at least %(money)s") % {"what": name, "money": rupiah(limit["least"])})
            )
        if limit["most"]:
            told.append((_("Cap"), _("%(what)s: at most %(money)s") % {"what": name, "money": rupiah(limit["most"])}))
    if rule["lot"]:
        words = {
            "lowest_cost": _("lower cost"), "most_supporters": _("more supporters"), "need": _("greater need"),
            "lot": _("the lot: %s") % ", ".join(rule["lot"]),
        }  # fmt: skip
        told.append((_("When equal"), ", ".join(words.get(one, one) for one in rule["ties"])))
    return told


def _completion(rule: dict[str, object]) -> str:
    if rule["completion"] == "none":
        return _("Leave it")
    step = formats.number(float(str(rule["step_permille"])) / 10, 1)
    return _("Each share is raised in steps of %(step)s %%, at most to %(cap)s times") % {
        "step": step, "cap": rule["cap"],
    }  # fmt: skip
