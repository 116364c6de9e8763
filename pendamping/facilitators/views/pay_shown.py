"""What the pages of the secretariat and of the treasurer share about a list of honoraria."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from pendamping.access.pages import render_page
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.pieces import Act, Link
from pendamping.facilitators.models import PayRun
from pendamping.facilitators.pay_papers import formula, receipt_list
from pendamping.facilitators.queries import pay as queries
from pendamping.facilitators.views.appointing import pdf_bytes

PAGE = 50


def shown(
    request: HttpRequest, found: PayRun, acts: list[Act], home: str, name: str, *, for_treasurer: bool
) -> HttpResponse:
    """One list with everybody on it; `home` and `name` are where it leads back to."""
    lines = list(queries.lines_of(found))
    context = {
        "run": found, "lines": [(one, [formula(part) for part in one.parts]) for one in lines], "acts": acts,
        "for_treasurer": for_treasurer, "is_stale": queries.is_stale(found),
        "places": [Link(home, reverse(f"facilitators:{name}")), Link(titled(found))],
    }  # fmt: skip
    return render_page(request, "facilitators/pay_run.html", context)


def books(found: PayRun) -> HttpResponse:
    """The list for the books, bank accounts masked."""
    return pdf_bytes(receipt_list(found, list(queries.lines_of(found))), f"honorarium-{found.code}")


def titled(found: PayRun) -> str:
    """ "March 2026, list 1"."""
    return _("%(month)s, list %(number)d") % {"month": formats.day(found.first_day, "bulan"), "number": found.number}


def run_of(request: Any, code: str, verb: Verb) -> PayRun:
    """A list where this person may do that."""
    found: PayRun = request.scope.get_or_404(queries.runs(), verb, code=code)
    return found


def address(name: str, found: PayRun) -> str:
    """A page of this list."""
    return reverse(f"facilitators:{name}", args=[found.code])
