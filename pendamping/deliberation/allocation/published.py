"""The published file: contest and decision as plain JSON values, fractions as "p/q", and back again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from fractions import Fraction
from typing import Any, TypeVar

import numpy as np

from .decision import Certificates, Comparison, Decision, Explanation, Payments, PotDecision, Round
from .model import MOST_CAP, MOST_STEP, Ballots, Contest, Invalid, Limit, Pot, Proposal, Rule

Read = TypeVar("Read")


def canonical(value: object) -> bytes:
    """JSON with sorted keys, no blanks, UTF-8: what the hashes are taken of."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def fraction_out(value: Fraction) -> str:
    return f"{_text(value.numerator)}/{_text(value.denominator)}"


def _text(value: int) -> str:
    if value.bit_length() < 13_000:
        return str(value)
    half = value.bit_length() * 3 // 20
    over, under = divmod(abs(value), 10**half)
    return ("-" if value < 0 else "") + _text(over) + _text(under).zfill(half)


def fraction_in(text: str) -> Fraction:
    over, _, under = text.partition("/")
    return Fraction(_big(over), _big(under or "1"))


def _big(text: str) -> int:
    """Exact denominators grow with the rounds, past the length Python converts without being asked."""
    if len(text) <= 4000:
        return int(text)
    sign, text = (-1, text[1:]) if text[0] == "-" else (1, text)
    half = len(text) // 2
    return sign * (_big(text[:-half]) * 10**half + _big(text[-half:]))


def contest_out(contest: Contest) -> dict[str, Any]:
    ballots = contest.ballots
    return {
        "proposals": [proposal_out(p) for p in contest.proposals],
        "ballots": {
            "offsets": ballots.offsets.tolist(),
            "choices": ballots.choices.tolist(),
            "points": None if (ballots.points == 1).all() else ballots.points.tolist(),
            "weight": ballots.weight.tolist(),
            "endow": None if ballots.endow is None else [fraction_out(e) for e in ballots.endow],
            "area": None if ballots.area is None else list(ballots.area),
        },
        "pots": [pot_out(p) for p in contest.pots],
        "limits": [limit_out(x) for x in contest.limits],
        "rule": rule_out(contest.rule),
    }


def _part(name: str, way: Callable[[Any], Read], given: Any) -> Read:
    """Read a part of a file; what is not as it should be names its place."""
    try:
        return way(given)
    except Invalid:
        raise
    except KeyError as missing:
        name = f"{name}.{missing.args[0]}"
        raise Invalid(f"{name}: is missing", f"{name}: tidak ada") from None
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as fault:
        raise Invalid(f"{name}: is not as published", f"{name}: tidak seperti yang diumumkan") from fault


def _each(name: str, way: Callable[[Any], Read], given: Iterable[Any]) -> tuple[Read, ...]:
    return tuple(_part(f"{name}[{nth}]", way, one) for nth, one in enumerate(given))


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(value)
    return value


def contest_in(document: Mapping[str, Any]) -> Contest:
    """The contest of a published file. Raises `Invalid` naming the part that is not as it should be."""
    return _part("contest", _contest_in, document)


def _contest_in(document: Mapping[str, Any]) -> Contest:
    return Contest(
        _each("contest.proposals", _proposal_in, document["proposals"]),
        _part("contest.ballots", _ballots_in, document["ballots"]),
        _each("contest.pots", _pot_in, document["pots"]),
        _each("contest.limits", lambda given: Limit(**given), document["limits"]),
        _part("contest.rule", _rule_in, document["rule"]),
    )


def _pot_in(given: Mapping[str, Any]) -> Pot:
    return Pot(given["id"], _whole(given["ceiling"]), _set_in(given["areas"]), _set_in(given["headings"]))


def _rule_in(given: Mapping[str, Any]) -> Rule:
    rule = Rule(**{**given, "ties": tuple(given["ties"]), "lot": tuple(given["lot"])})
    if not 1 <= _whole(rule.step_permille) <= MOST_STEP:  # steps that do not go up never end
        raise Invalid(
            f"contest.rule.step_permille: must be 1 to {MOST_STEP} thousandths",
            f"contest.rule.step_permille: harus 1 sampai {MOST_STEP} per seribu",
        )
    if not 1 <= _whole(rule.cap) <= MOST_CAP:
        raise Invalid(
            f"contest.rule.cap: must be 1 to {MOST_CAP} times the first share",
            f"contest.rule.cap: harus 1 sampai {MOST_CAP} kali bagian awal",
        )
    return rule


def _ballots_in(given: Mapping[str, Any]) -> Ballots:
    choices = np.array(given["choices"], np.int32)
    endow, area = given.get("endow"), given.get("area")
    return Ballots(
        np.array(given["offsets"], np.int64),
        choices,
        np.ones(len(choices), np.int32) if given.get("points") is None else np.array(given["points"], np.int32),
        np.array(given["weight"], np.int32),
        None if endow is None else tuple(fraction_in(e) for e in endow),
        None if area is None else tuple(area),
    )


def proposal_out(proposal: Proposal) -> dict[str, Any]:
    return {
        "id": proposal.id,
        "title": proposal.title,
        "cost": proposal.cost,
        "heading": proposal.heading,
        "groups": sorted(proposal.groups),
        "area": proposal.area,
        "requires": list(proposal.requires),
        "excludes": list(proposal.excludes),
        "need": dict(sorted(proposal.need.items())),
    }


