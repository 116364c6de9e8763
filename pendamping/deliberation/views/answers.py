"""What somebody invited sees by the link in their letter: answer without an account, put the meeting in a calendar."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from pendamping.access.pages import public_page, render_page
from pendamping.deliberation import calendars, services
from pendamping.deliberation.forms.invitations import AnswerForm
from pendamping.deliberation.keys import answer_digest
from pendamping.deliberation.models import Invitation
from pendamping.deliberation.queries.invitations import changes_of
from pendamping.deliberation.services.inviting import answer_verdict


@public_page(max_age=0, methods=("GET", "POST"))
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    """Coming, not coming, or who instead. It shows no name, not even the one written here."""
    one = _opened(secret)
    now, status, done = timezone.now(), 200, False
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"answer": one.answer})
    if request.method == "POST":
        status = 422
        if form.is_valid():
            facts = {name: form.cleaned_data[name] for name in ("answer", "instead")}
            answered = form.attempt(services.answer_invitation, by=None, at=now, invitation=one, **facts)
            if answered is not None:
                one.answer, done, status = answered.answer, True, 200
    verdict = answer_verdict(one.meeting, one, now)
    context = {
        "meeting": one.meeting, "invitation": one, "form": form, "refusal": verdict.message, "done": done,
        "secret": secret,
    }  # fmt: skip
    return render_page(request, "deliberation/answer.html", context, status=status)


@public_page(max_age=0)
def answer_calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The meeting for one's own calendar; taken again after a change, the entry there is replaced."""
    meeting = _opened(secret).meeting
    entry = calendars.calendar([(meeting, *changes_of([meeting])[meeting.pk])])
    response = HttpResponse(entry, content_type=calendars.KIND)
    response.headers["Content-Disposition"] = f'attachment; filename="musyawarah-{meeting.code}.ics"'
    return response


def _opened(secret: str) -> Invitation:
    found = Invitation.objects.select_related("meeting__region__parent__parent", "place__parent__parent")
    one = found.filter(answer_digest=answer_digest(secret)).first()
    if one is None:
        raise Http404
    return one
