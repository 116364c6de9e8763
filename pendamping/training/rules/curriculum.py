"""May a curriculum be written so, and can a version be learned as it stands?"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.training.enums.curriculum import ActivityKind, Reason, VersionState
from pendamping.training.rules import pass_rule

TITLE_MOST, BODY_MOST = 200, 60_000
KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True)
class Asks:
    """What a quiz asks: so many questions of these topics together."""

    topics: tuple[str, ...]
    number: int


@dataclass(frozen=True)
class Step:
    """An activity as far as learning it needs."""

    title: str
    kind: str
    has_text: bool = False
    has_file: bool = False
    has_address: bool = False
    has_rubric: bool = False
    asks: Asks | None = None


@dataclass(frozen=True)
class Subject:
    """A module with its activities."""

    key: str
    title: str
    steps: tuple[Step, ...]


def is_key(key: str) -> Verdict:
    """May something be called so in addresses and rules?"""
    return ALLOWED if KEY.fullmatch(key) else refused(Reason.KEY_SHAPE, field="key", key=key[:40])


def words_fit(words: Mapping[str, str], *, field: str, most: int, required: bool = True) -> Verdict:
    """Are these words there in Indonesian, and not too long in either language?"""
    if required and not words.get("id", "").strip():
        return refused(Reason.WORDS_MISSING, field=field)
    longest = max((len(said) for said in words.values()), default=0)
    return refused(Reason.WORDS_LONG, field=field, length=longest, most=most) if longest > most else ALLOWED


def hours_fit(hours: Decimal) -> Verdict:
    """Learning hours, as many as are kept: with one decimal."""
    fits = hours.is_finite() and 0 < hours < 1000 and hours == round(hours, 1)
    return ALLOWED if fits else refused(Reason.HOURS, field="hours", hours=hours)


def may_write(state: str) -> Verdict:
    """May anything of this version change? Only while it is a draft."""
    return ALLOWED if state == VersionState.DRAFT else refused(Reason.NOT_DRAFT)


def may_draft(*, has_draft: bool) -> Verdict:
    """May a new version be begun? One at a time."""
    return refused(Reason.DRAFT_EXISTS) if has_draft else ALLOWED


def may_drop(*, state: str, versions: int) -> Verdict:
    """May a draft be given up? Not the only version a course has."""
    if state != VersionState.DRAFT:
        return refused(Reason.NOT_DRAFT)
    return ALLOWED if versions > 1 else refused(Reason.LAST_VERSION)


def may_withdraw(state: str) -> Verdict:
    """May a version no longer be offered? Whoever learns it goes on."""
    return ALLOWED if state == VersionState.PUBLISHED else refused(Reason.NOT_PUBLISHED)


def asks_fit(*, topics: Sequence[str], number: int, pass_percent: int) -> Verdict:
    """Is this a quiz?"""
    if not topics:
        return refused(Reason.QUIZ_TOPICS, field="topics")
    sensible = 1 <= number <= 100 and 0 <= pass_percent <= 100
    return ALLOWED if sensible else refused(Reason.QUIZ_NUMBER, field="number")


def shares(topics: Sequence[str], number: int) -> list[tuple[str, int]]:
    """How many questions of each topic: evenly, what is left over to the first ones."""
    each, over = divmod(number, len(topics))
    return [(topic, each + (place < over)) for place, topic in enumerate(topics)]


def missing(*, subjects: Sequence[Subject], rule: str, held: Mapping[str, int]) -> Iterator[Verdict]:
    """Everything that keeps a version from being learned; nothing when it can be. `held`: questions by topic."""
    if not subjects:
        yield refused(Reason.NO_MODULES)
    for subject in subjects:
        if not subject.steps:
            yield refused(Reason.MODULE_EMPTY, module=subject.title)
        for step in subject.steps:
            yield from _missing_in(step, subject, held)
    verdict = pass_rule.check(rule, _keys(subjects))
    if not verdict:
        yield verdict


def _keys(subjects: Sequence[Subject]) -> Collection[str]:
    return {subject.key for subject in subjects}


def _missing_in(step: Step, subject: Subject, held: Mapping[str, int]) -> Iterator[Verdict]:
    said = {"activity": step.title, "module": subject.title}
    if step.kind in (ActivityKind.PAGE, ActivityKind.TASK) and not step.has_text:
        yield refused(Reason.PAGE_EMPTY, **said)
    if step.kind == ActivityKind.TASK and not step.has_rubric:
        yield refused(Reason.NO_RUBRIC, **said)
    if step.kind == ActivityKind.SLIDES and not (step.has_file or step.has_text):
        yield refused(Reason.NO_FILE, **said)
    if step.kind == ActivityKind.VIDEO and not step.has_address:
        yield refused(Reason.NO_ADDRESS, **said)
    if step.kind == ActivityKind.QUIZ and step.asks is None:
        yield refused(Reason.NO_QUIZ, **said)
    if step.asks is not None:
        for topic, asked in shares(step.asks.topics, step.asks.number):
            if asked > held.get(topic, 0):
                yield refused(Reason.BANK_SHORT, activity=step.title, topic=topic, asked=asked, held=held.get(topic, 0))


def may_publish(*, state: str, lacking: Sequence[Verdict], same_as: int | None) -> Verdict:
    """May this draft be put in use? `same_as`: the number of a version that reads the same."""
    if state != VersionState.DRAFT:
        return refused(Reason.NOT_DRAFT)
    if lacking:
        return refused(Reason.NOT_LEARNABLE, missing=" ".join(verdict.message for verdict in lacking))
    return refused(Reason.SAME_AS_BEFORE, number=same_as) if same_as else ALLOWED


def digest(document: Mapping[str, Any]) -> str:
    """SHA-256 over all words of a version, in one fixed way of writing them."""
    told = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()
