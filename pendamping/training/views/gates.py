"""Working pages of gates: listed, set after seeing whom they would shut out today, ended."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import office_label, page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.languages import in_language
from pendamping.core.moments import day
from pendamping.core.pieces import Link
from pendamping.training.enums.gates import FieldAct
from pendamping.training.forms.gates import GateEndForm, GateForm
from pendamping.training.models import Gate
from pendamping.training.queries import certificates
from pendamping.training.queries import gates as queries
from pendamping.training.services import gates as services
from pendamping.training.views.certifying import Ask, act_page, typed

NAMED = 50


@page(Verb.TRAINING_MANAGE)
@require_GET
def gates(request: HttpRequest) -> HttpResponse:
    """The gates of my city: those in force and to come, then those that ended."""
    today = day(timezone.now())
    mine = queries.gates().filter(city__path__in=request.scope.paths(Verb.TRAINING_MANAGE))
    rows = [_shown(one, today) for one in mine.order_by("-starts_on", "-id")]
    context = {"now": [row for row in rows if not row["over"]], "over": [row for row in rows if row["over"]]}
    return render_page(request, "training/gates.html", context)


def _shown(gate: Gate, today: Any) -> dict[str, Any]:
    return {
        "gate": gate, "act": FieldAct(gate.verb).label, "course": in_language(gate.course.title, _language()),
        "whom": office_label(gate.role) if gate.role else _("Everybody who may do it"),
        "over": gate.ends_on is not None and gate.ends_on < today, "begins": gate.starts_on > today,
    }  # fmt: skip


@page(Verb.TRAINING_MANAGE)
def gate_set(request: HttpRequest) -> HttpResponse:
    """Set a gate. The button that looks first shows whom it would shut out today; nothing is set by looking."""
    courses = request.scope.narrow(certificates.all_courses(), Verb.TRAINING_MANAGE)
    today = day(timezone.now())
    form = GateForm(
        request.POST or None, courses=courses, modules=queries.modules_in_use(courses),
        initial={"starts_on": today + timedelta(days=30)},
    )  # fmt: skip
    if request.method == "POST" and "look" in request.POST:
        extra = _looked(form, today) if form.is_valid() else {}
        status = 200 if extra else 422
        return render_page(
            request,
            "training/gate_set.html",
            {"form": form, "places": _crumbs(_("Let an act ask for a certificate")), **extra},
            status,
        )
    ask = Ask(
        title=_("Let an act ask for a certificate"), submit=_("Set"), back=reverse("training:gates"),
        said=_("Set. Whoever it concerns reads it in My work before it begins."),
        places=_crumbs(_("Let an act ask for a certificate")),
    )  # fmt: skip
    return act_page(
        request, form, ask, services.set_gate, lambda: typed(form), then=lambda _made: reverse("training:gates"),
        template="training/gate_set.html",
    )  # fmt: skip


def _looked(form: GateForm, today: Any) -> dict[str, Any]:
    """Who would be shut out if it stood today."""
    given = form.cleaned_data
    people = queries.shut_out(
        city=given["course"].region, course=given["course"], verb=given["verb"], role=given["role"],
        grace_days=given["grace_days"], on=today,
    )  # fmt: skip
    return {"looked": True, "count": len(people), "people": people[:NAMED], "more": max(0, len(people) - NAMED)}


@page(Verb.TRAINING_MANAGE)
def gate_end(request: HttpRequest, uid: Any) -> HttpResponse:
    """End a gate."""
    mine = queries.gates().filter(city__path__in=request.scope.paths(Verb.TRAINING_MANAGE))
    gate = get_object_or_404(mine, uid=uid)
    yesterday = day(timezone.now()) - timedelta(days=1)
    form = GateEndForm(request.POST or None, initial={"on": yesterday})
    ask = Ask(
        title=_("End the gate"), submit=_("End it"), back=reverse("training:gates"), kind="danger",
        places=_crumbs(_("End the gate")),
        kicker=str(FieldAct(gate.verb).label), said=_("It ends."),
    )  # fmt: skip
    return act_page(
        request, form, ask, services.end_gate, lambda: {"gate": gate, **typed(form)},
        then=lambda _made: reverse("training:gates"),
    )  # fmt: skip


def _language() -> str:
    return get_language() or "id"


def _crumbs(here: str) -> list[Link]:
    return [Link(_("Acts that ask for a certificate"), reverse("training:gates")), Link(here)]
