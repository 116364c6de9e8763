"""Taking in a file: choose, try, read what would come of it, write."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.core.imports.report import MOST_LINES, Report
from pendamping.registry import services
from pendamping.registry.forms import FileForm
from pendamping.registry.office import acting
from pendamping.registry.queries import cities, recent


@require_http_methods(["GET", "HEAD", "POST"])
@page(Verb.IMPORT_RUN)
def files(request: HttpRequest) -> HttpResponse:
    """The form, the report of the last trial, and the files taken in before."""
    mine = cities(request.scope)
    form = FileForm(*((request.POST, request.FILES) if request.method == "POST" else ()), cities=mine)
    report: Report | None = None
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("city", "kind", "file", "good_rows")}
        by, at = acting(request.scope, Verb.IMPORT_RUN, facts["city"]), timezone.now()
        if not form.cleaned_data["write"]:
            report = _try(form, by=by, at=at, **facts)
        else:
            batch = form.attempt(services.take_file, by=by, at=at, tried=form.cleaned_data["tried"], **facts)
            if batch is not None:
                said = _("Written: %(added)d new, %(changed)d changed, %(already)d there already, %(refused)d refused.")
                messages.success(
                    request, said % {k: getattr(batch, k) for k in ("added", "changed", "already", "refused")}
                )
                return redirect("registry:files")
    problems = report.problems[:MOST_LINES] if report is not None else []
    context = {"form": form, "report": report, "problems": problems, "recent": recent(mine)}
    return render_page(request, "registry/files.html", context, status=422 if form.errors else 200)


def _try(form: FileForm, **facts: Any) -> Report | None:
    """The report; the form remembers which file it is about."""
    try:
        report, sha256 = services.try_file(**facts)
    except Refused as refusal:
        form.add_error("file", refusal.message)
        return None
    data: Any = form.data.copy()
    data["tried"] = sha256
    form.data = data
    return report
