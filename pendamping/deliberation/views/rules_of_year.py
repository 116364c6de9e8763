"""Working page of the rules of meetings: every kind, every version, and a new one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.moments import day, fiscal_year
from pendamping.core.pieces import Link
from pendamping.deliberation import services
from pendamping.deliberation.enums.meetings import MeetingKind
from pendamping.deliberation.forms import ladder as forms
from pendamping.deliberation.queries import rules_of_year as queries
from pendamping.regions.models import Level, Region


@page(Verb.RULES_MANAGE)
def meeting_rules(request: HttpRequest) -> HttpResponse:
    """The rules of a budget year kind by kind, and a form for the next version of one."""
    city = request.scope.narrow(Region.objects.filter(level=Level.CITY).order_by("path"), Verb.RULES_MANAGE).first()
    if city is None:
        raise Http404
    now = timezone.now()
    year = _year(request.GET.get("tahun", ""), fiscal_year(now))
    kind = request.GET.get("jenis", MeetingKind.DEVELOPMENT)
    versions = list(queries.rules().filter(city=city, fiscal_year=year))
    held = next((one for one in versions if one.kind == kind), None)
    initial = {"kind": kind, "fiscal_year": year, "valid_from": day(now)}
    initial |= forms.as_typed(held) if held else {}
    form = forms.MeetingRulesForm(
        request.POST if request.method == "POST" else None, initial=initial, own=len(held.own_groups) if held else 0
    )
    if request.method == "POST" and form.is_valid():
        done = form.attempt(services.set_meeting_rules, by=request.user, at=now, city=city, **form.facts())
        if done is not None:
            messages.success(request, _("The new version is kept. Meetings called before keep theirs."))
            return redirect(f"{reverse('deliberation:meeting_rules')}?tahun={done.fiscal_year}&jenis={done.kind}")
    context = {
        "city": city, "year": year, "versions": versions, "form": form,
        "years": [Link(str(y), f"?tahun={y}", y == year) for y in range(fiscal_year(now) - 1, fiscal_year(now) + 3)],
        "kinds": [Link(str(k.label), f"?tahun={year}&jenis={k.value}#baru", k == kind) for k in MeetingKind],
    }  # fmt: skip
    return render_page(request, "deliberation/meeting_rules.html", context)


def _year(typed: str, otherwise: int) -> int:
    return int(typed) if typed.isdecimal() and len(typed) == len("2026") else otherwise
