"""The working list of voices: found by words and filters, kept as a view, seen as a map, taken along as a file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.errors import Refused
from pendamping.core.languages import in_language
from pendamping.core.moments import day
from pendamping.core.pieces import Link
from pendamping.core.trace import Step
from pendamping.needs import export_files, pointmap
from pendamping.needs.enums.conversations import Turn
from pendamping.needs.enums.exports import ExportFormat, ExportState
from pendamping.needs.enums.voices import Channel
from pendamping.needs.models import Category, SavedView, Voice
from pendamping.needs.queries.map import by_ward
from pendamping.needs.queries.places import wards_of
from pendamping.needs.queries.search import Asked, read_box, search_voices
from pendamping.needs.queries.standing import with_due
from pendamping.needs.queries.turns import listed
from pendamping.needs.services import exports, saved_views
from pendamping.needs.views.lists import PLACE, ROWS, address, groups, row_of
from pendamping.regions import tilemap

PAGE = "voices"
MAPS = ("tiles", "points")
COUNTED = 1000  # more are "more than 1.000": nobody reads on, and counting all would take long
FILES_SHOWN = 5
_FILTERS = ("q", "view", "about", "place", "category", "channel", "turn", "since", "until", "box")


@page(Verb.RECORD_SEE)
def voices(request: HttpRequest) -> HttpResponse:
    """What residents said; those nobody has handled come first."""
    if request.method == "POST":
        return _done(request)
    query = request.GET
    if request.headers.get("HX-Target") == "files":  # asked again while one of them is being made
        return render_page(request, "needs/_files.html", _files(request))
    asked = Asked.read(query)
    view = "all" if asked.code else query.get("view") or "heard"
    shown = query.get("show", "")
    found, is_near = _found(request, asked if shown not in MAPS else replace(asked, box=None))
    total = found.count() if is_near else found[: COUNTED + 1].count()
    before = query.get("before", "")
    if before.isdecimal():
        found = found.filter(pk__lt=int(before[:18]))
    records = list(with_due(found.select_related(*PLACE, "category", "duplicate_of")).order_by("-id")[: ROWS + 1])
    labels = {"heard": _("Waiting"), "mine": _("My turn"), "gathered": _("In a need"), "answered": _("Answered")}
    labels["all"] = _("All")
    if not request.scope.can_anywhere(Verb.VOICE_ANSWER):  # type: ignore[attr-defined]
        del labels["mine"]
    is_narrow = any((asked.category, asked.turn, asked.channel, asked.since, asked.until))
    context = {
        "map": _map(found, query, shown),
        "whole_map": address(query, box=None),
        "looks": [
            Link(label, address(query, show=name or None, before=None, box=None), current=name == shown)
            for name, label in (("", _("List")), ("tiles", _("Map of the wards")), ("points", _("Map of points")))
        ],
        "rows": [] if shown in MAPS else [row_of(record, "text", Step.VOICE) for record in records[:ROWS]],
        "tabs": [
            Link(label, address(query, view=name, before=None), current=name == view) for name, label in labels.items()
        ],
        "older": address(query, before=records[ROWS - 1].pk) if len(records) > ROWS else "",
        "newer": address(query, before=None) if before else "",
        "total": formats.number(total) if total <= COUNTED else _("more than %(most)s") % {"most": COUNTED},
        "is_near": is_near,
        "asked": asked,
        "view": view,
        "is_narrow": is_narrow,
        "is_filtered": is_narrow or any((asked.words, asked.place, asked.group, asked.box)),
        "unplaced": shown == "points" and total > 0,
        "kept": _kept(request),
        **_choices(request),
        **_own(request),
    }
    return render_page(request, "needs/voices.html", context)


def _found(request: HttpRequest, asked: Asked) -> tuple[Any, bool]:
    """The voices asked for; those with nearly the words where nothing has them."""
    voices = listed(request.scope, request.GET.get("view", ""))  # type: ignore[attr-defined]
    found = search_voices(voices, asked)
    if not asked.words or asked.code or found.exists():
        return found, False
    return search_voices(voices, asked, nearly=True), True


def _map(found: QuerySet[Voice], query: QueryDict, shown: str) -> SafeString | str | None:
    """The voices found as tiles or points instead of the list; None when there is nothing to draw."""
    if shown == "points":
        return pointmap.render(
            found, box=read_box(query.get("box", "")), is_public=False,
            closer=lambda box: address(query, box=box), listed=lambda box: address(query, box=box, show=None),
        )  # fmt: skip
    if shown != "tiles":
        return ""
    counts = by_ward(found)
    wards = list(wards_of(sorted(counts)))
    return tilemap.render(
        wards, urls={ward.path: address(query, place=ward.path, show=None) for ward in wards},
        values={ward.path: counts.get(ward.path, 0) for ward in wards}, title=_("Voices by ward"), unit=_("voices"),
    )  # fmt: skip


def _choices(request: HttpRequest) -> dict[str, Any]:
    """What the filters offer: code or key, and label."""
    wards = wards_of(request.scope.paths(Verb.RECORD_SEE))  # type: ignore[attr-defined]
    language = get_language() or "id"
    titles = Category.objects.filter(valid_to__isnull=True).order_by("position", "id").values_list("key", "title")
    return {
        "groups": [*groups(), ("other", _("Something else"))],
        "wards": [(ward.path, ward.label) for ward in wards],
        "categories": list({key: in_language(title, language) for key, title in titles}.items()),
        "channels": Channel.choices,
        "turns": Turn.choices,
    }


def _own(request: HttpRequest) -> dict[str, Any]:
    """What is somebody's own on this page: kept views and files; and what they may do."""
    scope = request.scope  # type: ignore[attr-defined]
    views = SavedView.objects.filter(account=scope.account, page=PAGE)
    return {
        "views": list(views),
        "formats": ExportFormat.choices,
        "may_record": scope.can_anywhere(Verb.VOICE_RECORD),
        "may_act": scope.viewer is None,
        **_files(request),
    }


