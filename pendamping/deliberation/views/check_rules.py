"""The page of the bounds of technical checks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from pendamping.access.pages import page
from pendamping.access.verbs import Verb
from pendamping.core.moments import day
from pendamping.core.pieces import Link
from pendamping.deliberation import services
from pendamping.deliberation.city_scope import managed_city
from pendamping.deliberation.forms.checks import CheckRulesForm
from pendamping.deliberation.queries import checks as queries
from pendamping.deliberation.views.formed import form_page


@page(Verb.RULES_MANAGE)
def check_rules(request: HttpRequest) -> HttpResponse:
    """By which bounds proposals of the city are checked, and whether ward meetings ask for a check."""
    city = managed_city(request.scope)
    now = timezone.now()
    known = queries.check_rules_for(city.path, day(now))
    names = ("condition_permille", "unfit_permille", "needs_check", "legal_basis")
    initial = {name: getattr(known, name) for name in names} if known else {}
    form = CheckRulesForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in (*names, "valid_from")}
        by = request.scope.account
        if form.attempt(services.set_check_rules, by=by, at=now, city=city, **facts) is not None:
            messages.success(request, _("The bounds are set. Checks begun from that day on follow them."))
            return redirect("deliberation:price_lists")
    lead = _("How far an estimate may lie off the unit prices. Checks under way keep the bounds they began with.")
    back = reverse("deliberation:price_lists")
    return form_page(
        request, form, title=_("Bounds of technical checks"), submit=_("Set"), back=back, lead=lead,
        places=[Link(_("Unit prices"), back)],
    )  # fmt: skip
