"""What the working and the public page of a result both show, in the reader's language."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from pendamping.core import formats
from pendamping.core.money import rupiah
from pendamping.core.pieces import Cell, Column
from pendamping.deliberation.allocation.model import GREEDY, MES
from pendamping.deliberation.allocation.published import fraction_in
from pendamping.deliberation.allocation.sentences import MONEY
from pendamping.deliberation.enums.meetings import Outcome
from pendamping.deliberation.models import Result
from pendamping.deliberation.queries import results as queries
from pendamping.deliberation.result_words import METHODS, SELECTORS, TIES, status_of, words_of
from pendamping.deliberation.roll_words import people_of
from pendamping.deliberation.rule_words import links_told, parameters, pot_name, pots_told
from pendamping.needs.enums.menu import Stream


def shown(result: Result, *, is_public: bool = False) -> dict[str, Any]:
    """The context of `deliberation/_result.html`; `is_public`: without what an open meeting only noted so far."""
    found = queries.Shown(result, (get_language() or "id")[:2])
    recount = getattr(result, "recount", None)
    return {
        "result": result, "shown": found, "meeting": result.meeting, "poll": result.poll,
        "won": [(one, status_of(one.status, found.chosen), payers(one)) for one in found.won], "lost": found.lost,
        "lost_note": _lost_note(found.lost),
        "words": words_of(found.chosen), "chosen": found.chosen.label, "lead": _lead(found),
        "numbers": _numbers(found), "rule": _rule(found),
        "compare_columns": [pgettext("figures", "Number"), _("This rule"), _("Most votes first")],
        "compare_rows": _compared(found),
        "round_columns": [
            pgettext("round", "No."), _("Proposal"), Column(_("Paid"), number=True),
            Column(_("Residents who paid"), number=True), Column(_("of them with all they had left"), number=True),
            *([Column(_("From the criteria of need"), number=True)] if found.has_need_share else []),
            _("Next best"), _("Tie"),
        ],
        "round_rows": [_round(found, one) for one in found.rounds],
        "bounds": [_bound(found, one) for one in found.bounds], "bonus": found.decision["bonus_permille"],
        **_channels(result), "people": people_of(result.poll), "struck": queries.struck_of(result),
        "departures": queries.public_departures(result, found) if is_public else queries.departures(result, found),
        "unapplied": _unapplied(result),
        "newer": recount, "newer_url": _address(result, recount.number) if recount else "",
        "older_url": _address(result, result.recount_of.number) if result.recount_of else "",
        "file_url": reverse("deliberation:result_file", args=[result.meeting.code, result.number]),
        "ballots_url": reverse("deliberation:result_ballots", args=[result.meeting.code, result.number]),
        "annex_url": reverse("deliberation:result_annex", args=[result.meeting.code, result.number])
        if result.annex_id else "",
        "command": command(result), "other_rule": other_rule(result),
    }  # fmt: skip


def _unapplied(result: Result) -> dict[str, Any] | None:
    """The earlier count by which decisions still stand, while this is the one that stands; its number and address."""
    for one in queries.overtaken(result.meeting):
        if one.newest.pk == result.pk:
            return {"number": one.result.number, "url": _address(result, one.result.number)}
    return None


def _lead(found: queries.Shown) -> str:
    words = {
        "funded": len(found.won), "amount": rupiah(found.result.amount), "ceiling": rupiah(found.ceiling),
        "voters": formats.number(found.voters),
    }  # fmt: skip
    if found.chosen == Outcome.FUNDED:
        return _("%(funded)s proposals funded with %(amount)s of %(ceiling)s; %(voters)s ballots.") % words
    return _("%(funded)s proposals chosen for %(amount)s of %(ceiling)s; %(voters)s ballots.") % words


def _lost_note(lost: list[queries.Lost]) -> str:
    """What stands beside those that lost for want of money; under the other rules no supporter holds any."""
    if all(one.reason not in MONEY for one in lost):
        return ""
    return _("Beside each price: what its supporters had left. Unfold a proposal to read where their money went.")


def command(result: Result) -> str:
    """What anybody types to compute the published file again."""
    return formats.typed(f"recompute {file_name(result, 'json')}")


def other_rule(result: Result) -> str:
    """What anybody types to see what the other of the two best known rules would give for the open ballot file."""
    another = f"{MES} --fill votes" if result.poll.rule["method"] == GREEDY else GREEDY
    return formats.typed(f"allocate {file_name(result, 'pb')} --rule {another}")


def file_name(result: Result, ending: str) -> str:
    """The name under which a file of a result is saved."""
    return f"hasil-{result.meeting.code}-{result.number}.{ending}"


def site(path: str) -> str:
    """A path as it is printed on paper."""
    return settings.SITE_URL.rstrip("/") + path


def payers(one: queries.Won) -> str:
    """ "50 residents paid Rp 800.000 each": where the money of a funded proposal came from."""
    if one.status == "fill":
        return _("From what was left, as the next with most votes.")
    return " ".join(line for line in (_residents(one), need_paid(one)) if line)


def need_paid(one: queries.Won) -> str:
    """ "Rp 12.000.000 came from the criteria of need: Flood Rp 12.000.000." Nothing where no criterion paid."""
    if not one.criteria:
        return ""
    parts = ", ".join(f"{title} {rupiah(amount)}" for title, amount in one.criteria)
    total = rupiah(sum(amount for _title, amount in one.criteria))
    return _("%(total)s came from the criteria of need: %(parts)s.") % {"total": total, "parts": parts}


def _residents(one: queries.Won) -> str:
    if not one.payers:
        return ""
    words = {"count": formats.number(one.payers), "poor": formats.number(one.poor), "most": rupiah(one.each_most)}
    if not one.poor:
        line = ngettext(
            "%(count)s resident paid %(most)s.", "%(count)s residents paid %(most)s each.", one.payers
        )  # fmt: skip
        return line % words
    return _("%(count)s residents paid at most %(most)s each; %(poor)s of them gave all they had left.") % words


def ratio(value: Fraction) -> str:
    """A factor with two places, never rounded to the other side of 1."""
    hundredths = value.numerator * 100 // value.denominator
    if value > 1 and hundredths == 100:
        hundredths = 101
    return formats.number(Decimal(hundredths) / 100, 2)


def _address(result: Result, number: int) -> str:
    return reverse("deliberation:public_result", args=[result.meeting.code, number])


def _numbers(found: queries.Shown) -> list[tuple[str, str, str]]:
    side, voters = found.compared, found.voters
    used = sum(one.price for one in found.won)
    numbers = []
    if side is not None:
        share = formats.percent(side.residents[0] / voters if voters else None)
        note = _("of %(voters)s who voted (%(share)s)") % {"voters": formats.number(voters), "share": share}
        numbers.append((formats.number(side.residents[0]), str(words_of(found.chosen)["served"]), note))
    of_all = _("of %(ceiling)s") % {"ceiling": rupiah(found.ceiling)}
    numbers.append((rupiah(used), _("of the money is used"), of_all))
    fair = (
        _("Below 1: no group got less than its share of the money.")
        if found.factor < 1
        else _("1 or more: a group got less than its share; floors, caps or the rule caused it.")
    )
    numbers.append((ratio(found.factor), _("fairness factor"), fair))
    return numbers


def _compared(found: queries.Shown) -> list[list[str]]:
    side = found.compared
    if side is None:
        return []
    return [
        [str(words_of(found.chosen)["row"]), *(formats.number(one) for one in side.residents)],
        [_("Money used"), *(rupiah(one) for one in side.used)],
        [_("Fairness factor (below 1 is fair)"), *(ratio(one) for one in side.factor)],
    ]


def _rule(found: queries.Shown) -> list[tuple[str, str]]:
    """The rule that was fixed before the first vote, in words."""
    rule, (first, last) = found.rule, found.share
    rows = [(_("Rule"), str(METHODS[rule["method"]]))]
    if rule["method"] == "mes":
        rows += [
            (_("Share of each resident at first"), rupiah(first)),
            (_("Share at the end"), rupiah(last)),
        ]
    rows += parameters(rule)
    if rule["method"] == "mes" and rule["need_share_permille"]:
        share = formats.percent(rule["need_share_permille"] / 1000)
        rows.append((_("Share of the money that follows need, not votes"), share))
    if rule["minimum_support"]:
        rows.append((_("Least support"), _("a third of a proposal's share of the money")))
    rows += [*pots_told(rule, found.contest["pots"]), *links_told(found.contest["proposals"])]
    ties = ", ".join(str(TIES[one]) for one in rule["ties"])
    return [
        *rows,
        (_("Ties are settled by"), ties),
        (_("Lot drawn before the vote"), ", ".join(rule["lot"]) or _("none")),
        (_("Ties that occurred"), formats.number(found.decision["ties"])),
        (_("Money left over"), rupiah(found.left_over)),
    ]


def _round(found: queries.Shown, one: dict[str, Any]) -> list[Any]:
    tie = str(TIES.get(one["tie_step"], "")) if one["tie"] else "–"
    code = one["proposal"]
    title = Cell(found.title_of(code), reverse("portal:journey", args=[code]))
    return [
        formats.number(one["k"]), title, rupiah(int(fraction_in(one["paid"]))), formats.number(one["payers"]),
        formats.number(one["poor"]),
        *([rupiah(int(sum(each for _key, each in found.paid_for(code)[1])))] if found.has_need_share else []),
        found.title_of(one["runner_up"]) or "–", tie,
    ]  # fmt: skip


def _bound(found: queries.Shown, one: queries.Bound) -> tuple[str, str, str]:
    """What a floor or cap says, what was spent, and whether it was kept."""
    name = str(Stream(one.selector).label) if one.selector in Stream.values else one.selector
    what = f"{SELECTORS[one.selector_kind]}: {name}"
    if len(found.contest["pots"]) > 1:
        what = _("%(what)s, from the pot “%(pot)s”") % {"what": what, "pot": pot_name(one.pot)}
    parts = []
    if one.least is not None:
        parts.append(_("at least %(amount)s") % {"amount": rupiah(one.least)})
    if one.most is not None:
        parts.append(_("at most %(amount)s") % {"amount": rupiah(one.most)})
    kept = _("not reached: the proposals that were there do not add up") if one.is_unmet else _("kept")
    return what, f"{', '.join(parts)} – {kept}", rupiah(one.spent)


def _channels(result: Result) -> dict[str, Any]:
    cast = queries.cast_of(result.poll)
    ways = cast.by_channel
    split = queries.split_by_channel(result)
    labels = [str(channel.label) for channel, _count in ways]
    empty = ((_("Among them blank"), cast.blank), (_("Among them spoiled, not counted"), cast.spoiled))
    of_these = [(label, count) for label, count in empty if count]  # they came, and name nothing
    return {
        "channels": [*((str(channel.label), count) for channel, count in ways), *of_these],
        "is_split_hidden": split is None and sum(1 for _channel, count in ways if count) > 1,
        "split_columns": [_("Proposal"), *(Column(label, number=True) for label in labels)],
        "split_rows": [[choice.title, *map(formats.number, counts)] for choice, counts in split or []],
    }  # fmt: skip
