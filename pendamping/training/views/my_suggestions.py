"""What my last three months in the field suggest I learn."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import render_page
from pendamping.core.moments import day
from pendamping.core.pieces import Link
from pendamping.facilitators.own import own_page
from pendamping.training.effect_shown import module_name
from pendamping.training.queries.suggestions import Suggestion, Treatment, of_person, since


@own_page
@require_GET
def my_suggestions(request: HttpRequest) -> HttpResponse:
    """My errors of three months with the module that treats each; those I have put behind me apart."""
    me: Any = request.user
    today = day(timezone.now())
    found = of_person(me, today)
    context = {
        "open": [_drawn(one) for one in found if not one.is_settled],
        "settled": [_drawn(one) for one in found if one.is_settled],
        "since": since(today),
        "places": [Link(_("My learning"), reverse("training:my_learning")), Link(_("What to learn next"))],
    }
    return render_page(request, "training/my_suggestions.html", context)


def _drawn(one: Suggestion) -> tuple[Suggestion, list[tuple[Treatment, str, str]]]:
    return one, [(treats, module_name(treats.module), where_to_learn(treats)) for treats in one.treatments]


def where_to_learn(treats: Treatment) -> str:
    """The module for whoever is in its course; no page yet for others."""
    return reverse("training:my_module", args=[treats.enrolment, treats.module.key]) if treats.enrolment else ""
