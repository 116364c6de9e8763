"""The computer test of a round, for the committee: what is asked, the sittings, the analysis, the release."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.errors import Refused
from pendamping.core.forms import ActForm
from pendamping.core.imports.export import XLSX, csv_response, xlsx_bytes
from pendamping.core.pieces import Act, Column, Link
from pendamping.core.verdicts import Verdict
from pendamping.facilitators.enums.exams import SittingState
from pendamping.facilitators.forms.exams import BlueprintForm, ChooseBankForm, SittingForm
from pendamping.facilitators.forms.questions import ReasonForm
from pendamping.facilitators.models import BlueprintLine, Question, Round, Sitting, StageResult
from pendamping.facilitators.queries import exams as queries
from pendamping.facilitators.queries import questions as banks
from pendamping.facilitators.queries.item_analysis import Analysed, analysis
from pendamping.facilitators.queries.rankings import pseudonym
from pendamping.facilitators.queries.rounds import sees_codes
from pendamping.facilitators.rules import exams as rules
from pendamping.facilitators.services import exam_results, sittings


@page(Verb.SELECTION_SEE)
@require_GET
def exam_round(request: HttpRequest, code: str) -> HttpResponse:
    """What is asked, who sits when, and how far it is. Results stay sealed here as well."""
    round = found_round(request, code, Verb.SELECTION_SEE)
    blueprint = getattr(round, "blueprint", None)
    listed = list(queries.sittings().filter(round=round))
    released, codes = queries.is_released(round), sees_codes(request.scope, round)  # type: ignore[attr-defined]
    results = list(queries.results_of(round)[:500]) if released else []
    context = {
        "round": round, "blueprint": blueprint,
        "line_columns": [_("Topic"), _("Difficulty"), Column(_("Questions"), number=True),
                         Column(_("Points for each"), number=True)],
        "line_rows": [_line(line) for line in (blueprint.lines.all() if blueprint else ())],
        "result_columns": [_("Application") if codes else _("Pseudonym"), Column(_("Marks"), number=True), _("Result")],
        "sittings": listed, "acts": _acts(request, round, listed), "places": trail(round),
        "waiting": queries.applications_waiting_for_seat(round).count(), "released": released,
        "results": [_result(row, codes) for row in results],
        "voided": round.voided.select_related("question").order_by("id"),
    }  # fmt: skip
    return render_page(request, "facilitators/exam_round.html", context)


def _line(line: BlueprintLine) -> list[Any]:
    level = line.get_difficulty_display() if line.difficulty else _("any difficulty")
    return [line.topic, level, line.number, formats.number(line.points, 2)]


def _result(row: StageResult, codes: bool) -> list[str]:
    marks = formats.number(row.score, 3) if row.score is not None else "–"
    name = row.application.code if codes else pseudonym(row.application)
    return [name, marks, _("test passed") if row.passed else _("test not passed")]


def _acts(request: HttpRequest, round: Round, listed: list[Sitting]) -> list[Act]:
    """What this person may do; what is not possible now says why, by the same rules as the service."""
    now, scope = timezone.now(), request.scope
    blueprint = getattr(round, "blueprint", None)
    free = sum(max(0, one.seats - one.given) for one in listed if one.state == SittingState.PLANNED)
    set_it = rules.may_set_blueprint(stage=round.stage, has_begun=queries.has_begun(round), same_city=True)
    plan = rules.may_plan(stage=round.stage, has_blueprint=blueprint is not None, starts_at=now, at=now)
    seat = rules.may_seat(
        stage=round.stage, waiting=queries.applications_waiting_for_seat(round).count(), free=free
    )  # fmt: skip
    offered: list[tuple[Verb, str, str, Verdict, bool]] = [
        (Verb.SELECTION_MANAGE, _("Fix what is asked"), "exam_blueprint", set_it, False),
        (Verb.SELECTION_MANAGE, _("Plan a sitting"), "exam_plan", plan, False),
        (Verb.EXAM_RUN, _("Give out the seats"), "exam_seat_all", seat, True),
        (Verb.SELECTION_MANAGE, _("Release the result"), "exam_release", exam_results.release_verdict(round), False),
    ]
    acts = [
        Act(label, address(round, name), refusal=verdict.message, post=post)
        for verb, label, name, verdict, post in offered
        if scope.can(verb, round)
    ]
    if scope.can(Verb.SELECTION_MANAGE, round) and blueprint is not None:
        acts.append(Act(_("How the questions did"), address(round, "exam_analysis"), kind="quiet"))
    return acts


@page(Verb.SELECTION_MANAGE)
def exam_blueprint(request: HttpRequest, code: str) -> HttpResponse:
    """First the bank, then how many questions of each topic."""
    round = found_round(request, code, Verb.SELECTION_MANAGE)
    offered = banks.banks().filter(region_path=round.region_path)
    known = getattr(round, "blueprint", None)
    wanted = request.GET.get("bank") or (known.bank.code if known else "")
    bank = offered.filter(code=wanted).first()
    form: Any = ChooseBankForm(banks=offered)
    if bank is not None:
        held = banks.held(bank)
        rows = _rows(held)
        lines = {(line.topic, line.difficulty): line for line in queries.lines_of(known)} if known else {}
        initial = {"minutes": known.minutes if known else 90}
        form = BlueprintForm(request.POST or None, rows=rows, known=lines, initial=initial)
        if request.method == "POST" and form.is_valid():
            facts = {name: form.cleaned_data[name] for name in ("minutes", "grace_seconds", "sample_least")}
            done = form.attempt(
                sittings.set_blueprint, by=request.user, at=timezone.now(), round=round, bank=bank,
                lines=form.lines(), **facts,
            )  # fmt: skip
            if done is not None:
                messages.success(request, _("What the test asks is fixed."))
                return redirect(address(round))
    context = {
        "round": round, "bank": bank, "form": form, "others": offered.exists(),
        "places": trail(round, _("What is asked")),
    }  # fmt: skip
    return render_page(request, "facilitators/exam_blueprint.html", context)


def _rows(held: Counter[tuple[str, str]]) -> list[tuple[str, str, int]]:
    """Each topic of any difficulty, then by difficulty where authors stated one, with what the bank holds."""
    topics: Counter[str] = Counter()
    for (topic, _level), count in held.items():
        topics[topic] += count
    stated = [(topic, level, count) for (topic, level), count in held.items() if level]
    return sorted([*((topic, "", count) for topic, count in topics.items()), *stated])


@page(Verb.SELECTION_MANAGE)
def exam_plan(request: HttpRequest, code: str) -> HttpResponse:
    """When and where people sit the test."""
    round = found_round(request, code, Verb.SELECTION_MANAGE)
    form = SittingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "op"}
        done = form.attempt(sittings.plan_sitting, by=request.user, at=timezone.now(), round=round, **facts)
        if done is not None:
            messages.success(request, _("The sitting is planned."))
            return redirect(address(round))
    context = {"round": round, "form": form, "places": trail(round, _("Plan a sitting"))}
    return render_page(request, "facilitators/exam_plan.html", context)


@page(Verb.EXAM_RUN)
@require_POST
def exam_seat_all(request: HttpRequest, code: str) -> HttpResponse:
    """Give everybody who passed the file check a seat."""
    round = found_round(request, code, Verb.EXAM_RUN)
    try:
        sittings.seat_applicants(by=request.user, at=timezone.now(), round=round)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("All who passed the file check have a seat. Print the seating lists."))
    return redirect(address(round))


@page(Verb.SELECTION_MANAGE)
def exam_release(request: HttpRequest, code: str) -> HttpResponse:
    """Break the seal for all at once."""
    round = found_round(request, code, Verb.SELECTION_MANAGE)
    form = ActForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(exam_results.release_exam, by=request.user, at=timezone.now(), round=round)
        if done is not None:
            messages.success(request, _("The result is released. Every applicant sees their own."))
            return redirect(address(round))
    context = {
        "round": round, "form": form, "refusal": exam_results.release_verdict(round).message,
        "places": trail(round, _("Release the result")),
    }  # fmt: skip
    return render_page(request, "facilitators/exam_release.html", context)


@page(Verb.SELECTION_MANAGE, for_own_eyes=True)
@require_GET
def exam_analysis(request: HttpRequest, code: str) -> HttpResponse:
    """How each question did, from the closed sittings."""
    round = found_round(request, code, Verb.SELECTION_MANAGE)
    found = _analysed(round)
    striking = sum(bool(one.item.flags) for one in found)
    context = {
        "round": round, "blueprint": round.blueprint, "found": found, "striking": striking,
        "released": queries.is_released(round), "places": trail(round, _("How the questions did")),
        "files": [
            Act(_("As CSV"), address(round, "exam_analysis_file")),
            Act(_("As XLSX"), address(round, "exam_analysis_file") + "?xlsx"),
        ],
    }  # fmt: skip
    return render_page(request, "facilitators/exam_analysis.html", context)


@page(Verb.SELECTION_MANAGE, for_own_eyes=True)
@require_GET
def exam_analysis_file(request: HttpRequest, code: str) -> Any:
    """The same as a spreadsheet."""
    round = found_round(request, code, Verb.SELECTION_MANAGE)
    rows = list(_export(_analysed(round)))
    if "xlsx" not in request.GET:
        return csv_response(rows, f"analisis-butir-{round.code}")
    answer = HttpResponse(xlsx_bytes(rows, sheet=_("Questions")), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="analisis-butir-{round.code}.xlsx"'
    return answer


@page(Verb.SELECTION_MANAGE, for_own_eyes=True)
def exam_void(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """Take a question out of everybody's score."""
    round = found_round(request, code, Verb.SELECTION_MANAGE)
    question = Question.objects.filter(uid=uid, bank__region=round.region).first()
    if question is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(
            exam_results.void_question, by=request.user, at=timezone.now(), round=round, question=question,
            reason=form.cleaned_data["reason"],
        )  # fmt: skip
        if done is not None:
            messages.success(request, _("The question no longer counts; everybody is scored anew."))
            return redirect(address(round, "exam_analysis"))
    context = {"round": round, "question": question, "form": form, "places": trail(round, _("Take out a question"))}
    return render_page(request, "facilitators/exam_void.html", context)


