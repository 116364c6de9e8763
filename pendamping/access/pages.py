"""The two kinds of page: public ones without a session, and working ones that name their verb."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from pendamping.access import gates
from pendamping.access.roles import ROLES
from pendamping.access.scope import NOBODY, Scope
from pendamping.access.verbs import ABOUT_FACILITATORS, ABOUT_TRAINING, Verb

View = Callable[..., HttpResponse]


def page(verb: Verb, *, for_own_eyes: bool = False) -> Callable[[View], View]:
    """A working page: signed in, holding `verb` somewhere; the record itself is fetched through request.scope.

    Where a gate stands before the verb (access/gates.py), a page saying so and the way on is the answer instead.
    For own eyes: it shows what its office alone may see, so nobody sees it while viewing as somebody else.
    """

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            scope: Scope = request.scope  # type: ignore[attr-defined]
            if scope.account is None:
                return redirect_to_login(_back_to(request), reverse("account_login"))
            if scope.viewer is not None and request.method not in ("GET", "HEAD"):
                raise PermissionDenied(_("You are viewing as somebody else: you can look, not act."))
            if not scope.can_anywhere(verb):
                raise PermissionDenied
            if for_own_eyes:
                refuse_viewer(scope)
            try:
                gates.pass_through(request, verb)
                response = view(request, *args, **kwargs)
            except gates.Closed as closed:
                response = render_page(request, "access/gate.html", {"gate": closed.shut}, status=403)
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response

        run.verb = verb  # type: ignore[attr-defined]
        return run

    return wrap


def refuse_viewer(scope: Scope) -> None:
    """Nobody looks through somebody else's eyes here."""
    if scope.viewer is not None:
        raise PermissionDenied(_("You are viewing as somebody else: this page is theirs alone."))


def _back_to(request: HttpRequest) -> str:
    """Where signing in leads: this page, or, when a form was sent, the page it stood on, where its draft is."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    came = urlsplit(request.headers.get("Referer", ""))
    if came.netloc != request.get_host() or not came.path:
        return reverse("insight:work")
    return f"{came.path}?{came.query}" if came.query else came.path


def public_page(*, max_age: int = 60, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """A page for anyone: no session, no cookie, an ETag, and a short shared cache life.

    A form posted here acts for nobody in particular, so there is no session to protect with a CSRF token; what counts
    is that the browser says it comes from this site (Sec-Fetch-Site, Origin).
    """

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in (*methods, "HEAD"):
                return HttpResponseNotAllowed([*methods, "HEAD"])
            request.scope = NOBODY  # type: ignore[attr-defined]
            if request.method == "POST" and _is_cross_site(request):
                raise PermissionDenied(_("This form was sent from another site. Open the form here and send it again."))
            response = view(request, *args, **kwargs)
            return _cacheable(request, response, max_age) if request.method in ("GET", "HEAD") else _uncached(response)

        run.is_public = True  # type: ignore[attr-defined]
        return csrf_exempt(run)

    return wrap


def _is_cross_site(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and origin != f"{request.scheme}://{request.get_host()}"


def _uncached(response: HttpResponse) -> HttpResponse:
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _cacheable(request: HttpRequest, response: HttpResponse, max_age: int) -> HttpResponse:
    if response.status_code != 200 or response.streaming or max_age == 0:
        return _uncached(response)
    response.headers.setdefault("Cache-Control", f"public, max-age={max_age}")
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


def render_page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Render a page inside the shell (name of the city, navigation, person, language, messages)."""
    return render(request, template, {**(context or {}), "shell": shell(request)}, status=status)


def shell(request: HttpRequest) -> dict[str, Any]:
    """What every page shows around its content. Touches the session only on working pages."""
    scope: Scope = getattr(request, "scope", NOBODY)
    signed_in = scope.account is not None
    return {
        "city_name": settings.CITY_NAME,
        "nav": _navigation(request, scope),
        "person": _person(scope) if signed_in else None,
        "other_language": _other_language(request),
        "viewing_as": _viewing_as(scope),
        "messages": list(messages.get_messages(request)) if signed_in and hasattr(request, "_messages") else [],
    }


def _navigation(request: HttpRequest, scope: Scope) -> list[dict[str, Any]]:
    items = [("portal:home", _("Home")), ("needs:give", _("Give a voice")), ("portal:wards", _("Wards"))]
    if scope.account is not None:
        begin = (
            (Verb.WORK_SEE, "insight:work", _("My work")), (Verb.RECORD_SEE, "insight:records", _("Records")),
            (Verb.FIGURES_SEE, "insight:figures", _("Figures")),
        )  # fmt: skip
        items = [(name, label) for verb, name, label in begin if scope.can_anywhere(verb)]
        if not items:  # their service has not begun, or is over
            items = [("facilitators:my_service", _("My appointment"))]
        if any(scope.can_anywhere(verb) for verb in ABOUT_FACILITATORS):
            items.append(("facilitators:hub", _("Facilitators")))
        if any(holding.role.is_facilitator for holding in scope.holdings):
            items.append(("training:my_learning", _("Learn")))
        if any(scope.can_anywhere(verb) for verb in ABOUT_TRAINING):
            items.append(("training:hub", _("Training")))
        if scope.can_anywhere(Verb.PEOPLE_SEE):
            items.append(("access:people", _("People")))
        if scope.can_anywhere(Verb.REGION_MANAGE):
            items.append(("registry:places", _("Places")))
        if scope.can_anywhere(Verb.IMPORT_RUN):
            items.append(("registry:files", _("Files")))
        if scope.can_anywhere(Verb.JOURNAL_SEE):
            items.append(("insight:journal", _("Journal")))
        items.append(("portal:home", _("Public pages")))
    links = [{"url": reverse(name), "label": label} for name, label in items]
    best = max((url for link in links if _leads(url := str(link["url"]), request.path)), key=len, default="")
    if request.resolver_match and best == reverse("insight:work") != request.path:
        # A list or a record is one of the records; one's own account and the rest is nowhere in the row.
        row = {"access": "", "facilitators": reverse("facilitators:hub"), "training": reverse("training:hub")}
        best = row.get(request.resolver_match.app_name, reverse("insight:records"))
    return [{**link, "current": link["url"] == best} for link in links]


def _leads(url: str, path: str) -> bool:
    """Is a page this one or below it? The first page is above everything, so it is only itself."""
    return path == url if url == reverse("portal:home") else path.startswith(url)


def _person(scope: Scope) -> dict[str, Any]:
    first = scope.holdings[0] if scope.holdings else None
    office = f"{first.role.office} · {first.region_label}" if first else _("No role today")
    return {"name": scope.account.name if scope.account else "", "office": office, "has_role": first is not None}


def _viewing_as(scope: Scope) -> str | None:
    if scope.viewer is None or scope.account is None:
        return None
    return _("You see what %(name)s sees. You cannot act.") % {"name": scope.account.name}


def _other_language(request: HttpRequest) -> dict[str, str]:
    code, label = ("en", "English") if get_language() == "id" else ("id", "Indonesia")
    match = request.resolver_match
    if match is None:  # no page has this address
        return {"url": request.get_full_path(), "label": label, "code": code}
    with override(code):
        path = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
    query = request.META.get("QUERY_STRING", "")
    return {"url": f"{path}?{query}" if query else path, "label": label, "code": code}


def office_label(key: str) -> str:
    """The office shown for a role key kept in the journal; a resident without an account for an empty one."""
    return str(ROLES[key].office) if key in ROLES else _("Operator") if key == "operator" else key or _("Resident")
