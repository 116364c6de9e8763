"""Writes Pabulib files (`.pb`): the open file of a ballot, in which nobody finds anybody."""

from __future__ import annotations

import random
from collections.abc import Iterable

import numpy as np

from .model import Contest


def write_pabulib(
    contest: Contest, meta: dict[str, str] | None = None, selected: Iterable[str] = (), seed: int | None = None
) -> str:
    """The contest as the text of a `.pb` file; ballots one a resident, in an order and with numbers drawn anew.

    `meta`: more lines of META (country, unit, instance …). `seed` only for tests.
    """
    ballots, chosen = contest.ballots, set(selected)
    approvals = bool((ballots.points == 1).all())
    draw = random.Random(seed) if seed is not None else random.SystemRandom()
    order = np.repeat(np.arange(ballots.rows), ballots.weight).tolist()
    draw.shuffle(order)
    votes = np.bincount(
        ballots.choices, np.repeat(ballots.weight, np.diff(ballots.offsets)), len(contest.proposals)
    ).astype(int)
    head = {
        "description": "",
        "country": "Indonesia",
        "unit": "",
        "instance": "",
        **(meta or {}),
        "num_projects": str(len(contest.proposals)),
        "num_votes": str(len(order)),
        "budget": str(sum(p.ceiling for p in contest.pots)),
        "vote_type": "approval" if approvals else "cumulative",
        "currency": "IDR",
    }
    if not approvals:
        head = {"max_sum_points": str(_most(contest)), **head}
    ids = [p.id for p in contest.proposals]
    texts = []
    for start, end in zip(ballots.offsets[:-1].tolist(), ballots.offsets[1:].tolist(), strict=True):
        row = [",".join(ids[c] for c in ballots.choices[start:end])]
        texts.append(row if approvals else [*row, ",".join(map(str, ballots.points[start:end].tolist()))])
    columns = ["project_id", "cost", "votes", "name", "category", "beneficiaries", "selected"]
    return _written(
        [
            ["META"],
            ["key", "value"],
            *([k, v] for k, v in head.items()),
            ["PROJECTS"],
            columns,
            *(
                [p.id, str(p.cost), str(n), p.title, p.heading, ",".join(sorted(p.groups)), str(int(p.id in chosen))]
                for p, n in zip(contest.proposals, votes, strict=True)
            ),
            ["VOTES"],
            ["voter_id", "vote"] if approvals else ["voter_id", "vote", "points"],
            *([str(number), *texts[row]] for number, row in enumerate(order, 1)),
        ]
    )


def _most(contest: Contest) -> int:
    """The most points that stand on one ballot."""
    ballots = contest.ballots
    ends = zip(ballots.offsets[:-1].tolist(), ballots.offsets[1:].tolist(), strict=True)
    return max((int(ballots.points[start:end].sum()) for start, end in ends), default=0)


def _written(rows: Iterable[list[str]]) -> str:
    """Fields quoted where they must be."""
    lines = []
    for row in rows:
        cells = [" ".join(cell.splitlines()) if "\n" in cell or "\r" in cell else cell for cell in row]
        lines.append(";".join('"' + c.replace('"', '""') + '"' if ";" in c or '"' in c else c for c in cells))
    return "\n".join(lines) + "\n"
