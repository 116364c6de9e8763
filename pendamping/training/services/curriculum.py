"""What can happen to a curriculum: programmes, courses, competencies made; versions drafted, published, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from pendamping.access.duties import OPERATOR, office_of
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.personal import mask_to
from pendamping.facilitators.services.questions import make_bank
from pendamping.regions.models import Level, Region
from pendamping.training.enums.curriculum import Reason, VersionState
from pendamping.training.models import (
    Activity,
    Competency,
    Course,
    CourseVersion,
    Material,
    Module,
    Programme,
    Quiz,
)
from pendamping.training.queries import curriculum as queries
from pendamping.training.rules import curriculum as rules

FIRST_RULE = "quizzes >= 70 and tasks == all"  # of a new course, until somebody writes another
Words = Mapping[str, str]


MODULE_FACTS = ("position", "key", "title", "summary", "hours", "serves")
ACTIVITY_FACTS = ("position", "key", "kind", "title", "body", "url", "rubric", "is_required")
FILE_FACTS = ("title", "language", "content_type", "bytes", "pages", "sha256", "added_by")


def tell(
    verb: str, subject: Model, place: Any, *, by: Account | None, at: datetime, reason: str = "",
    changes: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Write an entry in the journal of the city; the words of a curriculum are not part of it, its keys are."""
    path = place.path if isinstance(place, Region) else place.region_path
    office = office_of(by, Verb.TRAINING_MANAGE, path, at) if by else OPERATOR
    journal.record(
        verb, subject=subject, region=path, by=by, at=at, office=office, reason=reason, changes=changes, public=False
    )


@act("training.programme_made")
def make_programme(
    *, by: Account | None, at: datetime, region: Region, key: str, title: Words, about: Words | None = None
) -> Programme:
    """Make a programme of a city (id: membuat program pelatihan). Refuses a key already there."""
    city = _city(region)
    _named(key, title, about or {})
    if Programme.objects.filter(city=city, key=key).exists():
        raise Refused(Reason.KEY_TAKEN, field="key", key=key)
    made = Programme.objects.create(created_at=at, city=city, key=key, title=_kept(title), about=_kept(about or {}))
    tell("training.programme_made", made, city, by=by, at=at, changes={"key": key})
    return made


@act("training.course_made")
def make_course(
    *, by: Account | None, at: datetime, programme: Programme, key: str, title: Words, about: Words | None = None,
    valid_months: int | None = None,
) -> Course:  # fmt: skip
    """Make a course with a question bank of its own and an empty first version (id: membuat kursus)."""
    city = Region.objects.select_for_update().get(pk=programme.city_id)
    _named(key, title, about or {})
    if Course.objects.filter(region=city, key=key).exists():
        raise Refused(Reason.KEY_TAKEN, field="key", key=key)
    bank = make_bank(by=by, at=at, region=city, name=_("Training: %(key)s") % {"key": key}, about=title["id"])
    made = Course.add(
        at=at, region=city, programme=programme, key=key, title=_kept(title), about=_kept(about or {}), bank=bank,
        valid_months=valid_months, made_by=by,
    )  # fmt: skip
    CourseVersion.objects.create(created_at=at, course=made, number=1, pass_rule=FIRST_RULE, made_by=by)
    tell("training.course_made", made, made, by=by, at=at, changes={"key": key})
    return made


@act("training.course_changed")
def change_course(
    *, by: Account | None, at: datetime, course: Course, title: Words, about: Words, valid_months: int | None
) -> Course:
    """Change what a course is called and how long its certificates are valid (id: mengubah kursus)."""
    course = Course.objects.select_for_update().get(pk=course.pk)
    _named(course.key, title, about)
    course.title, course.about, course.valid_months = _kept(title), _kept(about), valid_months
    course.save(update_fields=["title", "about", "valid_months"])
    tell("training.course_changed", course, course, by=by, at=at, changes={"valid_months": valid_months})
    return course


@act("training.version_drafted")
def draft_version(*, by: Account | None, at: datetime, course: Course, what_changed: str = "") -> CourseVersion:
    """Begin a new version (id: menyusun versi baru): a copy of the newest one, in use or withdrawn."""
    course = Course.objects.select_for_update().get(pk=course.pk)
    known = list(queries.versions(course))
    rules.may_draft(has_draft=any(one.state == VersionState.DRAFT for one in known)).or_raise()
    newest = known[0]
    made = CourseVersion.objects.create(
        created_at=at, course=course, number=newest.number + 1, pass_rule=newest.pass_rule,
        what_changed=mask_to(what_changed, 300), made_by=by,
    )  # fmt: skip
    for module in queries.modules(newest):
        _copy(module, made, at)
    tell("training.version_drafted", made, made, by=by, at=at)
    return made


def _copy(module: Module, version: CourseVersion, at: datetime) -> None:
    made = Module.objects.create(created_at=at, version=version, **_same(module, MODULE_FACTS))
    made.competencies.set(module.competencies.all())
    for activity in module.activities.all():
        copied = Activity.objects.create(created_at=at, module=made, **_same(activity, ACTIVITY_FACTS))
        quiz = queries.quiz_of(activity)
        if quiz is not None:
            Quiz.objects.create(created_at=at, activity=copied, **queries.asked_by(quiz))
        for file in activity.materials.all():  # the same file on disk, under an address of its own
            Material.objects.create(created_at=at, activity=copied, file=file.file.name, **_same(file, FILE_FACTS))


def _same(one: Model, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(one, name) for name in names}


