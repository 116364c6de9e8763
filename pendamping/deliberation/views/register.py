"""The attendance register at work: code in the room, list, ticking the invited, who is in the room, counting."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.pieces import Act, Link
from pendamping.deliberation import sealed, services
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.enums.presence import PresentSex, Source
from pendamping.deliberation.forms.register import ListForm, StrikeForm, TickForm
from pendamping.deliberation.keys import room_secret
from pendamping.deliberation.models import Invitation, Meeting, Presence
from pendamping.deliberation.queries import presence as queries
from pendamping.deliberation.queries.composition import in_the_room
from pendamping.deliberation.queries.invitations import invitations, neighbourhoods
from pendamping.deliberation.queries.own_groups import capacities_of, groups_of
from pendamping.deliberation.rules import meetings as rules
from pendamping.deliberation.rules.register import Listed, likely_doubles, same_name
from pendamping.deliberation.services.register import Facts, register_verdict
from pendamping.deliberation.views.acting import act_page, address, found_meeting, pressed, trail
from pendamping.training.offline import keepable, person_key
from pendamping.training.rules import attendance_codes

KEEP = Verb.MEETING_ATTENDANCE
KEPT = "luring"  # asks for the page as a phone keeps it


def presence_acts(request: HttpRequest, found: Meeting) -> list[Act]:
    """What the page of a meeting offers of its attendance register."""
    scope = request.scope  # type: ignore[attr-defined]
    acts = [Act(_("Who is in the room"), address(found, "room"))]
    if scope.can(KEEP, found):
        acts.insert(0, Act(_("Attendance register"), address(found, "register")))
    return acts


def register_trail(found: Meeting, *here: str | Link) -> list[Link]:
    return trail(found, Link(_("Attendance register"), address(found, "register")), *here)


def kept_pages(request: HttpRequest, found: Meeting) -> dict[str, Any]:
    """What a phone keeps, so that leading and the register open without a signal: its worker, and these pages."""
    register, control = address(found, "register"), address(found, "control")
    return {
        "person": person_key(request.scope.account),  # type: ignore[attr-defined]
        "worker": address(found, "control_worker"), "scopes": [control, register],
        "pages": [control, f"{register}?{KEPT}=1", f"{address(found, 'tick')}?{KEPT}=1"],
    }  # fmt: skip


def _page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page that takes people; as a phone keeps it, whatever the hour, as long as the meeting is open."""
    found, is_kept = context["meeting"], KEPT in request.GET
    still = rules.is_open(state=found.state)
    if is_kept:
        context["refusal"] = still.message
    context |= {"is_kept": is_kept, "keep": kept_pages(request, found)}
    answer = render_page(request, template, context, status=status)
    return keepable(answer, request.scope.account) if is_kept and still else answer  # type: ignore[attr-defined]


def _begun(found: Meeting) -> Any:
    return register_verdict(found, timezone.now())


