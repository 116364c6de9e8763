"""What anyone sees of a selection: requirements with their source, versions with reasons, rules, calendar, numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from pendamping.access.pages import public_page, render_page
from pendamping.core.formats import number
from pendamping.core.pieces import Column
from pendamping.facilitators.enums.rounds import RoundStage, Stage
from pendamping.facilitators.enums.selection import TieBreak
from pendamping.facilitators.models import Round
from pendamping.facilitators.queries import numbers, rounds
from pendamping.facilitators.queries.interviews import criteria_of
from pendamping.facilitators.rules import applications as rules

PAGE = 50
TONES = {
    RoundStage.OPEN: "waiting", RoundStage.FINAL: "done", RoundStage.CANCELLED: "stopped", RoundStage.DRAFT: "neutral",
}  # fmt: skip


@public_page()
def public_rounds(request: HttpRequest) -> HttpResponse:
    """Every selection, the newest first."""
    shown = [(one, tone(one)) for one in rounds.public_rounds()[:PAGE]]
    return render_page(request, "facilitators/public_rounds.html", {"rounds": shown})


@public_page()
def public_round(request: HttpRequest, code: str) -> HttpResponse:
    """One selection, with everything an applicant must know."""
    found = get_object_or_404(rounds.public_rounds(), code=code)
    versions = list(rounds.published_sets(found))
    is_open = rules.is_open(
        stage=found.stage, today=rounds.today_of(found, timezone.now()), opens_on=found.opens_on,
        closes_on=found.closes_on,
    )  # fmt: skip
    context = {
        "round": found, "tone": tone(found), "now": versions[0] if versions else None, "versions": versions,
        "calendar": calendar(found), "rules": rules_of(found), "table": numbers_table(found),
        "apply": reverse("facilitators:apply", args=[found.code]) if is_open else "", "refusal": is_open.message,
        "posts": [(post, post.get_specialism_display()) for post in rounds.posts_of(found)],
    }  # fmt: skip
    return render_page(request, "facilitators/public_round.html", context)


def tone(found: Round) -> str:
    """The sign of a round's stage."""
    return TONES.get(RoundStage(found.stage), "active")


def calendar(found: Round) -> list[tuple[str, date | None, date | None]]:
    """The days of a round: label, day, and the last day of a span."""
    days = [
        (_("Registration"), found.opens_on, found.closes_on), (_("Results of the file check"), found.files_on, None),
        (_("Computer test"), found.exam_on, None), (_("Interviews"), found.interview_on, None),
        (_("Final result"), found.announced_on, None),
    ]  # fmt: skip
    return [row for row in days if row[1] is not None]


def rules_of(found: Round) -> list[tuple[str, str]]:
    """Weights, pass marks, ties, reserves, objections, retention: fixed before anyone applies."""
    ties = dict(TieBreak.choices)
    return [
        (_("Weights"), _("test %(exam)d%%, interview %(interview)d%%")
         % {"exam": found.exam_weight, "interview": found.interview_weight}),
        (_("Pass marks (of 100)"), _("test %(exam)s, interview %(interview)s")
         % {"exam": number(found.exam_pass, 2), "interview": number(found.interview_pass, 2)}),
        (_("When totals are equal"), ", ".join([*(str(ties.get(one, one)) for one in found.tie_rule),
                                              _("lastly the public lottery")])),
        (_("Reserves per post"), number(found.reserves)),
        (_("Days for objections"), number(found.objection_days)), *_interview_rules(found),
        (_("Files of those not selected are deleted after"), _("%(days)d days") % {"days": found.retention_days}),
    ]  # fmt: skip


def _interview_rules(found: Round) -> list[tuple[str, str]]:
    """Criteria, reserve list and the seed of the lottery, as far as they are fixed."""
    criteria = [
        _("%(name)s %(weight)d%%") % {"name": one.name, "weight": one.weight} for one in criteria_of(found)
    ]  # fmt: skip
    rows = [(_("The reserve list is valid for"), _("%(days)d days") % {"days": found.reserve_days})]
    if criteria:
        rows.append((_("Criteria of the interview"), ", ".join(criteria)))
    if found.lottery_seed:
        rows.append((_("Seed of the lottery, drawn before the interviews"), found.lottery_seed))
    return rows


def numbers_table(found: Round) -> dict[str, Any]:
    """Places, applicants and passers per post; groups under five are not told."""
    counted = numbers.numbers_of(found)
    heads = [_("To be filled"), _("Handed in"), *(_("Passed: %(stage)s") % {"stage": stage.label} for stage in Stage)]
    columns = [[row.applied for row in counted], *([row.passed[at] for row in counted] for at in range(len(Stage)))]
    return {
        "columns": [Column(_("Post")), *(Column(head, number=True) for head in heads)],
        "rows": [
            [str(row.post), number(row.post.number), _said(row.applied), *(_said(one) for one in row.passed)]
            for row in counted
        ],
        "foot": [
            _("Together"), number(sum(row.post.number for row in counted)),
            *(_said(numbers.total_of(column)) for column in columns),
        ],
    }  # fmt: skip


def _said(shown: numbers.Shown) -> str:
    if shown is None:
        return "–"
    return _("few") if shown == numbers.FEW else number(int(shown))
