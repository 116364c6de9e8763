"""Home, the list of wards, and a ward: what was heard, decided and built here."""

from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping.access.pages import public_page, render_page
from pendamping.core import formats
from pendamping.core.moments import day
from pendamping.core.money import rupiah
from pendamping.core.pieces import Cell, Column, Link, Part, Photo
from pendamping.deliberation.models import Meeting
from pendamping.delivery import queries as delivery
from pendamping.needs.queries import following
from pendamping.portal import calendars, feeds
from pendamping.portal.enums import PublicList
from pendamping.portal.queries import ahead, lists, news, places, totals
from pendamping.portal.rules import DECIDED_PROPOSALS, FINISHED_PROJECTS
from pendamping.regions import queries as regions
from pendamping.regions import tilemap
from pendamping.regions.models import WIDTHS, Region
from pendamping.telling import phrases


@public_page()
def home(request: HttpRequest) -> HttpResponse:
    """What this is, the one big button, one's ward, the city in five numbers, finished works, next meetings."""
    today = day(timezone.now())
    city = places.site_city()
    if city is None:
        return render_page(request, "portal/home.html", {"city": None, "give_url": reverse("needs:give")})
    wards = list(regions.wards(city.path))
    since, until = today.year * 100 + 1, today.year * 100 + 12
    by_ward = totals.totals_by((ward.path for ward in wards), under=city.path, level="ward", since=since, until=until)
    sums = by_ward.pop(city.path)
    names = {ward.path: ward.label for ward in wards}
    context = {
        "city": city,
        "year": today.year,
        "today": today,
        "stats": five_numbers(sums, city.path, today.year),
        "map": _map(wards, by_ward),
        "districts": [(name, list(inside)) for name, inside in groupby(wards, key=_district_name)],
        "works": [_work(work, names) for work in delivery.before_after(city.path, limit=2)],
        "meetings": [_meeting(meeting) for meeting in places.meetings_ahead(city.path, today)],
        "give_url": reverse("needs:give"),
        "search_url": reverse("portal:search"),
        "wards_url": reverse("portal:wards"),
        "finished_url": listing_url(PublicList.PROJECTS, city.path, None, *sorted(FINISHED_PROJECTS)),
    }
    return render_page(request, "portal/home.html", context)


def _meeting(meeting: Meeting) -> dict[str, str]:
    return {
        "code": meeting.code,
        "title": meeting.title,
        "when": ahead.when(meeting),
        "where": f"{meeting.place} · {meeting.region.place_label}",
    }


def five_numbers(sums: totals.Totals, path: str, year: int) -> list[tuple[str, str, str]]:
    """Number, noun and the list of exactly the records behind it."""
    return [
        (formats.number(sums.voices), _("voices heard"), listing_url(PublicList.VOICES, path, year)),
        (
            formats.number(sums.verified),
            _("needs verified"),
            listing_url(PublicList.NEEDS, path, year, "verified", "proposed"),
        ),
        (
            formats.number(sums.decided),
            _("proposals decided"),
            listing_url(PublicList.PROPOSALS, path, year, *sorted(DECIDED_PROPOSALS)),
        ),
        (round_rupiah(sums.planned), _("planned for projects"), listing_url(PublicList.PROJECTS, path, year)),
        (
            formats.number(sums.finished),
            _("works finished"),
            listing_url(PublicList.PROJECTS, path, year, *sorted(FINISHED_PROJECTS)),
        ),
    ]


def round_rupiah(amount: int) -> str:
    """ "Rp 463,5 juta": an amount short enough for a headline; the list behind it has the exact ones."""
    for unit, word in ((10**9, _("billion")), (10**6, _("million"))):
        if amount >= unit:
            return f"Rp\N{NO-BREAK SPACE}{formats.number(amount / unit, 1)} {word}"
    return rupiah(amount)


def listing_url(kind: PublicList, path: str, period: int | None = None, *states: str) -> str:
    """The address of a public list with its filters."""
    query = f"?wilayah={path}" + "".join(f"&keadaan={state}" for state in states)
    return reverse("portal:records", args=[kind.value]) + query + (f"&masa={period}" if period else "")


def _district_name(ward: Region) -> str:
    return ward.parent.label if ward.parent else ""


def _map(wards: list[Region], by_ward: dict[str, totals.Totals]) -> SafeString | str:
    if not wards:
        return ""
    return tilemap.render(
        wards,
        urls={ward.path: reverse("portal:ward", args=[ward.path]) for ward in wards},
        values={path: found.voices for path, found in by_ward.items()},
        title=_("The wards by voices heard this year"),
        unit=_("voices"),
    )


def _work(work: delivery.BeforeAfter, names: dict[str, str]) -> dict[str, object]:
    project = work.project
    return {
        "title": project.title,
        "href": reverse("portal:journey", args=[project.code]),
        "place": names.get(project.ward_path, ""),
        "completed_at": work.completed_at,
        "before": _shown(work.before, _("Before: %(title)s") % {"title": project.title}),
        "after": _shown(work.after, _("After: %(title)s") % {"title": project.title}),
    }


def _shown(photo: object, alt: str) -> Photo:
    name = getattr(photo, "name", "")
    return Photo(reverse("access:photo", args=[name, "thumb"]) if name else "", alt=alt)


