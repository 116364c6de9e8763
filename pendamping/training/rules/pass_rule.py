"""The pass rule of a course: can it be read, is it met, and what is still missing?

    attendance >= 80 and quizzes >= 70 and tasks == all and (after >= 60 or quiz("m05") >= 90)

`attendance` percent of the expected sessions · `quizzes` mean of the best percents of the required quizzes · `tasks`
required field tasks assessed, `all` their number · `hours` learning hours finished · `before`, `after` mean percent of
the tests around the course, once all are taken · `quiz("key")`, `task("key")` percent in a module ·
`attended("key")` came to its session.

The text is parsed into Python's syntax tree and read by hand; nothing of it is ever run. What is not known yet (a
test not taken) meets no comparison, also not under `not`.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pendamping.core import formats
from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.training.enums.passing import Reason, Sign, Told, Want

TEXT_MOST = 500
NAMES = {str(want): want for want in (Want.ATTENDANCE, Want.QUIZZES, Want.TASKS, Want.HOURS, Want.BEFORE, Want.AFTER)}
CALLS = {str(want): want for want in (Want.QUIZ, Want.TASK, Want.ATTENDED)}
PERCENTS = frozenset({Want.ATTENDANCE, Want.QUIZZES, Want.BEFORE, Want.AFTER, Want.QUIZ, Want.TASK})
SIGNS: Mapping[type[ast.cmpop], Sign] = {
    ast.GtE: Sign.AT_LEAST, ast.Gt: Sign.MORE, ast.Eq: Sign.EXACTLY,
    ast.LtE: Sign.AT_MOST, ast.Lt: Sign.LESS, ast.NotEq: Sign.OTHER,
}  # fmt: skip
MIRRORED = {
    Sign.AT_LEAST: Sign.AT_MOST, Sign.MORE: Sign.LESS, Sign.AT_MOST: Sign.AT_LEAST, Sign.LESS: Sign.MORE,
}  # fmt: skip
OPPOSITE = {
    Sign.AT_LEAST: Sign.LESS, Sign.LESS: Sign.AT_LEAST, Sign.MORE: Sign.AT_MOST, Sign.AT_MOST: Sign.MORE,
    Sign.EXACTLY: Sign.OTHER, Sign.OTHER: Sign.EXACTLY,
}  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """What one learner has reached: percents 0 to 100, None while unknown; modules by their keys."""

    attendance: Decimal | None = None
    quizzes: Decimal | None = None
    tasks: int = 0
    tasks_all: int = 0
    hours: Decimal = Decimal(0)
    before: Decimal | None = None
    after: Decimal | None = None
    quiz: Mapping[str, Decimal] = field(default_factory=dict)
    task: Mapping[str, Decimal] = field(default_factory=dict)
    attended: Collection[str] = frozenset()
    titles: Mapping[str, str] = field(default_factory=dict)  # of modules, in the reader's language


@dataclass(frozen=True)
class Item:
    """One line of the checklist. `have` and `need` are None where it is done or not; `ways` only of EITHER."""

    want: Want
    is_met: bool
    module: str = ""  # its title
    sign: Sign = Sign.AT_LEAST
    have: Decimal | None = None
    need: Decimal | None = None
    ways: tuple[tuple[Item, ...], ...] = ()

    @property
    def what(self) -> str:
        return str(self.want.label).format(module=self.module)

    @property
    def is_percent(self) -> bool:
        return self.want in PERCENTS

    @property
    def sentence(self) -> str:
        """“60%, needed: at least 80%”; empty where it is done or not."""
        if self.need is None:
            return ""
        if self.want == Want.TASKS and self.sign == Sign.EXACTLY and self.have is not None:
            return str(Told.OF_ALL.label).format(have=self._shown(self.have), all=self._shown(self.need))
        needed = str(self.sign.label).format(need=self._shown(self.need))
        if self.have is None:
            return str(Told.NOT_YET.label).format(needed=needed)
        return str(Told.SO_FAR.label).format(have=self._shown(self.have), needed=needed)

    def _shown(self, number: Decimal) -> str:
        shown = formats.number(number, 2)  # all there is of a percent: 79.96 is not shown as 80
        return f"{shown}%" if self.is_percent else shown


@dataclass(frozen=True)
class Test:
    """A single comparison read from the rule; `need` is None for `all`, and where there is nothing to compare."""

    want: Want
    key: str = ""
    sign: Sign = Sign.AT_LEAST
    need: Decimal | None = None


@dataclass(frozen=True)
class Group:
    """Parts joined by and (`every`) or by or."""

    every: bool
    parts: tuple[Test | Group, ...]


Rule = Test | Group


class Unreadable(Exception):
    """The rule says what no rule may say; `verdict` tells what and where."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        super().__init__(verdict.message)


