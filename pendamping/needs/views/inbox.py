"""Messages of the phone that found no place: somebody who knows the city says which ward it is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.needs.forms.gateway import PlaceMessageForm
from pendamping.needs.models import GatewayMessage
from pendamping.needs.queries.gateway import secret_senders, without_place
from pendamping.needs.queries.places import wards_of
from pendamping.needs.services.gateway import place_message

ROWS = 25


@page(Verb.LISTENING_MANAGE, for_own_eyes=True)
def inbox(request: HttpRequest) -> HttpResponse:
    """The newest first, each with its form; words about persons are not shown."""
    scope = request.scope  # type: ignore[attr-defined]
    wards = wards_of(scope.paths(Verb.LISTENING_MANAGE))
    tried: PlaceMessageForm | None = None
    if request.method == "POST":
        tried = PlaceMessageForm(request.POST, wards=wards)
        if tried.is_valid():
            found = get_object_or_404(GatewayMessage, uid=tried.cleaned_data["message"])
            facts = {"by": scope.account, "at": timezone.now(), "message": found, "region": tried.region}
            voice = tried.attempt(place_message, **facts)
            if voice is not None:
                messages.success(request, _("The message is a voice now: %(code)s") % {"code": voice.code})
                return redirect("needs:inbox")
    newest = list(without_place()[:ROWS])
    secret = secret_senders(newest)
    rows = [(one, "" if one.contact_id in secret else one.text, _form(one, tried, wards)) for one in newest]
    return render_page(request, "needs/inbox.html", {"rows": rows, "tried": tried}, status=422 if tried else 200)


def _form(one: GatewayMessage, tried: PlaceMessageForm | None, wards: object) -> PlaceMessageForm:
    """The form of a message, or what was tried with it."""
    if tried is not None and tried.data.get("message") == str(one.uid):
        return tried
    return PlaceMessageForm(initial={"message": str(one.uid)}, wards=wards, auto_id=f"id_{one.pk}_%s")  # type: ignore[arg-type]
