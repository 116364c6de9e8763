"""Working pages of a voice: see it, answer it, gather it with others, write one down for somebody."""

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
from pendamping.core.pieces import Act
from pendamping.core.trace import Step as Mark
from pendamping.core.trace import Trace
from pendamping.needs import services
from pendamping.needs.enums.needs import NeedState
from pendamping.needs.enums.voices import Behalf, VoiceState
from pendamping.needs.forms.answers import AnswerForm
from pendamping.needs.forms.needs import GatherForm
from pendamping.needs.forms.voices import RecordForm
from pendamping.needs.models import Need, Voice
from pendamping.needs.queries.places import wards_of
from pendamping.needs.rules import voices as rules
from pendamping.needs.views.lists import tone
from pendamping.needs.views.steps import Step, photos_of, shown, take
from pendamping.regions.models import Level, Region

CANDIDATES = 50

STEPS = (
    Step(
        key="answer",
        title=gettext_lazy("Answer the voice"),
        submit=gettext_lazy("Answer"),
        verb=Verb.VOICE_ANSWER,
        form=AnswerForm,
        service=services.answer_voice,
        subject="voice",
        ask=lambda voice, by: rules.is_waiting(state=voice.state),
        said=gettext_lazy("The voice is answered."),
        kind="secondary",
    ),
)


def _voices() -> Any:
    return Voice.objects.select_related("menu_item", "category", "region__parent__parent", "gathering__need")


@page(Verb.RECORD_SEE)
def voice(request: HttpRequest, code: str) -> HttpResponse:
    """One voice, what became of it, and what can be done with it."""
    tried: dict[str, Any] = {}
    if request.method == "POST":
        done = take(request, _voices(), STEPS, code, "needs:voice", tried)
        if done is not None:
            return done
    found = request.scope.get_or_404(_voices(), Verb.RECORD_SEE, code=code)  # type: ignore[attr-defined]
    gathering = getattr(found, "gathering", None)
    context = {
        "voice": found,
        "place": found.region.place_label,
        "tone": tone(found),
        "trace": Trace(Mark.NEED if gathering else Mark.VOICE, stopped=found.state == VoiceState.ANSWERED),
        "point": f"{found.latitude}, {found.longitude}",
        "need": gathering.need if gathering else None,
        "photos": photos_of(found, _("Photo sent with the voice")),
        "acts": _gather_act(request, found),
        "steps": shown(request, found, STEPS, tried),
    }
    return render_page(request, "needs/voice.html", context, status=422 if tried else 200)


def _gather_act(request: HttpRequest, found: Voice) -> list[Act]:
    if not request.scope.can(Verb.VOICE_GATHER, found):  # type: ignore[attr-defined]
        return []
    refusal = rules.is_waiting(state=found.state).message
    href = f"{reverse('needs:gather')}?v={found.code}"
    return [Act(_("Gather into a need"), href, refusal=refusal, kind="primary")]


@page(Verb.VOICE_GATHER)
def gather(request: HttpRequest) -> HttpResponse:
    """Voices of one ward about the same thing become a need, or join one; `?v=` is the voice one comes from."""
    scope = request.scope  # type: ignore[attr-defined]
    start = scope.get_or_404(_voices(), Verb.VOICE_GATHER, code=request.GET.get("v", ""))
    waiting = Voice.objects.filter(ward_path=start.ward_path, state=VoiceState.HEARD)
    near = [start.pk, *waiting.exclude(pk=start.pk).order_by("-id").values_list("pk", flat=True)[: CANDIDATES - 1]]
    lists = {
        "voices": Voice.objects.filter(pk__in=near).order_by("-id"),
        "needs": Need.objects.filter(ward_path=start.ward_path).exclude(state=NeedState.ANSWERED).order_by("-id"),
    }
    first = {"voices": [start.code], "menu_item": start.menu_item.code if start.menu_item else None}
    form = GatherForm(request.POST if request.method == "POST" else None, initial=first, **lists)
    if request.method == "POST" and form.is_valid():
        need = _gathered(form, scope.account)
        if need is not None:
            messages.success(request, _("The voices are gathered."))
            return redirect("needs:need", code=need.code)
    context = {"form": form, "voice": start, "place": start.region.place_label}
    return render_page(request, "needs/gather.html", context, status=422 if form.errors else 200)


def _gathered(form: GatherForm, by: Any) -> Need | None:
    values = form.cleaned_data
    voices, need = list(values["voices"]), values["need"]
    if need is not None:
        return form.attempt(services.add_voices, by=by, at=timezone.now(), need=need, voices=voices)
    new = {name: values[name] for name in ("title", "summary", "menu_item")}
    return form.attempt(services.gather_voices, by=by, at=timezone.now(), voices=voices, **new)


@page(Verb.VOICE_RECORD)
def record(request: HttpRequest) -> HttpResponse:
    """Write down what somebody said who cannot send it."""
    scope = request.scope  # type: ignore[attr-defined]
    wards = wards_of(scope.paths(Verb.VOICE_RECORD))
    few = wards[:2]
    first = {"ward": few[0].path if len(few) == 1 else request.GET.get("w", "")}
    rt = Region.objects.filter(level=Level.RT, path=request.GET.get("door", "")).select_related("parent").first()
    if rt is not None and rt.parent is not None:
        first = {"ward": rt.ward_path, "rw": rt.parent.name, "rt": rt.name, "behalf": Behalf.VISIT}
    form = RecordForm(*((request.POST, request.FILES) if request.method == "POST" else ()), initial=first, wards=wards)
    if request.method == "POST" and form.is_valid():
        facts = form.facts()
        if scope.can(Verb.VOICE_RECORD, facts["region"]):
            voice = form.attempt(services.record_voice, by=scope.account, at=timezone.now(), **facts)
            if voice is not None:
                messages.success(request, _("Recorded. Give the resident this code: %(code)s") % {"code": voice.code})
                return redirect("needs:door", path=rt.path) if rt else redirect("needs:voice", code=voice.code)
        else:
            form.add_error("rt", _("This place is outside your area."))
    return render_page(request, "needs/record.html", {"form": form}, status=422 if form.errors else 200)
