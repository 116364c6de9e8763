"""The working page of a need: its voices, the site check, the answer, the way to a proposal."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.pieces import Act
from pendamping.core.trace import Step as Mark
from pendamping.core.trace import Trace
from pendamping.needs import services
from pendamping.needs.enums.needs import NeedState
from pendamping.needs.forms.answers import AnswerForm
from pendamping.needs.forms.needs import VerifyForm
from pendamping.needs.models import Need, Proposal
from pendamping.needs.queries.moderation import every_photo_of_need
from pendamping.needs.queries.needs import living
from pendamping.needs.rules import needs as rules
from pendamping.needs.rules.proposals import ENDED
from pendamping.needs.views.assessments import assessment_acts, assessment_of
from pendamping.needs.views.lists import tone
from pendamping.needs.views.steps import Step, photos_of, shown, take

VOICES_SHOWN = 100

STEPS = (
    Step(
        key="verify",
        title=gettext_lazy("Verify on site"),
        submit=gettext_lazy("Record the site check"),
        verb=Verb.NEED_VERIFY,
        form=VerifyForm,
        service=services.verify_need,
        subject="need",
        ask=lambda need, by: rules.is_open(state=need.state),
        said=gettext_lazy("The need is verified. It can become a proposal."),
        facts=lambda form: form.facts(),  # type: ignore[attr-defined]
    ),
    Step(
        key="answer",
        title=gettext_lazy("Answer without a proposal"),
        submit=gettext_lazy("Answer all its voices"),
        verb=Verb.NEED_ANSWER,
        form=AnswerForm,
        service=services.answer_need,
        subject="need",
        ask=lambda need, by: rules.is_answerable(state=need.state, live=living(need)),
        said=gettext_lazy("The need and all its voices are answered."),
        kind="secondary",
    ),
)


def _needs() -> Any:
    return Need.objects.select_related("menu_item", "region__parent__parent")


@page(Verb.RECORD_SEE)
def need(request: HttpRequest, code: str) -> HttpResponse:
    """One need with the voices behind it and the proposals made of it."""
    tried: dict[str, Any] = {}
    if request.method == "POST":
        done = take(request, _needs(), STEPS, code, "needs:need", tried)
        if done is not None:
            return done
    found = request.scope.get_or_404(_needs(), Verb.RECORD_SEE, code=code)  # type: ignore[attr-defined]
    proposals = list(Proposal.objects.filter(need=found).order_by("-id"))
    gatherings = found.gatherings.select_related(
        "voice__region__parent__parent", "voice__menu_item", "voice__category"
    ).order_by("-id")
    context = {
        "need": found,
        "place": found.region.place_label,
        "tone": tone(found),
        "trace": Trace(
            Mark.PROPOSAL if found.state == NeedState.PROPOSED else Mark.NEED, stopped=found.state == NeedState.ANSWERED
        ),
        "voices": [(g.voice, g.voice.region.place_label) for g in gatherings[:VOICES_SHOWN]],
        "voices_count": found.gatherings.count(),
        "proposals": [(one, tone(one)) for one in proposals],
        "photos": photos_of(found, _("The place as found on site")),
        "covers": _covers(request, found),
        "acts": [*_propose_act(request, found, proposals), *assessment_acts(request, found)],
        **assessment_of(found, request.scope),  # type: ignore[attr-defined]
        "steps": shown(request, found, STEPS, tried),
    }
    return render_page(request, "needs/need.html", context, status=422 if tried else 200)


def _covers(request: HttpRequest, found: Need) -> list[Act]:
    """Where faces and plates in its photos, which everybody sees, are covered."""
    if not request.scope.can(Verb.VOICE_MODERATE, found):  # type: ignore[attr-defined]
        return []
    label = _("Cover faces or plates in the photo of %(day)s")
    return [
        Act(label % {"day": formats.day(one.created_at)}, reverse("needs:cover", args=[found.code, one.name]))
        for one in every_photo_of_need(found)
    ]


def _propose_act(request: HttpRequest, found: Need, proposals: list[Proposal]) -> list[Act]:
    if not request.scope.can(Verb.PROPOSAL_WRITE, found):  # type: ignore[attr-defined]
        return []
    live = [one.code for one in proposals if one.state not in ENDED]
    refusal = rules.may_propose(state=found.state, live=live).message
    return [
        Act(_("Make a proposal of it"), reverse("needs:propose", args=[found.code]), refusal=refusal, kind="primary")
    ]
