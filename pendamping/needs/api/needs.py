"""Operations of needs."""

from typing import Any

from django.http import HttpRequest
from ninja import Form, Router

from pendamping.access.endpoints import endpoint
from pendamping.access.verbs import Verb
from pendamping.needs import services
from pendamping.needs.api._shared import Photos, admitted, menu_item_of, page_of, perform, scope_of
from pendamping.needs.models import Need, Voice
from pendamping.needs.schemas.answers import AnswerIn
from pendamping.needs.schemas.needs import JoinIn, NeedIn, NeedOut, NeedsOut, VerifyIn

router = Router(tags=["needs"])


@endpoint(router, "GET", "/needs", verb=Verb.RECORD_SEE, response=NeedsOut)
def list_needs(request: HttpRequest, state: str = "", after: str = "") -> Any:
    """Needs of one's place, newest first; `after` is the code of the last one seen."""
    found = Need.objects.select_related("menu_item").prefetch_related("gatherings__voice")
    return page_of(request, found, NeedOut, state, after)


@endpoint(router, "GET", "/needs/{code}", verb=Verb.RECORD_SEE, response=NeedOut)
def see_need(request: HttpRequest, code: str) -> Any:
    """One need."""
    return NeedOut.of(
        scope_of(request).get_or_404(Need.objects.select_related("menu_item"), Verb.RECORD_SEE, code=code)
    )


@endpoint(router, "POST", "/needs", verb=Verb.VOICE_GATHER, response=NeedOut)
def gather_voices(request: HttpRequest, data: NeedIn) -> Any:
    """Make one need of voices about the same thing."""
    scope = scope_of(request)
    voices = [scope.get_or_404(Voice.objects.all(), Verb.VOICE_GATHER, code=code) for code in data.voices]
    item = menu_item_of(data.menu_item) if data.menu_item else None
    need = perform(request, services.gather_voices, voices=voices, title=data.title, summary=data.summary,
        menu_item=item,
    )  # fmt: skip
    return 201, NeedOut.of(need)


@endpoint(router, "POST", "/needs/{code}/voices", verb=Verb.VOICE_GATHER, response=NeedOut)
def add_voices(request: HttpRequest, code: str, data: JoinIn) -> Any:
    """Let further voices join a need that is not yet answered."""
    scope = scope_of(request)
    need = scope.get_or_404(Need.objects.all(), Verb.VOICE_GATHER, code=code)
    voices = [scope.get_or_404(Voice.objects.all(), Verb.VOICE_GATHER, code=one) for one in data.voices]
    return 201, NeedOut.of(perform(request, services.add_voices, need=need, voices=voices))


@endpoint(router, "POST", "/needs/{code}/verify", verb=Verb.NEED_VERIFY, response=NeedOut)
def verify_need(request: HttpRequest, code: str, data: Form[VerifyIn], photos: Photos = []) -> Any:  # noqa: B006
    """Say what was seen on site, with a photo."""
    need = scope_of(request).get_or_404(Need.objects.all(), Verb.NEED_VERIFY, code=code)
    done = perform(
        request,
        services.verify_need,
        need=need,
        photos=admitted(photos),
        **data.model_dump(),
    )
    return 201, NeedOut.of(done)


@endpoint(router, "POST", "/needs/{code}/answer", verb=Verb.NEED_ANSWER, response=NeedOut)
def answer_need(request: HttpRequest, code: str, data: AnswerIn) -> Any:
    """Close a need, and all its voices, with words."""
    need = scope_of(request).get_or_404(Need.objects.all(), Verb.NEED_ANSWER, code=code)
    done = perform(request, services.answer_need, need=need, answer=data.answer)
    return 201, NeedOut.of(done)
