"""Operations of this app over HTTP (annotations stay real here: the library reads them through the wrapper)."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Form, Router
from ninja.errors import HttpError
from ninja.files import UploadedFile

from pendamping.access.endpoints import endpoint, operation_id
from pendamping.access.verbs import Verb
from pendamping.core.codes import read_code
from pendamping.core.errors import Refused
from pendamping.core.forms import PHOTOS_MOST
from pendamping.core.images.door import CleanImage, admit
from pendamping.core.moments import day, noon_of
from pendamping.core.problems import problem_response
from pendamping.needs import services
from pendamping.needs.enums.reasons import Reason
from pendamping.needs.enums.voices import Channel
from pendamping.needs.flood import too_many
from pendamping.needs.models import MenuItem, Need, Proposal, Voice
from pendamping.needs.queries.menu import menu_in_force
from pendamping.needs.rules import voices as rules
from pendamping.needs.schemas import (
    AnswerIn,
    CheckIn,
    JoinIn,
    NeedIn,
    NeedOut,
    NeedsOut,
    ProposalIn,
    ProposalOut,
    ProposalsOut,
    RecordIn,
    RevisionIn,
    VerifyIn,
    VoiceIn,
    VoiceOut,
    VoicePublic,
    VoicesOut,
    WithdrawIn,
)
from pendamping.regions.models import Region

router = Router(tags=["needs"])

ROWS = 50
Photos = File[list[UploadedFile]]


@endpoint(router, "POST", "/voices", public=True, response=VoicePublic)
def give_voice(request: HttpRequest, data: Form[VoiceIn], photos: Photos = []) -> Any:  # noqa: B006 (the library's way to say optional)
    """Give a voice without an account. Send an Idempotency-Key, and the same request again makes no second one."""
    refusal = too_many(request, timezone.now())
    if refusal is not None:
        return problem_response(request, 429, refusal.code, detail=refusal.message)
    facts = _spoken(data, photos)
    voice = _act(request, services.give_voice, by=None, channel=Channel.API, **facts)
    return 201, VoicePublic.of(voice)


@endpoint(router, "POST", "/recorded-voices", verb=Verb.VOICE_RECORD, response=VoiceOut)
def record_voice(request: HttpRequest, data: Form[RecordIn], photos: Photos = []) -> Any:  # noqa: B006
    """Write down a voice for somebody who cannot send it."""
    if not _scope(request).can(Verb.VOICE_RECORD, data.region):
        raise Http404
    facts = _spoken(data, photos)
    on = facts.pop("heard_on")
    if on is not None and on > day(timezone.now()):
        raise Refused(Reason.DAY_AHEAD, field="heard_on")
    voice = _act(request, services.record_voice, heard_at=noon_of(on), **facts)
    return 201, VoiceOut.of(voice)


@endpoint(router, "GET", "/voices/{code}", public=True, response=VoicePublic)
def see_voice(request: HttpRequest, code: str) -> Any:
    """Where a voice stands, for anyone who has its code."""
    voices = Voice.objects.select_related("menu_item", "gathering__need")
    return VoicePublic.of(get_object_or_404(voices, code=read_code(code) or code))


@endpoint(router, "GET", "/voices", verb=Verb.RECORD_SEE, response=VoicesOut)
def list_voices(request: HttpRequest, state: str = "", after: str = "") -> Any:
    """Voices of one's place, newest first; `after` is the code of the last one seen."""
    found = Voice.objects.select_related("menu_item", "gathering__need")
    return _page(request, found, VoiceOut, state, after)


@endpoint(router, "POST", "/voices/{code}/answer", verb=Verb.VOICE_ANSWER, response=VoiceOut)
def answer_voice(request: HttpRequest, code: str, data: AnswerIn) -> Any:
    """Close a voice with words."""
    voice = _scope(request).get_or_404(Voice.objects.all(), Verb.VOICE_ANSWER, code=code)
    done = _act(request, services.answer_voice, voice=voice, answer=data.answer)
    return 201, VoiceOut.of(done)


@endpoint(router, "GET", "/needs", verb=Verb.RECORD_SEE, response=NeedsOut)
def list_needs(request: HttpRequest, state: str = "", after: str = "") -> Any:
    """Needs of one's place, newest first; `after` is the code of the last one seen."""
    found = Need.objects.select_related("menu_item").prefetch_related("gatherings__voice")
    return _page(request, found, NeedOut, state, after)


