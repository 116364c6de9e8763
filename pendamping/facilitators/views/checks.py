"""The file check: the queue, and one application with the two columns there and right."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.documents.pdf_door import sandboxed
from pendamping.core.errors import Refused
from pendamping.core.forms import ActForm
from pendamping.core.pieces import Act, Link
from pendamping.facilitators.enums.rounds import Stage
from pendamping.facilitators.forms.checks import CheckForm, SecondCheckForm
from pendamping.facilitators.models import Application
from pendamping.facilitators.queries import applications as queries
from pendamping.facilitators.queries.applications import Line, lines_of
from pendamping.facilitators.rules import checks as rules
from pendamping.facilitators.services import checks as services
from pendamping.facilitators.services.evidence import read_file
from pendamping.facilitators.views.filling import facts_of

PAGE = 25


@require_safe
@page(Verb.APPLICATION_CHECK)
def queue(request: HttpRequest) -> HttpResponse:
    """Applications that wait for the file check, the oldest first; or those concluded."""
    view = request.GET.get("view", "waiting")
    records = queries.applications_waiting_for_check()
    if view == "done":
        records = queries.applications().filter(results__stage=Stage.FILES).order_by("-id")
    found = queries.listed(request.scope.narrow(records, Verb.APPLICATION_CHECK))  # type: ignore[attr-defined]
    if view == "asked":
        found = found.filter(pk__in=queries.asked())
    after = request.GET.get("page", "1")
    number = max(1, int(after[:6])) if after.isdecimal() else 1
    shown = list(found[(number - 1) * PAGE : number * PAGE + 1])
    labels = {"waiting": _("Waiting"), "asked": _("Asked, no answer yet"), "done": _("Concluded")}
    context = {
        "rows": shown[:PAGE],
        "tabs": [Link(label, f"?view={name}", name == view) for name, label in labels.items()],
        "older": f"?view={view}&page={number + 1}" if len(shown) > PAGE else "",
        "newer": f"?view={view}&page={number - 1}" if number > 1 else "",
    }
    return render_page(request, "facilitators/application_checks.html", context)


@page(Verb.APPLICATION_CHECK, for_own_eyes=True)
def check(request: HttpRequest, code: str) -> HttpResponse:
    """One application: each requirement with what was handed in, and what is said of it. `?r=` names it in a POST."""
    found = _found(request, code)
    tried: dict[tuple[str, int], ActForm] = {}
    if request.method == "POST":
        line = next((one for one in lines_of(found) if str(one.requirement.position) == request.GET.get("r")), None)
        if line is None:
            raise Http404
        if _taken(request, found, line, tried):
            messages.success(request, _("Recorded."))
            return redirect(f"{_address(found)}#r{line.requirement.position}")
    refusal = services.verdict_to_check(found, by=request.scope.account).message
    lines, result = lines_of(found), queries.file_result(found)
    since = result.created_at if result else None
    context = {
        "application": found, "facts": facts_of(found), "refusal": refusal,
        "acts": _acts(found, lines, refusal, result is not None),
        "lines": [_shown(line, found, tried, refusal, since) for line in lines],
        "result": result,
        "places": [Link(_("File check"), reverse("facilitators:application_checks")), Link(found.code)],
    }  # fmt: skip
    return render_page(request, "facilitators/application_check.html", context, status=422 if tried else 200)


def _taken(request: HttpRequest, found: Application, line: Line, tried: dict[tuple[str, int], ActForm]) -> bool:
    kind = "second" if request.GET.get("act") == "second" else "check"
    form_class, service = {
        "check": (CheckForm, services.check_requirement), "second": (SecondCheckForm, services.record_second_check),
    }[kind]  # fmt: skip
    form: Any = form_class(request.POST, prefix=_prefix(kind, line))
    tried[kind, line.requirement.position] = form
    if not form.is_valid():
        return False
    facts = {"application": found, "requirement": line.requirement, **form.facts()}
    return form.attempt(service, by=request.user, at=timezone.now(), **facts) is not None


def _shown(
    line: Line, found: Application, tried: dict[tuple[str, int], ActForm], refusal: str, since: datetime | None
) -> dict[str, Any]:
    """A requirement with its forms; concluded at `since` and reopened by an objection, only for what was left open."""
    place = line.requirement.position
    known = line.check
    first = {}
    if known is not None:
        first = {name: getattr(known, name) for name in ("right", "reason", "reference", "note", "answer_until")}
        first["is_there"] = "yes" if known.is_there else "no"
    may_check = not refusal and rules.was_left_open(concluded_at=since, decided_at=line.decided_at)
    may_second = not refusal and rules.was_left_open(concluded_at=since, decided_at=line.seconded_at)
    files = [one for one in (line.evidence, *line.answer_files) if one is not None and one.file]
    return {
        "line": line, "id": f"r{place}", "check_action": f"{_address(found)}?r={place}&act=check",
        "second_action": f"{_address(found)}?r={place}&act=second",
        "check_form": None if not may_check else tried.get(("check", place)) or CheckForm(
            prefix=_prefix("check", line), initial=first),
        "second_form": (tried.get(("second", place)) or SecondCheckForm(prefix=_prefix("second", line)))
        if may_second and line.requirement.needs_second_check else None,
        "files": [
            (one, reverse("facilitators:application_file", args=[found.code, one.name])) for one in files
        ],
        "state": ("waiting", _("Open")) if line.checked.is_open else ("stopped", _("Not fulfilled"))
        if line.checked.is_failed else ("done", _("Fulfilled")),
    }  # fmt: skip


def _acts(found: Application, lines: list[Line], refusal: str, is_concluded: bool) -> list[Act]:
    verdict = rules.may_conclude([line.checked for line in lines], is_concluded=is_concluded).message
    href = reverse("facilitators:application_conclude", args=[found.code])
    question = _("Conclude the file check? The applicant reads the result and its reasons at once.")
    return [
        Act(_("Conclude the file check"), href, post=True, refusal=refusal or verdict, kind="primary", confirm=question)
    ]


@require_POST
@page(Verb.APPLICATION_CHECK)
def conclude(request: HttpRequest, code: str) -> HttpResponse:
    """Conclude the file check of one application."""
    found = _found(request, code)
    try:
        done = services.conclude_files(by=request.user, at=timezone.now(), application=found)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(_address(found))
    said = _("%(code)s passed the file check.") if done.passed else _("%(code)s did not pass the file check.")
    messages.success(request, said % {"code": code})
    return redirect(_address(found))


@require_safe
@page(Verb.APPLICATION_CHECK, for_own_eyes=True)
def file(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """A file of an application, as a download."""
    found = _found(request, code)
    kept = get_object_or_404(found.evidence.exclude(file=""), name=name)
    filename = f"{found.code}-{kept.requirement.position}.{kept.extension}"
    return sandboxed(read_file(kept), kind=kept.content_type, filename=filename)


def _found(request: HttpRequest, code: str) -> Application:
    records = queries.applications().exclude(submitted_at=None)
    found: Application = request.scope.get_or_404(records, Verb.APPLICATION_CHECK, code=code)  # type: ignore[attr-defined]
    return found


def _prefix(kind: str, line: Line) -> str:
    return f"{kind}{line.requirement.position}"


def _address(found: Application) -> str:
    return reverse("facilitators:application_check", args=[found.code])
