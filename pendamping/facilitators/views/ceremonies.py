"""Working pages of an inauguration: called, attended by code or by hand, the oath, photos, invitations."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.documents import printing
from pendamping.core.moments import day
from pendamping.core.pieces import Act, Link, Photo
from pendamping.facilitators import decree_papers as papers
from pendamping.facilitators.forms import ceremonies as forms
from pendamping.facilitators.models import Attendee, Ceremony, Decree
from pendamping.facilitators.rules import ceremonies as rules
from pendamping.facilitators.rules.tickets import read_ticket, shown
from pendamping.facilitators.services import ceremonies as services
from pendamping.facilitators.views.appointing import Ask, act_page, pdf_bytes, typed


@page(Verb.APPOINTMENT_MANAGE)
def ceremony_call(request: HttpRequest, code: str) -> HttpResponse:
    """Call the inauguration of those a decree appoints."""
    decrees = Decree.objects.select_related("region")
    found: Decree = request.scope.get_or_404(decrees, Verb.APPOINTMENT_MANAGE, code=code)  # type: ignore[attr-defined]
    form = forms.CeremonyForm(request.POST or None, initial={"title": _("Inauguration of ward facilitators")})
    ask = Ask(
        title=_("Call the inauguration"), submit=_("Call the inauguration"), kicker=found.number,
        back=reverse("facilitators:decree", args=[found.code]),
        said=_("The inauguration is called; everybody has a code."),
        lead=_("Everybody the decree appoints gets a code, on their own page and on a printed invitation."),
    )  # fmt: skip
    return act_page(
        request, form, ask, services.call_ceremony,
        lambda: {"decree": found, **typed(form)},
        then=_address,
    )  # fmt: skip


@page(Verb.FACILITATOR_SEE)
@require_GET
def ceremony(request: HttpRequest, code: str) -> HttpResponse:
    """One inauguration: who is invited, who came, the oath, photos."""
    found = _found(request, code, Verb.FACILITATOR_SEE)
    people = list(found.attendees.select_related("appointment__account", "appointment__region").order_by("id"))
    context = {
        "ceremony": found, "people": people, "came": sum(1 for one in people if one.attended_at),
        "acts": _acts(request, found, people), "places": _crumbs(found), "manages": _manages(request, found),
        "photos": [
            Photo(
                src=reverse("access:photo", args=[photo.name, "thumb"]), alt=found.title, on=photo.created_at,
                href=reverse("access:photo", args=[photo.name, "full"]),
            )
            for photo in found.photos.order_by("id")
        ],
    }  # fmt: skip
    return render_page(request, "facilitators/ceremony.html", context)


def _acts(request: HttpRequest, found: Ceremony, people: list[Attendee]) -> list[Act]:
    if not _manages(request, found):
        return []
    today = day(timezone.now())
    begun = rules.has_come(held_on=found.held_on, today=today).message
    sworn = rules.may_swear(
        held_on=found.held_on, today=today, came=sum(1 for one in people if one.attended_at),
        is_sworn=found.oath_at is not None, text="-", read_by="-",
    ).message  # fmt: skip
    return [
        Act(_("Take attendance by code"), _address(found, "ceremony_attend"), refusal=begun, kind="primary"),
        Act(_("Tick somebody by hand"), _address(found, "ceremony_tick"), refusal=begun),
        Act(_("Record the oath"), _address(found, "ceremony_oath"), refusal=sworn),
        Act(_("Add photos"), _address(found, "ceremony_photos"), refusal=begun),
        Act(_("Invite those appointed since"), _address(found, "ceremony_invite"), post=True, kind="quiet"),
    ]


@page(Verb.APPOINTMENT_MANAGE)
def ceremony_attend(request: HttpRequest, code: str) -> HttpResponse:
    """Read one code after another; a scanned QR opens this page with its code filled in."""
    found = _found(request, code)
    ticket = read_ticket(request.GET.get("k", ""))
    form = forms.TicketForm(request.POST or None, initial={"ticket": shown(ticket) if ticket else ""})
    named = found.attendees.select_related("appointment__account").filter(ticket=ticket).first() if ticket else None
    ask = Ask(
        title=_("Take attendance by code"), submit=_("Record as present"), back=_address(found), kicker=found.title,
        said=_("Recorded as present."), places=_crumbs(found), lead=named.appointment.account.name if named else "",
    )  # fmt: skip
    return act_page(
        request, form, ask, services.check_in,
        lambda: {"ceremony": found, **typed(form)}, then=lambda _made: _address(found, "ceremony_attend"),
    )  # fmt: skip


@page(Verb.APPOINTMENT_MANAGE)
def ceremony_tick(request: HttpRequest, code: str) -> HttpResponse:
    """Record somebody without a code."""
    found = _found(request, code)
    missing = found.attendees.filter(attended_at__isnull=True).select_related("appointment__account").order_by("id")
    form = forms.TickForm(request.POST or None, attendees=missing)
    ask = Ask(
        title=_("Tick somebody by hand"), submit=_("Record as present"), back=_address(found), kicker=found.title,
        said=_("Recorded as present."), places=_crumbs(found),
    )  # fmt: skip
    return act_page(request, form, ask, services.tick_by_hand)


@page(Verb.APPOINTMENT_MANAGE)
def ceremony_oath(request: HttpRequest, code: str) -> HttpResponse:
    """Record the oath."""
    found = _found(request, code)
    form = forms.OathForm(request.POST or None)
    ask = Ask(
        title=_("Record the oath"), submit=_("Record the oath"), back=_address(found), kicker=found.title,
        said=_("The oath is recorded."), places=_crumbs(found), draft=f"oath-{found.code}",
    )  # fmt: skip
    return act_page(request, form, ask, services.record_oath, lambda: {"ceremony": found, **typed(form)})


@page(Verb.APPOINTMENT_MANAGE)
def ceremony_photos(request: HttpRequest, code: str) -> HttpResponse:
    """Keep photos of the day."""
    found = _found(request, code)
    form = forms.CeremonyPhotosForm(request.POST or None, request.FILES or None)
    ask = Ask(
        title=_("Add photos"), submit=_("Keep the photos"), back=_address(found), kicker=found.title,
        said=_("The photos are kept."), places=_crumbs(found),
    )  # fmt: skip
    return act_page(request, form, ask, services.add_photos, lambda: {"ceremony": found, **typed(form)})


@page(Verb.APPOINTMENT_MANAGE)
@require_POST
def ceremony_invite(request: HttpRequest, code: str) -> HttpResponse:
    """Give codes to those appointed since the call."""
    found = _found(request, code)
    services.invite_appointed(by=request.scope.account, at=timezone.now(), ceremony=found)  # type: ignore[attr-defined]
    messages.success(request, _("Everybody the decree appoints has a code."))
    return redirect(_address(found))


@page(Verb.APPOINTMENT_MANAGE)
@require_GET
def ceremony_invitation(request: HttpRequest, code: str, appointment: str) -> HttpResponse:
    """One person's invitation with the code, as PDF."""
    found = _found(request, code)
    people = found.attendees.select_related("appointment__account", "ceremony__decree__region")
    attendee = people.filter(appointment__code=appointment).first()
    if attendee is None:
        raise Http404
    return invitation_pdf(attendee)


