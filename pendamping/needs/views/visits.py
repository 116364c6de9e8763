"""From door to door: the RTs and groups of a ward not heard this quarter, and a visit to one of them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.moments import day
from pendamping.needs import services
from pendamping.needs.forms.visits import VisitForm
from pendamping.needs.models import Visit, Voice
from pendamping.needs.queries.places import rts_of, wards_of
from pendamping.needs.queries.visits import doors as doors_of
from pendamping.needs.queries.visits import groups_met, moments_of
from pendamping.needs.rules.visits import quarter_of
from pendamping.regions.models import Region

RIGHT = Verb.VOICE_RECORD


@require_safe
@page(RIGHT)
def doors(request: HttpRequest) -> HttpResponse:
    """The list of one ward; `?w=` chooses it where somebody has several."""
    scope = request.scope  # type: ignore[attr-defined]
    wards = list(wards_of(scope.paths(RIGHT)))
    asked = request.GET.get("w", "")
    ward = next((one for one in wards if one.path == asked), wards[0] if wards else None)
    context: dict[str, Any] = {"wards": wards, "ward": ward}
    if ward is not None:
        quarter = quarter_of(day(timezone.now()))
        found = doors_of(scope.narrow(rts_of(ward), RIGHT), ward, quarter)
        met = groups_met(ward, quarter)
        context |= {
            "quarter": quarter, "total": len(found), "groups": met,
            "waiting": [one for one in found if one.is_waiting],
            "others": [one for one in found if not one.is_waiting],
            "unmet": [group.label for group, count in met if not count],
        }  # fmt: skip
    return render_page(request, "needs/doors.html", context)


@page(RIGHT)
def door(request: HttpRequest, path: str) -> HttpResponse:
    """One RT: write down what is said there, then close the visit."""
    scope = request.scope  # type: ignore[attr-defined]
    rt = scope.get_or_404(Region.objects.select_related("parent__parent").filter(level="rt"), RIGHT, path=path)
    today = day(timezone.now())
    form = VisitForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        facts = {"by": scope.account, "at": timezone.now(), "region": rt, **form.facts()}
        if form.attempt(services.record_visit, **facts) is not None:
            messages.success(request, _("The visit to %(place)s is recorded.") % {"place": rt.place_label})
            return redirect(f"{reverse('needs:doors')}?{urlencode({'w': rt.ward_path})}")
    start, end = moments_of(today, today)
    written = Voice.objects.filter(region=rt, recorded_by=scope.account, heard_at__gte=start, heard_at__lt=end)
    context = {
        "rt": rt,
        "form": form,
        "written": written.order_by("-id"),
        "visits": Visit.objects.filter(region=rt).select_related("region").order_by("-day", "-id")[:5],
        "write": f"{reverse('needs:record_voice')}?{urlencode({'door': rt.path})}",
    }
    return render_page(request, "needs/door.html", context, status=422 if form.errors else 200)
