"""Walks the site as several people do, and says which pages of the address map they came to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.urls import Resolver404, resolve
from django.utils import translation

from tests.browser.site import APPLICANT, NEWCOMER, NOBODY, RANKED, Site, links

SUCCESSOR = "pengganti"  # their service begins tomorrow
WORKERS = (
    "sari", "sekretaris", "lurah", "pptk", "bendahara", "budi", "sekretariat", "perencana", NEWCOMER, "pemeriksa1",
    "majelis-1", "pendamping-1", SUCCESSOR, "panel-1", "askot", "bendahara-kota", "pelatih", APPLICANT, RANKED,
)  # fmt: skip
ENOUGH = 2  # pages of one kind that one person opens
# Where people begin; the rest is found by following links.
OUTSIDE = (
    "/",
    "/cari/?q=gang",
    "/cari/?q=tidakadaini",
    "/tentang/angka/",
    "/robots.txt",
    "/sitemap.xml",
    "/ui/",
    "/healthz",
    "/akun/nonaktif/",
)
INSIDE = ("/kerja/", "/kerja/akun/")
OWN = {
    APPLICANT: ("/seleksi/lamaran/", "/seleksi/R"),
    RANKED: ("/seleksi/lamaran/",),
}  # what is looked at as somebody: public pages are walked once
WORKING = ("/kerja/", "/akun/", "/pendamping-saya/", "/belajar/")


@dataclass(frozen=True)
class Seen:
    """A page somebody came to."""

    name: str
    who: str
    address: str
    status: int
    size: int
    asks: bool  # holds a form with something that must be filled in


def name_of(address: str) -> str:
    """The name of the page in the address map."""
    with translation.override("id"):
        try:
            return resolve(address.partition("?")[0]).view_name
        except Resolver404:
            return ""


def walk(site: Site, who: str, beginnings: tuple[str, ...]) -> list[Seen]:
    """Breadth first, a few pages of every kind; files count as pages here, so that no link leads nowhere."""
    context = site.context(who)
    seen: list[Seen] = []
    opened: dict[str, int] = defaultdict(int)
    queue, known = list(beginnings), set(beginnings)
    for address in queue:
        name = name_of(address)
        if opened[name] >= ENOUGH or (who and not address.startswith(OWN.get(who, WORKING))):
            continue
        opened[name] += 1
        answer = context.request.get(address)
        html = answer.text() if "text/html" in answer.headers.get("content-type", "") else ""
        if answer.url.removeprefix(site.url).partition("?")[0] != address.partition("?")[0]:
            html = ""  # led elsewhere: that page is in the queue by its own name
        asks = 'class="form" method="post"' in html and " required" in html
        seen.append(Seen(name, who, address, answer.status, len(html), asks))
        new = [link for link in links(html) if link not in known]
        known.update(new)
        queue += new
    context.close()
    return seen


def walk_all(site: Site) -> dict[str, list[Seen]]:
    """What all of them came to, by name."""
    found: dict[str, list[Seen]] = defaultdict(list)
    for who in (NOBODY, *WORKERS):
        begin = () if who in (APPLICANT, RANKED, SUCCESSOR) else INSIDE if who else OUTSIDE
        for page in walk(site, who, (*begin, *site.beside.get(who, ()))):
            found[page.name].append(page)
    return dict(found)
