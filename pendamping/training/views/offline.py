"""Reading without a signal: the service worker of one's learning pages, and the list of what is on the phone."""

from __future__ import annotations

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import public_page, render_page
from pendamping.core.pieces import Link
from pendamping.facilitators.own import own_page
from pendamping.training.offline import keepable, person_key
from pendamping.training.views.my_learning import crumbs, me_of

WORKER = "training/js/worker.js"


@public_page(max_age=0)
def learning_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, from below belajar/ so that it governs these pages and no others."""
    return HttpResponse(_script(), content_type="text/javascript; charset=utf-8")


@own_page
@require_GET
def my_offline(request: HttpRequest) -> HttpResponse:
    """The pages kept on this phone: what the worker shows without a signal when the page asked for is not kept."""
    me = me_of(request)
    context = {
        "places": [*crumbs(), Link(_("On this phone"))], "person": person_key(me),
        "root": reverse("training:my_learning"),
    }  # fmt: skip
    return keepable(render_page(request, "training/my_offline.html", context), me)


def _script() -> bytes:
    found = finders.find(WORKER)
    if found:
        with open(found, "rb") as source:
            return source.read()
    with staticfiles_storage.open(WORKER) as source:
        return bytes(source.read())
