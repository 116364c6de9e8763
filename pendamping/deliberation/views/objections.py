"""Objections to a closed meeting, for those who work: read, recorded for somebody, answered."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.pieces import Link
from pendamping.deliberation import services
from pendamping.deliberation.forms import ladder as forms
from pendamping.deliberation.models import MeetingObjection
from pendamping.deliberation.queries.ladder import objections_until
from pendamping.deliberation.views.ladder import address, found_or_404, places


def objections_listed() -> QuerySet[MeetingObjection]:
    """Objections with their meeting, newest first."""
    return MeetingObjection.objects.select_related("meeting__region", "meeting__rules", "region").order_by("-id")


@page(Verb.RECORD_SEE)
@require_GET
def objections(request: HttpRequest, code: str) -> HttpResponse:
    """What was objected to a meeting, and what was answered."""
    found = found_or_404(request, code)
    can_record = request.scope.can(Verb.VOICE_RECORD, found)
    can_answer = request.scope.can(Verb.OBJECTION_ANSWER, found)
    made = [
        (one, reverse("deliberation:answer_objection", args=[one.code]) if can_answer else "")
        for one in objections_listed().filter(meeting=found)
    ]
    context = {
        "meeting": found, "objections": made, "until": objections_until(found),
        "can_record": can_record, "refusal": services.objection_verdict(found, timezone.now()).message,
        "places": places(found, pgettext("meeting", "Objections")),
    }  # fmt: skip
    return render_page(request, "deliberation/objections.html", context)


@page(Verb.VOICE_RECORD)
def record_objection(request: HttpRequest, code: str) -> HttpResponse:
    """Write down what somebody says at the counter or at their door."""
    found = found_or_404(request, code, Verb.VOICE_RECORD)
    form = forms.ObjectionForm(request.POST if request.method == "POST" else None)
    now = timezone.now()
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        done = form.attempt(services.make_objection, by=request.user, at=now, meeting=found, words=words)
        if done is not None:
            said = _("The objection is kept. Its code for whoever made it: %(code)s")
            messages.success(request, said % {"code": done.code})
            return redirect(address("objections", found))
    context = {
        "meeting": found, "form": form, "refusal": services.objection_verdict(found, now).message,
        "places": places(found, _("Record an objection")),
    }  # fmt: skip
    return render_page(request, "deliberation/record_objection.html", context)


@page(Verb.OBJECTION_ANSWER)
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Answer an objection; upheld, the meeting is opened again."""
    found: MeetingObjection = request.scope.get_or_404(objections_listed(), Verb.OBJECTION_ANSWER, code=code)
    form = forms.AnswerForm(request.POST if request.method == "POST" else None)
    now = timezone.now()
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("is_upheld", "answer")}
        done = form.attempt(services.answer_objection, by=request.user, at=now, objection=found, **facts)
        if done is not None:
            messages.success(request, _("The objection is answered. Everybody can read the reason."))
            return redirect(address("objections", found.meeting))
    context = {
        "meeting": found.meeting, "objection": found, "form": form,
        "refusal": services.answerer_verdict(by=request.scope.account, at=now, objection=found).message,
        "places": [
            Link(_("Meetings"), reverse("deliberation:meetings")),
            Link(found.meeting.code, address("meeting", found.meeting)),
            Link(pgettext("meeting", "Objections"), address("objections", found.meeting)),
            Link(_("Answer")),
        ],
    }  # fmt: skip
    return render_page(request, "deliberation/answer_objection.html", context)
