"""What anyone sees behind the code on an asset, and how anyone reports a fault."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from pendamping.access.pages import public_page, render_page
from pendamping.assets import forms, pages, papers, queries, services
from pendamping.assets.models import Asset
from pendamping.core.codes import read_code
from pendamping.needs.flood import too_many
from pendamping.needs.keys import fresh_path


@public_page(max_age=60)
def asset(request: HttpRequest, code: str) -> HttpResponse:
    """What it is, when it was built and with what money, who keeps it, how it stands, and what was reported."""
    found = _found(code)
    context = {
        **pages.story(found),
        "faults": pages.fault_entries(list(queries.faults_of(found)[:10])),
        "address": papers.public_url(found),
    }
    return render_page(request, "assets/public.html", context)


@public_page(max_age=0, methods=("GET", "POST"))
def report_fault(request: HttpRequest, code: str) -> HttpResponse:
    """Say that it is broken: no account, no name, a code in return."""
    found = _found(code)
    if request.method != "POST":
        return _fault_page(request, found, forms.FaultForm())
    at = timezone.now()
    refusal = too_many(request, at)
    form = forms.FaultForm(request.POST, None if refusal else request.FILES)  # photos are not decoded for a flood
    if refusal is not None:
        form.add_error(None, refusal.message)
        return _fault_page(request, found, form, status=429)
    if form.is_valid():
        text, photos = form.cleaned_data["text"], form.cleaned_data["photos"]
        fault = form.attempt(services.report_fault, by=None, at=at, asset=found, text=text, photos=photos)
        if fault is not None:
            return redirect(fresh_path(fault.voice))
    return _fault_page(request, found, form, status=422)


def _found(code: str) -> Asset:
    found = queries.assets().filter(code=read_code(code) or code).first()
    if found is None:
        raise Http404
    return found


def _fault_page(request: HttpRequest, found: Asset, form: forms.FaultForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "asset": found,
        "form": form,
        "places": [
            {"label": found.name, "url": reverse("assets:public", args=[found.code])},
            {"label": _("Report a fault"), "url": ""},
        ],
    }
    return render_page(request, "assets/report_fault.html", context, status=status)
