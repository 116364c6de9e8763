"""Working pages of question banks: what they hold, a file taken in, one question with its key."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.core.imports.export import csv_response
from pendamping.core.imports.report import MOST_LINES, Report
from pendamping.core.pieces import Act, Column, Link
from pendamping.facilitators import question_files
from pendamping.facilitators.enums.questions import Difficulty, QuestionKind
from pendamping.facilitators.forms.questions import BankForm, ImportForm, ReasonForm
from pendamping.facilitators.importers import questions as importer
from pendamping.facilitators.models import Question, QuestionBank
from pendamping.facilitators.queries import questions as queries
from pendamping.facilitators.services import questions as services
from pendamping.regions.models import Level, Region

PAGE = 25


@page(Verb.SELECTION_MANAGE)
@require_GET
def question_banks(request: HttpRequest) -> HttpResponse:
    """The banks of my city. Nobody but those who manage a selection sees a question before it is asked."""
    found = list(request.scope.narrow(queries.banks(), Verb.SELECTION_MANAGE)[:PAGE])
    return render_page(request, "facilitators/question_banks.html", {"banks": found})


@page(Verb.SELECTION_MANAGE)
def question_bank_make(request: HttpRequest) -> HttpResponse:
    """A new, empty bank."""
    cities = request.scope.narrow(Region.objects.filter(level=Level.CITY).order_by("path"), Verb.SELECTION_MANAGE)
    form = BankForm(request.POST or None, cities=cities)
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("region", "name", "about")}
        bank = form.attempt(services.make_bank, by=request.user, at=timezone.now(), **facts)
        if bank is not None:
            messages.success(request, _("The bank is made. Now bring in questions."))
            return redirect(_address(bank))
    return render_page(request, "facilitators/question_bank_make.html", {"form": form})


@page(Verb.SELECTION_MANAGE, for_own_eyes=True)
@require_GET
def question_bank(request: HttpRequest, code: str) -> HttpResponse:
    """One bank: how much of which topic, and its questions, newest first."""
    bank = _found(request, code)
    topic, retired, before = request.GET.get("topic", "")[:80], "lama" in request.GET, request.GET.get("before", "")
    found = queries.questions_of(bank, topic=topic, retired=retired)
    if before.isdecimal():
        found = found.filter(pk__lt=int(before))
    shown = list(found[: PAGE + 1])
    held = queries.held(bank)
    rows = [
        [name, Difficulty(level).label if level else Difficulty.UNKNOWN.label, count]
        for (name, level), count in held.items()
    ]
    topics = list(dict.fromkeys(name for name, _level in held))
    extra, refusal = f"&topic={topic}" if topic else "", services.change_verdict(bank).message
    context = {
        "bank": bank, "questions": shown[:PAGE], "rows": rows,
        "columns": [_("Topic"), _("Difficulty"), Column(_("Questions"), number=True)],
        "tabs": [Link(_("All"), "?", not topic and not retired)]
        + [Link(name, f"?topic={name}", name == topic) for name in topics[:12]]
        + [Link(_("Out of use"), "?lama", retired)],
        "older": f"?before={shown[PAGE - 1].pk}{extra}{'&lama' if retired else ''}" if len(shown) > PAGE else "",
        "acts": [Act(_("Bring in questions"), _address(bank, "question_import"), kind="primary", refusal=refusal),
                 *(Act(_("Download as %(format)s") % {"format": name.upper()},
                       reverse("facilitators:question_export", args=[bank.code, name]), kind="quiet")
                   for name in ("gift", "csv"))],
        "places": _places(bank),
    }  # fmt: skip
    return render_page(request, "facilitators/question_bank.html", context)


@page(Verb.SELECTION_MANAGE)
@require_GET
def question_export(request: HttpRequest, code: str, format: str) -> Any:
    """The questions in use as a file, GIFT or CSV."""
    bank = _found(request, code)
    found = queries.questions_of(bank).order_by("topic", "id")
    if format == "csv":
        return csv_response(question_files.table(found), f"soal-{bank.code}")
    if format != "gift":
        raise Http404
    answer = HttpResponse("".join(question_files.gift(found)), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="soal-{bank.code}.gift"'
    return answer


@page(Verb.SELECTION_MANAGE)
def question_import(request: HttpRequest, code: str) -> HttpResponse:
    """A file of questions: tried first; what is wrong is listed with line and cure."""
    bank = _found(request, code)
    form = ImportForm(request.POST or None, request.FILES or None)
    report: Report | None = None
    if request.method == "POST" and form.is_valid():
        data, upload = form.cleaned_data, form.cleaned_data["file"]
        try:
            report = importer.run(
                upload.read(importer.BYTES + 1), bank=bank, by=request.scope.account, at=timezone.now(),
                name=upload.name, dry_run=data["what"] == ImportForm.TRY, good_rows=data["what"] == ImportForm.GOOD,
                format=data["format"], topic=data["topic"],
            )  # fmt: skip
        except Refused as refusal:
            form.add_error("file" if refusal.field == "file" else None, refusal.message)
    context = {
        "bank": bank, "form": form, "report": report, "places": _places(bank, _("Bring in questions")),
        "problems": report.problems[:MOST_LINES] if report else [],
    }  # fmt: skip
    return render_page(request, "facilitators/question_import.html", context)


@page(Verb.SELECTION_MANAGE, for_own_eyes=True)
def question(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """One question with its key; it can be put out of use, with the reason."""
    bank = _found(request, code)
    found = Question.objects.filter(bank=bank, uid=uid).first()
    if found is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(
            services.retire_question, by=request.user, at=timezone.now(), question=found,
            reason=form.cleaned_data["reason"],
        )  # fmt: skip
        if done is not None:
            messages.success(request, _("The question is out of use."))
            return redirect(_address(bank))
    context = {
        "bank": bank, "question": found, "form": form, "rows": option_rows(found),
        "columns": option_columns(found), "refusal": services.change_verdict(bank).message,
        "places": _places(bank, _("Question")),
    }  # fmt: skip
    return render_page(request, "facilitators/question.html", context)


def option_rows(found: Question) -> list[list[str]]:
    """The options with their weight, for a table."""
    if found.kind == QuestionKind.SHORT_NUMBER:
        return [[f"{option['low']} … {option['high']}", f"{option['weight']} %"] for option in found.options]
    if found.kind == QuestionKind.ORDERING:
        return [[option["text"], str(place)] for place, option in enumerate(found.options, start=1)]
    if found.kind == QuestionKind.MATCHING:
        return [[option["text"], option["match"]] for option in found.options]
    return [[option["text"], f"{option['weight']} %"] for option in found.options]


def option_columns(found: Question) -> list[Any]:
    """What the table of its options tells of each."""
    turn = Column(_("Turn in the order"), number=True)
    second = {QuestionKind.ORDERING: turn, QuestionKind.MATCHING: _("Belongs to it")}
    return [_("Option"), second.get(QuestionKind(found.kind), Column(_("Weight"), number=True))]


def _found(request: HttpRequest, code: str) -> QuestionBank:
    found: QuestionBank = request.scope.get_or_404(queries.banks(), Verb.SELECTION_MANAGE, code=code)
    return found


def _address(bank: QuestionBank, name: str = "question_bank") -> str:
    return reverse(f"facilitators:{name}", args=[bank.code])


def _places(bank: QuestionBank, here: str = "") -> list[Link]:
    trail = [Link(_("Question banks"), reverse("facilitators:question_banks")), Link(bank.name, _address(bank))]
    return [*trail, Link(here)] if here else trail
