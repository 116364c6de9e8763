"""Operations of voices about the same trouble."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from pendamping.access.endpoints import endpoint
from pendamping.access.verbs import Verb
from pendamping.core.codes import read_code
from pendamping.core.errors import Refused
from pendamping.needs import services
from pendamping.needs.api._shared import perform, scope_of
from pendamping.needs.enums.merging import MergeReason
from pendamping.needs.models import Voice
from pendamping.needs.schemas.merging import MergeIn
from pendamping.needs.schemas.voices import VoiceOut

router = Router(tags=["needs"])


@endpoint(router, "POST", "/voices/{code}/merge", verb=Verb.VOICE_GATHER, response=VoiceOut)
def merge_voice(request: HttpRequest, code: str, data: MergeIn) -> Any:
    """Join a voice with an earlier one of its ward about the same trouble; both are kept, followers hear of it."""
    voice = scope_of(request).get_or_404(Voice.objects.all(), Verb.VOICE_GATHER, code=code)
    into = Voice.objects.filter(code=read_code(data.into) or data.into).first()
    if into is None:
        raise Refused(MergeReason.UNKNOWN, field="into", code=data.into)
    return 201, VoiceOut.of(perform(request, services.merge_voice, voice=voice, into=into))


@endpoint(router, "POST", "/voices/{code}/part", verb=Verb.VOICE_GATHER, response=VoiceOut)
def part_voice(request: HttpRequest, code: str) -> Any:
    """Let a joined voice stand for itself again."""
    voice = scope_of(request).get_or_404(Voice.objects.all(), Verb.VOICE_GATHER, code=code)
    return 201, VoiceOut.of(perform(request, services.part_voice, voice=voice))
