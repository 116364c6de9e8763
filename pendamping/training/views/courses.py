"""Working pages of courses: the list, one course with its versions, packages and the default curriculum."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.core.pieces import Act, Column
from pendamping.training import default_curriculum
from pendamping.training.course_files import BYTES_MOST, unpacked
from pendamping.training.enums.curriculum import VersionState
from pendamping.training.forms import curriculum as forms
from pendamping.training.models import Programme
from pendamping.training.queries import curriculum as queries
from pendamping.training.rules import curriculum as rules
from pendamping.training.services import curriculum as services
from pendamping.training.services import packages
from pendamping.training.views.writing import (
    RIGHT,
    Ask,
    address,
    cities,
    course_of,
    form_page,
    told,
    trail,
    version_address,
)

TONES = {VersionState.DRAFT: "waiting", VersionState.PUBLISHED: "done", VersionState.WITHDRAWN: "stopped"}


@page(Verb.TRAINING_MANAGE)
@require_GET
def courses(request: HttpRequest) -> HttpResponse:
    """The courses of my city by programme."""
    found = list(request.scope.narrow(queries.courses(), RIGHT))  # type: ignore[attr-defined]
    programmes = _programmes(request).exists()
    no_programme = "" if programmes else _("Make a programme first: courses belong to one.")
    acts = [
        Act(_("New course"), address("course_make"), kind="primary", refusal=no_programme),
        Act(_("Take in the default curriculum"), address("curriculum_take_in"), post=True),
        Act(_("Bring in a package"), address("package_take_in")),
        Act(_("New programme"), address("programme_make"), kind="quiet"),
        Act(_("Units of competence"), address("competencies"), kind="quiet"),
    ]
    rows = [(one, told(one.title), told(one.programme.title)) for one in found]
    return render_page(request, "training/courses.html", {"rows": rows, "acts": acts})


@page(Verb.TRAINING_MANAGE)
def programme_make(request: HttpRequest) -> HttpResponse:
    """A new programme."""
    form = forms.ProgrammeForm(request.POST or None, cities=cities(request))
    ask = Ask(_("New programme"), _("Make the programme"), address("courses"), _("The programme is made."),
              places=trail(_("New programme")))  # fmt: skip
    return form_page(request, form, ask, services.make_programme, lambda: form.facts("region", "key"))


@page(Verb.TRAINING_MANAGE)
def course_make(request: HttpRequest) -> HttpResponse:
    """A new course with an empty first version."""
    form = forms.NewCourseForm(request.POST or None, programmes=_programmes(request))
    ask = Ask(_("New course"), _("Make the course"), address("courses"), _("The course is made. Now add modules."),
              places=trail(_("New course")))  # fmt: skip
    return form_page(
        request, form, ask, services.make_course, lambda: form.facts("programme", "key", "valid_months"),
        then=lambda made: address("version", made.code, 1),
    )  # fmt: skip


@page(Verb.TRAINING_MANAGE)
@require_GET
def course(request: HttpRequest, code: str) -> HttpResponse:
    """One course: what it is, its versions, newest first, and its question bank."""
    found = course_of(request, code)
    versions = list(queries.versions(found))
    has_draft = any(one.state == VersionState.DRAFT for one in versions)
    acts = [
        Act(_("Begin a new version"), address("version_draft", code), kind="primary",
            refusal=rules.may_draft(has_draft=has_draft).message),
        Act(_("Change title and validity"), address("course_change", code)),
    ]  # fmt: skip
    if request.scope.can(Verb.SELECTION_MANAGE, found):  # type: ignore[attr-defined]
        acts.append(Act(_("Question bank"), reverse("facilitators:question_bank", args=[found.bank.code])))
    context = {
        "course": found, "title": told(found.title), "about": told(found.about), "acts": acts,
        "versions": [(one, version_address(one), TONES[VersionState(one.state)]) for one in versions],
        "programme": told(found.programme.title), "places": trail(found),
    }  # fmt: skip
    return render_page(request, "training/course.html", context)


@page(Verb.TRAINING_MANAGE)
def course_change(request: HttpRequest, code: str) -> HttpResponse:
    """What a course is called, and how long its certificates are valid."""
    found = course_of(request, code)
    known = {"valid_months": found.valid_months, **forms.in_two(found.title, "title")}
    form = forms.CourseForm(request.POST or None, initial={**known, **forms.in_two(found.about, "about")})
    title = _("Change title and validity")
    ask = Ask(title, _("Keep"), address("course", code), _("The course is changed."), places=trail(found, title))
    return form_page(
        request, form, ask, services.change_course, lambda: {"course": found, **form.facts("valid_months")}
    )


@page(Verb.TRAINING_MANAGE)
def version_draft(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a new version: a copy of the newest."""
    found = course_of(request, code)
    form, title = forms.ChangedForm(request.POST or None), _("Begin a new version")
    ask = Ask(title, title, address("course", code), _("A copy is ready to be changed. It is in use once you say so."),
              lead=_("Learners go on with the version they began."), places=trail(found, title))  # fmt: skip
    return form_page(
        request, form, ask, services.draft_version,
        lambda: {"course": found, "what_changed": form.cleaned_data["what_changed"]}, then=version_address,
    )  # fmt: skip


