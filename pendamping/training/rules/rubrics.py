"""A rubric as people write it: a line for each criterion, below it a line for each level with its points.

Lengkap | Complete
0 Kosong | Empty
2 Semua ada | All is there
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.training.enums.curriculum import Reason

_LEVEL = re.compile(r"(\d{1,3})\s+(.+)")
CRITERIA_MOST, POINTS_MOST = 12, 999


def read(text: str) -> tuple[list[dict[str, Any]], Verdict]:
    """The criteria as they are kept, and whether they could be read."""
    criteria: list[dict[str, Any]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        bare = line.strip()
        level = _LEVEL.fullmatch(bare)
        if level and criteria:
            criteria[-1]["levels"].append({"points": int(level[1]), "text": _both(level[2])})
        elif bare and not level:
            title = _both(bare)
            criteria.append({"key": f"c{len(criteria) + 1}", "title": title, "levels": []})
        elif bare:
            return [], refused(Reason.RUBRIC_SHAPE, field="rubric", line=number)
    return criteria, is_whole(criteria)


def is_whole(criteria: Sequence[dict[str, Any]]) -> Verdict:
    """Has each criterion at least two levels, each with other points from 0 to 999? No criterion is whole too."""
    for number, one in enumerate(criteria, start=1):
        points = [level["points"] for level in one["levels"]]
        apart = 2 <= len(set(points)) == len(points)
        if number > CRITERIA_MOST or not apart or not all(0 <= value <= POINTS_MOST for value in points):
            return refused(Reason.RUBRIC_SHAPE, field="rubric", line=number)
    return ALLOWED


def written(criteria: Sequence[dict[str, Any]]) -> str:
    """The text that reads as these criteria."""
    lines = []
    for one in criteria:
        lines += [_line(one["title"]), *(f"{level['points']} {_line(level['text'])}" for level in one["levels"]), ""]
    return "\n".join(lines).strip()


def _both(text: str) -> dict[str, str]:
    left, _bar, right = (part.strip() for part in text.partition("|"))
    return {"id": left, "en": right} if right else {"id": left}


def _line(words: dict[str, str]) -> str:
    return f"{words.get('id', '')} | {words['en']}" if words.get("en") else words.get("id", "")