def _files(request: HttpRequest) -> dict[str, Any]:
    """Somebody's newest files; nobody's for whoever looks through their eyes."""
    scope = request.scope  # type: ignore[attr-defined]
    files = exports.files_of(scope, page=PAGE)[:FILES_SHOWN] if scope.viewer is None else []
    return {
        "files": [(one, f"{one.get_format_display()}, {formats.day(one.created_at, 'jam')}") for one in files],
        "is_being_made": any(one.state in (ExportState.WAITING, ExportState.RUNNING) for one in files),
        "here": request.get_full_path(),
    }


def _kept(request: HttpRequest) -> str:
    """The filters as they stand in the address, without the page one is on."""
    query = request.GET.copy()
    for name in list(query):
        if name not in _FILTERS or not query[name]:
            del query[name]
    return query.urlencode()


def _done(request: HttpRequest) -> HttpResponse:
    """Keep these filters, drop some, or have the list made into a file."""
    sent, by, at = request.POST, request.scope.account, timezone.now()  # type: ignore[attr-defined]
    query = QueryDict(sent.get("query", "")).urlencode()
    try:
        if "format" in sent:
            if sent["format"] not in ExportFormat.values:
                raise Http404
            place = request.scope.paths(Verb.RECORD_SEE)[0]  # type: ignore[attr-defined]
            exports.ask_export(by=by, at=at, place=place, page=PAGE, query=query, format=ExportFormat(sent["format"]))
            messages.success(request, _("The file is being made. It stands below when it is ready."))
        elif "drop" in sent:
            saved_views.drop_view(by=by, page=PAGE, name=sent["drop"])
        else:
            saved_views.keep_view(by=by, at=at, page=PAGE, name=sent.get("name", ""), query=query)
            messages.success(request, _("The view is kept."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    answer = redirect(f"{request.path}?{query}" if query else request.path)
    answer.status_code = 303
    return answer


@page(Verb.RECORD_SEE, for_own_eyes=True)
def file(request: HttpRequest, uid: str) -> Any:
    """A file for whoever asked for it and still reads the places in it, and nobody else."""
    mine = exports.files_of(request.scope, uid=uid, state=ExportState.READY)  # type: ignore[attr-defined]
    found = next(iter(mine), None)
    if found is None:
        raise Http404
    name = f"suara-{day(found.created_at)}.{found.format}"
    answer = FileResponse(
        exports.store().open(found.file_name), as_attachment=True, filename=name,
        content_type=export_files.KINDS[ExportFormat(found.format)],
    )  # fmt: skip
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
