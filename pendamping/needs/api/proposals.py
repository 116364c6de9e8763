"""Operations of proposals."""

from typing import Any

from django.http import HttpRequest
from ninja import Form, Router
from ninja.files import UploadedFile

from pendamping.access.endpoints import endpoint
from pendamping.access.verbs import Verb
from pendamping.needs import services
from pendamping.needs.api._shared import Photos, admitted, menu_item_of, page_of, perform, scope_of
from pendamping.needs.models import Need, Proposal
from pendamping.needs.schemas.proposals import CheckIn, ProposalIn, ProposalOut, ProposalsOut, RevisionIn, WithdrawIn
from pendamping.regions.models import Region

router = Router(tags=["needs"])


@endpoint(router, "GET", "/proposals", verb=Verb.RECORD_SEE, response=ProposalsOut)
def list_proposals(request: HttpRequest, state: str = "", after: str = "") -> Any:
    """Proposals of one's place, newest first; `after` is the code of the last one seen."""
    return page_of(request, Proposal.objects.select_related("menu_item", "need"), ProposalOut, state, after)


@endpoint(router, "GET", "/proposals/{code}", verb=Verb.RECORD_SEE, response=ProposalOut)
def see_proposal(request: HttpRequest, code: str) -> Any:
    """One proposal."""
    found = Proposal.objects.select_related("menu_item", "need")
    return ProposalOut.of(scope_of(request).get_or_404(found, Verb.RECORD_SEE, code=code))


@endpoint(router, "POST", "/proposals", verb=Verb.PROPOSAL_WRITE, response=ProposalOut)
def write_proposal(request: HttpRequest, data: Form[ProposalIn], photos: Photos = []) -> Any:  # noqa: B006
    """Begin a proposal for a verified need."""
    need = scope_of(request).get_or_404(Need.objects.all(), Verb.PROPOSAL_WRITE, code=data.need)
    facts = _proposed(request, data, photos) | {"need": need}
    done = perform(request, services.write_proposal, **facts)
    return 201, ProposalOut.of(done)


@endpoint(router, "POST", "/proposals/{code}/revision", verb=Verb.PROPOSAL_WRITE, response=ProposalOut)
def revise_proposal(request: HttpRequest, code: str, data: Form[RevisionIn], photos: Photos = []) -> Any:  # noqa: B006
    """Rewrite a draft or repair what was returned: all facts anew, photos added to those there."""
    proposal = scope_of(request).get_or_404(Proposal.objects.all(), Verb.PROPOSAL_WRITE, code=code)
    done = perform(request, services.revise_proposal, proposal=proposal, **_proposed(request, data, photos))
    return 201, ProposalOut.of(done)


@endpoint(router, "POST", "/proposals/{code}/withdrawal", verb=Verb.PROPOSAL_WRITE, response=ProposalOut)
def withdraw_proposal(request: HttpRequest, code: str, data: WithdrawIn) -> Any:
    """End a proposal that goes no further, with the reason."""
    proposal = scope_of(request).get_or_404(Proposal.objects.all(), Verb.PROPOSAL_WRITE, code=code)
    done = perform(request, services.withdraw_proposal, proposal=proposal, reason=data.reason)
    return 201, ProposalOut.of(done)


@endpoint(router, "POST", "/proposals/{code}/submit", verb=Verb.PROPOSAL_WRITE, response=ProposalOut)
def submit_proposal(request: HttpRequest, code: str) -> Any:
    """Hand a proposal in for its check."""
    proposal = scope_of(request).get_or_404(Proposal.objects.all(), Verb.PROPOSAL_WRITE, code=code)
    done = perform(request, services.submit_proposal, proposal=proposal)
    return 201, ProposalOut.of(done)


@endpoint(router, "POST", "/proposals/{code}/check", verb=Verb.PROPOSAL_CHECK, response=ProposalOut)
def check_proposal(request: HttpRequest, code: str, data: CheckIn) -> Any:
    """Pass a proposal on to the meeting, or return it."""
    proposal = scope_of(request).get_or_404(Proposal.objects.all(), Verb.PROPOSAL_CHECK, code=code)
    done = perform(request, services.check_proposal, proposal=proposal, ok=data.ok, note=data.note, lack=data.lack)
    return 201, ProposalOut.of(done)


def _proposed(request: HttpRequest, data: RevisionIn, photos: list[UploadedFile]) -> dict[str, Any]:
    """What a proposal says, as facts of its act; without a place there is none among them."""
    facts = data.model_dump() | {"menu_item": menu_item_of(data.menu_item), "photos": admitted(photos)}
    places = Region.objects.filter(valid_to__isnull=True)
    region = scope_of(request).get_or_404(places, Verb.PROPOSAL_WRITE, path=data.region) if data.region else None
    return facts | {"region": region}
