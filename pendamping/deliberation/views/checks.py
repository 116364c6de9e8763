"""Working pages of technical checks: all checks of a proposal, its lines of cost, its aspects, the publishing."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.errors import Refused
from pendamping.core.money import rupiah
from pendamping.core.pieces import Act, Column, Link
from pendamping.deliberation import services
from pendamping.deliberation.enums.checks import Aspect, CheckReason, CheckResult, CheckState, Finding
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.forms.checks import (
    AspectForm,
    BeginCheckForm,
    CheckLineForm,
    PublishCheckForm,
)
from pendamping.deliberation.models import AgendaItem, CheckLine, Meeting, TechnicalCheck
from pendamping.deliberation.queries import checks as queries
from pendamping.deliberation.queries.unit_prices import FOUND_MOST, items_found
from pendamping.deliberation.rules import checks as rules
from pendamping.deliberation.views.formed import form_page
from pendamping.needs.models import Proposal

TONES = {CheckResult.FIT: "done", CheckResult.CONDITION: "active", CheckResult.UNFIT: "stopped", "": "waiting"}
FOUND = {Finding.FIT: "done", Finding.CONDITION: "active", Finding.UNFIT: "stopped"}


@page(Verb.RECORD_SEE)
@require_safe
def checks(request: HttpRequest, code: str) -> HttpResponse:
    """The technical checks of a proposal: the one under way with what it still lacks, and all that were published."""
    proposal = _proposal(request, code)
    known = list(queries.checks_of(proposal))
    draft = next((one for one in known if one.state == CheckState.DRAFT), None)
    published = [one for one in known if one.state == CheckState.PUBLISHED]
    repaired = queries.revisions_of(proposal)
    context = {
        "proposal": proposal, "draft": draft and _shown(draft), "places": _places(proposal),
        "published": [(_shown(one), one.revisions == repaired) for one in published],
        "like": queries.like(proposal), "acts": _acts(request, proposal, draft),
    }  # fmt: skip
    return render_page(request, "deliberation/checks.html", context)


def _shown(check: TechnicalCheck) -> dict[str, Any]:
    """A check as its card draws it."""
    lines = list(check.lines.all())
    calculated = sum(line.amount for line in lines) if check.state == CheckState.DRAFT else check.calculated
    cost = check.proposal.estimated_cost if check.state == CheckState.DRAFT else check.estimated_cost
    off = rules.off_permille(estimated=cost, calculated=calculated or 0)
    here = [check.proposal.code]
    return {
        "check": check, "tone": TONES[check.result], "calculated": calculated, "off": off_words(off), "lines": lines,
        "cost": cost,
        "aspects": [
            (aspect.label, found, FOUND[Finding(found.finding)] if found else "waiting",
             reverse("deliberation:check_aspect", args=[*here, aspect.value]))
            for aspect, found in queries.found_of(check)
        ],
        "table": cost_table(lines) if lines else None,
    }  # fmt: skip


def off_words(off: int | None) -> str:
    """ "12,5% above the unit prices"."""
    if off is None:
        return ""
    share = {"share": formats.percent(Decimal(abs(off)) / 1000, 1)}
    if off == 0:
        return _("exactly the unit prices")
    return (_("%(share)s above the unit prices") if off > 0 else _("%(share)s below the unit prices")) % share


def cost_table(lines: list[CheckLine]) -> dict[str, Any]:
    """The lines of cost as the table takes them, with their sum."""
    heads = [
        Column(_("Item")), Column(_("Quantity"), number=True), Column(_("Unit price"), number=True),
        Column(_("Amount"), number=True),
    ]  # fmt: skip
    rows = [
        [one.item.label, formats.volume(one.quantity, one.item.unit), rupiah(one.item.price), rupiah(one.amount)]
        for one in lines
    ]
    foot = [_("Together"), "", "", rupiah(sum(one.amount for one in lines))]
    return {"heads": heads, "rows": rows, "foot": foot}


def _acts(request: HttpRequest, proposal: Proposal, draft: TechnicalCheck | None) -> list[Act]:
    """What whoever checks may do here now; else why not."""
    if not request.scope.can(Verb.PROPOSAL_CHECK, proposal):
        return []
    now, by = timezone.now(), request.scope.account
    if draft is None:
        verdict = services.begin_verdict(proposal=proposal, by=by, at=now, why="—")
        return [Act(_("Begin a technical check"), _address(proposal, "check_begin"), refusal=verdict.message,
                    kind="primary")]  # fmt: skip
    publish = services.publish_verdict(draft, reason="—")
    return [
        Act(_("Calculate the cost"), _address(proposal, "check_lines"),
            refusal="" if draft.prices_id else _("No unit prices are in force for this budget year or before.")),
        Act(_("Publish the result"), _address(proposal, "check_publish"), refusal=publish.message, kind="primary"),
        Act(_("Discard this check"), _address(proposal, "check_discard"), post=True, kind="danger",
            confirm=_("Discard this check with its lines and findings?")),
    ]  # fmt: skip


@page(Verb.PROPOSAL_CHECK)
def check_begin(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a check."""
    proposal = _proposal(request, code, Verb.PROPOSAL_CHECK)
    form = BeginCheckForm(request.POST if request.method == "POST" else None)
    by, now = request.scope.account, timezone.now()
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        if form.attempt(services.begin_check, by=by, at=now, proposal=proposal, why=why) is not None:
            messages.success(request, _("The check is begun. Look at each aspect, then publish the result."))
            return redirect(_address(proposal))
    verdict = services.begin_verdict(proposal=proposal, by=by, at=now, why="—")
    return _form_page(request, proposal, form, _("Begin a technical check"), _("Begin"), refusal=verdict.message)


