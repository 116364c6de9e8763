"""Is this certificate genuine? What anyone sees who holds its code: name, course, days, and what it is worth today."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from pendamping.access.pages import public_page, render_page
from pendamping.core.codes import read_code
from pendamping.core.moments import day
from pendamping.training.certificate_shown import TONES, hours_shown, shown
from pendamping.training.models import Certificate
from pendamping.training.queries import certificates as queries


@public_page()
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """One certificate; a code written otherwise leads to its own address, an unknown one to the search."""
    known = read_code(code)
    if known and known != code:
        return redirect("training:certificate", code=known)
    found = queries.by_code(code)
    if found is None:
        return render_page(request, "training/certificate_unknown.html", {"typed": code[:40]}, status=404)
    context: dict[str, Any] = {
        **shown(found, day(timezone.now())), "hours": hours_shown(found.version), "today": day(timezone.now()),
    }  # fmt: skip
    return render_page(request, "training/certificate.html", {**context, "tones": TONES})


def address_by_code(code: str) -> str:
    """For the box where any paper is checked: the page of a certificate with this code, or ""."""
    known = Certificate.objects.filter(code=code).exists()
    return reverse("training:certificate", args=[code]) if known else ""