def _proposal_in(given: Mapping[str, Any]) -> Proposal:
    return Proposal(
        **{
            **given,
            "cost": _whole(given["cost"]),
            "groups": frozenset(given["groups"]),
            "requires": tuple(given["requires"]),
            "excludes": tuple(given["excludes"]),
            "need": dict(given["need"]),
        }
    )


def pot_out(pot: Pot) -> dict[str, Any]:
    return {"id": pot.id, "ceiling": pot.ceiling, "areas": _set_out(pot.areas), "headings": _set_out(pot.headings)}


def limit_out(limit: Limit) -> dict[str, Any]:
    return {f.name: getattr(limit, f.name) for f in fields(limit)}


def rule_out(rule: Rule) -> dict[str, Any]:
    return {f.name: list(v) if isinstance(v := getattr(rule, f.name), tuple) else v for f in fields(rule)}


def _set_out(values: frozenset[str] | None) -> list[str] | None:
    return None if values is None else sorted(values)


def _set_in(values: list[str] | None) -> frozenset[str] | None:
    return None if values is None else frozenset(values)


def _plain(record: Any) -> dict[str, Any]:
    """A flat dataclass of numbers, texts, fractions and tuples as JSON values."""
    return {f.name: _value(getattr(record, f.name)) for f in fields(record)}


def _value(value: Any) -> Any:
    if isinstance(value, Fraction):
        return fraction_out(value)
    return [_value(v) for v in value] if isinstance(value, tuple) else value


def decision_out(decision: Decision) -> dict[str, Any]:
    plain = {
        f.name: _value(getattr(decision, f.name))
        for f in fields(decision)
        if f.name not in ("rounds", "payments", "outcome", "certificates", "compare", "parts", "status")
    }
    return {
        **plain,
        "status": dict(decision.status),
        "rounds": [_plain(r) for r in decision.rounds],
        "payments": {name: _payments_out(rows) for name, rows in decision.payments.items()},
        "outcome": {name: _plain(e) for name, e in decision.outcome.items()},
        "certificates": decision.certificates and _plain(decision.certificates),
        "compare": None if decision.compare is None else _plain(decision.compare),
        "parts": [{**_plain(p), "certificates": p.certificates and _plain(p.certificates)} for p in decision.parts],
    }


def _payments_out(rows: tuple[tuple[int, Fraction], ...]) -> dict[str, Any]:
    """Many residents pay the same: each amount once, then (row, number of the amount)."""
    amounts: dict[Fraction, int] = {}
    seen: dict[int, int] = {}  # by identity: hashing a long fraction is dear
    who = []
    for row, paid in rows:
        number = seen.get(id(paid))
        if number is None:
            number = seen[id(paid)] = amounts.setdefault(paid, len(amounts))
        who.append([row, number])
    return {"amounts": [fraction_out(a) for a in amounts], "who": who}


def decision_in(document: Mapping[str, Any]) -> Decision:
    """The decision of a published file. Raises `Invalid` naming the part that is not as it should be."""
    return _part("decision", _decision_in, document)


def _decision_in(document: Mapping[str, Any]) -> Decision:
    fraction = fraction_in
    payments: Payments = {
        name: _part(f"decision.payments.{name}", _payments_in, given) for name, given in document["payments"].items()
    }
    compare = document["compare"]
    return Decision(
        **{
            **document,
            "funded": tuple(document["funded"]),
            "unmet": tuple(document["unmet"]),
            "share_first": fraction(document["share_first"]),
            "share_final": fraction(document["share_final"]),
            "rounds": _each("decision.rounds", _round_in, document["rounds"]),
            "payments": payments,
            "outcome": {
                name: _part(f"decision.outcome.{name}", _explanation_in, given)
                for name, given in document["outcome"].items()
            },
            "certificates": _part("decision.certificates", _certificates_in, document["certificates"]),
            "compare": None if compare is None else _part("decision.compare", _comparison_in, compare),
            "parts": _each("decision.parts", _pot_decision_in, document["parts"]),
        }
    )


def _round_in(given: Mapping[str, Any]) -> Round:
    price, paid = fraction_in(given["price"]), fraction_in(given["paid"])
    return Round(**{**given, "price": price, "paid": paid, "tie": tuple(given["tie"])})


def _explanation_in(given: Mapping[str, Any]) -> Explanation:
    return Explanation(**{**given, "spent_elsewhere": tuple((i, rp) for i, rp in given["spent_elsewhere"])})


def _payments_in(given: Mapping[str, Any]) -> tuple[tuple[int, Fraction], ...]:
    amounts = [fraction_in(a) for a in given["amounts"]]
    return tuple((row, amounts[number]) for row, number in given["who"])


def _certificates_in(given: Mapping[str, Any]) -> Certificates:
    return Certificates(**{**given, "ejr_factor": fraction_in(given["ejr_factor"])})


def _comparison_in(given: Mapping[str, Any]) -> Comparison:
    ours, greedy = given["ejr_factor"]
    return Comparison(
        tuple(given["greedy_funded"]),
        tuple(given["residents_with_something"]),
        tuple(given["budget_used"]),
        (fraction_in(ours), fraction_in(greedy)),
    )


def _pot_decision_in(given: Mapping[str, Any]) -> PotDecision:
    return PotDecision(
        **{
            **given,
            "funded": tuple(given["funded"]),
            "share_first": fraction_in(given["share_first"]),
            "share_final": fraction_in(given["share_final"]),
            "certificates": _certificates_in(given["certificates"]),
        }
    )
