"""My own evaluations: every value with its formula, my reply, what is worked on, what was decided."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import render_page
from pendamping.core.moments import day
from pendamping.facilitators.enums.evaluations import EvaluationState
from pendamping.facilitators.forms.evaluations import ReplyForm
from pendamping.facilitators.own import own_page
from pendamping.facilitators.queries import evaluations as queries
from pendamping.facilitators.rules.indicators import Half
from pendamping.facilitators.services.evaluations import reply_to_evaluation
from pendamping.facilitators.views.appointing import attempt, typed
from pendamping.facilitators.views.evaluation_rules import described
from pendamping.facilitators.views.evaluations import name_of, shown


@own_page
@require_GET
def my_evaluations(request: HttpRequest) -> HttpResponse:
    """My half-years, and the rules by which I am judged."""
    me: Any = request.user
    found = list(queries.of_person(me))
    today = day(timezone.now())
    mine = me.assignments.order_by("-ends_on", "-id").first()
    in_force = queries.rules_in_force(mine.city_path, today) if mine else None
    context = {
        "evaluations": [(one, name_of(Half(one.year, one.half))) for one in found], "today": today,
        "rules": in_force, "lines": described(in_force) if in_force else [],
    }  # fmt: skip
    return render_page(request, "facilitators/my_evaluations.html", context)


@own_page
def my_evaluation(request: HttpRequest, code: str) -> HttpResponse:
    """One of mine, and my reply."""
    me: Any = request.user
    found = queries.whole(queries.of_person(me)).filter(code=code).first()
    if found is None:
        raise Http404
    form = ReplyForm(request.POST or None)
    facts = lambda: {"evaluation": found, **typed(form)}  # noqa: E731  read when the form is right
    if attempt(request, form, reply_to_evaluation, facts, said=_("Your reply is with the secretariat.")):
        return redirect("facilitators:my_evaluation", code=found.code)
    today = day(timezone.now())
    may_reply = found.state == EvaluationState.SHOWN and found.reply_by is not None and found.reply_by >= today
    context = {
        **shown(found), "form": form, "may_reply": may_reply or bool(form.errors), "is_own": True, "may_coach": False,
        "places": [], "back": reverse("facilitators:my_evaluations"),
    }  # fmt: skip
    return render_page(request, "facilitators/evaluation.html", context, status=422 if form.errors else 200)
