"""My pay: how far each month's honorarium is, where it goes, whether it came."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import render_page
from pendamping.core import formats
from pendamping.core.money import rupiah
from pendamping.core.pieces import Link
from pendamping.facilitators.enums.pay import LineState
from pendamping.facilitators.forms import pay as forms
from pendamping.facilitators.own import own_page
from pendamping.facilitators.pay_papers import formula
from pendamping.facilitators.queries import pay as queries
from pendamping.facilitators.services import pay_accounts, pay_receipts
from pendamping.facilitators.views.appointing import Ask, act_page


@own_page
@require_GET
def my_pay(request: HttpRequest) -> HttpResponse:
    """My honoraria with the formula of each, and my bank details, masked."""
    me = _me(request)
    lines = list(queries.own_lines(me)[:36])
    context = {
        "lines": [(one, [formula(part) for part in one.parts]) for one in lines],
        "pay_account": queries.pay_account_of(me), "needed": queries.pay_account_needed(me),
        "open": [one for one in lines if one.state == LineState.PAID], "places": _crumbs()[:1],
    }  # fmt: skip
    return render_page(request, "facilitators/my_pay.html", context)


@own_page
def my_pay_account(request: HttpRequest) -> HttpResponse:
    """Give or change my bank details."""
    me = _me(request)
    known, moving = queries.pay_account_of(me), queries.under_way(me)
    form = forms.PayAccountForm(request.POST or None, asks_again=moving is not None)
    now = _("Now: %(account)s. ") % {"account": known.masked} if known else ""
    ask = Ask(
        title=_("Where my pay goes"), submit=_("Keep"), back=reverse("facilitators:my_pay"),
        said=_("Your bank details are kept, encrypted."), places=_crumbs(_("Bank details")),
        lead=now + _("Kept encrypted; only the treasurer reads it, and each time it is written down."),
    )  # fmt: skip
    return act_page(
        request, form, ask, pay_accounts.set_pay_account,
        lambda: {"details": form.details(), "confirmed": bool(form.cleaned_data.get("confirmed"))},
    )  # fmt: skip


@own_page
def my_pay_receipt(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say whether my pay came."""
    line = queries.own_lines(_me(request)).filter(uid=uid).first()
    if line is None:
        raise Http404
    form = forms.ReceiptForm(request.POST or None)
    month = formats.day(line.run.first_day, "bulan")
    lead = _("%(amount)s, paid on %(day)s to %(account)s.") % {
        "amount": rupiah(line.net), "day": formats.day(line.run.paid_on),
        "account": line.pay_account.masked if line.pay_account else formats.NONE,
    }  # fmt: skip
    ask = Ask(
        title=_("Did your pay of %(month)s arrive?") % {"month": month}, submit=_("Answer"), lead=lead,
        back=reverse("facilitators:my_pay"), said=_("Thank you, your answer is kept."), places=_crumbs(month),
    )  # fmt: skip
    return act_page(request, form, ask, _answer, lambda: {"line": line, **_said(form)})


def _said(form: forms.ReceiptForm) -> dict[str, Any]:
    return {"came": form.cleaned_data["came"] == "yes", "said": form.cleaned_data["said"]}


def _answer(*, came: bool, said: str, **facts: Any) -> Any:
    if came:
        return pay_receipts.confirm_receipt(**facts)
    return pay_receipts.deny_receipt(said=said, **facts)


def _crumbs(*names: str) -> list[Link]:
    home = Link(_("My appointment"), reverse("facilitators:my_service"))
    return [home, Link(_("My pay"), reverse("facilitators:my_pay")), *(Link(name) for name in names)]


def _me(request: Any) -> Any:
    return request.user
