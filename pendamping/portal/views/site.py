"""About these pages, and what machines ask for: robots, site map, web manifest."""

from __future__ import annotations

from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from pendamping.access.pages import public_page, render_page
from pendamping.portal.enums import PublicList
from pendamping.portal.queries import places
from pendamping.regions import queries as regions


@public_page(max_age=3600)
def about(request: HttpRequest) -> HttpResponse:
    """What is kept, what is never shown, how figures are made, how to check the journal and a paper."""
    return render_page(request, "portal/about.html", {"lists": [(kind.value, kind.label) for kind in PublicList]})


@public_page(max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read the public pages, not the working ones."""
    lines = [
        "User-agent: *",
        "Disallow: /kerja/",
        "Disallow: /akun/",
        "Disallow: /cari/",
        f"Sitemap: {_site('portal:sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public_page(max_age=3600)
def sitemap(request: HttpRequest) -> HttpResponse:
    """The fixed pages and every ward; journeys are found through them."""
    city = places.site_city()
    addresses = [_site(f"portal:{name}") for name in ("home", "wards", "about")] + [_site("needs:give")]
    addresses += [_site("portal:ward", ward.path) for ward in (regions.wards(city.path) if city else [])]
    response = HttpResponse(content_type="application/xml; charset=utf-8")
    xml = SimplerXMLGenerator(response, "utf-8")
    xml.startDocument()
    xml.startElement("urlset", AttributesImpl({"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"}))
    for address in addresses:
        xml.startElement("url", AttributesImpl({}))
        xml.addQuickElement("loc", address)
        xml.endElement("url")
    xml.endElement("urlset")
    return response


def _site(name: str, *args: str) -> str:
    return settings.SITE_URL.rstrip("/") + reverse(name, args=args)


@public_page(max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """Lets a phone keep these pages on its home screen."""
    body = {
        "name": f"Pendamping {settings.CITY_NAME}".strip(),
        "short_name": "Pendamping",
        "description": _("A resident's voice, followed until something stands."),
        "lang": request.LANGUAGE_CODE,  # type: ignore[attr-defined]
        "start_url": reverse("portal:home"),
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#fbf8f1",
        "theme_color": "#fbf8f1",
        "icons": [{"src": static("core/img/logo.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(body, content_type="application/manifest+json")
