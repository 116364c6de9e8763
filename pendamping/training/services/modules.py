"""What can happen inside a draft: modules and activities written, put in order, taken out; files kept with them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from typing import IO, Any

from django.core.files.base import ContentFile
from django.db.models import Max, QuerySet

from pendamping.access.models import Account
from pendamping.core.acts import act
from pendamping.core.documents import pdf_door
from pendamping.core.documents.pdf_door import CleanPdf
from pendamping.core.errors import Refused
from pendamping.core.images import door as image_door
from pendamping.core.images.door import CleanImage
from pendamping.training.enums.curriculum import ActivityKind, QuizPurpose, Reason
from pendamping.training.models import Activity, Competency, CourseVersion, Material, Module, Quiz
from pendamping.training.rules import curriculum as rules
from pendamping.training.rules import rubrics
from pendamping.training.services.curriculum import Words, draft, remove_activity, remove_file, remove_module, tell

CleanFile = CleanPdf | CleanImage


def admit_file(upload: bytes | IO[bytes]) -> CleanFile:
    """A PDF or a picture, by its first bytes; raises Refused. Call it before a transaction, never inside."""
    if isinstance(upload, bytes):
        head = upload[:5]
    else:
        upload.seek(0)
        head = upload.read(5)
    return pdf_door.admit(upload) if pdf_door.is_pdf(head) else image_door.admit(upload)


@act("training.module_written")
def write_module(
    *, by: Account | None, at: datetime, version: CourseVersion, key: str, title: Words, hours: Decimal,
    summary: Words | None = None, serves: Sequence[str] = (), competencies: Collection[Competency] = (),
) -> Module:  # fmt: skip
    """Add a module to a draft, or change the one of this key (id: menulis modul)."""
    version = draft(version)
    summary = summary or {}
    rules.is_key(key).or_raise()
    rules.words_fit(title, field="title", most=rules.TITLE_MOST).or_raise()
    rules.words_fit(summary, field="summary", most=1000, required=False).or_raise()
    rules.hours_fit(hours).or_raise()
    if any(one.city_id != version.course.region_id for one in competencies):
        raise Refused(Reason.UNIT_ELSEWHERE, field="competencies")
    facts = {"title": _kept(title), "summary": _kept(summary), "hours": hours, "serves": sorted(set(serves))}
    module = Module.objects.filter(version=version, key=key).first() or Module(
        created_at=at, version=version, key=key, position=_next(version.modules.all())
    )
    for name, value in facts.items():
        setattr(module, name, value)
    module.save()
    module.competencies.set(competencies)
    tell("training.module_written", module, module, by=by, at=at, changes={"module": key})
    return module


@act("training.module_moved")
def move_module(*, by: Account | None, at: datetime, module: Module, up: bool = True) -> Module:
    """Put a module one place nearer to the beginning, or to the end (id: menggeser modul)."""
    version = draft(module.version)
    _swap(Module.objects.filter(version=version), module, up)
    tell("training.module_moved", module, module, by=by, at=at, changes={"module": module.key})
    return module


@act("training.module_dropped")
def drop_module(*, by: Account | None, at: datetime, module: Module) -> CourseVersion:
    """Take a module out of a draft (id: menghapus modul)."""
    version = draft(module.version)
    tell("training.module_dropped", version, version, by=by, at=at, changes={"module": module.key})
    remove_module(module)
    return version


@act("training.activity_written")
def write_activity(
    *, by: Account | None, at: datetime, module: Module, key: str, kind: str, title: Words, body: Words | None = None,
    url: str = "", rubric: Sequence[dict[str, Any]] = (), is_required: bool = True, quiz: dict[str, Any] | None = None,
) -> Activity:  # fmt: skip
    """Add an activity to a module of a draft, or change the one of this key (id: menulis kegiatan belajar).

    Its kind does not change. `quiz`: purpose, topics, number, pass_percent, attempts_most, minutes.
    """
    draft(module.version)
    body = body or {}
    rules.is_key(key).or_raise()
    rules.words_fit(title, field="title", most=rules.TITLE_MOST).or_raise()
    rules.words_fit(body, field="body", most=rules.BODY_MOST, required=False).or_raise()
    rubrics.is_whole(rubric).or_raise()
    if kind == ActivityKind.VIDEO and url and not url.startswith("https://"):
        raise Refused(Reason.ADDRESS, field="url")
    found = Activity.objects.filter(module=module, key=key).first()
    if found is not None and found.kind != kind:
        raise Refused(Reason.KEY_TAKEN, field="key", key=key)
    activity = found or Activity(
        created_at=at, module=module, key=key, kind=kind, position=_next(module.activities.all())
    )
    activity.title, activity.body, activity.is_required = _kept(title), _kept(body), is_required
    activity.url = url[:300] if kind == ActivityKind.VIDEO else ""
    activity.rubric = list(rubric) if kind == ActivityKind.TASK else []
    activity.save()
    if kind == ActivityKind.QUIZ:
        _ask(activity, at, **(quiz or {"topics": [module.key], "number": 8}))
    tell("training.activity_written", activity, activity, by=by, at=at, changes={"module": module.key, "activity": key})
    return activity


def _ask(
    activity: Activity, at: datetime, *, topics: Sequence[str], number: int, purpose: str = QuizPurpose.CHECK,
    pass_percent: int = 70, attempts_most: int = 0, minutes: int = 0,
) -> None:  # fmt: skip
    rules.asks_fit(topics=topics, number=number, pass_percent=pass_percent).or_raise()
    facts = {
        "topics": list(dict.fromkeys(topics)), "number": number, "purpose": purpose, "pass_percent": pass_percent,
        "attempts_most": attempts_most, "minutes": minutes,
    }  # fmt: skip
    Quiz.objects.update_or_create(activity=activity, defaults=facts, create_defaults={**facts, "created_at": at})


@act("training.activity_moved")
def move_activity(*, by: Account | None, at: datetime, activity: Activity, up: bool = True) -> Activity:
    """Put an activity one place nearer to the beginning of its module, or to the end (id: menggeser kegiatan)."""
    draft(activity.module.version)
    _swap(Activity.objects.filter(module=activity.module), activity, up)
    tell("training.activity_moved", activity, activity, by=by, at=at, changes={"activity": activity.key})
    return activity


@act("training.activity_dropped")
def drop_activity(*, by: Account | None, at: datetime, activity: Activity) -> Module:
    """Take an activity out of a module of a draft (id: menghapus kegiatan belajar)."""
    module = activity.module
    draft(module.version)
    tell("training.activity_dropped", module, module, by=by, at=at, changes={"activity": activity.key})
    remove_activity(activity)
    return module


@act("training.material_kept")
def keep_material(
    *, by: Account | None, at: datetime, activity: Activity, title: str, file: CleanFile, language: str = "id"
) -> Material:
    """Keep a PDF or picture with an activity of a draft (id: menyimpan bahan ajar)."""
    draft(activity.module.version)
    rules.words_fit({"id": title}, field="title", most=120).or_raise()
    kept = Material(
        created_at=at, activity=activity, title=title.strip(), language=language, content_type=file.kind,
        bytes=len(file.data), pages=getattr(file, "pages", 0), sha256=file.sha256, added_by=by,
    )  # fmt: skip
    kept.file.save("", ContentFile(file.data), save=False)
    kept.save()
    tell("training.material_kept", kept, kept, by=by, at=at, changes={"sha256": file.sha256, "bytes": kept.bytes})
    return kept


@act("training.material_dropped")
def drop_material(*, by: Account | None, at: datetime, material: Material) -> Activity:
    """Take a file out of an activity of a draft (id: menghapus bahan ajar)."""
    activity = material.activity
    draft(activity.module.version)
    tell("training.material_dropped", activity, activity, by=by, at=at, changes={"sha256": material.sha256})
    remove_file(material)
    return activity


def _next(rows: QuerySet[Any]) -> int:
    return int(rows.aggregate(last=Max("position"))["last"] or 0) + 1


def _swap(rows: QuerySet[Any], one: Any, up: bool) -> None:
    """Change places with the neighbour; through a place behind all, since no two may stand at the same."""
    one.refresh_from_db(fields=["position"])
    near = rows.filter(position__lt=one.position) if up else rows.filter(position__gt=one.position)
    other = near.order_by("-position" if up else "position").first()
    if other is None:
        raise Refused(Reason.LINE_END)
    mine, theirs = one.position, other.position
    for row, place in ((other, _next(rows)), (one, theirs), (other, mine)):
        row.position = place
        row.save(update_fields=["position"])


def _kept(words: Words) -> dict[str, str]:
    return {language: said.strip() for language, said in words.items() if said.strip()}
