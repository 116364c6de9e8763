"""Working pages of inviting: who is invited, who comes, how they were told."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.moments import day
from pendamping.core.pieces import Act, Link
from pendamping.deliberation import invitation_letters, sealed, services
from pendamping.deliberation import invitation_paper as paper
from pendamping.deliberation.enums.invitations import InvitationAnswer
from pendamping.deliberation.forms import invitations as forms
from pendamping.deliberation.models import Invitation, Meeting
from pendamping.deliberation.queries import invitations as queries
from pendamping.deliberation.queries.own_groups import capacities_of
from pendamping.deliberation.rules import invitations as rules
from pendamping.deliberation.rules.meetings import is_open
from pendamping.deliberation.services.inviting import answer_verdict
from pendamping.deliberation.views.acting import act_page, address, found_meeting, pressed, trail

CALL = Verb.MEETING_CALL
SIGNS = {
    InvitationAnswer.COMING: "done",
    InvitationAnswer.SENDING: "done",
    InvitationAnswer.AWAY: "stopped",
    "": "waiting",
}


def invitation_acts(request: HttpRequest, found: Meeting) -> list[Act]:
    """What the page of a meeting offers of inviting."""
    if not request.scope.can(CALL, found):  # type: ignore[attr-defined]
        return []
    return [Act(_("Invite and see who comes"), address(found, "invitations"))]


@page(CALL, for_own_eyes=True)
@require_GET
def invitations(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody invited, with their answer and how they were told."""
    found = found_meeting(request, code, CALL)
    everybody = list(queries.invitations(found))
    context = {
        "meeting": found, "rows": [_row(found, one) for one in everybody], "answers": queries.answers(found),
        "acts": _acts(found, everybody), "places": trail(found, _("Invitations")),
    }  # fmt: skip
    return render_page(request, "deliberation/invitations.html", context)


def _row(found: Meeting, one: Invitation) -> dict[str, object]:
    name, instead = sealed.name_of(one), sealed.instead_of(one)
    said = [one.get_answer_display() if one.answer else _("No answer yet"), instead]
    told = [f"{letter.get_news_display()}: {_way(letter)}" for letter in one.letters.all()]
    return {
        "title": f"{one.title} · {name}" if name else one.title, "href": address(found, "invitation", one.uid),
        "badge": ": ".join(part for part in said if part), "state": SIGNS[one.answer],
        "note": "; ".join(told) or _("Not told yet"),
    }  # fmt: skip


def _way(letter: object) -> str:
    way = letter.get_way_display()  # type: ignore[attr-defined]
    if letter.sent_at:  # type: ignore[attr-defined]
        return str(way)
    failed = letter.failed_at  # type: ignore[attr-defined]
    words = _("%(way)s, did not go out, is tried again") if failed else _("%(way)s, on its way")
    return words % {"way": way}


def _acts(found: Meeting, everybody: list[Invitation]) -> list[Act]:
    """What can be done now; what cannot says why."""
    verdict = rules.may_invite(state=found.state, held_on=found.held_on, today=day(timezone.now())).message
    reached = any(invitation_letters.way_of(one) for one in everybody)
    none = _("Nobody invited has an address this site can write to. Hand out the printed invitation.")
    kind = "secondary" if everybody else "primary"
    acts = [
        Act(_("Invite offices and groups"), address(found, "invite"), refusal=verdict, kind=kind),
        Act(_("Invite a guest"), address(found, "invite_guest"), refusal=verdict),
    ]
    if everybody:
        acts += [
            Act(_("Send to those with an address"), address(found, "send_invitations"), post=True,
                refusal=verdict or ("" if reached else none), kind="primary"),
            Act(_("Print the invitation (PDF)"), address(found, "invitation_paper"), post=True, refusal=verdict),
        ]  # fmt: skip
    return acts


@page(CALL)
def invite(request: HttpRequest, code: str) -> HttpResponse:
    """Choose offices and groups."""
    found = found_meeting(request, code, CALL)
    form = forms.InviteForm(request.POST or None, capacities=capacities_of(found))
    return act_page(
        request, form, services.invite, lambda: {"meeting": found, "capacities": form.cleaned_data["capacities"]},
        said=_("They are on the list. Now send the invitation, or print it."), back=address(found, "invitations"),
        title=_("Invite offices and groups"), submit=_("Put on the list"), kicker=found.title,
        places=_here(found, _("Invite")),
    )  # fmt: skip