def invitation_pdf(attendee: Attendee) -> HttpResponse:
    """The invitation; it is not kept, since the code in it opens the door."""
    data = papers.invitation(attendee, ticket_address(attendee))
    return pdf_bytes(printing.render("blocks", data), f"undangan-{attendee.appointment.code}")


def ticket_address(attendee: Attendee) -> str:
    """What the QR holds: the attendance page with this code filled in, useless to anybody but the secretariat."""
    address = reverse("facilitators:ceremony_attend", args=[attendee.ceremony.code])
    return f"{settings.SITE_URL.rstrip('/')}{address}?k={attendee.ticket}"


def _found(request: Any, code: str, verb: Verb = Verb.APPOINTMENT_MANAGE) -> Ceremony:
    found: Ceremony = request.scope.get_or_404(Ceremony.objects.select_related("region", "decree"), verb, code=code)
    return found


def _manages(request: Any, found: Ceremony) -> bool:
    return bool(request.scope.can(Verb.APPOINTMENT_MANAGE, found))


def _address(found: Ceremony, name: str = "ceremony") -> str:
    return reverse(f"facilitators:{name}", args=[found.code])


def _crumbs(found: Ceremony) -> list[Link]:
    decree = reverse("facilitators:decree", args=[found.decree.code])
    decrees = reverse("facilitators:decrees")
    return [Link(_("Decrees"), decrees), Link(found.decree.number, decree), Link(found.title, _address(found))]
