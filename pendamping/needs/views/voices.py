"""Working pages of a voice: see it, answer it, gather it with others, write one down for somebody."""

from __future__ import annotations

from dataclasses import dataclass
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
from pendamping.core.verdicts import ALLOWED
from pendamping.needs import services
from pendamping.needs.enums.needs import NeedState
from pendamping.needs.enums.voices import Behalf, VoiceState
from pendamping.needs.forms.answers import AnswerForm
from pendamping.needs.forms.conversations import MessageForm, PauseForm, TurnForm
from pendamping.needs.forms.merging import MergeForm
from pendamping.needs.forms.needs import GatherForm
from pendamping.needs.forms.voices import RecordForm
from pendamping.needs.keys import voice_key
from pendamping.needs.messages_shown import entries
from pendamping.needs.models import Need, Solving, Voice
from pendamping.needs.queries.categories import answers_told
from pendamping.needs.queries.clock import open_deadlines, open_pause
from pendamping.needs.queries.conversations import is_reopened, thread
from pendamping.needs.queries.places import wards_of
from pendamping.needs.queries.ready_answers import fitting
from pendamping.needs.queries.similar import similar_voices, told
from pendamping.needs.queries.standing import standing
from pendamping.needs.queries.visible import hidden_among
from pendamping.needs.rules import clock
from pendamping.needs.rules import voices as rules
from pendamping.needs.rules.merging import may_be_joined, may_part
from pendamping.needs.views.lists import tone
from pendamping.needs.views.public import case_receipt
from pendamping.needs.views.steps import Shown, Step, photos_of, shown, take
from pendamping.regions.models import Level, Region

CANDIDATES = 50

STEPS = (
    Step(
        key="message",
        title=gettext_lazy("Write to the resident"),
        submit=gettext_lazy("Send"),
        verb=Verb.VOICE_ANSWER,
        form=MessageForm,
        service=services.write_message,
        subject="voice",
        ask=lambda voice, by: ALLOWED,
        said=gettext_lazy("The message is in the thread."),
        facts=lambda form: form.facts(),  # type: ignore[attr-defined]
        given=lambda voice: {"ready": fitting(voice)},
    ),
    Step(
        key="turn",
        title=gettext_lazy("Pass it on"),
        submit=gettext_lazy("Pass it on"),
        verb=Verb.VOICE_ANSWER,
        form=TurnForm,
        service=services.pass_turn,
        subject="voice",
        ask=lambda voice, by: rules.is_waiting(state=voice.state, is_reopened=is_reopened(voice)),
        said=gettext_lazy("The voice was passed on."),
        kind="secondary",
    ),
    Step(
        key="pause",
        title=gettext_lazy("Pause the clock"),
        submit=gettext_lazy("Pause"),
        verb=Verb.VOICE_ANSWER,
        form=PauseForm,
        service=services.pause_clock,
        subject="voice",
        ask=lambda voice, by: clock.may_pause(
            has_open=open_deadlines([voice]).exists(), is_paused=open_pause(voice) is not None, reason="", words=""
        ),
        said=gettext_lazy("The clock stands still, with its reason for everybody to read."),
        kind="secondary",
    ),
    Step(
        key="resume",
        title=gettext_lazy("Let the clock go on"),
        submit=gettext_lazy("Go on"),
        verb=Verb.VOICE_ANSWER,
        form=ActForm,
        service=services.resume_clock,
        subject="voice",
        ask=lambda voice, by: clock.may_resume(is_paused=open_pause(voice) is not None),
        said=gettext_lazy("The clock goes on."),
        kind="secondary",
    ),
    Step(
        key="answer",
        title=gettext_lazy("Answer the voice"),
        submit=gettext_lazy("Answer"),
        verb=Verb.VOICE_ANSWER,
        form=AnswerForm,
        service=services.answer_voice,
        subject="voice",
        ask=lambda voice, by: rules.is_waiting(state=voice.state, is_reopened=is_reopened(voice)),
        said=gettext_lazy("The voice is answered."),
        kind="secondary",
    ),
    Step(
        key="merge",
        title=gettext_lazy("Join with another voice"),
        submit=gettext_lazy("Join them"),
        verb=Verb.VOICE_GATHER,
        form=MergeForm,
        service=services.merge_voice,
        subject="voice",
        ask=lambda voice, by: may_be_joined(told(voice)),
        said=gettext_lazy("The voices go on together. Whoever follows them hears of it."),
        kind="secondary",
    ),
    Step(
        key="part",
        title=gettext_lazy("Part from the other voice"),
        submit=gettext_lazy("Part them"),
        verb=Verb.VOICE_GATHER,
        form=ActForm,
        service=services.part_voice,
        subject="voice",
        ask=lambda voice, by: may_part(told(voice)),
        said=gettext_lazy("The voice stands for itself again."),
        kind="secondary",
    ),
)


