"""Courses exchanged as packages: any version goes out; a package comes in as a draft, by the same acts as by hand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from pendamping.access.models import Account
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.facilitators.models import Question
from pendamping.facilitators.rules.questions import digest
from pendamping.facilitators.services.questions import add_question, retire_question
from pendamping.regions.models import Region
from pendamping.training.enums.curriculum import Reason, VersionState
from pendamping.training.models import Activity, Competency, Course, CourseVersion, Material, Programme
from pendamping.training.queries import curriculum as queries
from pendamping.training.rules import packages as rules
from pendamping.training.rules.packages import Packed, PackedActivity, PackedModule
from pendamping.training.services import curriculum, modules
from pendamping.training.services.modules import CleanFile, admit_file


@dataclass(frozen=True)
class Package:
    """A course read from its files, with its materials through the safe door; `str` is what an act's digest takes."""

    course: Packed
    files: Mapping[str, CleanFile]
    digest: str

    def __str__(self) -> str:
        return self.digest


def read_package(files: Mapping[str, bytes]) -> Package:
    """The course of these files; Refused with every fault. Looks through PDF and pictures: call it before an act."""
    found, faults = rules.read(files)
    if found is None:
        rules.verdict(faults).or_raise()
        raise AssertionError
    named = {name for module in found.modules for one in module.activities for _t, _l, name in one.files}
    clean = {name: admit_file(files[name]) for name in sorted(named)}
    told = curriculum.rules.digest({name: data.hex() for name, data in sorted(files.items())})
    return Package(found, clean, told)


@act("training.package_taken_in")
def take_in(*, by: Account | None, at: datetime, region: Region, package: Package) -> CourseVersion:
    """Make a draft of a course, new or known by its key, from a package (id: memasukkan paket kursus).

    Questions known already stay; one whose key came with other words takes the place of the old in its module. Refuses
    while a draft of the course is being written, and a package that reads as the version in use and its questions.
    """
    packed = package.course
    who: dict[str, Any] = {"by": by, "at": at}
    course = _course(packed, region, who)
    version = course.versions.filter(state=VersionState.DRAFT).order_by("number").first()
    if version is None or version.modules.exists():
        version = curriculum.draft_version(**who, course=course)
        for copied in version.modules.all():
            curriculum.remove_module(copied)
    units = {one["unit"]: curriculum.keep_competency(**who, region=region, **one) for one in packed.competencies}
    changed = _take_questions(packed, course, who)
    for module in packed.modules:
        _take_module(module, version, package.files, units, who)
    version = curriculum.change_version(**who, version=version, pass_rule=packed.pass_rule)
    in_use = course.versions.filter(state=VersionState.PUBLISHED).first()
    if in_use and not changed and in_use.digest == curriculum.rules.digest(queries.document(version)):
        raise Refused(Reason.SAME_AS_BEFORE, number=in_use.number)
    told = {"course": course.key, "package": package.digest, "modules": len(packed.modules)}
    curriculum.tell("training.package_taken_in", version, course, **who, changes=told)
    return version


class _Undo(Exception):
    """Leaves a transaction without keeping anything."""


def try_in(*, by: Account | None, at: datetime, region: Region, package: Package) -> dict[str, int]:
    """What taking a package in would bring, with nothing kept; Refused as the act would be."""
    found: dict[str, int] = {}
    try:
        with transaction.atomic():
            found = brought(take_in(by=by, at=at, region=region, package=package))
            raise _Undo
    except _Undo:
        return found


def brought(version: CourseVersion) -> dict[str, int]:
    """What the package that became this draft brought: everything in it is of one moment, its new questions too."""
    modules = version.modules.all()
    new = version.course.bank.questions.filter(created_at__in=modules.values("created_at"))
    return {
        "version": version.number, "modules": modules.count(),
        "activities": Activity.objects.filter(module__in=modules).count(), "questions": new.count(),
    }  # fmt: skip