@endpoint(router, "GET", "/needs/{code}", verb=Verb.RECORD_SEE, response=NeedOut)
def see_need(request: HttpRequest, code: str) -> Any:
    """One need."""
    return NeedOut.of(_scope(request).get_or_404(Need.objects.select_related("menu_item"), Verb.RECORD_SEE, code=code))


@endpoint(router, "POST", "/needs", verb=Verb.VOICE_GATHER, response=NeedOut)
def gather_voices(request: HttpRequest, data: NeedIn) -> Any:
    """Make one need of voices about the same thing."""
    scope = _scope(request)
    voices = [scope.get_or_404(Voice.objects.all(), Verb.VOICE_GATHER, code=code) for code in data.voices]
    item = _menu(data.menu_item) if data.menu_item else None
    need = _act(request, services.gather_voices, voices=voices, title=data.title, summary=data.summary,
        menu_item=item,
    )  # fmt: skip
    return 201, NeedOut.of(need)


@endpoint(router, "POST", "/needs/{code}/voices", verb=Verb.VOICE_GATHER, response=NeedOut)
def add_voices(request: HttpRequest, code: str, data: JoinIn) -> Any:
    """Let further voices join a need that is not yet answered."""
    scope = _scope(request)
    need = scope.get_or_404(Need.objects.all(), Verb.VOICE_GATHER, code=code)
    voices = [scope.get_or_404(Voice.objects.all(), Verb.VOICE_GATHER, code=one) for one in data.voices]
    return 201, NeedOut.of(_act(request, services.add_voices, need=need, voices=voices))


@endpoint(router, "POST", "/needs/{code}/verify", verb=Verb.NEED_VERIFY, response=NeedOut)
def verify_need(request: HttpRequest, code: str, data: Form[VerifyIn], photos: Photos = []) -> Any:  # noqa: B006
    """Say what was seen on site, with a photo."""
    need = _scope(request).get_or_404(Need.objects.all(), Verb.NEED_VERIFY, code=code)
    done = _act(
        request,
        services.verify_need,
        need=need,
        photos=_admitted(photos),
        **data.model_dump(),
    )
    return 201, NeedOut.of(done)


@endpoint(router, "POST", "/needs/{code}/answer", verb=Verb.NEED_ANSWER, response=NeedOut)
def answer_need(request: HttpRequest, code: str, data: AnswerIn) -> Any:
    """Close a need, and all its voices, with words."""
    need = _scope(request).get_or_404(Need.objects.all(), Verb.NEED_ANSWER, code=code)
    done = _act(request, services.answer_need, need=need, answer=data.answer)
    return 201, NeedOut.of(done)


@endpoint(router, "GET", "/proposals", verb=Verb.RECORD_SEE, response=ProposalsOut)
def list_proposals(request: HttpRequest, state: str = "", after: str = "") -> Any:
    """Proposals of one's place, newest first; `after` is the code of the last one seen."""
    return _page(request, Proposal.objects.select_related("menu_item", "need"), ProposalOut, state, after)


@endpoint(router, "GET", "/proposals/{code}", verb=Verb.RECORD_SEE, response=ProposalOut)
def see_proposal(request: HttpRequest, code: str) -> Any:
    """One proposal."""
    found = Proposal.objects.select_related("menu_item", "need")
    return ProposalOut.of(_scope(request).get_or_404(found, Verb.RECORD_SEE, code=code))


@endpoint(router, "POST", "/proposals", verb=Verb.PROPOSAL_WRITE, response=ProposalOut)
def write_proposal(request: HttpRequest, data: Form[ProposalIn], photos: Photos = []) -> Any:  # noqa: B006
    """Begin a proposal for a verified need."""
    need = _scope(request).get_or_404(Need.objects.all(), Verb.PROPOSAL_WRITE, code=data.need)
    facts = _proposed(request, data, photos) | {"need": need}
    done = _act(request, services.write_proposal, **facts)
    return 201, ProposalOut.of(done)


@endpoint(router, "POST", "/proposals/{code}/revision", verb=Verb.PROPOSAL_WRITE, response=ProposalOut)
def revise_proposal(request: HttpRequest, code: str, data: Form[RevisionIn], photos: Photos = []) -> Any:  # noqa: B006
    """Rewrite a draft or repair what was returned: all facts anew, photos added to those there."""
    proposal = _scope(request).get_or_404(Proposal.objects.all(), Verb.PROPOSAL_WRITE, code=code)
    done = _act(request, services.revise_proposal, proposal=proposal, **_proposed(request, data, photos))
    return 201, ProposalOut.of(done)


