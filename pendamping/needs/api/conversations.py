"""Operations of threads, clocks and waiting times."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router

from pendamping.access.endpoints import endpoint
from pendamping.access.verbs import Verb
from pendamping.core.codes import read_code
from pendamping.core.moments import day
from pendamping.core.problems import problem_response
from pendamping.needs import services
from pendamping.needs.api._shared import perform, scope_of
from pendamping.needs.giver import refused_key, too_many_messages
from pendamping.needs.models import Voice
from pendamping.needs.queries.conversations import thread
from pendamping.needs.queries.response_times import response_times
from pendamping.needs.queries.standing import standing
from pendamping.needs.queries.visible import is_public, messages_for_giver
from pendamping.needs.schemas.conversations import (
    ClockPauseIn,
    MessageOut,
    ThreadKeyIn,
    ThreadMessageIn,
    ThreadOut,
    ThreadReplyIn,
    ThreadSolvedIn,
    TurnIn,
    WaitingTimesOut,
)
from pendamping.regions.models import Level, Region

router = Router(tags=["needs"])


@endpoint(router, "POST", "/voices/{code}/thread", public=True, response=ThreadOut)
def open_thread(request: HttpRequest, code: str, data: ThreadKeyIn) -> Any:
    """The thread of a voice for whoever gave it. A POST, so that the key stands in no address."""
    voice, refused = _given(request, code, data)
    return refused or (201, _out(voice, for_giver=True))


@endpoint(router, "POST", "/voices/{code}/replies", public=True, response=MessageOut)
def reply(request: HttpRequest, code: str, data: ThreadReplyIn) -> Any:
    """Words of whoever gave the voice."""
    voice, refused = _given(request, code, data)
    if refused:
        return refused
    refusal = too_many_messages(voice, timezone.now())
    if refusal is not None:
        return problem_response(request, 429, refusal.code, detail=refusal.message)
    return 201, MessageOut.of(perform(request, services.write_message, by=None, voice=voice, text=data.text))


@endpoint(router, "POST", "/voices/{code}/solved", public=True, response=ThreadOut)
def say_solved(request: HttpRequest, code: str, data: ThreadSolvedIn) -> Any:
    """Whether it is solved, by whoever gave the voice; "no" opens it again, once."""
    voice, refused = _given(request, code, data)
    if refused:
        return refused
    done = perform(request, services.say_solved, by=None, voice=voice, answer=data.answer, words=data.words)
    return 201, _out(done, for_giver=True)


@endpoint(router, "GET", "/voices/{code}/messages", verb=Verb.RECORD_SEE, response=ThreadOut)
def see_thread(request: HttpRequest, code: str) -> Any:
    """The thread of a voice, whose turn it is, and its clock."""
    return _out(scope_of(request).get_or_404(Voice.objects.all(), Verb.RECORD_SEE, code=code))


@endpoint(router, "POST", "/voices/{code}/messages", verb=Verb.VOICE_ANSWER, response=MessageOut)
def write_message(request: HttpRequest, code: str, data: ThreadMessageIn) -> Any:
    """Write to whoever gave the voice."""
    facts = {"text": data.text, "asks": data.asks, "is_public": data.is_public}
    return 201, MessageOut.of(perform(request, services.write_message, voice=_mine(request, code), **facts))


@endpoint(router, "POST", "/voices/{code}/turn", verb=Verb.VOICE_ANSWER, response=ThreadOut)
def pass_turn(request: HttpRequest, code: str, data: TurnIn) -> Any:
    """Hand a voice to the office that must act next."""
    return 201, _out(perform(request, services.pass_turn, voice=_mine(request, code), turn=data.turn))


@endpoint(router, "POST", "/voices/{code}/pause", verb=Verb.VOICE_ANSWER, response=ThreadOut)
def pause_clock(request: HttpRequest, code: str, data: ClockPauseIn) -> Any:
    """Stop the clock of a voice, with a reason everybody reads."""
    facts = {"reason": data.reason, "words": data.words}
    return 201, _out(perform(request, services.pause_clock, voice=_mine(request, code), **facts))


@endpoint(router, "POST", "/voices/{code}/resume", verb=Verb.VOICE_ANSWER, response=ThreadOut)
def resume_clock(request: HttpRequest, code: str) -> Any:
    """Let the clock of a voice go on."""
    return 201, _out(perform(request, services.resume_clock, voice=_mine(request, code)))


@endpoint(router, "GET", "/waiting-times", public=True, response=WaitingTimesOut)
def waiting_times(request: HttpRequest, place: str = "") -> Any:
    """How long voices wait for a first answer in a city, district or ward; the city when no place is given."""
    places = Region.objects.filter(level__in=[Level.CITY, Level.DISTRICT, Level.WARD], valid_to__isnull=True)
    found = (places.filter(path=place) if place else places.filter(level=Level.CITY)).order_by("path").first()
    if found is None:
        raise Http404
    figures = response_times(found.path, day(timezone.now()))
    return WaitingTimesOut.of(figures, found.path)


def _mine(request: HttpRequest, code: str) -> Voice:
    voice: Voice = scope_of(request).get_or_404(Voice.objects.all(), Verb.VOICE_ANSWER, code=code)
    return voice


def _given(request: HttpRequest, code: str, data: ThreadKeyIn) -> tuple[Voice, Any]:
    """A voice, and the answer when the key does not open it: 404 for one that nobody may know of."""
    voice = get_object_or_404(Voice.everything, code=read_code(code) or code)
    refusal, status = refused_key(request, voice, data.key, timezone.now())
    if refusal is not None and not is_public(voice):
        raise Http404
    if refusal is None:
        return voice, None
    return voice, problem_response(request, status, refusal.code, detail=refusal.message)


def _out(voice: Voice, *, for_giver: bool = False) -> ThreadOut:
    messages = messages_for_giver(voice) if for_giver else thread(voice)
    return ThreadOut.of(voice, list(messages.prefetch_related("photos")), standing(voice))
