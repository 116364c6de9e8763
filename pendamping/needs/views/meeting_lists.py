"""The list of a meeting: choose, try, read what would come of it, record."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.core.imports.report import MOST_LINES
from pendamping.needs import services
from pendamping.needs.forms.meeting_lists import MeetingListForm
from pendamping.needs.queries.places import wards_of
from pendamping.regions.models import WIDTHS


@page(Verb.VOICE_RECORD)
def meeting_list(request: HttpRequest) -> HttpResponse:
    """The form and the report of the last trial; for those who may record in a whole ward."""
    scope = request.scope  # type: ignore[attr-defined]
    wards = wards_of(path for path in scope.paths(Verb.VOICE_RECORD) if len(path) <= WIDTHS["ward"])
    few = wards[:2]
    first = {"ward": few[0].path if len(few) == 1 else request.GET.get("w", "")}
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = MeetingListForm(*bound, initial=first, wards=wards)
    trial = None
    if request.method == "POST" and form.is_valid():
        by, at = scope.account, timezone.now()
        if form.cleaned_data["write"]:
            tried = form.cleaned_data["tried"]
            batch = form.attempt(services.take_list, by=by, at=at, tried=tried, **form.facts())
            if batch is not None:
                said = _("Recorded: %(added)d voices. There already: %(already)d. Refused: %(refused)d.")
                messages.success(request, said % {k: getattr(batch, k) for k in ("added", "already", "refused")})
                return redirect("needs:voices")
        else:
            trial = _tried(form, by=by, at=at)
    context = {"form": form, "trial": trial, "problems": trial.report.problems[:MOST_LINES] if trial else []}
    return render_page(request, "needs/meeting_list.html", context, status=422 if form.errors else 200)


def _tried(form: MeetingListForm, **facts: Any) -> services.Trial | None:
    """What would come of it; the form remembers which file it is about."""
    try:
        trial = services.try_list(**facts, **form.facts())
    except Refused as refusal:
        form.add_error("file", refusal.message)
        return None
    data: Any = form.data.copy()  # type: ignore[attr-defined]
    data["tried"] = trial.sha256
    form.data = data
    return trial
