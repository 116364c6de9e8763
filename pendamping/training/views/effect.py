"""What courses added: the list, one version, its questions, the report to take away, and errors in the field."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.imports.export import XLSX
from pendamping.core.moments import day
from pendamping.core.pieces import Act, Cell, Column, Link
from pendamping.regions.models import Region
from pendamping.training import effect_papers, effect_shown
from pendamping.training.models import CourseVersion
from pendamping.training.queries import effect as queries
from pendamping.training.queries import suggestions

SEE = Verb.TRAINING_SEE


@page(SEE)
@require_GET
def effect_courses(request: HttpRequest) -> HttpResponse:
    """The versions of courses, with who learns them at my places."""
    found = [(one, effect_shown.words(one.course.title)) for one in queries.counted(request.scope)]  # type: ignore[attr-defined]
    acts = [Act(_("Errors in the field"), reverse("training:field_errors"))]
    return render_page(request, "training/effect_courses.html", {"versions": found, "acts": acts})


@page(SEE)
@require_GET
def field_errors(request: HttpRequest) -> HttpResponse:
    """What went wrong most often at my places, and which module treats it. Wards are counted, nobody is named."""
    paths, today = request.scope.paths(SEE), day(timezone.now())  # type: ignore[attr-defined]
    lines = suggestions.of_places(paths, today)
    drawn = [(one, "; ".join(effect_shown.module_name(module) for module in one.modules)) for one in lines]
    context = {
        "lines": drawn, "first": drawn[0] if drawn and drawn[0][0].count else None,
        "places": [_back(), Link(_("Errors in the field"))],
        "uncounted": suggestions.uncounted(paths), "since": suggestions.since(today),
    }  # fmt: skip
    return render_page(request, "training/field_errors.html", context)


@page(SEE)
@require_GET
def effect(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One version: numbers, attendance, quizzes, gain, opinions, certificates, errors before and after."""
    version = _seen(request, code, number)
    learners = queries.learners_seen(request.scope, version)  # type: ignore[attr-defined]
    report = queries.report(version, learners, day(timezone.now()))
    names = dict(learners.order_by().values_list("pk", "account__name"))
    gains = [
        [Cell(names[one.enrolment]), f"{one.before:.0f}", f"{one.after:.0f}",
         _("full marks before") if one.gain is None else effect_shown.decimal(one.gain)]
        for one in report.tests.pairs
    ]  # fmt: skip
    heads = [Column(_("Learner")), *(Column(one, number=True) for one in (_("Before"), _("After"), _("Gain")))]
    acts = [
        Act(_("How the questions did"), _address("effect_items", version)),
        Act(_("Report (PDF)"), _address("effect_pdf", version)),
        Act(_("Table (XLSX)"), _address("effect_xlsx", version)),
    ]
    context = {
        "version": version, "title": effect_shown.words(version.course.title), "gains": gains, "heads": heads,
        "shown": effect_shown.shown(report, leaves=False), "acts": acts,
        "places": [_back(), Link(effect_shown.words(version.course.title))],
        "note": effect_shown.field_note(report, leaves=False), "words": queries.opinion_words(version),
    }  # fmt: skip
    return render_page(request, "training/effect.html", context)


@page(SEE)
@require_GET
def effect_items(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """How the questions of a version did, quiz by quiz."""
    version = _seen(request, code, number)
    learners = queries.learners_seen(request.scope, version)  # type: ignore[attr-defined]
    found = [(effect_shown.quiz_name(quiz), items) for quiz, items in queries.items(version, learners)]
    title = effect_shown.words(version.course.title)
    places = [_back(), Link(title, _address("effect", version)), Link(_("How the questions did"))]
    context = {"version": version, "title": title, "found": found, "least": queries.ITEMS.sample, "places": places}
    return render_page(request, "training/effect_items.html", context)


@page(SEE)
@require_GET
def effect_pdf(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The report of a version as PDF, small groups withheld."""
    report, place = _report(request, code, number)
    made = effect_papers.issue_report(report=report, place=place, at=timezone.now())
    with made.file.open("rb") as kept:
        return _download(kept.read(), "application/pdf", f"{_file_name(report.version)}.pdf")


@page(SEE)
@require_GET
def effect_xlsx(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The report of a version as XLSX, small groups withheld."""
    report, place = _report(request, code, number)
    return _download(effect_papers.workbook(report, place), XLSX, f"{_file_name(report.version)}.xlsx")


def _download(data: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _file_name(version: CourseVersion) -> str:
    return f"pelatihan-{version.course.key}-{version.number}"


def _report(request: Any, code: str, number: int) -> tuple[queries.Report, Region]:
    """The report, and the place it is told of: the widest one of mine in the city of the course."""
    version = _seen(request, code, number)
    city = version.course.region.path
    path = min((one for one in request.scope.paths(SEE) if one.startswith(city)), key=len)
    place = Region.objects.get(path=path)
    learners = queries.learners_seen(request.scope, version).filter(region_path__startswith=path)
    return queries.report(version, learners, day(timezone.now())), place


def _seen(request: Any, code: str, number: int) -> CourseVersion:
    return get_object_or_404(queries.versions_seen(request.scope), course__code=code, number=number)


def _back() -> Link:
    return Link(_("What training adds"), reverse("training:effect_courses"))


def _address(name: str, version: CourseVersion) -> str:
    return reverse(f"training:{name}", args=[version.course.code, version.number])