@page(KEEP, for_own_eyes=True)
def register(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody on the register, and the next person: the form comes back empty, with the same RT.

    As a phone keeps it, it holds the form alone: nobody who is present.
    """
    found = found_meeting(request, code, KEEP)
    places = list(neighbourhoods(found))
    form = ListForm(
        request.POST or None, places=places, capacities=capacities_of(found),
        initial={"place": request.GET.get("rt", "")},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        facts = {"facts": Facts(**form.facts()), "claimed_at": form.cleaned_data["claimed_at"]}
        done = form.attempt(services.add_presence, by=request.user, at=timezone.now(), meeting=found, **facts)
        if done is not None:
            messages.success(request, _("On the register as number %(number)d.") % {"number": done.number})
            rt = f"?rt={done.place.path}" if done.place else ""
            return redirect(f"{address(found, 'register')}{rt}")
    rows = [] if KEPT in request.GET else list(queries.presences(found))
    names = {row.pk: sealed.name_of(row) for row in rows} if found.state == MeetingState.CALLED else {}
    uids = {row.number: row.uid for row in rows}
    doubles = likely_doubles(_listed(row, names.get(row.pk, "")) for row in rows) if names else []
    context = {
        "meeting": found, "form": form, "refusal": _begun(found).message, "room": in_the_room(found),
        "rows": [_row(found, row, names.get(row.pk, "")) for row in rows], "alike": _alike(names),
        "open_sheets": queries.open_sheets(found),
        "acts": _acts(request, found, doubles), "doubles": [_double(found, uids, *pair) for pair in doubles],
        "nameless": [
            (_("%(way)s, without a name") % {"way": way.label}, count)
            for way, count in queries.nameless_by_source(found)
        ],
        "places": trail(found, _("Attendance register")),
    }  # fmt: skip
    return _page(request, "deliberation/register.html", context, status=422 if form.errors else 200)


def _row(found: Meeting, row: Presence, name: str) -> dict[str, Any]:
    place = row.place.label if row.place else ""
    if row.place is not None and row.place.level == "rt" and row.place.parent is not None:
        place = f"{place}, {row.place.parent.label}"
    facts = [
        row.get_sex_display(), row.get_age_group_display() if row.age_group else "", place,
        found.capacity_label(row.capacity),
    ]  # fmt: skip
    waits = row.sheet is not None and row.sheet.confirmed_at is None
    return {
        "title": f"{row.number}. {name}" if name else f"{row.number}.", "meta": " · ".join(filter(None, facts)),
        "href": address(found, "presence", row.uid), "badge": row.get_source_display(),
        "state": "waiting" if waits else "neutral",
        "note": _("Counts once the sheet is confirmed") if waits else "",
    }  # fmt: skip


def _listed(row: Presence, name: str) -> Listed:
    place = row.place.path if row.place else ""
    return Listed(row.number, row.sex, row.age_group, place, row.source == Source.QR, name)


def _double(found: Meeting, uids: Mapping[int, uuid.UUID], row: Listed, other: Listed) -> dict[str, str]:
    """Two rows that may be one person, and where the later one is struck out or joined with the other."""
    numbers = {"number": row.number, "name": row.name or _("no name"), "other": other.number}
    return {
        "href": address(found, "presence", uids[row.number]), "meta": other.name or _("no name"),
        "title": _("Number %(number)d (%(name)s) and number %(other)d") % numbers,
    }  # fmt: skip


def _alike(names: dict[int, str]) -> list[str]:
    """Names that stand on the register more than once, with different RTs or none."""
    counted = Counter(same_name(name) for name in names.values() if name)
    shown = {same_name(name): name for name in names.values()}
    return sorted(shown[name] for name, times in counted.items() if times > 1)


def _acts(request: HttpRequest, found: Meeting, doubles: list[tuple[Listed, Listed]]) -> list[Act]:
    sure = _("Some people may stand here twice. Take the count all the same?") if doubles else ""
    refusal = _begun(found).message
    still = rules.is_open(state=found.state).message
    return [
        Act(_("Show the code in the room"), address(found, "room_code"), refusal=refusal, kind="primary"),
        Act(_("Tick who was invited"), address(found, "tick"), refusal=refusal),
        Act(_("Paper sheets"), address(found, "sheets"), refusal=still),
        Act(
            _("Take the count from the register"),
            address(found, "count_register"),
            post=True,
            refusal=refusal,
            confirm=sure,
        ),
        Act(_("Who is in the room"), address(found, "room"), kind="quiet"),
    ]


@page(KEEP, for_own_eyes=True)
@require_GET
def room_code(request: HttpRequest, code: str) -> HttpResponse:
    """The code of this moment for the screen; the page asks for the next one by itself."""
    found = found_meeting(request, code, KEEP)
    now = timezone.now()
    sign = attendance_codes.code_at(room_secret(found), now)
    link = f"{settings.SITE_URL.rstrip('/')}{reverse('deliberation:show_up', args=[found.code])}?k={sign}"
    svg = segno.make(link, micro=False, error="m").svg_inline(border=4, dark="#000", light="#fff", omitsize=True)
    context = {
        "meeting": found, "code": f"{sign[:3]} {sign[3:]}", "svg": mark_safe(svg), "refusal": _begun(found).message,
        "present": in_the_room(found).present, "places": register_trail(found, _("Code in the room")),
    }  # fmt: skip
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "deliberation/_room_code.html", context)
    return render_page(request, "deliberation/room_code.html", context)


@page(KEEP, for_own_eyes=True)
def tick(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody invited with two buttons; each tap is kept by itself."""
    found = found_meeting(request, code, KEEP)
    if request.method == "POST":
        return _ticked(request, found)
    return _invited_page(request, found)


def _invited_page(request: HttpRequest, found: Meeting, *, said: str = "") -> HttpResponse:
    here = {row.invitation_id: row for row in queries.presences(found)}
    people = [(one, here.get(one.pk), sealed.name_of(one)) for one in invitations(found)]
    context = {
        "meeting": found, "people": people, "choices": PresentSex, "refusal": _begun(found).message, "said": said,
        "came": sum(row is not None for _one, row, _name in people), "places": register_trail(found, _("The invited")),
    }  # fmt: skip
    return _page(request, "deliberation/tick.html", context, status=422 if said else 200)


def _ticked(request: HttpRequest, found: Meeting) -> HttpResponse:
    """One tap; a phone that sends what waited on it is told of a refusal by the status."""
    one = _invited(found, request.POST.get("invitation", ""))
    form = TickForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    facts = {"facts": Facts(sex=form.cleaned_data["sex"]), "claimed_at": form.cleaned_data["claimed_at"]}
    now = timezone.now()
    if form.attempt(services.add_presence, by=request.user, at=now, meeting=found, invitation=one, **facts) is None:
        said = " ".join(str(words) for field in form.errors.values() for words in field)
        if request.POST.get("claimed_at"):
            return _invited_page(request, found, said=said)
        messages.error(request, said)
    return redirect(f"{address(found, 'tick')}#{one.uid}")


def _invited(found: Meeting, typed: str) -> Invitation:
    try:
        one = invitations(found).filter(uid=uuid.UUID(typed)).first()
    except ValueError:
        one = None
    if one is None:
        raise Http404
    return one


@page(KEEP)
@require_POST
def count_register(request: HttpRequest, code: str) -> HttpResponse:
    """The totals of the register become the count of those present."""
    found = found_meeting(request, code, KEEP)
    said = _("The count of the register is the count of the meeting now.")
    return pressed(request, address(found, "register"), services.count_register, said=said, meeting=found)


@page(KEEP, for_own_eyes=True)
def presence(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """Strike a row out, or join it with another of the same person."""
    found = found_meeting(request, code, KEEP)
    rows = list(queries.presences(found))
    row = next((one for one in rows if one.uid == uid), None)
    if row is None:
        raise Http404
    told = [(one, _row(found, one, sealed.name_of(one))) for one in rows if one.pk != row.pk]
    form = StrikeForm(
        request.POST or None, others=[(one, f"{words['title']} {words['meta']}") for one, words in told]
    )  # fmt: skip
    here = _row(found, row, sealed.name_of(row))
    return act_page(
        request, form, services.strike_presence, lambda: {"presence": row, **form.facts()},
        said=_("The row is struck out."), back=address(found, "register"), title=here["title"], lead=here["meta"],
        submit=_("Strike this row out"), kicker=found.title, kind="danger",
        places=register_trail(found, _("Number %(number)d") % {"number": row.number}),
    )  # fmt: skip


@page(Verb.RECORD_SEE)
@require_GET
def room(request: HttpRequest, code: str) -> HttpResponse:
    """Who is in the room now: women, groups, RTs heard and missing; small groups withheld, no name."""
    found = found_meeting(request, code)
    now = in_the_room(found)
    heard, missing = (queries.expected_places(found, list(paths)) for paths in (now.heard, now.missing))
    context = {
        "meeting": found, "room": now, "heard": heard, "missing": missing,
        "groups": [(label, queries.veil(now.groups.get(name, 0))) for name, label in groups_of(found).items()],
        "places": trail(found, _("Who is in the room")),
    }  # fmt: skip
    template = "deliberation/_room.html" if request.htmx else "deliberation/room.html"  # type: ignore[attr-defined]
    return (render if request.htmx else render_page)(request, template, context)  # type: ignore[attr-defined]