def check(text: str, modules: Collection[str]) -> Verdict:
    """Can this rule be read, for a course whose modules have these keys? A refusal says at which character it fails."""
    try:
        _read(text, modules)
    except Unreadable as unreadable:
        return unreadable.verdict
    return ALLOWED


def evaluate(text: str, facts: Facts) -> bool:
    """Is the rule met? Raises Unreadable for a rule that `check` refuses."""
    return all(item.is_met for item in checklist(text, facts))


def checklist(text: str, facts: Facts) -> list[Item]:
    """What the rule asks for, line by line, met or not. Raises Unreadable for a rule that `check` refuses."""
    return list(_items(_read(text, None), facts))


def _items(rule: Rule, facts: Facts) -> tuple[Item, ...]:
    if isinstance(rule, Test):
        return (_item(rule, facts),)
    if rule.every:
        return tuple(item for part in rule.parts for item in _items(part, facts))
    ways = tuple(_items(part, facts) for part in rule.parts)
    return (Item(Want.EITHER, is_met=any(all(item.is_met for item in way) for way in ways), ways=ways),)


def _item(test: Test, facts: Facts) -> Item:
    title = facts.titles.get(test.key, test.key)
    if test.want in (Want.ATTENDED, Want.ABSENT):
        return Item(test.want, is_met=(test.key in facts.attended) == (test.want == Want.ATTENDED), module=title)
    need = Decimal(facts.tasks_all) if test.need is None else test.need
    have = _have(test, facts)
    return Item(test.want, have is not None and _compares(have, test.sign, need), title, test.sign, have, need)


def _have(test: Test, facts: Facts) -> Decimal | None:
    if test.want == Want.QUIZ:
        return facts.quiz.get(test.key)
    if test.want == Want.TASK:
        return facts.task.get(test.key)
    known: Decimal | int | None = getattr(facts, str(test.want))
    return None if known is None else Decimal(known)


def _compares(have: Decimal, sign: Sign, need: Decimal) -> bool:
    order = (have > need) - (have < need)
    fitting = {
        Sign.AT_LEAST: (0, 1), Sign.MORE: (1,), Sign.EXACTLY: (0,), Sign.AT_MOST: (-1, 0), Sign.LESS: (-1,),
        Sign.OTHER: (-1, 1),
    }  # fmt: skip
    return order in fitting[sign]


def _read(text: str, modules: Collection[str] | None) -> Rule:
    """The rule as a tree of tests; `modules` None: any key will do (it was checked when the rule was written)."""
    if not text.strip():
        raise Unreadable(refused(Reason.RULE_MISSING, field="pass_rule"))
    if len(text) > TEXT_MOST:
        raise Unreadable(refused(Reason.RULE_LONG, field="pass_rule", length=len(text), most=TEXT_MOST))
    return _Reader(text, modules).rule()


