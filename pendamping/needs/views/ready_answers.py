"""Where the city writes the words that are offered for answers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.core.languages import in_language
from pendamping.core.moments import day
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.forms.days import ReadyAnswerForm
from pendamping.needs.models import ReadyAnswer
from pendamping.needs.queries.ready_answers import in_use
from pendamping.needs.services import ready_answers as services
from pendamping.needs.views.days import categories_of, city_of
from pendamping.regions.models import Region


@page(Verb.LISTENING_MANAGE)
def ready_answers(request: HttpRequest) -> HttpResponse:
    """What is offered, each with its words; a form adds one, a press takes one out of use."""
    city = city_of(request)
    if request.method == "POST" and request.GET.get("act") == "retire":
        return _retired(request, city)
    posted = request.POST if request.method == "POST" else None
    form = ReadyAnswerForm(posted, categories=categories_of(city, day(timezone.now())))
    if posted is not None and form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "op"}
        at = timezone.now()
        if form.attempt(services.write_ready_answer, by=request.scope.account, at=at, city=city, **facts):  # type: ignore[attr-defined]
            messages.success(request, _("Kept. It is offered from now on."))
            return redirect("needs:ready_answers")
    context = {"form": form, "rows": [_shown(one) for one in in_use().filter(city=city)]}
    return render_page(request, "needs/ready_answers.html", context, status=422 if posted else 200)


def _shown(one: ReadyAnswer) -> dict[str, Any]:
    about = in_language(one.category.title, get_language() or "id") if one.category else _("All categories")
    where = VoiceState(one.status).label if one.status else _("Anywhere")
    return {"uid": one.uid, "title": one.title, "text": one.text, "about": f"{about} · {where}"}


def _retired(request: HttpRequest, city: Region) -> HttpResponse:
    try:
        ready = get_object_or_404(ReadyAnswer.objects.filter(city=city), uid=request.POST.get("ready", ""))
        services.retire_ready_answer(by=request.scope.account, at=timezone.now(), ready=ready)  # type: ignore[attr-defined]
        messages.success(request, _("Taken out of use."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    except ValidationError as problem:  # no uid at all
        raise Http404 from problem
    return redirect("needs:ready_answers")