def _course(packed: Packed, region: Region, who: dict[str, Any]) -> Course:
    known = Course.objects.filter(region=region, key=packed.course["key"]).first()
    if known is not None:
        return known
    programme = Programme.objects.filter(city=region, key=packed.programme["key"]).first()
    if programme is None:
        programme = curriculum.make_programme(**who, region=region, **packed.programme)
    return curriculum.make_course(**who, programme=programme, **packed.course)


def _take_questions(packed: Packed, course: Course, who: dict[str, Any]) -> int:
    """Those not known come in; what stood under their key in their module goes out of use. How many changed."""
    told = [(one, _sign(one.facts)) for module in packed.modules for one in module.questions]
    known = {one.digest: one for one in Question.objects.filter(bank=course.bank)}
    named = {sign for _one, sign in told}
    by_key = defaultdict(list)
    for old in known.values():
        if old.source and old.retired_at is None and old.digest not in named:
            by_key[old.topic, old.source].append(old)
    changed = 0
    for one, sign in told:
        if sign not in known:
            add_question(**who, bank=course.bank, source=one.key, **one.facts)
            changed += 1
        for old in by_key[one.facts["topic"], one.key]:
            retire_question(**who, question=old, reason=f"Diganti paket kursus {course.key}")
            changed += 1
    return changed


def _sign(facts: Mapping[str, Any]) -> str:
    return digest(kind=facts["kind"], text=facts["text"], options=facts["options"])


def _take_module(
    packed: PackedModule, version: CourseVersion, files: Mapping[str, CleanFile], units: Mapping[str, Competency],
    who: dict[str, Any],
) -> None:  # fmt: skip
    served = [units[unit] for unit in packed.units]
    module = modules.write_module(**who, version=version, competencies=served, **packed.facts)
    for one in packed.activities:
        _take_activity(one, module, files, who)


def _take_activity(one: PackedActivity, module: Any, files: Mapping[str, CleanFile], who: dict[str, Any]) -> None:
    activity = modules.write_activity(**who, module=module, **one.facts)
    for title, language, name in one.files:
        modules.keep_material(**who, activity=activity, title=title, language=language, file=files[name])


def package_of(version: CourseVersion) -> dict[str, bytes]:
    """The files of a version's package; its questions are those in use in the course's bank now."""
    course = version.course
    document = queries.document(version)
    held = Question.objects.filter(bank=course.bank, retired_at=None).order_by("id")
    names = ("kind", "difficulty", "text", "options", "feedback", "translations")
    questions: dict[str, list[dict[str, Any]]] = defaultdict(list)
    named = Counter((one.topic, one.source) for one in held)  # those of one imported file all name the file
    for one in held:
        alone = one.source and named[one.topic, one.source] == 1
        key = one.source[:80] if alone else f"{one.topic[:60]}-{one.digest[:16]}"
        questions[one.topic].append({"key": key, **{name: getattr(one, name) for name in names}})
    units = Competency.objects.filter(modules__version=version).distinct().order_by("unit")
    about = {
        "programme": _named(course.programme), "course": {**_named(course), "valid_months": course.valid_months},
    }  # fmt: skip
    kept = Material.objects.filter(activity__module__version=version).select_related("activity__module")
    endings = {one.sha256: "pdf" if one.content_type == "application/pdf" else "webp" for one in kept}

    def name_of(sha256: str) -> str:
        return f"{sha256[:16]}.{endings[sha256]}"

    files = rules.written(
        document, about=about, competencies=[_unit(one) for one in units], questions=questions,
        name_of=name_of,
    )  # fmt: skip
    for file in kept:
        with file.file.open("rb") as stored:
            files[f"{file.activity.module.key}/files/{name_of(file.sha256)}"] = stored.read()
    return files


def _unit(one: Competency) -> dict[str, str]:
    return {"unit": one.unit, "title": one.title, "decree": one.decree}


def _named(one: Course | Programme) -> dict[str, Any]:
    return {"key": one.key, "title": one.title, "about": one.about}