@act("training.version_changed")
def change_version(
    *, by: Account | None, at: datetime, version: CourseVersion, pass_rule: str, what_changed: str = ""
) -> CourseVersion:
    """Write the pass rule of a draft and what differs from the version before (id: mengubah aturan kelulusan)."""
    version = draft(version)
    keys = set(version.modules.values_list("key", flat=True))
    rules.pass_rule.check(pass_rule, keys).or_raise()
    version.pass_rule, version.what_changed = pass_rule.strip(), mask_to(what_changed, 300)
    version.save(update_fields=["pass_rule", "what_changed"])
    tell("training.version_changed", version, version, by=by, at=at)
    return version


@act("training.version_dropped")
def drop_draft(*, by: Account | None, at: datetime, version: CourseVersion) -> Course:
    """Give a draft up (id: membatalkan draf versi); its question bank stays."""
    course = Course.objects.select_for_update().get(pk=version.course_id)
    found = CourseVersion.objects.filter(pk=version.pk).first()
    if found is None:
        return course
    rules.may_drop(state=found.state, versions=course.versions.count()).or_raise()
    tell("training.version_dropped", found, found, by=by, at=at)
    for module in found.modules.all():
        remove_module(module)
    found.delete()
    return course


@act("training.version_published")
def publish_version(*, by: Account | None, at: datetime, version: CourseVersion) -> CourseVersion:
    """Put a draft in use (id: menerbitkan versi); the one before is withdrawn, whoever learns it goes on with it.

    Refuses what cannot be learned, with everything that is missing. From here on nothing of it changes.
    """
    Course.objects.select_for_update().get(pk=version.course_id)
    version = CourseVersion.objects.select_for_update().select_related("course__bank").get(pk=version.pk)
    found = queries.modules(version)
    digest = rules.digest(queries.document(version, found))
    others = CourseVersion.objects.filter(course=version.course)
    same = others.filter(state=VersionState.PUBLISHED, digest=digest).first()
    rules.may_publish(
        state=version.state, lacking=queries.lacking(version, found), same_as=same.number if same else None
    ).or_raise()
    others.filter(state=VersionState.PUBLISHED).update(state=VersionState.WITHDRAWN, withdrawn_at=at)
    version.state, version.published_at, version.published_by, version.digest = VersionState.PUBLISHED, at, by, digest
    version.save(update_fields=["state", "published_at", "published_by", "digest"])
    tell("training.version_published", version, version, by=by, at=at, changes={"digest": digest})
    return version


@act("training.version_withdrawn")
def withdraw_version(*, by: Account | None, at: datetime, version: CourseVersion, reason: str = "") -> CourseVersion:
    """Offer a version no longer (id: menarik versi); whoever learns it goes on."""
    version = CourseVersion.objects.select_for_update(of=("self",)).select_related("course").get(pk=version.pk)
    rules.may_withdraw(version.state).or_raise()
    version.state, version.withdrawn_at = VersionState.WITHDRAWN, at
    version.save(update_fields=["state", "withdrawn_at"])
    tell("training.version_withdrawn", version, version, by=by, at=at, reason=mask_to(reason, 200))
    return version


@act("training.competency_kept")
def keep_competency(
    *, by: Account | None, at: datetime, region: Region, unit: str, title: str, decree: str
) -> Competency:
    """Add a unit of competence, or correct its words (id: menyimpan unit kompetensi)."""
    city, unit = _city(region), " ".join(unit.split())[:40]
    title, decree = " ".join(title.split())[:200], " ".join(decree.split())[:160]
    if not (unit and title and decree):
        raise Refused(Reason.UNIT_WHOLE)
    found, made = Competency.objects.select_for_update().get_or_create(
        city=city, unit=unit, defaults={"title": title, "decree": decree, "created_at": at}
    )
    if made or (found.title, found.decree) != (title, decree):
        found.title, found.decree = title, decree
        found.save(update_fields=["title", "decree"])
        tell("training.competency_kept", found, city, by=by, at=at, changes={"unit": unit})
    return found


def draft(version: CourseVersion) -> CourseVersion:
    """The version under lock; Refused when it may no longer be written."""
    found = CourseVersion.objects.select_for_update(of=("self",)).select_related("course").get(pk=version.pk)
    rules.may_write(found.state).or_raise()
    return found


def remove_module(module: Module) -> None:
    """Delete a module of a draft with all that is in it."""
    for activity in module.activities.all():
        remove_activity(activity)
    module.delete()


def remove_activity(activity: Activity) -> None:
    """Delete an activity of a draft with its quiz and files."""
    Quiz.objects.filter(activity=activity).delete()
    for file in activity.materials.all():
        remove_file(file)
    activity.delete()


def remove_file(file: Material) -> None:
    """Delete a material; what is on disk goes once the transaction stands and no other version has it."""
    storage, path = file.file.storage, str(file.file.name)
    file.delete()
    if not Material.objects.filter(file=path).exists():
        transaction.on_commit(lambda: storage.delete(path))


def _city(region: Region) -> Region:
    if region.level != Level.CITY:
        raise Refused(Reason.NOT_CITY, field="region")
    return Region.objects.select_for_update().get(pk=region.pk)


def _named(key: str, title: Words, about: Words) -> None:
    rules.is_key(key).or_raise()
    rules.words_fit(title, field="title", most=rules.TITLE_MOST).or_raise()
    rules.words_fit(about, field="about", most=rules.BODY_MOST, required=False).or_raise()


def _kept(words: Words) -> dict[str, str]:
    return {language: said.strip() for language, said in words.items() if said.strip()}