class _Reader:
    def __init__(self, text: str, modules: Collection[str] | None) -> None:
        flat = "".join(" " if character.isspace() else character for character in text)
        self.source = flat.strip()
        self.before = len(flat) - len(flat.lstrip())
        self.modules = modules

    def rule(self) -> Rule:
        try:
            tree = ast.parse(self.source, mode="eval")
        except SyntaxError as error:
            place = min(error.offset or TEXT_MOST, len(self.source)) + self.before  # none where the end is missing
            raise Unreadable(refused(Reason.RULE_UNREADABLE, field="pass_rule", place=place)) from None
        except (ValueError, RecursionError, MemoryError):  # a NUL; brackets in brackets in brackets
            raise Unreadable(refused(Reason.RULE_UNREADABLE, field="pass_rule", place=1)) from None
        return self._part(tree.body, wanted=True)

    def _part(self, node: ast.expr, *, wanted: bool) -> Rule:
        """One part; `wanted` False under an odd number of `not`, where and becomes or and each sign its opposite."""
        if isinstance(node, ast.BoolOp):
            parts = tuple(self._part(one, wanted=wanted) for one in node.values)
            return Group(isinstance(node.op, ast.And) == wanted, parts)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return self._part(node.operand, wanted=not wanted)
        if isinstance(node, ast.Compare):
            return self._compare(node, wanted=wanted)
        want, key = self._measure(node)
        if want != Want.ATTENDED:
            raise self._no(Reason.RULE_COMPARE, node)
        return Test(Want.ATTENDED if wanted else Want.ABSENT, key)

    def _compare(self, node: ast.Compare, *, wanted: bool) -> Test:
        if len(node.ops) != 1 or type(node.ops[0]) not in SIGNS:
            raise self._no(Reason.RULE_COMPARE, node)
        sign, left, right = SIGNS[type(node.ops[0])], node.left, node.comparators[0]
        if self._is_value(left):
            sign, left, right = MIRRORED.get(sign, sign), right, left
        want, key = self._measure(left)
        if want == Want.ATTENDED or not self._is_value(right):
            if want != Want.ATTENDED:
                self._measure(right)  # says so if it is a name nobody knows
            raise self._no(Reason.RULE_COMPARE, node)
        return Test(want, key, sign if wanted else OPPOSITE[sign], self._value(right, want))

    def _is_value(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Name):
            return node.id == "all"
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            node = node.operand
        return isinstance(node, ast.Constant) and type(node.value) in (int, float)

    def _value(self, node: ast.expr, want: Want) -> Decimal | None:
        if isinstance(node, ast.Name):
            if want != Want.TASKS:
                raise self._no(Reason.RULE_ALL, node)
            return None
        if not isinstance(node, ast.Constant):  # below zero
            raise self._no(Reason.RULE_NUMBER, node)
        number = Decimal(str(node.value))
        if not number.is_finite() or (want in PERCENTS and number > 100):
            raise self._no(Reason.RULE_NUMBER, node)
        return number

    def _measure(self, node: ast.expr) -> tuple[Want, str]:
        if isinstance(node, ast.Name):
            if node.id in CALLS:
                raise self._no(Reason.RULE_KEY, node, example=f'{node.id}("m05")')
            if node.id not in NAMES:
                raise self._no(Reason.RULE_NAME, node, known=", ".join([*NAMES, *CALLS]))
            return NAMES[node.id], ""
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            reason = Reason.RULE_COMPARE if self._is_value(node) else Reason.RULE_NOT_ALLOWED
            raise self._no(reason, node)
        if node.func.id not in CALLS:
            raise self._no(Reason.RULE_NAME, node.func, known=", ".join([*NAMES, *CALLS]))
        return CALLS[node.func.id], self._key(node, node.func.id)

    def _key(self, node: ast.Call, name: str) -> str:
        first = node.args[0] if len(node.args) == 1 and not node.keywords else None
        if not isinstance(first, ast.Constant) or not isinstance(first.value, str):
            raise self._no(Reason.RULE_KEY, node, example=f'{name}("m05")')
        if self.modules is not None and first.value not in self.modules:
            raise self._no(Reason.RULE_MODULE, first, part=first.value, known=", ".join(sorted(self.modules)))
        return first.value

    def _no(self, reason: Reason, node: ast.expr, **said: str) -> Unreadable:
        before = self.source.encode()[: node.col_offset].decode()  # the tree counts bytes, people characters
        part = ast.get_source_segment(self.source, node) or ""
        facts = {"part": part[:60], "place": len(before) + self.before + 1, **said}
        return Unreadable(refused(reason, field="pass_rule", **facts))
