"""What the public may count: applicants and passers per post, with groups under five suppressed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pendamping.facilitators.enums.rounds import ApplicationState, RoundStage, Stage
from pendamping.facilitators.models import Application, Post, Round, StageResult
from pendamping.facilitators.queries.rounds import posts_of

SMALLEST = 5  # design.md: groups under 5 are suppressed in public tables
FEW = "few"
Shown = int | str | None  # a number, FEW, or None: not known yet

# From which stage of the round on the results of a stage are all released.
_KNOWN_FROM = {
    Stage.FILES: (RoundStage.TESTING, RoundStage.INTERVIEWING, RoundStage.RANKED, RoundStage.FINAL),
    Stage.EXAM: (RoundStage.INTERVIEWING, RoundStage.RANKED, RoundStage.FINAL),
    Stage.INTERVIEW: (RoundStage.RANKED, RoundStage.FINAL),
}


@dataclass(frozen=True)
class PostNumbers:
    """One post in public: places, who applied, who passed each stage."""

    post: Post
    applied: Shown
    passed: tuple[Shown, ...]


def suppress(numbers: Sequence[int]) -> list[Shown]:
    """Numbers of one column as the public sees them.

    1 to 4 become FEW. When exactly one cell is hidden, the sum would tell it: the smallest other one is hidden too.
    """
    hidden = {place for place, number in enumerate(numbers) if 0 < number < SMALLEST}
    if len(hidden) == 1:
        others = [(number, place) for place, number in enumerate(numbers) if number and place not in hidden]
        if others:
            hidden.add(min(others)[1])
    return [FEW if place in hidden else number for place, number in enumerate(numbers)]


def numbers_of(round_: Round) -> list[PostNumbers]:
    """Per post; drafts and withdrawn applications are not counted. Three queries, however many posts."""
    posts = list(posts_of(round_))
    inside = Application.objects.filter(round=round_, state=ApplicationState.SUBMITTED)
    applied = _column(posts, Counter(inside.order_by().values_list("post", flat=True)))
    passed: dict[str, Counter[int]] = {stage: Counter() for stage in Stage.values}
    known = StageResult.objects.filter(application__in=inside, passed=True, released_at__isnull=False)
    for stage, post in known.order_by().values_list("stage", "application__post"):
        passed[stage][post] += 1
    columns = [
        _column(posts, passed[stage]) if round_.stage in _KNOWN_FROM[stage] else [None] * len(posts) for stage in Stage
    ]
    return [
        PostNumbers(post, applied[place], tuple(column[place] for column in columns))
        for place, post in enumerate(posts)
    ]


def _column(posts: Sequence[Post], counted: Mapping[int, int]) -> list[Shown]:
    return suppress([counted.get(post.pk, 0) for post in posts])


def total_of(numbers: Sequence[Shown]) -> Shown:
    """The sum of a column; FEW stands in it when a single post hides its number."""
    return FEW if FEW in numbers else None if None in numbers else sum(int(number or 0) for number in numbers)


def inside_numbers(round_: Round) -> list[tuple[Post, dict[str, int]]]:
    """The same for those who work on the round: nothing suppressed, by state and stage."""
    states: Counter[tuple[int, str]] = Counter(
        Application.objects.filter(round=round_).order_by().values_list("post", "state")
    )
    results: Counter[tuple[int, str, bool]] = Counter(
        StageResult.objects.filter(application__round=round_, stage=Stage.FILES).order_by()
        .values_list("application__post", "stage", "passed")
    )  # fmt: skip
    return [
        (
            post,
            {
                "draft": states[post.pk, ApplicationState.DRAFT],
                "submitted": states[post.pk, ApplicationState.SUBMITTED],
                "withdrawn": states[post.pk, ApplicationState.WITHDRAWN],
                "passed_files": results[post.pk, Stage.FILES, True],
                "failed_files": results[post.pk, Stage.FILES, False],
            },
        )
        for post in posts_of(round_)
    ]
