"""`verify`: audits the books of a decision, replays the rule, and names every difference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass

from ..decision import Decision
from ..model import Contest
from .books import audit
from .expect import expected
from .faults import Fault, differs
from .floors import Claim


def verify(decision: Decision, contest: Contest, *, thorough: bool = False) -> list[Fault]:
    """Every fault of `decision` as a decision about `contest`; an empty list when it is right.

    Without `thorough` the step at which raising the share ends is checked with its neighbours only (a ward: a second);
    with it every step from the first share is run. Where a difference is found every step is run in any case.
    """
    books = list(audit(decision, contest))
    claims = _claims(decision)
    right, _ = expected(contest, claims, quick=not thorough)
    different = differences(decision, right)
    if different and not thorough and contest.rule.completion == "steps":
        right, _ = expected(contest, (), quick=False)
        different = differences(decision, right)
    hashes = [one for one in different if one.code in ("inputs_hash", "rule_hash")]
    return hashes + books + [one for one in different if one not in hashes]


def _claims(decision: Decision) -> list[Claim]:
    floor = "floor" in decision.status.values()
    if not decision.parts:
        return [Claim(decision.share_final, decision.bonus_permille // 100, reserved=floor)]
    return [
        Claim(p.share_final, p.bonus_permille // 100, reserved=any(decision.status.get(c) == "floor" for c in p.funded))
        for p in decision.parts
    ]


def differences(given: Decision, right: Decision) -> list[Fault]:
    """What `given` says otherwise than `right`, a fault for each field and subject."""
    faults: list[Fault] = []
    for field in fields(Decision):
        said, is_ = getattr(given, field.name), getattr(right, field.name)
        if field.name == "rounds":
            faults += _rounds(given, right)
        elif isinstance(is_, Mapping):
            faults += _mapping(field.name, said, is_)
        elif field.name == "parts" and len(said) == len(is_):
            for a, b in zip(said, is_, strict=True):
                faults += _record("parts", b.pot, a, b)
        elif is_dataclass(is_) and is_dataclass(said):
            faults += _record(field.name, "", said, is_)
        elif said != is_:
            faults.append(differs(field.name, "", said, is_))
    return faults


def _rounds(given: Decision, right: Decision) -> list[Fault]:
    """The first round that differs: what follows it follows from it."""
    for a, b in zip(given.rounds, right.rounds, strict=False):
        if a != b:
            return _record("rounds", b.proposal, a, b, b.k)
    many, few = len(given.rounds), len(right.rounds)
    return [differs("rounds", "", many, few)] if many != few else []


def _mapping(name: str, said: Mapping[str, object], is_: Mapping[str, object]) -> list[Fault]:
    faults = []
    for one in [*is_, *(c for c in said if c not in is_)]:
        a, b = said.get(one), is_.get(one)
        if a is not None and b is not None and is_dataclass(a) and is_dataclass(b):
            faults += _record(name, one, a, b)
        elif a != b or (one in said) != (one in is_):
            faults.append(differs(name, one, a, b))
    return faults


def _record(name: str, subject: str, said: object, is_: object, place: int | None = None) -> list[Fault]:
    return [
        differs(f"{name}.{field.name}", subject, getattr(said, field.name), getattr(is_, field.name), place)
        for field in fields(is_)  # type: ignore[arg-type]
        if getattr(said, field.name) != getattr(is_, field.name)
    ]
