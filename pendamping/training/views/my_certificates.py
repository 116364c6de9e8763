"""One's own certificates: to have again any time, and what is still missing before an act in the field."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from pendamping.access.pages import render_page
from pendamping.core.languages import in_language
from pendamping.core.moments import day
from pendamping.facilitators.own import own_page
from pendamping.training.certificate_files import file_of
from pendamping.training.certificate_shown import shown
from pendamping.training.enums.curriculum import VersionState
from pendamping.training.enums.learning import EnrolmentState
from pendamping.training.gate_told import way_to
from pendamping.training.models import Course, Enrolment, Module
from pendamping.training.queries import certificates as queries
from pendamping.training.queries import gates


@own_page
@require_GET
def my_certificates(request: HttpRequest) -> HttpResponse:
    """Mine, newest first; above them what a gate asks for and I do not have."""
    account: Any = request.user
    today = day(timezone.now())
    mine = [shown(one, today) for one in queries.of_person(account)]
    closing = gates.closing(request.scope, today)
    context = {
        "mine": mine, "today": today, "wanted": _wanted(request),
        "missing": [
            (one, _course_name(one.gate.course), one.on <= today, way_to(one.gate.course, one.gate.module_key))
            for one in closing
        ],
        "waiting": [one for one in queries.to_issue().filter(account=account) if not queries.revoked_before(one)],
    }  # fmt: skip
    return render_page(request, "training/my_certificates.html", context)


@own_page
@require_GET
def my_file(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """A file of a certificate of mine."""
    account: Any = request.user
    found = queries.of_person(account).filter(code=code).first()
    if found is None:
        raise Http404
    return file_of(found, kind)


def _learned(account: Any, course: Course) -> Enrolment | None:
    """The newest enrolment of somebody in a course, not left."""
    found = Enrolment.objects.filter(account=account, version__course=course).exclude(state=EnrolmentState.WITHDRAWN)
    return found.select_related("version").order_by("-id").first()


def _wanted(request: HttpRequest) -> dict[str, Any] | None:
    """The course a gate led here for: where it is learned, its module, and what became of a certificate of it."""
    account: Any = request.user
    code = request.GET.get("kursus", "")[:16]
    course = Course.objects.filter(code=code).first() if code else None
    if course is None:
        return None
    enrolment = _learned(account, course)
    version = enrolment.version if enrolment else course.versions.filter(state=VersionState.PUBLISHED).first()
    last = queries.of_person(account).filter(version__course=course).first()
    key = request.GET.get("modul", "")[:40]
    module = Module.objects.filter(version=version, key=key).first() if version and key else None
    return {
        "name": _course_name(course), "module": in_language(module.title, get_language() or "id") if module else "",
        "href": _learning(enrolment, module), "last": shown(last, day(timezone.now())) if last else None,
        "is_passed": enrolment is not None and enrolment.state == EnrolmentState.COMPLETED,
    }  # fmt: skip


def _learning(enrolment: Enrolment | None, module: Module | None) -> str:
    """The page where it is learned; none for whoever is not enrolled."""
    if enrolment is None:
        return ""
    if module is None:
        return reverse("training:my_course", args=[enrolment.code])
    return reverse("training:my_module", args=[enrolment.code, module.key])


def _course_name(course: Course) -> str:
    return in_language(course.title, get_language() or "id")
