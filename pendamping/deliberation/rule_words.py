"""Every parameter of the rule of a ballot in words: what is announced, shown beside the result, and printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from pendamping.core import formats
from pendamping.core.money import rupiah
from pendamping.deliberation.result_words import GROUPS
from pendamping.needs.enums.menu import Stream

Rule = Mapping[str, Any]
Row = tuple[str, str]


def parameters(rule: Rule) -> list[Row]:
    """(label, words) of how funded proposals count, of completing and of filling up what is left."""
    rows = []
    if rule["method"] == "mes":
        rows = [(_("What a chosen proposal counts for its supporters"), _utility(rule["utility"])), *_completion(rule)]
    fill = {
        "votes": _("Goes to the proposals with most votes that fit"),
        "points": _("Goes to the proposals with most points that fit"),
        "none": _("Stays unspent"),
    }
    return [*rows, (_("What is left then"), fill[rule["fill"]])]


def _utility(utility: str) -> str:
    words = {
        "cost": _("its price: dearer proposals count for more"),
        "count": _("one, whatever its price"),
        "points": _("the points given to it"),
        "points_cost": _("the points given to it, times its price"),
    }
    return words[utility]


def _completion(rule: Rule) -> list[Row]:
    label = _("When money is left")
    if rule["completion"] == "none":
        return [(label, _("Leave it"))]
    if rule["completion"] == "steps":
        step = formats.number(float(str(rule["step_permille"])) / 10, 1)
        said = _("Each share is raised in steps of %(step)s %%, at most to %(cap)s times the first share")
        return [(label, said % {"step": step, "cap": rule["cap"]})]
    if rule["completion"] == "add1":
        return [(label, _("Each share is raised rupiah by rupiah until the next would overspend or nothing more fits"))]
    return [(label, _("Each share is raised rupiah by rupiah until the next would overspend"))]


def pots_told(rule: Rule, pots: list[dict[str, Any]]) -> list[Row]:
    """Each pot with its money and what it is for, and what becomes of what it leaves over; one for all is not told."""
    told = [(_("Pot"), _pot(pot)) for pot in pots if len(pots) > 1 or pot["headings"] or pot["areas"]]
    if len(pots) > 1:
        upwards = _("Goes to the next pot") if rule["pots_upwards"] else _("Stays in the pot")
        told.append((_("What a pot leaves over"), upwards))
    return told


def links_told(choices: list[dict[str, Any]]) -> list[Row]:
    """What hangs together on a ballot: each choice as a mapping with `title`, `id`, `requires` and `excludes`."""
    titles = {one["id"]: one["title"] for one in choices}
    told: list[Row] = []
    for one in choices:
        if one.get("requires"):
            others = ", ".join(titles.get(code, code) for code in one["requires"])
            said = _("%(one)s only if also: %(others)s") % {"one": one["title"], "others": others}
            told.append((_("Only if also"), said))
    pairs = {tuple(sorted((one["id"], other))) for one in choices for other in one.get("excludes", ())}
    for first, second in sorted(pairs):
        words = {"one": titles.get(first, first), "other": titles.get(second, second)}
        told.append((_("Either or"), _("%(one)s or %(other)s, not both") % words))
    return told


def pot_name(pot: str) -> str:
    """The name of a pot as people read it."""
    return str(Stream(pot).label) if pot in Stream.values else pot


def _pot(pot: Mapping[str, Any]) -> str:
    headings, areas = (pot["headings"] or []), (pot["areas"] or [])
    meant = [pot_name(one) for one in headings if one != pot["id"]] + list(areas)
    said = f"{pot_name(pot['id'])}: {rupiah(pot['ceiling'])}"
    return f"{said} ({', '.join(meant)})" if meant else said


def limits_told(limits: list[dict[str, Any]], pots: list[dict[str, Any]]) -> list[Row]:
    """Each floor and cap, with its pot where there are several."""
    told: list[Row] = []
    for limit in limits:
        words = {"what": limit_name(limit, pots)}
        if limit["least"] is not None:
            told.append((_("Floor"), _("%(what)s: at least %(money)s") % {**words, "money": rupiah(limit["least"])}))
        if limit["most"] is not None:
            told.append((_("Cap"), _("%(what)s: at most %(money)s") % {**words, "money": rupiah(limit["most"])}))
    return told


def limit_name(limit: Mapping[str, Any], pots: list[dict[str, Any]]) -> str:
    """What a floor or cap is for."""
    selector = limit["selector"]
    name = pot_name(selector) if limit["selector_kind"] == "heading" else selector
    if limit["selector_kind"] == "group":
        name = _("Proposals that serve %s") % GROUPS[selector] if selector in GROUPS else selector
    if len(pots) < 2:
        return str(name)
    return _("%(what)s, from the pot “%(pot)s”") % {"what": name, "pot": pot_name(limit["pot"])}