def _analysed(round: Round) -> list[Analysed]:
    blueprint = getattr(round, "blueprint", None)
    if blueprint is None:
        raise Http404
    return analysis(round, blueprint)


def _export(found: list[Analysed]) -> Iterator[list[Any]]:
    yield [
        _("Question"), _("Topic"), _("Kind of question"), _("Candidates"), _("Difficulty p"), _("Upper minus lower"),
        _("Point-biserial"), _("Striking"), _("Options chosen"), _("Does not count"),
    ]  # fmt: skip
    for one in found:
        item, question = one.item, one.question
        chosen = "; ".join(f"{question.options[place]['text'][:60]}: {count}" for place, count in item.chosen.items())
        yield [
            question.text, question.topic, question.get_kind_display(), item.n, round_to(item.p),
            round_to(item.upper_lower), round_to(item.point_biserial),
            "; ".join(str(flag.label) for flag in item.flags) if item.judged else _("too few candidates to judge"),
            chosen, _("yes") if one.is_voided else "",
        ]  # fmt: skip


def round_to(value: float | None) -> float | str:
    return "" if value is None else round(value, 3)


def found_round(request: HttpRequest, code: str, verb: Verb) -> Round:
    """The round of a code, inside this person's place."""
    found: Round = request.scope.get_or_404(queries.rounds(), verb, code=code)  # type: ignore[attr-defined]
    return found


def address(round: Round, name: str = "exam_round") -> str:
    return reverse(f"facilitators:{name}", args=[round.code])


def trail(round: Round, here: str = "") -> list[Link]:
    """Breadcrumbs of the test of a round."""
    links = [
        Link(_("Computer test"), reverse("facilitators:exam_sittings")), Link(round.title, address(round)),
    ]  # fmt: skip
    return [*links, Link(here)] if here else links
