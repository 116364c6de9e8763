"""Issuing to all who passed: asked for here, done by the worker; the page shows how far it is, with and without JS."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.core.languages import in_language
from pendamping.core.pieces import Link
from pendamping.training.enums.certificates import BatchState, Reason
from pendamping.training.enums.curriculum import VersionState
from pendamping.training.forms.certificates import BatchForm
from pendamping.training.models import CertificateBatch, CourseVersion
from pendamping.training.queries import certificates as queries
from pendamping.training.services import batches as services
from pendamping.training.views.certifying import PAGE, Ask, act_page, typed


@page(Verb.TRAINING_MANAGE)
def batches(request: HttpRequest) -> HttpResponse:
    """Begin a batch; below it the last ones."""
    versions = CourseVersion.objects.exclude(state=VersionState.DRAFT).select_related("course").order_by("-id")
    mine = versions.filter(course__in=request.scope.narrow(queries.all_courses(), Verb.TRAINING_MANAGE))
    form = BatchForm(request.POST or None, versions=mine)
    ask = Ask(
        title=_("Issue to all who passed"), submit=_("Begin"), back=reverse("training:certificates"),
        said=_("It has begun. You can leave this page; it goes on."), places=_crumbs(),
        lead=_("Everybody who passed and has no certificate gets one, under the name of the account."),
    )  # fmt: skip
    last = request.scope.narrow(queries.batches(), Verb.TRAINING_MANAGE)[:PAGE]
    extra = {"last": [{"batch": one, "course": _course(one)} for one in last]}
    return act_page(request, form, ask, services.begin_batch, lambda: typed(form), then=_address, extra=extra)


@page(Verb.TRAINING_MANAGE)
@require_GET
def batch(request: HttpRequest, code: str) -> HttpResponse:
    """How far it is: asked again every two seconds by htmx, or by loading the page anew."""
    found: CertificateBatch = request.scope.get_or_404(queries.batches(), Verb.TRAINING_MANAGE, code=code)
    context = {
        "batch": found, "course": _course(found), "refused": _refused(found), "places": _crumbs(found.code),
        "is_done": found.state == BatchState.DONE, "issued": found.done - len(found.refused),
    }  # fmt: skip
    is_part = request.headers.get("HX-Request") == "true"
    template = "training/_batch_progress.html" if is_part else "training/certificate_batch.html"
    return render_page(request, template, context)


def _refused(found: CertificateBatch) -> list[dict[str, Any]]:
    """Who got none, and why, in the words the act itself would use."""
    return [
        {"code": one["code"], "why": Refused(Reason(one["reason"]), code=one.get("of", "")).message}
        for one in found.refused
    ]


def _course(found: CertificateBatch) -> str:
    return in_language(found.version.course.title, get_language() or "id")


def _address(found: CertificateBatch) -> str:
    return reverse("training:certificate_batch", args=[found.code])


def _crumbs(here: str = "") -> list[Link]:
    return [
        Link(_("Certificates"), reverse("training:certificates")),
        Link(_("Issue to all who passed"), reverse("training:certificate_batches")),
        *([Link(here)] if here else []),
    ]