def _voices() -> Any:
    return Voice.objects.select_related(
        "menu_item", "category", "region__parent__parent", "gathering__need", "duplicate_of"
    )


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
    stands = standing(found)
    context = {
        "stands": stands,
        "late": stands.is_late(day(timezone.now())),
        "entries": entries(thread(found), at_work=True),
        "solving": Solving.objects.filter(voice=found).first(),
        "voice": found,
        "place": found.region.place_label,
        "tone": tone(found),
        "is_hidden": bool(hidden_among([found])),
        "trace": Trace(Mark.NEED if gathering else Mark.VOICE, stopped=found.state == VoiceState.ANSWERED),
        "point": f"{found.latitude}, {found.longitude}",
        "need": gathering.need if gathering else None,
        "photos": photos_of(found, _("Photo sent with the voice")),
        "acts": [*_gather_act(request, found), *_moderate_act(request, found)],
        "steps": _open_steps(request, found, tried, is_paused=stands.paused is not None),
        "same": found.duplicates.order_by("id") if found.duplicate_of is None else (),
        "similar": _similar(request, found),
        "extra": answers_told(found),
    }
    return render_page(request, "needs/voice.html", context, status=422 if tried else 200)


@dataclass(frozen=True)
class Suggested:
    """A voice that may be about the same trouble, and the act that joins them."""

    voice: Voice
    acts: list[Act]


def _similar(request: HttpRequest, found: Voice) -> list[Suggested]:
    """What else in this person's places may be about the same, while it can still be joined."""
    if not may_be_joined(told(found)) or not request.scope.can(Verb.VOICE_GATHER, found):  # type: ignore[attr-defined]
        return []
    readable = request.scope.narrow(Voice.objects.all(), Verb.VOICE_GATHER)  # type: ignore[attr-defined]
    similar = similar_voices(
        readable.filter(ward_path=found.ward_path), region=found.region, at=found.heard_at, text=found.text,
        category=found.category, latitude=found.latitude, longitude=found.longitude, besides=found,
    )  # fmt: skip
    label = _("It is the same: join them")
    return [
        Suggested(one.voice, [Act(label, "?act=merge", post=True, hidden={"merge-into": one.voice.code})])
        for one in similar
    ]


def _open_steps(request: HttpRequest, found: Voice, tried: dict[str, Any], *, is_paused: bool) -> list[Shown]:
    """A clock that runs offers its pause, one that stands its end; a voice is joined or parted: never both.

    Without a deadline there is neither of the first two.
    """
    steps = shown(request, found, STEPS, tried)
    needless = {"pause" if is_paused else "resume", "merge" if found.duplicate_of else "part"}
    return [one for one in steps if one.step.key not in needless and not (one.step.key == "pause" and one.refusal)]


def _gather_act(request: HttpRequest, found: Voice) -> list[Act]:
    if not request.scope.can(Verb.VOICE_GATHER, found):  # type: ignore[attr-defined]
        return []
    refusal = rules.is_waiting(state=found.state).message
    href = f"{reverse('needs:gather')}?v={found.code}"
    return [Act(_("Gather into a need"), href, refusal=refusal, kind="primary")]


def _moderate_act(request: HttpRequest, found: Voice) -> list[Act]:
    if not request.scope.can(Verb.VOICE_MODERATE, found):  # type: ignore[attr-defined]
        return []
    return [Act(_("Hide, edit or cover"), reverse("needs:moderate", args=[found.code]))]


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
            if voice is not None and voice.is_confidential:
                return case_receipt(request, voice)  # even whoever wrote it down reads it no more
            if voice is not None:
                given = {"code": voice.code, "key": voice_key(voice)}
                messages.success(
                    request, _("Recorded. Give the resident this code and this key: %(code)s, %(key)s") % given
                )
                return redirect("needs:door", path=rt.path) if rt else redirect("needs:voice", code=voice.code)
        else:
            form.add_error("rt", _("This place is outside your area."))
    return render_page(request, "needs/record.html", {"form": form}, status=422 if form.errors else 200)
