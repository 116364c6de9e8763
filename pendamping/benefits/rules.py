"""When residents are asked about a finished work, what an answer needs, and which figures of reach make sense."""

from __future__ import annotations

from collections.abc import Iterable

from pendamping.benefits.enums import Answer, Reason
from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.planning.enums import ProjectState

FINISHED = (ProjectState.COMPLETED, ProjectState.HANDED_OVER)
SHOWN_FROM = 5  # a tally of fewer answers, or a group of fewer people, is not shown in public (design 2)


def may_ask(*, project_state: str) -> Verdict:
    """Are residents asked about this work? Only after it is completed."""
    return ALLOWED if project_state in FINISHED else refused(Reason.NOT_COMPLETED)


def may_confirm(*, project_state: str, answer: str, words: str, answered: bool) -> Verdict:
    """May this device say this about this work?"""
    asked = may_ask(project_state=project_state)
    if not asked:
        return asked
    if answered:
        return refused(Reason.ALREADY_ANSWERED)
    if answer != Answer.YES and not words.strip():
        return refused(Reason.WORDS_NEEDED, field="words")
    return ALLOWED


def may_count(*, project_state: str, counted: bool) -> Verdict:
    """May the people reached be counted now? Once, after completion."""
    asked = may_ask(project_state=project_state)
    if not asked:
        return asked
    return refused(Reason.ALREADY_COUNTED) if counted else ALLOWED


def is_reach(*, women: int, men: int, parts: Iterable[tuple[str, int]], method: str) -> Verdict:
    """Do these figures make sense? `parts` are groups among the women and men, by the name of their field."""
    whole = women + men
    if whole <= 0:
        return refused(Reason.NOBODY_REACHED, field="women")
    for name, part in parts:
        if part > whole:
            return refused(Reason.PARTS_TOO_LARGE, field=name, part=part, whole=whole)
    return ALLOWED if method.strip() else refused(Reason.METHOD_NEEDED, field="method")


def shown(count: int) -> int | None:
    """A group as the public may see it: None when it is so small that people could be known."""
    return count if count == 0 or count >= SHOWN_FROM else None
