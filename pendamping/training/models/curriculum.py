"""What is taught: programmes, courses in versions, modules, activities, and the competencies they serve.

Words for readers are kept in two languages, {"id": …, "en": …}; `core/languages.py` gives the reader's, or the other.
"""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q

from pendamping.access.models import Account
from pendamping.core.models import Record
from pendamping.facilitators.models import QuestionBank
from pendamping.regions.models import Region, RegionBound
from pendamping.training.enums.curriculum import ActivityKind, QuizPurpose, VersionState


class Competency(Record):
    """A unit of a competence standard (id: unit kompetensi SKKNI), brought in by file: code, title, decree."""

    city = models.ForeignKey(Region, models.PROTECT, related_name="+")
    unit = models.CharField(max_length=40)  # the code of the standard
    title = models.CharField(max_length=200)
    decree = models.CharField(max_length=160)

    class Meta:
        ordering: ClassVar = ["unit"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["city", "unit"], name="competency_once_per_city"),
            models.CheckConstraint(condition=~Q(unit="") & ~Q(title="") & ~Q(decree=""), name="competency_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.title}"

    @property
    def region_path(self) -> str:
        return self.city.path


class Programme(Record):
    """Courses that belong together (id: program pelatihan)."""

    city = models.ForeignKey(Region, models.PROTECT, related_name="+")
    key = models.SlugField(max_length=40)
    title = models.JSONField()
    about = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["city", "key"], name="programme_once_per_city"),
            models.CheckConstraint(condition=~Q(key=""), name="programme_has_key"),
        ]

    @property
    def region_path(self) -> str:
        return self.city.path


class Course(RegionBound):
    """Something one can learn and be certified in (id: kursus pelatihan). `region` is the city."""

    code_kind = "Y"
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="courses")
    key = models.SlugField(max_length=40)  # the same in every city that took in the same package
    title = models.JSONField()
    about = models.JSONField(default=dict)
    bank = models.ForeignKey(QuestionBank, models.PROTECT, related_name="+")  # its questions, by topic = module key
    valid_months = models.PositiveSmallIntegerField(null=True, blank=True)  # of a certificate; None: does not expire
    made_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(RegionBound.Meta):
        indexes: ClassVar = RegionBound.Meta.indexes
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "key"], name="course_once_per_city"),
            models.CheckConstraint(condition=~Q(key=""), name="course_has_key"),
            models.CheckConstraint(
                condition=Q(valid_months__isnull=True) | Q(valid_months__gt=0), name="course_validity_positive"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title.get("id") or self.key)


class CourseVersion(Record):
    """A course as it stands (id: versi kursus): from its publication on nothing of it changes."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.DRAFT)
    pass_rule = models.TextField()  # see rules/pass_rule.py
    what_changed = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64, blank=True)  # of all its words, once published
    made_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["course", "number"], name="course_version_once"),
            models.UniqueConstraint(fields=["course"], condition=Q(state="draft"), name="course_one_draft"),
            models.UniqueConstraint(fields=["course"], condition=Q(state="published"), name="course_one_published"),
            models.CheckConstraint(
                condition=Q(state="draft", published_at__isnull=True, withdrawn_at__isnull=True, digest="")
                | (Q(state="published", published_at__isnull=False, withdrawn_at__isnull=True) & ~Q(digest=""))
                | (Q(state="withdrawn", published_at__isnull=False, withdrawn_at__isnull=False) & ~Q(digest="")),
                name="course_version_moments_fit_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course} · {self.number}"

    @property
    def region_path(self) -> str:
        return self.course.region_path

    @property
    def journal_label(self) -> str:
        return f"{self.course.code} · {self.number}"


class Module(Record):
    """A subject within a version (id: modul)."""

    version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="modules")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40)
    title = models.JSONField()
    summary = models.JSONField(default=dict)
    hours = models.DecimalField(max_digits=4, decimal_places=1)  # learning hours (JP) of 45 minutes
    competencies = models.ManyToManyField(Competency, related_name="modules", blank=True)
    serves = models.JSONField(default=list)  # keys of the field errors it treats, see errors.py

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "key"], name="module_once_per_version"),
            models.UniqueConstraint(fields=["version", "position"], name="module_one_per_position"),
            models.CheckConstraint(condition=Q(hours__gt=0) & ~Q(key=""), name="module_has_hours_and_key"),
        ]

    def __str__(self) -> str:
        return str(self.title.get("id") or self.key)

    @property
    def region_path(self) -> str:
        return self.version.region_path


class Activity(Record):
    """One step of a module (id: kegiatan belajar)."""

    module = models.ForeignKey(Module, models.PROTECT, related_name="activities")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40)
    kind = models.CharField(max_length=8, choices=ActivityKind)
    title = models.JSONField()
    body = models.JSONField(default=dict)  # Markdown, for a page, a task, the notes of slides or a video
    url = models.URLField(max_length=300, blank=True)  # of a video
    rubric = models.JSONField(default=list)  # of a task: [{key, title, levels: [{points, text}]}]
    is_required = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["module", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["module", "key"], name="activity_once_per_module"),
            models.UniqueConstraint(fields=["module", "position"], name="activity_one_per_position"),
            models.CheckConstraint(condition=Q(kind="video") | Q(url=""), name="activity_address_is_of_a_video"),
        ]

    def __str__(self) -> str:
        return str(self.title.get("id") or self.key)

    @property
    def region_path(self) -> str:
        return self.module.region_path


class Quiz(Record):
    """How a quiz asks (id: kuis): so many questions of its topics in the course's bank, drawn anew each time."""

    activity = models.OneToOneField(Activity, models.PROTECT, related_name="quiz")
    purpose = models.CharField(max_length=6, choices=QuizPurpose, default=QuizPurpose.CHECK)
    topics = models.JSONField()  # module keys
    number = models.PositiveSmallIntegerField()  # drawn from all topics together, evenly
    pass_percent = models.PositiveSmallIntegerField(default=70)
    attempts_most = models.PositiveSmallIntegerField(default=0)  # 0: as many as somebody likes
    minutes = models.PositiveSmallIntegerField(default=0)  # 0: no limit

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(number__gt=0, pass_percent__lte=100), name="quiz_sensible")
        ]

    @property
    def region_path(self) -> str:
        return self.activity.region_path


def material_name() -> str:
    """128 random bits: the name in the address and on disk."""
    return secrets.token_urlsafe(16)


def material_storage() -> Storage:
    """The storage called "materials" in settings."""
    return storages["materials"]


def material_path(material: Material, filename: str) -> str:
    """Spread over 4,096 folders; the sender's own file name is kept beside, never on disk."""
    return f"{material.sha256[:3]}/{material.name}"


class Material(Record):
    """A file of an activity that came through the safe door (id: bahan ajar): PDF or picture."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="materials")
    name = models.CharField(max_length=32, unique=True, default=material_name, editable=False)
    title = models.CharField(max_length=120)
    language = models.CharField(max_length=2, default="id")
    content_type = models.CharField(max_length=40)
    bytes = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    file = models.FileField(storage=material_storage, upload_to=material_path, max_length=100)
    added_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(bytes__gt=0), name="material_is_not_empty")]

    @property
    def region_path(self) -> str:
        return self.activity.region_path