@page(Verb.PROPOSAL_CHECK)
def check_lines(request: HttpRequest, code: str) -> HttpResponse:
    """The lines of cost: search an item as one types, choose it, give the quantity."""
    proposal = _proposal(request, code, Verb.PROPOSAL_CHECK)
    draft = queries.under_way(proposal)
    if draft is None or draft.prices is None:
        messages.warning(request, CheckReason.NONE_UNDER_WAY.label)
        return redirect(_address(proposal))
    asked = request.GET.get("q", "").strip()[:200]
    found = list(items_found(draft.prices, asked, proposal.region_path)[:FOUND_MOST]) if asked else []
    form = CheckLineForm(request.POST if request.method == "POST" else None, found=found)
    if request.method == "POST" and form.is_valid():
        item = next(one for one in found if str(one.uid) == form.cleaned_data["code"])
        done = form.attempt(
            services.add_line, by=request.scope.account, at=timezone.now(), proposal=proposal, item=item,
            code=item.item_code, quantity=form.cleaned_data["quantity"],
        )  # fmt: skip
        if done is not None:
            messages.success(request, _("%(item)s is in the calculation.") % {"item": item.name})
            return redirect(_address(proposal, "check_lines"))
    context = {"proposal": proposal, "form": form, "found": found, "asked": asked, "prices": draft.prices,
               "query": quote(asked)}  # fmt: skip
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "deliberation/_check_items.html", context)
    drops = [
        Act(_("Take out: %(item)s") % {"item": one.item.name},
            reverse("deliberation:check_line_drop", args=[proposal.code, one.uid]), post=True, kind="quiet")
        for one in draft.lines.all()
    ]  # fmt: skip
    context |= {"shown": _shown(draft), "drops": drops, "places": _places(proposal, _("Calculate the cost"))}
    return render_page(request, "deliberation/check_lines.html", context, status=422 if form.errors else 200)


@page(Verb.PROPOSAL_CHECK)
@require_POST
def check_line_drop(request: HttpRequest, code: str, line: str) -> HttpResponse:
    """Take a line out of the calculation."""
    proposal = _proposal(request, code, Verb.PROPOSAL_CHECK)
    return _done(
        request, proposal, "check_lines", _("The line is out of the calculation."), services.drop_line, line=line
    )


