"""What a month came to: counted from the lines of the log, the absences and the plan. Nothing is fetched here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pendamping.facilitators.rules.months import Planned, Service

MOST_LISTED = 60  # problems or follow-ups shown in words; the count says the rest


@dataclass(frozen=True)
class Line:
    """One line of the logbook as facts (id: catatan harian)."""

    code: str
    day: date
    activity: str
    region_path: str
    place: str
    what: str
    women: int
    men: int
    vulnerable: int
    problem: str
    solution: str
    follow_up: str
    follow_up_by: date | None
    follow_up_done_on: date | None
    state: str
    flags: tuple[str, ...]


@dataclass(frozen=True)
class Away:
    """An absence that was agreed (id: izin)."""

    kind: str
    first_day: date
    last_day: date


def figures(
    *, lines: Sequence[Line], away: Iterable[Away], plan: Sequence[Planned] | None, service: Service, work_days: str,
    places: Sequence[str],
) -> dict[str, Any]:  # fmt: skip
    """Everything the report says, as plain JSON: values and days, no labels, so that it reads in any language."""
    away = list(away)
    counted = Counter(line.activity for line in lines)
    flags = Counter(flag for line in lines for flag in line.flags)
    problems = [
        {"day": _iso(line.day), "code": line.code, "problem": line.problem, "solution": line.solution}
        for line in lines
        if line.problem
    ]
    follow_ups = [
        {"code": line.code, "follow_up": line.follow_up, "by": _iso(line.follow_up_by)}
        for line in lines
        if line.follow_up and line.follow_up_done_on is None
    ]
    return {
        "served": [_iso(service.since), _iso(service.until)],
        "places": list(places),
        "lines": len(lines),
        "states": dict(sorted(Counter(line.state for line in lines).items())),
        "days": len({line.day for line in lines}),
        "met": {name: sum(getattr(line, name) for line in lines) for name in ("women", "men", "vulnerable")},
        "activities": [[activity, count] for activity, count in sorted(counted.items(), key=_most_first)],
        "flags": [[flag, count] for flag, count in sorted(flags.items(), key=_most_first)],
        "absences": [_absence(one, service) for one in away],
        "problems": problems[:MOST_LISTED],
        "problem_count": len(problems),
        "follow_ups": follow_ups[:MOST_LISTED],
        "follow_up_count": len(follow_ups),
        "plan": None if plan is None else compare(plan, lines),
        "gaps": [_iso(day) for day in gaps(lines, away, service, work_days)],
    }


def without_kinds(figures: dict[str, Any]) -> dict[str, Any]:
    """The same for eyes that need not know why somebody was away: only how many days, in one row."""
    days = sum(one["days"] for one in figures["absences"])
    return {**figures, "absences": [{"days": days}] if days else []}


def compare(plan: Sequence[Planned], lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Each planned line with how many were done: lines of its activity in its place, each counted for one only.

    Where two planned lines ask for the same, the first is filled first; what is left over shows at the last of them.
    """
    done: Counter[tuple[str, str]] = Counter()
    for line in lines:
        fits = next((one for one in _narrowest(plan) if _fits(one, line)), None)
        if fits is not None:
            done[(fits.activity, fits.region_path)] += 1
    found = []
    for number, one in enumerate(plan):
        key = (one.activity, one.region_path)
        last = not any((later.activity, later.region_path) == key for later in plan[number + 1 :])
        count = done[key] if last else min(done[key], one.wanted)
        done[key] -= count
        found.append(
            {"what": one.what, "place": one.region_label, "activity": one.activity, "wanted": one.wanted, "done": count}
        )
    return found


def _narrowest(plan: Sequence[Planned]) -> list[Planned]:
    return sorted(plan, key=lambda one: -len(one.region_path))


def _fits(one: Planned, line: Line) -> bool:
    return one.activity == line.activity and line.region_path.startswith(one.region_path)


def gaps(lines: Iterable[Line], away: Iterable[Away], service: Service, work_days: str) -> list[date]:
    """The working days served without a line and without an absence; days between two assignments are none."""
    told = {line.day for line in lines}
    for one in away:
        told.update(_days(max(one.first_day, service.since), min(one.last_day, service.until)))
    wanted = {int(sign) for sign in work_days}
    served = {day for span in service.spans for day in _days(*span)}
    return sorted(day for day in served - told if day.isoweekday() in wanted)


def _absence(one: Away, service: Service) -> dict[str, Any]:
    since, until = max(one.first_day, service.since), min(one.last_day, service.until)
    return {"kind": one.kind, "from": _iso(since), "to": _iso(until), "days": (until - since).days + 1}


def _days(since: date, until: date) -> Iterable[date]:
    return (since + timedelta(days=number) for number in range((until - since).days + 1))


def _most_first(pair: tuple[str, int]) -> tuple[int, str]:
    return -pair[1], pair[0]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
