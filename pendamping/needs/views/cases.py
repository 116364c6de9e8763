"""Confidential voices: known to those who name the team, read by the team alone, by nobody through another's eyes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access.models import Account
from pendamping.access.pages import office_label, page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.core.forms import ActForm
from pendamping.core.images import store
from pendamping.core.moments import day
from pendamping.core.pieces import Act
from pendamping.core.pieces import Photo as Picture
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.forms.answers import AnswerForm
from pendamping.needs.forms.cases import CaseMessageForm, NameForm
from pendamping.needs.models import CaseMember, Voice
from pendamping.needs.queries import cases as queries
from pendamping.needs.queries.categories import answers_told
from pendamping.needs.queries.moderation import messages_of, photos_of_thread
from pendamping.needs.services import cases
from pendamping.needs.services.conversations import write_message
from pendamping.needs.words import BY_ITSELF, sentence

ROWS = 50


@require_safe
@page(Verb.WORK_SEE, for_own_eyes=True)
def case_list(request: HttpRequest) -> HttpResponse:
    """The confidential voices one may know of: that they are there, since when, and whether somebody reads them."""
    scope = request.scope  # type: ignore[attr-defined]
    found = queries.cases_known_to(scope, day(timezone.now()))
    before = request.GET.get("before", "")
    if before.isdecimal():
        found = found.filter(pk__lt=int(before[:18]))
    rows = list(found[: ROWS + 1])
    older = f"?before={rows[ROWS - 1].pk}" if len(rows) > ROWS else ""
    newer = reverse("needs:cases") if before else ""
    return render_page(request, "needs/cases.html", {"rows": rows[:ROWS], "older": older, "newer": newer})


@page(Verb.WORK_SEE, for_own_eyes=True)
def case(request: HttpRequest, code: str) -> HttpResponse:
    """One case: its team for those who name it; its words, photos and answer for the team."""
    scope = request.scope  # type: ignore[attr-defined]
    found = _known(request, code)
    handles = scope.can(Verb.CASE_HANDLE, found)
    tried: dict[str, ActForm] = {}
    if request.method == "POST":
        done = _take(request, found, handles, tried)
        if done is not None:
            return done
    return render_page(request, "needs/case.html", _context(request, found, handles, tried), 422 if tried else 200)


def _known(request: HttpRequest, code: str) -> Any:
    known = queries.cases_known_to(request.scope, day(timezone.now()))  # type: ignore[attr-defined]
    found = known.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _others(found: Voice, by: Account, at: datetime) -> QuerySet[Account]:
    """Whom somebody may name: never themselves."""
    return queries.people_to_name(found, day(at)).exclude(pk=by.pk)


def _context(request: HttpRequest, found: Any, handles: bool, tried: dict[str, ActForm]) -> dict[str, Any]:
    by, at = request.scope.account, timezone.now()  # type: ignore[attr-defined]
    context: dict[str, Any] = {"voice": found, "place": found.region.place_label, "handles": handles}
    if handles:
        team = CaseMember.objects.filter(voice=found, ended_at__isnull=True).select_related("account").order_by("id")
        people = _others(found, by, at)
        reading = set(queries.readers(day(at)).filter(voice=found).values_list("pk", flat=True))
        context |= {
            "team": [(one.account, one.pk in reading, [_end_act(one)]) for one in team],
            "name": tried.get("name") or NameForm(prefix="name", people=people),
            "line": [
                (one.at, sentence(one.verb), "" if one.verb in BY_ITSELF else office_label(one.office))
                for one in queries.line_of(found)[:ROWS]
            ],
        }
    if found.is_mine:
        answered = found.state == VoiceState.ANSWERED
        context |= {
            "photos": [_picture(found, one.name) for one in photos_of_thread(found)],
            "thread": messages_of(found),
            "extra": answers_told(found),
            "write": tried.get("write") or CaseMessageForm(prefix="write"),
            "answer": None if answered else tried.get("answer") or AnswerForm(prefix="answer"),
        }
    return context


def _picture(found: Voice, name: str) -> Picture:
    here = [reverse("needs:case_photo", args=[found.code, name, size]) for size in ("thumb", "full")]
    return Picture(src=here[0], alt=_("Photo sent with the voice"), href=here[1])


def _end_act(member: CaseMember) -> Act:
    hidden = {"member": str(member.account.uid)}
    return Act(_("Reads it no more"), "?act=end", post=True, hidden=hidden, kind="quiet")


def _take(request: HttpRequest, found: Any, handles: bool, tried: dict[str, ActForm]) -> HttpResponse | None:
    by, at, act = request.scope.account, timezone.now(), request.GET.get("act")  # type: ignore[attr-defined]
    form: ActForm
    if act == "answer" and found.is_mine:
        form = tried["answer"] = AnswerForm(request.POST, prefix="answer")
        facts: dict[str, Any] = {"answer": form.cleaned_data["answer"]} if form.is_valid() else {}
        if not facts or form.attempt(cases.answer_case, by=by, at=at, voice=found, **facts) is None:
            return None
        messages.success(request, _("The answer is kept. Whoever holds the key reads it."))
    elif act == "write" and found.is_mine:
        form = tried["write"] = CaseMessageForm(request.POST, prefix="write")
        facts = {name: form.cleaned_data[name] for name in ("text", "asks")} if form.is_valid() else {}
        if not facts or form.attempt(write_message, by=by, at=at, voice=found, **facts) is None:
            return None
        messages.success(request, _("Your message was sent."))
    elif not handles:
        raise PermissionDenied
    elif act == "name":
        form = tried["name"] = NameForm(request.POST, prefix="name", people=_others(found, by, at))
        facts = {"account": form.cleaned_data["account"]} if form.is_valid() else {}
        if not facts or form.attempt(cases.name_member, by=by, at=at, voice=found, **facts) is None:
            return None
        messages.success(request, _("From now on this person reads it."))
    elif act == "end":
        _end(request, found)
    else:
        raise Http404
    return redirect("needs:case", code=found.code)


def _end(request: HttpRequest, found: Voice) -> None:
    team = CaseMember.objects.filter(voice=found, ended_at__isnull=True).select_related("account")
    member = next((one for one in team if str(one.account.uid) == request.POST.get("member")), None)
    if member is None:
        raise Http404
    try:
        by = request.scope.account  # type: ignore[attr-defined]
        cases.end_member(by=by, at=timezone.now(), voice=found, account=member.account)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("This person reads it no more."))


@require_safe
@page(Verb.WORK_SEE, for_own_eyes=True)
def case_photo(request: HttpRequest, code: str, name: str, size: str) -> Any:
    """A photo of a confidential voice, for its team alone."""
    found = _known(request, code)
    photo = photos_of_thread(found).filter(name=name).first() if found.is_mine else None
    if photo is None or not photo.file or size not in ("full", "thumb"):
        raise Http404
    return store.response(photo, "thumb" if size == "thumb" else "full")