@page(Verb.PROPOSAL_CHECK)
def check_aspect(request: HttpRequest, code: str, aspect: str) -> HttpResponse:
    """What was found about one aspect, and why; beside it what the records say of it."""
    proposal = _proposal(request, code, Verb.PROPOSAL_CHECK)
    draft = queries.under_way(proposal)
    if aspect not in Aspect.values:
        raise Http404
    if draft is None:
        messages.warning(request, CheckReason.NONE_UNDER_WAY.label)
        return redirect(_address(proposal))
    known = dict(queries.found_of(draft))[Aspect(aspect)]
    form = AspectForm(
        request.POST if request.method == "POST" else None,
        initial={"finding": known.finding, "reason": known.reason} if known else {},
    )
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("finding", "reason")}
        by, now = request.scope.account, timezone.now()
        done = form.attempt(services.judge_aspect, by=by, at=now, proposal=proposal, aspect=aspect, **facts)
        if done is not None:
            messages.success(request, _("%(aspect)s: kept.") % {"aspect": Aspect(aspect).label})
            return redirect(_address(proposal))
    label = str(Aspect(aspect).label)
    context = {
        "proposal": proposal, "form": form, "title": label, "aspect": aspect, "shown": _shown(draft),
        "like": queries.like(proposal) if aspect == Aspect.DUPLICATE else [], "back": _address(proposal),
        "places": _places(proposal, label), "draft_key": f"{proposal.code}-{aspect}",
    }  # fmt: skip
    return render_page(request, "deliberation/check_aspect.html", context, status=422 if form.errors else 200)


@page(Verb.PROPOSAL_CHECK)
def check_publish(request: HttpRequest, code: str) -> HttpResponse:
    """Publish what the check came to, with its reason."""
    proposal = _proposal(request, code, Verb.PROPOSAL_CHECK)
    draft = queries.under_way(proposal)
    if draft is None:
        messages.warning(request, CheckReason.NONE_UNDER_WAY.label)
        return redirect(_address(proposal))
    form = PublishCheckForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        by, now = request.scope.account, timezone.now()
        if form.attempt(services.publish_check, by=by, at=now, proposal=proposal, reason=reason) is not None:
            messages.success(request, _("The result stands on the public page of the proposal."))
            return redirect(_address(proposal))
    refusal = services.publish_verdict(draft, reason="—").message
    result = rules.result_of(one.finding for one in draft.aspects.all())
    lead = _("It comes to: %(result)s. The worst finding decides.") % {"result": result.label} if not refusal else ""
    return _form_page(
        request, proposal, form, _("Publish the result"), _("Publish the result"), refusal=refusal, lead=lead
    )


@page(Verb.PROPOSAL_CHECK)
@require_POST
def check_discard(request: HttpRequest, code: str) -> HttpResponse:
    """Discard a check that was not published."""
    proposal = _proposal(request, code, Verb.PROPOSAL_CHECK)
    return _done(request, proposal, "checks", _("The check is discarded."), services.discard_check)


def still_unchecked(meeting: Meeting, items: Iterable[AgendaItem]) -> list[Proposal]:
    """What a meeting that is still open decides without a finished technical check; its pages say so."""
    return queries.without_check([one.proposal for one in items]) if meeting.state == MeetingState.CALLED else []


def checks_acts(request: HttpRequest, meeting: Meeting) -> list[Act]:
    """On the page of a meeting: the way to the checks of the first proposal that has none."""
    if not request.scope.can(Verb.PROPOSAL_CHECK, meeting):
        return []
    return [
        Act(_("Check technically: %(code)s") % {"code": one.code}, _address(one))
        for one in queries.unchecked(meeting)[:1]
    ]


def _done(request: HttpRequest, proposal: Proposal, then: str, said: str, service: Any, **facts: Any) -> HttpResponse:
    try:
        service(by=request.scope.account, at=timezone.now(), proposal=proposal, **facts)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, said)
    return redirect(_address(proposal, then))


def _form_page(
    request: HttpRequest, proposal: Proposal, form: Any, title: str, submit: str, *, refusal: str = "", lead: str = ""
) -> HttpResponse:
    return form_page(
        request, form, title=title, submit=submit, back=_address(proposal), places=_places(proposal, title),
        kicker=proposal.title, lead=lead, refusal=refusal, draft=f"{proposal.code}-{submit}",
    )  # fmt: skip


def _proposal(request: HttpRequest, code: str, verb: Verb = Verb.RECORD_SEE) -> Proposal:
    proposals = Proposal.objects.select_related("menu_item", "region__parent__parent", "proposed_by", "submitted_by")
    found: Proposal = request.scope.get_or_404(proposals, verb, code=code)
    return found


def _address(proposal: Proposal, name: str = "checks") -> str:
    return reverse(f"deliberation:{name}", args=[proposal.code])


def _places(proposal: Proposal, here: str = "") -> list[Link]:
    trail = [Link(_("Proposals"), reverse("needs:proposals")),
             Link(proposal.code, reverse("needs:proposal", args=[proposal.code])),
             Link(_("Technical check"), _address(proposal))]  # fmt: skip
    return [*trail, Link(here)] if here else trail