@page(CALL)
def invite_guest(request: HttpRequest, code: str) -> HttpResponse:
    """One guest."""
    found = found_meeting(request, code, CALL)
    form = forms.GuestForm(request.POST or None, capacities=capacities_of(found))
    names = ("capacity", "label", "name", "way", "address")
    return act_page(
        request, form, services.invite_guest,
        lambda: {"meeting": found, **{name: form.cleaned_data[name] for name in names}},
        said=_("The guest is on the list. Now send the invitation, or hand it over."),
        back=address(found, "invitations"), title=_("Invite a guest"), submit=_("Put on the list"), kicker=found.title,
        places=_here(found, _("Guest")),
    )  # fmt: skip


@page(CALL)
@require_POST
def send_invitations(request: HttpRequest, code: str) -> HttpResponse:
    """Write to everybody who has an address."""
    found = found_meeting(request, code, CALL)
    said = _("The letters are on their way. Here you see which went out.")
    return pressed(request, address(found, "invitations"), services.send_invitations, said=said, meeting=found)


@page(CALL)
@require_POST
def invitation_paper(request: HttpRequest, code: str) -> HttpResponse:
    """The invitation as PDF; printing issues it, so it is a button."""
    found = found_meeting(request, code, CALL)
    if not is_open(state=found.state):
        return redirect(address(found, "invitations"))
    issued = paper.issue(found, at=timezone.now())
    with issued.file.open("rb") as kept:
        answer = HttpResponse(kept.read(), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="undangan-{found.code}.pdf"'
    return answer


@page(CALL, for_own_eyes=True)
@require_GET
def invitation(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """One of those invited: what they said, how they were told, what can be noted."""
    found = found_meeting(request, code, CALL)
    one = _one(found, uid)
    now = timezone.now()
    answerable = answer_verdict(found, one, now).message
    note = rules.may_note(state=found.state, withdrawn=one.withdrawn_at is not None, way="hand").message
    present = one.presences.filter(struck_at__isnull=True).exists()
    withdraw = rules.may_withdraw(state=found.state, withdrawn=one.withdrawn_at is not None, is_present=present)
    acts = [
        Act(_("Note their answer"), address(found, "invitation_answer", uid), refusal=answerable, kind="primary"),
        Act(_("Note that they were told"), address(found, "invitation_told", uid), refusal=note),
        Act(_("Take off the list"), address(found, "invitation_withdraw", uid), post=True, refusal=withdraw.message,
            kind="quiet", confirm=_("Take them off the list of invited?")),
    ]  # fmt: skip
    context = {
        "meeting": found, "invitation": one, "name": sealed.name_of(one), "instead": sealed.instead_of(one),
        "sign": SIGNS[one.answer], "capacity": found.capacity_label(one.capacity),
        "letters": [(letter, _way(letter)) for letter in one.letters.all()], "acts": acts,
        "places": _here(found, one.title),
    }  # fmt: skip
    return render_page(request, "deliberation/invitation.html", context)


@page(CALL, for_own_eyes=True)
def invitation_answer(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """What they said by telephone or in person."""
    found = found_meeting(request, code, CALL)
    one = _one(found, uid)
    form = forms.AnswerForm(request.POST or None, initial={"answer": one.answer, "instead": sealed.instead_of(one)})
    form.fields["answer"].label = _("What did they say?")
    return act_page(
        request, form, services.answer_invitation,
        lambda: {"invitation": one, **{name: form.cleaned_data[name] for name in ("answer", "instead")}},
        said=_("The answer is noted."), back=address(found, "invitation", uid), title=_("Note their answer"),
        submit=_("Keep the answer"), kicker=one.title, places=_here(found, _("Answer")),
    )  # fmt: skip


@page(CALL)
def invitation_told(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """That a person told them."""
    found = found_meeting(request, code, CALL)
    one = _one(found, uid)
    form = forms.ToldForm(request.POST or None)
    return act_page(
        request, form, services.note_told, lambda: {"invitation": one, "way": form.cleaned_data["way"]},
        said=_("It is noted that they were told."), back=address(found, "invitation", uid),
        title=_("Note that they were told"), submit=_("Keep the note"), kicker=one.title,
        places=_here(found, _("Told")),
    )  # fmt: skip


@page(CALL)
@require_POST
def invitation_withdraw(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """Off the list."""
    found = found_meeting(request, code, CALL)
    one = _one(found, uid)
    back = address(found, "invitations")
    return pressed(request, back, services.withdraw_invitation, said=_("They are off the list."), invitation=one)


def _one(found: Meeting, uid: uuid.UUID) -> Invitation:
    one = queries.invitations(found).filter(uid=uid).first()
    if one is None:
        raise Http404
    return one


def _here(found: Meeting, here: str) -> list[Link]:
    return trail(found, Link(_("Invitations"), address(found, "invitations")), here)