@public_page()
def wards(request: HttpRequest) -> HttpResponse:
    """All wards by district, with this year's numbers."""
    year = day(timezone.now()).year
    city = places.site_city()
    found = list(regions.wards(city.path)) if city else []
    since, until = year * 100 + 1, year * 100 + 12
    by_ward = (
        totals.totals_by([w.path for w in found], under=city.path, level="ward", since=since, until=until)
        if city
        else {}
    )
    columns = [
        Column(_("Ward")),
        *(
            Column(label, True)
            for label in (_("Voices"), _("Needs verified"), _("Decided"), _("Planned"), _("Finished"))
        ),
    ]
    groups = [
        (name, inside[0].path[: WIDTHS["district"]], [_ward_line(ward, by_ward[ward.path]) for ward in inside])
        for name, inside in ((name, list(group)) for name, group in groupby(found, key=_district_name))
    ]
    context = {"city": city, "year": year, "groups": groups, "columns": columns, "map": _map(found, by_ward)}
    return render_page(request, "portal/wards.html", context)


def _ward_line(ward: Region, sums: totals.Totals) -> list[object]:
    return [
        Cell(ward.name, reverse("portal:ward", args=[ward.path])),
        formats.number(sums.voices),
        formats.number(sums.verified),
        formats.number(sums.decided),
        rupiah(sums.planned),
        formats.number(sums.finished),
    ]


@public_page()
def ward(request: HttpRequest, path: str) -> HttpResponse:
    """One ward, as numbers and as lists a screen reader can walk."""
    if path.isdigit() and len(path) > WIDTHS["ward"]:
        return redirect("portal:ward", path=path[: WIDTHS["ward"]])
    if path.isdigit() and len(path) in (WIDTHS["city"], WIDTHS["district"]):
        return redirect(reverse("portal:wards") + f"#w{path}")
    here = places.find_ward(path)
    if here is None:
        raise Http404
    now = timezone.now()
    today = day(now)
    money = places.money_of(here, today.year, today)
    labels = (_("Spent, verified"), _("Planned, not yet spent"), _("Not yet planned"))
    context = {
        "ward": here,
        "crumbs": _crumbs(here),
        "year": today.year,
        "today": today,
        "stats": five_numbers(
            totals.totals(path, since=today.year * 100 + 1, until=today.year * 100 + 12), path, today.year
        ),
        "companions": places.companions(here, today),
        "money": money,
        "money_parts": [Part(label, amount) for label, amount in zip(labels, money.parts, strict=True)],
        "meeting": next((_meeting(meeting) for meeting in places.meetings_ahead(path, today, most=1)), None),
        "population": _population(here),
        "unheard": places.unheard(here, today.year),
        "lists": [
            _ward_list(kind, path)
            for kind in (PublicList.VOICES, PublicList.PROPOSALS, PublicList.PROJECTS, PublicList.ASSETS)
        ],
        "needs_url": listing_url(PublicList.NEEDS, path),
        "waits_url": reverse("needs:waiting_times") + f"?w={path}",
        "give_url": reverse("needs:give") + f"?w={path}",
    }
    return render_page(request, "portal/ward.html", context)


@public_page()
def place_feed(request: HttpRequest, path: str) -> HttpResponse:
    """What happens in a place, or with one category of its voices (`?kategori=`), for feed readers."""
    thing = following.asked_for({"wilayah": path, "kategori": request.GET.get("kategori", "")}, get_language() or "id")
    if thing is None or thing.place is None:
        raise Http404
    entries = news.of_place(path, thing.category)
    items = [
        feeds.Item(news.words_of(entry), news.path_of(entry), entry.at, phrases.who(entry), entry.subject_code)
        for entry in entries
    ]
    return feeds.atom(title=thing.label, url=request.path.removesuffix("atom.xml"), items=items)


@public_page()
def place_calendar(request: HttpRequest, path: str) -> HttpResponse:
    """The meetings of a place for the calendar of a phone."""
    thing = following.asked_for({"wilayah": path}, get_language() or "id")
    if thing is None:
        raise Http404
    name = _("Meetings: %(place)s") % {"place": thing.label}
    return calendars.calendar(name, places.calendar_of(path, day(timezone.now())))


def _population(here: Region) -> str:
    if not here.population:
        return ""
    words = _("%(people)s residents") % {"people": formats.number(here.population)}
    return f"{words} ({here.population_year})" if here.population_year else words


def _crumbs(here: Region) -> list[Link]:
    above = reverse("portal:wards")
    district = here.parent
    crumbs = [Link(_("All wards"), above)]
    if district is not None:
        crumbs.append(Link(district.label, f"{above}#w{district.path}"))
    return [*crumbs, Link(here.label, current=True)]


def _ward_list(kind: PublicList, path: str) -> dict[str, object]:
    titles = {
        PublicList.VOICES: (_("What was heard"), _("No voice yet. Be the first to say what your street needs.")),
        PublicList.PROPOSALS: (
            _("What was proposed and decided"),
            _("No proposal yet. Proposals grow from needs verified on site."),
        ),
        PublicList.PROJECTS: (
            _("What is being done"),
            _("No project yet. Projects begin when a ward meeting has decided."),
        ),
        PublicList.ASSETS: (
            _("What stands"),
            _("Nothing handed over yet. Finished works appear here with their condition."),
        ),
    }
    title, empty = titles[kind]
    return {
        "id": kind.value,
        "title": title,
        "empty": empty,
        "rows": lists.latest(kind, path),
        "href": listing_url(kind, path),
    }