@endpoint(router, "POST", "/proposals/{code}/withdrawal", verb=Verb.PROPOSAL_WRITE, response=ProposalOut)
def withdraw_proposal(request: HttpRequest, code: str, data: WithdrawIn) -> Any:
    """End a proposal that goes no further, with the reason."""
    proposal = _scope(request).get_or_404(Proposal.objects.all(), Verb.PROPOSAL_WRITE, code=code)
    done = _act(request, services.withdraw_proposal, proposal=proposal, reason=data.reason)
    return 201, ProposalOut.of(done)


@endpoint(router, "POST", "/proposals/{code}/submit", verb=Verb.PROPOSAL_WRITE, response=ProposalOut)
def submit_proposal(request: HttpRequest, code: str) -> Any:
    """Hand a proposal in for its check."""
    proposal = _scope(request).get_or_404(Proposal.objects.all(), Verb.PROPOSAL_WRITE, code=code)
    done = _act(request, services.submit_proposal, proposal=proposal)
    return 201, ProposalOut.of(done)


@endpoint(router, "POST", "/proposals/{code}/check", verb=Verb.PROPOSAL_CHECK, response=ProposalOut)
def check_proposal(request: HttpRequest, code: str, data: CheckIn) -> Any:
    """Pass a proposal on to the meeting, or return it."""
    proposal = _scope(request).get_or_404(Proposal.objects.all(), Verb.PROPOSAL_CHECK, code=code)
    done = _act(request, services.check_proposal, proposal=proposal, ok=data.ok, note=data.note, lack=data.lack)
    return 201, ProposalOut.of(done)


def _scope(request: HttpRequest) -> Any:
    return request.scope  # type: ignore[attr-defined]


def _act(request: HttpRequest, service: Callable[..., Any], **facts: Any) -> Any:
    """Run a service for the token's owner, once per Idempotency-Key."""
    return service(**{"by": _scope(request).account, "at": timezone.now(), "op": _op(request), **facts})


def _op(request: HttpRequest) -> uuid.UUID | None:
    try:
        return operation_id(request)
    except ValueError as problem:
        raise HttpError(400, "Idempotency-Key is not a UUID") from problem


def _spoken(data: VoiceIn, photos: list[UploadedFile]) -> dict[str, Any]:
    """What a voice brings, as facts of its act."""
    region = Region.objects.filter(path=data.region).first()
    if region is None:
        raise Refused(Reason.PLACE_NOT_WARD, field="region")
    if (data.latitude is None) != (data.longitude is None):
        raise HttpError(400, "latitude and longitude belong together")
    item = _menu(data.menu_item) if data.menu_item else None
    rules.may_speak_of(  # before the photos, which are dear to read; the act asks again
        level=region.level, in_force=region.valid_to is None, text=data.text, has_menu_item=item is not None,
        other_words=data.other_words, km_from_ward=None,
    ).or_raise()  # fmt: skip
    return data.model_dump() | {"region": region, "menu_item": item, "photos": _admitted(photos)}


def _proposed(request: HttpRequest, data: RevisionIn, photos: list[UploadedFile]) -> dict[str, Any]:
    """What a proposal says, as facts of its act; without a place there is none among them."""
    facts = data.model_dump() | {"menu_item": _menu(data.menu_item), "photos": _admitted(photos)}
    places = Region.objects.filter(valid_to__isnull=True)
    region = _scope(request).get_or_404(places, Verb.PROPOSAL_WRITE, path=data.region) if data.region else None
    return facts | {"region": region}


def _menu(code: str) -> MenuItem:
    item = menu_in_force(day(timezone.now())).filter(code=code).first()
    if item is None:
        raise Refused(Reason.MENU_NOT_VALID, field="menu_item")
    return item


def _admitted(photos: list[UploadedFile]) -> list[CleanImage]:
    if len(photos) > PHOTOS_MOST:
        raise HttpError(400, f"at most {PHOTOS_MOST} photos")
    return [admit(photo) for photo in photos]


def _page(request: HttpRequest, records: Any, schema: Any, state: str, after: str) -> dict[str, Any]:
    found = _scope(request).narrow(records, Verb.RECORD_SEE)
    if state:
        found = found.filter(state=state)
    if after:
        last = found.filter(code=after).first()
        if last is None:
            raise Http404
        found = found.filter(pk__lt=last.pk)
    rows = list(found.order_by("-id")[: ROWS + 1])
    query = request.GET.copy()
    if len(rows) > ROWS:
        query["after"] = rows[ROWS - 1].code
    following = request.build_absolute_uri(f"{request.path}?{query.urlencode()}") if len(rows) > ROWS else None
    return {"next": following, "results": [schema.of(row) for row in rows[:ROWS]]}