@page(Verb.TRAINING_MANAGE)
def package_take_in(request: HttpRequest) -> HttpResponse:
    """A course package: tried first; what is wrong is told with file and field."""
    form = forms.PackageForm(request.POST or None, request.FILES or None, cities=cities(request))
    found = None
    if request.method == "POST" and form.is_valid():
        data, who = form.cleaned_data, {"by": request.scope.account, "at": timezone.now()}  # type: ignore[attr-defined]
        try:
            package = packages.read_package(unpacked(data["file"].read(BYTES_MOST + 1)))
            if data["what"] == forms.PackageForm.TRY:
                found = packages.try_in(**who, region=data["region"], package=package)
            else:
                version = packages.take_in(**who, op=data["op"], region=data["region"], package=package)
                messages.success(request, _("The package is taken in. Read it through, then put it in use."))
                return redirect(version_address(version))
        except Refused as refusal:
            form.add_error("file" if refusal.field == "file" else None, refusal.message)
    title = _("Bring in a package")
    context = {"form": form, "found": found, "places": trail(title), "title": title}
    return render_page(request, "training/package.html", context)


@page(Verb.TRAINING_MANAGE)
@require_POST
def curriculum_take_in(request: HttpRequest) -> HttpResponse:
    """The courses that come with the software, as drafts; those of which a draft is being written are left."""
    city = cities(request).first()
    who = {"by": request.scope.account, "at": timezone.now(), "region": city}  # type: ignore[attr-defined]
    try:
        for package in default_curriculum.packages():
            named = told(package.course.course["title"])
            try:
                packages.take_in(**who, package=package)
                messages.success(request, _("“%(course)s” is taken in as a draft.") % {"course": named})
            except Refused as refusal:
                messages.warning(request, f"{named}: {refusal.message}")
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(address("courses"))


@page(Verb.TRAINING_MANAGE)
@require_GET
def competencies(request: HttpRequest) -> HttpResponse:
    """The units of competence of my city, and how many modules in use serve each."""
    within = cities(request)
    found = queries.competencies().filter(city__in=within)
    rows = [[one.unit, one.title, one.decree, one.served] for one in found]
    columns = [_("Code"), _("Title"), _("Decree"), Column(_("Modules in use"), number=True)]
    may_bring = request.scope.can_anywhere(Verb.IMPORT_RUN)  # type: ignore[attr-defined]
    context = {
        "rows": rows, "columns": columns, "places": trail(_("Units of competence")),
        "acts": [Act(_("Bring in a file"), reverse("registry:files"))] if may_bring else [],
    }  # fmt: skip
    return render_page(request, "training/competencies.html", context)


def _programmes(request: HttpRequest) -> QuerySet[Programme]:
    return Programme.objects.filter(city__in=cities(request)).order_by("id")
