"""Operations of voices."""

from datetime import date
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Form, Router
from ninja.errors import HttpError
from ninja.files import UploadedFile

from pendamping.access.endpoints import endpoint
from pendamping.access.verbs import Verb
from pendamping.core.codes import read_code
from pendamping.core.errors import Refused
from pendamping.core.moments import day, noon_of
from pendamping.core.problems import problem_response
from pendamping.needs import services
from pendamping.needs.api._shared import Photos, admitted, menu_item_of, page_of, perform, scope_of
from pendamping.needs.enums.categories import CategoryReason
from pendamping.needs.enums.contacts import ContactKind
from pendamping.needs.enums.reasons import Reason
from pendamping.needs.enums.voices import Channel
from pendamping.needs.flood import too_many
from pendamping.needs.models import Category, Voice
from pendamping.needs.queries.categories import categories_of
from pendamping.needs.queries.search import Asked, search_voices
from pendamping.needs.queries.visible import public_voices
from pendamping.needs.rules import voices as rules
from pendamping.needs.schemas.answers import AnswerIn
from pendamping.needs.schemas.voices import GiveIn, RecordIn, VoiceGiven, VoiceIn, VoiceOut, VoicePublic, VoicesOut
from pendamping.needs.services.contacts import reach
from pendamping.regions.models import Region

router = Router(tags=["needs"])


@endpoint(router, "POST", "/voices", public=True, response=VoiceGiven)
def give_voice(request: HttpRequest, data: Form[GiveIn], photos: Photos = []) -> Any:  # noqa: B006 (the library's way to say optional)
    """Give a voice without an account. Send an Idempotency-Key, and the same request again makes no second one."""
    refusal = too_many(request, timezone.now())
    if refusal is not None:
        return problem_response(request, 429, refusal.code, detail=refusal.message)
    facts, at = _spoken(data, photos), timezone.now()
    address = facts.pop("contact")
    with transaction.atomic():  # an address is kept only together with its voice
        contact = reach(kind=ContactKind.EMAIL, address=address, at=at) if address else None
        voice = perform(request, services.give_voice, by=None, channel=Channel.API, contact=contact, **facts)
    return 201, VoiceGiven.given(voice)


@endpoint(router, "POST", "/recorded-voices", verb=Verb.VOICE_RECORD, response=VoiceOut)
def record_voice(request: HttpRequest, data: Form[RecordIn], photos: Photos = []) -> Any:  # noqa: B006
    """Write down a voice for somebody who cannot send it."""
    if not scope_of(request).can(Verb.VOICE_RECORD, data.region):
        raise Http404
    facts = _spoken(data, photos)
    on = facts.pop("heard_on")
    if on is not None and on > day(timezone.now()):
        raise Refused(Reason.DAY_AHEAD, field="heard_on")
    voice = perform(request, services.record_voice, heard_at=noon_of(on), **facts)
    return 201, VoiceOut.of(voice)


@endpoint(router, "GET", "/voices/{code}", public=True, response=VoicePublic)
def see_voice(request: HttpRequest, code: str) -> Any:
    """Where a voice stands, for anyone who has its code."""
    voices = public_voices().select_related("menu_item", "category", "gathering__need")
    return VoicePublic.of(get_object_or_404(voices, code=read_code(code) or code))


@endpoint(router, "GET", "/voices", verb=Verb.RECORD_SEE, response=VoicesOut)
def list_voices(
    request: HttpRequest, state: str = "", after: str = "", q: str = "", region: str = "", category: str = "",
    channel: str = "", turn: str = "", since: date | None = None, until: date | None = None,
) -> Any:  # fmt: skip
    """Voices of one's place, newest first; `after` is the code of the last one seen.

    `q` are words that must all occur, or a code; `region` is a path, `category` a key; `since` and `until` are days on
    which a voice was heard.
    """
    asked = Asked(words=q[:200], place=region, category=category, channel=channel, turn=turn, since=since, until=until)
    voices = search_voices(Voice.objects.all(), asked) if region.isdecimal() or not region else Voice.objects.none()
    found = voices.select_related("menu_item", "category", "duplicate_of", "gathering__need")
    return page_of(request, found, VoiceOut, state, after)


@endpoint(router, "POST", "/voices/{code}/answer", verb=Verb.VOICE_ANSWER, response=VoiceOut)
def answer_voice(request: HttpRequest, code: str, data: AnswerIn) -> Any:
    """Close a voice with words."""
    voice = scope_of(request).get_or_404(Voice.objects.all(), Verb.VOICE_ANSWER, code=code)
    done = perform(request, services.answer_voice, voice=voice, answer=data.answer)
    return 201, VoiceOut.of(done)


def _spoken(data: VoiceIn, photos: list[UploadedFile]) -> dict[str, Any]:
    """What a voice brings, as facts of its act."""
    region = Region.objects.filter(path=data.region).first()
    if region is None:
        raise Refused(Reason.PLACE_NOT_WARD, field="region")
    if (data.latitude is None) != (data.longitude is None):
        raise HttpError(400, "latitude and longitude belong together")
    item = menu_item_of(data.menu_item) if data.menu_item else None
    category = _category_of(data.category, region) if data.category else None
    rules.may_speak_of(  # before the photos, which are dear to read; the act asks again
        level=region.level, in_force=region.valid_to is None, text=data.text,
        has_subject=(item or category) is not None, other_words=data.other_words, km_from_ward=None,
    ).or_raise()  # fmt: skip
    return data.model_dump() | {
        "region": region, "menu_item": item, "category": category, "photos": admitted(photos),
    }  # fmt: skip


def _category_of(key: str, region: Region) -> Category:
    found = categories_of(region.path, day(timezone.now())).filter(key=key).first()
    if found is None:
        raise Refused(CategoryReason.OTHER_PLACE, field="category")
    return found
