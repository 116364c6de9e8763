"""What the inspectorate and the council take away of a round: rows of cells, with codes or only with pseudonyms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from pendamping.access.duties import office_of
from pendamping.access.roles import ROLES
from pendamping.access.verbs import Verb
from pendamping.facilitators.enums.rankings import Part
from pendamping.facilitators.enums.rounds import SelectionOutcome, Stage
from pendamping.facilitators.models import Objection, Round, StageResult, Standing
from pendamping.facilitators.queries import numbers
from pendamping.facilitators.queries.rankings import standings

DECIDES = {
    Stage.FILES: Verb.APPLICATION_CHECK, Stage.EXAM: Verb.SELECTION_MANAGE, Stage.INTERVIEW: Verb.SELECTION_MANAGE,
}  # fmt: skip
Rows = Iterator[list[Any]]


def rows_of(round_: Round, part: str, *, with_codes: bool) -> Rows:
    """A part of the round; words people wrote and application codes only `with_codes`."""
    if part == Part.NUMBERS:
        return _numbers(round_)
    return _decisions(round_, with_codes) if part == Part.DECISIONS else _objections(round_, with_codes)


def _numbers(round_: Round) -> Rows:
    yield [
        _("Post"), _("To be filled"), _("Drafts"), _("Handed in"), _("Withdrawn"), _("Passed files"), _("Failed files"),
        *(outcome.label for outcome in SelectionOutcome), _("Vacant"),
    ]  # fmt: skip
    counted: dict[tuple[int, str], int] = {}
    for place, outcome in standings(round_, round_.ranking_version).values_list("application__post", "outcome"):
        counted[place, outcome] = counted.get((place, outcome), 0) + 1
    for post, said in numbers.inside_numbers(round_):
        outcomes = [counted.get((post.pk, outcome.value), 0) for outcome in SelectionOutcome]
        vacant = max(0, post.number - outcomes[0]) if round_.ranking_version else ""
        yield [
            str(post), post.number, said["draft"], said["submitted"], said["withdrawn"], said["passed_files"],
            said["failed_files"], *outcomes, vacant,
        ]  # fmt: skip


def _decisions(round_: Round, with_codes: bool) -> Rows:
    yield [
        _("Application") if with_codes else _("Pseudonym"), _("Post"), _("Decision on"), _("Passed"), _("Score"),
        _("Rank"), _("Outcome"), _("Reason"), _("Decided by (office)"), _("Decided on"),
    ]  # fmt: skip
    results: dict[int, list[StageResult]] = {}
    released = StageResult.objects.filter(application__round=round_, released_at__isnull=False)
    for one in released.select_related("by").order_by("id"):
        results.setdefault(one.application_id, []).append(one)
    offices: dict[tuple[int | None, str], str] = {}
    for standing in standings(round_, round_.ranking_version):
        name, post = _name(standing, with_codes), str(standing.application.post)
        for one in results.get(standing.application_id, []):
            key = (one.by_id, one.stage)
            if key not in offices:
                offices[key] = _office(round_, one)
            yield [
                name, post, one.get_stage_display(), _yes(one.passed), one.score, "", "",
                one.reason if with_codes else "", offices[key], one.released_at,
            ]  # fmt: skip
        yield [
            name, post, _("Ranking"), _yes(standing.rank is not None), standing.total, standing.rank,
            standing.get_outcome_display(), standing.reason, _("by the published formula"), standing.created_at,
        ]  # fmt: skip


def _office(round_: Round, one: StageResult) -> str:
    if one.stage == Stage.INTERVIEW:
        return str(ROLES["selection_panel"].office)
    key = office_of(one.by, DECIDES[Stage(one.stage)], round_, one.created_at)
    return str(ROLES[key].office) if key in ROLES else _("Selection committee")


def _objections(round_: Round, with_codes: bool) -> Rows:
    yield [
        _("Objection"), _("Application") if with_codes else _("Pseudonym"), _("Stage"), _("Lodged on"), _("State"),
        _("What is objected to"), _("Answer"), _("Answered on"), _("Old score"), _("New score"), _("Version before"),
        _("Version after"),
    ]  # fmt: skip
    names = {
        one.application_id: _name(one, with_codes)
        for one in Standing.objects.filter(round=round_).select_related("application").order_by("version")
    }
    for one in Objection.objects.filter(round=round_).order_by("id"):
        yield [
            one.code, names.get(one.application_id, ""), one.get_stage_display(), one.created_at,
            one.get_state_display(), one.text if with_codes else "", one.answer if with_codes else "",
            one.answered_at, one.old_score, one.new_score, one.version, one.new_version,
        ]  # fmt: skip


def _name(standing: Standing, with_codes: bool) -> str:
    return standing.application.code if with_codes else standing.pseudonym


def _yes(passed: bool) -> str:
    return _("yes") if passed else _("no")
