"""Operations of courses over HTTP: programmes, courses, versions, modules, activities, files, packages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Form, Router
from ninja.files import UploadedFile

from pendamping.access.endpoints import endpoint, operation_id
from pendamping.access.verbs import Verb
from pendamping.regions.models import Level, Region
from pendamping.training.course_files import BYTES_MOST, unpacked
from pendamping.training.models import Activity, Competency, Course, CourseVersion, Material, Module, Programme
from pendamping.training.queries import curriculum as queries
from pendamping.training.schemas import curriculum as schemas
from pendamping.training.services import curriculum as services
from pendamping.training.services import modules, packages

router = Router(tags=["training"])
RIGHT = Verb.TRAINING_MANAGE
VERSION = "/courses/{code}/versions/{number}"
MODULE = f"{VERSION}/modules/{{key}}"


@endpoint(router, "POST", "/programmes", verb=RIGHT, response=schemas.ProgrammeOut)
def make_programme(request: HttpRequest, facts: schemas.ProgrammeIn) -> Any:
    """Make a programme of a city."""
    given = facts.dict()
    made = services.make_programme(**_who(request), region=_city(request, given.pop("region")), **given)
    return 201, {name: getattr(made, name) for name in ("key", "title", "about")} | {"uid": str(made.uid)}


@endpoint(router, "GET", "/courses", verb=RIGHT, response=schemas.CoursesOut)
def list_courses(request: HttpRequest) -> Any:
    """The courses you manage, with their versions."""
    found = request.scope.narrow(queries.courses(), RIGHT).prefetch_related("versions")  # type: ignore[attr-defined]
    return {"results": [_course(one) for one in found]}


@endpoint(router, "POST", "/courses", verb=RIGHT, response=schemas.CourseOut)
def make_course(request: HttpRequest, facts: schemas.CourseIn) -> Any:
    """Make a course with a question bank of its own and an empty first version."""
    given = facts.dict()
    cities = request.scope.narrow(Region.objects.filter(level=Level.CITY), RIGHT)  # type: ignore[attr-defined]
    programme = get_object_or_404(Programme, city__in=cities, uid=given.pop("programme"))
    return 201, _course(services.make_course(**_who(request), programme=programme, **given))


@endpoint(router, "GET", "/courses/{code}", verb=RIGHT, response=schemas.CourseOut)
def get_course(request: HttpRequest, code: str) -> Any:
    """One course with its versions."""
    return _course(_found(request, code))


@endpoint(router, "PUT", "/courses/{code}", verb=RIGHT, response=schemas.CourseOut)
def change_course(request: HttpRequest, code: str, facts: schemas.CourseChangeIn) -> Any:
    """Change what a course is called and how long its certificates are valid."""
    return _course(services.change_course(**_who(request), course=_found(request, code), **facts.dict()))


@endpoint(router, "POST", "/courses/{code}/versions", verb=RIGHT, response=schemas.CourseVersionOut)
def draft_version(request: HttpRequest, code: str, facts: schemas.CourseDraftIn) -> Any:
    """Begin a new version: a copy of the newest one."""
    return 201, _version(services.draft_version(**_who(request), course=_found(request, code), **facts.dict()))


@endpoint(router, "GET", VERSION, verb=RIGHT, response=schemas.CourseContentOut)
def get_version(request: HttpRequest, code: str, number: int) -> Any:
    """A version with all its words."""
    found = _of(request, code, number)
    told = queries.modules(found)
    lacking = [one.message for one in queries.lacking(found, told)]
    return {**_version(found), "lacking": lacking, "modules": queries.document(found, told)["modules"]}


@endpoint(router, "PUT", f"{VERSION}/pass-rule", verb=RIGHT, response=schemas.CourseVersionOut)
def change_pass_rule(request: HttpRequest, code: str, number: int, facts: schemas.CourseRuleIn) -> Any:
    """Write who passes."""
    return _version(services.change_version(**_who(request), version=_of(request, code, number), **facts.dict()))


@endpoint(router, "POST", f"{VERSION}/publication", verb=RIGHT, response=schemas.CourseVersionOut)
def publish_version(request: HttpRequest, code: str, number: int) -> Any:
    """Put a draft in use; refused with everything that is missing."""
    return 201, _version(services.publish_version(**_who(request), version=_of(request, code, number)))


@endpoint(router, "POST", f"{VERSION}/withdrawal", verb=RIGHT, response=schemas.CourseVersionOut)
def withdraw_version(request: HttpRequest, code: str, number: int, facts: schemas.CourseReasonIn) -> Any:
    """Offer a version no longer."""
    found = _of(request, code, number)
    return 201, _version(services.withdraw_version(**_who(request), version=found, reason=facts.reason))


@endpoint(router, "POST", f"{VERSION}/removal", verb=RIGHT, response=schemas.CourseOut)
def drop_draft(request: HttpRequest, code: str, number: int) -> Any:
    """Give a draft up."""
    return 201, _course(services.drop_draft(**_who(request), version=_of(request, code, number)))


@endpoint(router, "PUT", f"{VERSION}/modules", verb=RIGHT, response=schemas.CourseContentOut)
def write_module(request: HttpRequest, code: str, number: int, facts: schemas.CourseModuleIn) -> Any:
    """Add a module to a draft, or change the one of this key."""
    version, given = _of(request, code, number), facts.dict()
    named = given.pop("competencies")
    units = list(Competency.objects.filter(city=version.course.region, unit__in=named))
    modules.write_module(**_who(request), version=version, competencies=units, **given)
    return get_version(request, code, number)


@endpoint(router, "POST", f"{MODULE}/moves", verb=RIGHT, response=schemas.CourseContentOut)
def move_module(request: HttpRequest, code: str, number: int, key: str, facts: schemas.CourseMoveIn) -> Any:
    """Put a module one place up or down."""
    modules.move_module(**_who(request), module=_module(request, code, number, key), up=facts.to == "up")
    return 201, get_version(request, code, number)


@endpoint(router, "POST", f"{MODULE}/removal", verb=RIGHT, response=schemas.CourseContentOut)
def drop_module(request: HttpRequest, code: str, number: int, key: str) -> Any:
    """Take a module out of a draft."""
    modules.drop_module(**_who(request), module=_module(request, code, number, key))
    return 201, get_version(request, code, number)


@endpoint(router, "PUT", f"{MODULE}/activities", verb=RIGHT, response=schemas.CourseContentOut)
def write_activity(request: HttpRequest, code: str, number: int, key: str, facts: schemas.CourseActivityIn) -> Any:
    """Add an activity to a module of a draft, or change the one of this key."""
    modules.write_activity(**_who(request), module=_module(request, code, number, key), **facts.dict())
    return get_version(request, code, number)


@endpoint(router, "POST", f"{MODULE}/activities/{{name}}/moves", verb=RIGHT, response=schemas.CourseContentOut)
def move_activity(
    request: HttpRequest, code: str, number: int, key: str, name: str, facts: schemas.CourseMoveIn
) -> Any:  # fmt: skip
    """Put an activity one place up or down in its module."""
    modules.move_activity(**_who(request), activity=_activity(request, code, number, key, name), up=facts.to == "up")
    return 201, get_version(request, code, number)


@endpoint(router, "POST", f"{MODULE}/activities/{{name}}/removal", verb=RIGHT, response=schemas.CourseContentOut)
def drop_activity(request: HttpRequest, code: str, number: int, key: str, name: str) -> Any:
    """Take an activity out of its module."""
    modules.drop_activity(**_who(request), activity=_activity(request, code, number, key, name))
    return 201, get_version(request, code, number)


@endpoint(router, "POST", f"{MODULE}/activities/{{name}}/materials", verb=RIGHT, response=schemas.CourseMaterialOut)
def keep_material(
    request: HttpRequest, code: str, number: int, key: str, name: str, facts: Form[schemas.CourseMaterialIn],
    file: UploadedFile = File(...),  # noqa: B008
) -> Any:  # fmt: skip
    """Keep a PDF or picture with an activity of a draft."""
    activity = _activity(request, code, number, key, name)
    kept = modules.keep_material(**_who(request), activity=activity, file=modules.admit_file(file), **facts.dict())
    names = ("name", "title", "language", "content_type", "bytes", "sha256")
    return 201, {one: getattr(kept, one) for one in names}


@endpoint(router, "POST", "/course-materials/{name}/removal", verb=RIGHT, response=schemas.CourseContentOut)
def drop_material(request: HttpRequest, name: str) -> Any:
    """Take a file out of an activity of a draft."""
    courses = request.scope.narrow(Course.objects.all(), RIGHT)  # type: ignore[attr-defined]
    within = Material.objects.filter(activity__module__version__course__in=courses)
    found = get_object_or_404(within.select_related("activity__module__version__course"), name=name)
    version = found.activity.module.version
    modules.drop_material(**_who(request), material=found)
    return 201, get_version(request, version.course.code, version.number)


@endpoint(router, "POST", "/competencies", verb=RIGHT, response=schemas.CompetencyOut)
def keep_competency(request: HttpRequest, facts: schemas.CompetencyIn) -> Any:
    """Add a unit of competence, or correct its words."""
    given = facts.dict()
    kept = services.keep_competency(**_who(request), region=_city(request, given.pop("region")), **given)
    return 201, {name: getattr(kept, name) for name in ("unit", "title", "decree")}


@endpoint(router, "POST", "/course-packages", verb=RIGHT, response=schemas.PackageTrialOut)
def take_in_package(
    request: HttpRequest,
    facts: Form[schemas.PackageIn],
    file: UploadedFile = File(...),  # noqa: B008
) -> Any:
    """Try a course package, or take it in as a draft; what is wrong is told with file and field."""
    city = _city(request, facts.region)
    package = packages.read_package(unpacked(file.read(BYTES_MOST + 1)))
    who = _who(request)
    if facts.write:
        found = packages.brought(packages.take_in(**who, region=city, package=package))
    else:
        found = packages.try_in(by=who["by"], at=who["at"], region=city, package=package)
    return 201, {**found, "course": package.course.course["key"], "is_written": facts.write}


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.auth, "at": timezone.now(), "op": operation_id(request)}  # type: ignore[attr-defined]


def _city(request: HttpRequest, path: str) -> Region:
    cities = Region.objects.filter(level=Level.CITY)
    found: Region = request.scope.get_or_404(cities, RIGHT, path=path)  # type: ignore[attr-defined]
    return found


def _found(request: HttpRequest, code: str) -> Course:
    found: Course = request.scope.get_or_404(queries.courses(), RIGHT, code=code)  # type: ignore[attr-defined]
    return found


def _of(request: HttpRequest, code: str, number: int) -> CourseVersion:
    return get_object_or_404(queries.versions(_found(request, code)), number=number)


def _module(request: HttpRequest, code: str, number: int, key: str) -> Module:
    return get_object_or_404(Module, version=_of(request, code, number), key=key)


def _activity(request: HttpRequest, code: str, number: int, key: str, name: str) -> Activity:
    return get_object_or_404(Activity, module=_module(request, code, number, key), key=name)


def _version(one: CourseVersion) -> dict[str, Any]:
    names = ("number", "state", "pass_rule", "what_changed", "digest", "published_at", "withdrawn_at")
    return {"course": one.course.code, **{name: getattr(one, name) for name in names}}


def _course(one: Course) -> dict[str, Any]:
    names = ("code", "key", "title", "about", "valid_months")
    versions = sorted(one.versions.all(), key=lambda version: -version.number)
    for version in versions:
        version.course = one
    return {
        **{name: getattr(one, name) for name in names}, "bank": one.bank.code,
        "versions": [_version(version) for version in versions],
    }  # fmt: skip
