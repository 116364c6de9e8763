"""All addresses: public pages at the root, working pages under kerja/, accounts under akun/, the API under api/v1/."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from pendamping.access.pages import public_page, render_page
from pendamping.config.api import api
from pendamping.core import gallery
from pendamping.core.documents import views as documents
from pendamping.core.health import healthz

check_paper = public_page(methods=("GET", "POST"))(partial(documents.check, render=render_page))

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("api/v1/", api.urls),
    *i18n_patterns(
        path("akun/", include("pendamping.access.accounts")),
        path("periksa/", check_paper, name="document_search"),
        path("periksa/<str:code>/", check_paper, name="document_check"),
        path("", include("pendamping.access.urls")),
        path("", include("pendamping.regions.urls")),
        path("", include("pendamping.facilitators.urls")),
        path("", include("pendamping.training.urls")),
        path("", include("pendamping.needs.urls")),
        path("", include("pendamping.deliberation.urls")),
        path("", include("pendamping.planning.urls")),
        path("", include("pendamping.delivery.urls")),
        path("", include("pendamping.benefits.urls")),
        path("", include("pendamping.assets.urls")),
        path("", include("pendamping.insight.urls")),
        path("", include("pendamping.registry.urls")),
        path("", include("pendamping.portal.urls")),
        *([path("ui/", gallery.gallery, name="gallery")] if settings.GALLERY else []),
        prefix_default_language=False,
    ),
]

handler403 = "pendamping.access.failures.forbidden"
handler404 = "pendamping.access.failures.not_found"
