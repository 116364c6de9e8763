"""Working pages of a proposal: write it, see what it lacks, submit it, check it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.forms import ActForm
from pendamping.core.moments import day
from pendamping.core.pieces import Act
from pendamping.core.trace import Step as Mark
from pendamping.core.trace import Trace
from pendamping.core.verdicts import first_refusal
from pendamping.needs import services
from pendamping.needs.beyond import acts_beyond
from pendamping.needs.enums.proposals import ProposalState
from pendamping.needs.forms.proposals import CheckForm, ProposalForm, WithdrawForm
from pendamping.needs.models import Need, Proposal
from pendamping.needs.queries.proposals import live_proposals, places_for_proposal, proposed_facts
from pendamping.needs.rules import proposals as rules
from pendamping.needs.rules.needs import may_propose
from pendamping.needs.services.proposals import check_duty
from pendamping.needs.views.lists import tone
from pendamping.needs.views.steps import Step, photos_of, shown, take

STEPS = (
    Step(
        key="submit",
        title=gettext_lazy("Submit for the check"),
        submit=gettext_lazy("Submit"),
        verb=Verb.PROPOSAL_WRITE,
        form=ActForm,
        service=services.submit_proposal,
        subject="proposal",
        ask=lambda proposal, by: rules.may_submit(
            proposed_facts(proposal), state=proposal.state, need_state=proposal.need.state, on=day(timezone.now())
        ),
        said=gettext_lazy("The proposal is submitted. Somebody else checks it now."),
    ),
    Step(
        key="check",
        title=gettext_lazy("Check the proposal"),
        submit=gettext_lazy("Record the check"),
        verb=Verb.PROPOSAL_CHECK,
        form=CheckForm,
        service=services.check_proposal,
        subject="proposal",
        ask=lambda proposal, by: first_refusal(
            rules.is_submitted(state=proposal.state), check_duty(by=by, at=timezone.now(), proposal=proposal)
        ),
        said=gettext_lazy("The check is recorded."),
        facts=lambda form: form.facts(),  # type: ignore[attr-defined]
    ),
    Step(
        key="withdraw",
        title=gettext_lazy("Withdraw the proposal"),
        submit=gettext_lazy("Withdraw"),
        verb=Verb.PROPOSAL_WRITE,
        form=WithdrawForm,
        service=services.withdraw_proposal,
        subject="proposal",
        ask=lambda proposal, by: rules.is_withdrawable(state=proposal.state),
        said=gettext_lazy("The proposal is withdrawn. Its need can be proposed anew or answered."),
        kind="secondary",
    ),
)
MEETING = (
    ProposalState.ON_AGENDA,
    ProposalState.FUNDED,
    ProposalState.DEFERRED,
    ProposalState.REJECTED,
    ProposalState.PASSED_ON,
    ProposalState.RECOMMENDED,
    ProposalState.TO_CITY,
)


def _proposals() -> Any:
    return Proposal.objects.select_related("menu_item", "region__parent__parent", "need", "proposed_by", "submitted_by")


@page(Verb.RECORD_SEE)
def proposal(request: HttpRequest, code: str) -> HttpResponse:
    """One proposal, what it still lacks, and its check."""
    tried: dict[str, Any] = {}
    if request.method == "POST":
        done = take(request, _proposals(), STEPS, code, "needs:proposal", tried)
        if done is not None:
            return done
    found = request.scope.get_or_404(_proposals(), Verb.RECORD_SEE, code=code)  # type: ignore[attr-defined]
    lacking = rules.lacking(proposed_facts(found), on=day(timezone.now()))
    is_deciding = found.state in (*rules.EDITABLE, ProposalState.SUBMITTED)
    context = {
        "proposal": found,
        "place": found.region.place_label,
        "tone": tone(found),
        "trace": Trace(
            Mark.DELIBERATION if found.state in MEETING else Mark.PROPOSAL, stopped=tone(found) == "stopped"
        ),
        "lacking": [verdict.message for verdict in lacking] if is_deciding else [],
        "photos": photos_of(found, _("The present state of the place")),
        "revisions": [revision.created_at for revision in found.revisions.order_by("-id")],
        "acts": [*_edit_act(request, found), *acts_beyond(request.scope, found)],  # type: ignore[attr-defined]
        "steps": shown(request, found, STEPS, tried),
    }
    return render_page(request, "needs/proposal.html", context, status=422 if tried else 200)


def _edit_act(request: HttpRequest, found: Proposal) -> list[Act]:
    if not request.scope.can(Verb.PROPOSAL_WRITE, found):  # type: ignore[attr-defined]
        return []
    refusal = rules.is_editable(state=found.state).message
    label = _("Repair the proposal") if found.state == ProposalState.RETURNED else _("Edit the draft")
    return [Act(label, reverse("needs:revise", args=[found.code]), refusal=refusal)]


@page(Verb.PROPOSAL_WRITE)
def propose(request: HttpRequest, code: str) -> HttpResponse:
    """Write a proposal for a verified need; it begins as a draft."""
    needs = Need.objects.select_related("menu_item", "region__parent__parent")
    need = request.scope.get_or_404(needs, Verb.PROPOSAL_WRITE, code=code)  # type: ignore[attr-defined]
    verdict = may_propose(state=need.state, live=live_proposals(need).values_list("code", flat=True))
    if not verdict:
        messages.warning(request, verdict.message)
        return redirect("needs:need", code=need.code)
    return _write(request, need, services.write_proposal, need=need)


@page(Verb.PROPOSAL_WRITE)
def revise(request: HttpRequest, code: str) -> HttpResponse:
    """Change a draft or repair what was returned."""
    found = request.scope.get_or_404(_proposals(), Verb.PROPOSAL_WRITE, code=code)  # type: ignore[attr-defined]
    verdict = rules.is_editable(state=found.state)
    if not verdict:
        messages.warning(request, verdict.message)
        return redirect("needs:proposal", code=found.code)
    return _write(request, found.need, services.revise_proposal, found, proposal=found)


def _write(
    request: HttpRequest, about: Need, service: Any, found: Proposal | None = None, **subject: Any
) -> HttpResponse:
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    places = request.scope.narrow(places_for_proposal(about.ward_path), Verb.PROPOSAL_WRITE)  # type: ignore[attr-defined]
    form = ProposalForm(*given, need=about, places=places, proposal=found)
    if request.method == "POST" and form.is_valid():
        by = request.scope.account  # type: ignore[attr-defined]
        done = form.attempt(service, by=by, at=timezone.now(), **subject, **form.facts())
        if done is not None:
            messages.success(request, _("The draft is saved. Look at what it still lacks, then submit it."))
            return redirect("needs:proposal", code=done.code)
    context = {"form": form, "need": about, "proposal": found}
    return render_page(request, "needs/write.html", context, status=422 if form.errors else 200)
