import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import pendamping.core.models
import pendamping.training.models.curriculum


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "__first__"),
        ("core", "0002_append_only"),
        ("facilitators", "0001_initial"),
        ("regions", "0002_path_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("key", models.SlugField(max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("page", "Reading page"),
                            ("slides", "Slides or PDF"),
                            ("video", "Video"),
                            ("task", "Field task"),
                            ("quiz", "Quiz"),
                            ("session", "Face-to-face session"),
                        ],
                        max_length=8,
                    ),
                ),
                ("title", models.JSONField()),
                ("body", models.JSONField(default=dict)),
                ("url", models.URLField(blank=True, max_length=300)),
                ("rubric", models.JSONField(default=list)),
                ("is_required", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["module", "position"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind", "video"), ("url", ""), _connector="OR"),
                        name="activity_address_is_of_a_video",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Competency",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("unit", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=200)),
                ("decree", models.CharField(max_length=160)),
                (
                    "city",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
                    ),
                ),
            ],
            options={
                "ordering": ["unit"],
                "constraints": [
                    models.UniqueConstraint(fields=("city", "unit"), name="competency_once_per_city"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("unit", ""), _negated=True),
                            models.Q(("title", ""), _negated=True),
                            models.Q(("decree", ""), _negated=True),
                        ),
                        name="competency_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Course",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("code", models.CharField(editable=False, max_length=12, unique=True)),
                ("region_path", models.CharField(editable=False, max_length=16)),
                ("period", models.PositiveIntegerField(editable=False)),
                (
                    "city_path",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Substr("region_path", 1, 4),
                        output_field=models.CharField(max_length=4),
                    ),
                ),
                (
                    "district_path",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Substr("region_path", 1, 6),
                        output_field=models.CharField(max_length=6),
                    ),
                ),
                (
                    "ward_path",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Substr("region_path", 1, 10),
                        output_field=models.CharField(max_length=10),
                    ),
                ),
                ("key", models.SlugField(max_length=40)),
                ("title", models.JSONField()),
                ("about", models.JSONField(default=dict)),
                ("valid_months", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "bank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="facilitators.questionbank"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["city_path", "-id"], name="course_city_idx"),
                    models.Index(fields=["district_path", "-id"], name="course_district_idx"),
                    models.Index(fields=["ward_path", "-id"], name="course_ward_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("region", "key"), name="course_once_per_city"),
                    models.CheckConstraint(condition=models.Q(("key", ""), _negated=True), name="course_has_key"),
                    models.CheckConstraint(
                        condition=models.Q(("valid_months__isnull", True), ("valid_months__gt", 0), _connector="OR"),
                        name="course_validity_positive",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CourseVersion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Being written"),
                            ("published", "In use"),
                            ("withdrawn", "No longer offered"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("pass_rule", models.TextField()),
                ("what_changed", models.CharField(blank=True, max_length=300)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="training.course"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("course", "number"), name="course_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")), fields=("course",), name="course_one_draft"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "published")), fields=("course",), name="course_one_published"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("digest", ""),
                                ("published_at__isnull", True),
                                ("state", "draft"),
                                ("withdrawn_at__isnull", True),
                            ),
                            models.Q(
                                ("published_at__isnull", False),
                                ("state", "published"),
                                ("withdrawn_at__isnull", True),
                                models.Q(("digest", ""), _negated=True),
                            ),
                            models.Q(
                                ("published_at__isnull", False),
                                ("state", "withdrawn"),
                                ("withdrawn_at__isnull", False),
                                models.Q(("digest", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="course_version_moments_fit_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CertificateBatch",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("code", models.CharField(editable=False, max_length=12, unique=True)),
                ("region_path", models.CharField(editable=False, max_length=16)),
                ("period", models.PositiveIntegerField(editable=False)),
                (
                    "city_path",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Substr("region_path", 1, 4),
                        output_field=models.CharField(max_length=4),
                    ),
                ),
                (
                    "district_path",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Substr("region_path", 1, 6),
                        output_field=models.CharField(max_length=6),
                    ),
                ),
                (
                    "ward_path",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Substr("region_path", 1, 10),
                        output_field=models.CharField(max_length=10),
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waits for the worker"), ("running", "Under way"), ("done", "Done")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("total", models.PositiveIntegerField()),
                ("done", models.PositiveIntegerField(default=0)),
                ("refused", models.JSONField(default=list)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="batches", to="training.courseversion"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["city_path", "-id"], name="certificatebatch_city_idx"),
                    models.Index(fields=["district_path", "-id"], name="certificatebatch_district_idx"),
                    models.Index(fields=["ward_path", "-id"], name="certificatebatch_ward_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at__isnull", False), ("state", "done")),
                            models.Q(models.Q(("state", "done"), _negated=True), ("finished_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="certificate_batch_finished_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("done__lte", models.F("total"))), name="certificate_batch_counts"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("code", models.CharField(editable=False, max_length=12, unique=True)),
                ("region_path", models.CharField(editable=False, max_length=16)),
                ("period", models.PositiveIntegerField(editable=False)),
                (
                    "city_path",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Substr("region_path", 1, 4),
                        output_field=models.CharField(max_length=4),
                    ),
                ),
                (
                    "district_path",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Substr("region_path", 1, 6),
                        output_field=models.CharField(max_length=6),
                    ),
                ),
                (
                    "ward_path",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Substr("region_path", 1, 10),
                        output_field=models.CharField(max_length=10),
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "Learning"), ("completed", "Passed"), ("withdrawn", "Left the course")],
                        default="active",
                        max_length=10,
                    ),
                ),
                ("last_at", models.DateTimeField(blank=True, null=True)),
                ("completed_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_reason", models.CharField(blank=True, max_length=200)),
                ("has_opined", models.BooleanField(default=False)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "enrolled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "last_activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="training.activity",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="training.courseversion",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["city_path", "-id"], name="enrolment_city_idx"),
                    models.Index(fields=["district_path", "-id"], name="enrolment_district_idx"),
                    models.Index(fields=["ward_path", "-id"], name="enrolment_ward_idx"),
                    models.Index(fields=["version", "state"], name="enrolment_version_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "withdrawn"), _negated=True),
                        fields=("account", "version"),
                        name="enrolment_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("completed_at__isnull", True), ("ended_at__isnull", True), ("state", "active")),
                            models.Q(
                                ("completed_at__isnull", False), ("ended_at__isnull", True), ("state", "completed")
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("state", "withdrawn"),
                                models.Q(("ended_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="enrolment_moments_fit_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("code", models.CharField(editable=False, max_length=12, unique=True)),
                ("region_path", models.CharField(editable=False, max_length=16)),
                ("period", models.PositiveIntegerField(editable=False)),
                (
                    "city_path",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Substr("region_path", 1, 4),
                        output_field=models.CharField(max_length=4),
                    ),
                ),
                (
                    "district_path",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Substr("region_path", 1, 6),
                        output_field=models.CharField(max_length=6),
                    ),
                ),
                (
                    "ward_path",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Substr("region_path", 1, 10),
                        output_field=models.CharField(max_length=10),
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("valid", "Valid"),
                            ("superseded", "Replaced by another one"),
                            ("revoked", "Revoked"),
                        ],
                        default="valid",
                        max_length=10,
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("status_index", models.PositiveIntegerField()),
                ("credential", models.TextField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successor",
                        to="training.certificate",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="training.certificatebatch",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="training.courseversion",
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="training.enrolment",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["city_path", "-id"], name="certificate_city_idx"),
                    models.Index(fields=["district_path", "-id"], name="certificate_district_idx"),
                    models.Index(fields=["ward_path", "-id"], name="certificate_ward_idx"),
                    models.Index(fields=["account", "state"], name="certificate_account_idx"),
                    models.Index(fields=["valid_until"], name="certificate_until_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "valid")),
                        fields=("enrolment",),
                        name="certificate_one_valid_per_enrolment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("reason", ""), ("state", "valid")),
                            models.Q(
                                models.Q(("state", "valid"), _negated=True),
                                ("ended_at__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="certificate_ended_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="certificate_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("credential", ""), _negated=True)
                        ),
                        name="certificate_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("seed", models.CharField(max_length=64)),
                ("pass_percent", models.PositiveSmallIntegerField()),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "finish",
                    models.CharField(
                        blank=True,
                        choices=[("handed_in", "Handed in"), ("time", "Time was up"), ("absent", "Did not begin")],
                        max_length=10,
                    ),
                ),
                ("percent", models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="training.activity"
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attempts", to="training.enrolment"
                    ),
                ),
            ],
            options={
                "ordering": ["enrolment", "activity", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("enrolment", "activity", "number"), name="attempt_once_per_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("finished_at__isnull", True)),
                        fields=("enrolment", "activity"),
                        name="attempt_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finish", ""), ("finished_at__isnull", True), ("percent__isnull", True)),
                            models.Q(
                                ("finished_at__isnull", False),
                                ("percent__isnull", False),
                                models.Q(("finish", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="attempt_finished_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Gate",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("verb", models.CharField(max_length=40)),
                ("role", models.CharField(blank=True, max_length=40)),
                ("module_key", models.SlugField(blank=True, max_length=40)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("grace_days", models.PositiveSmallIntegerField(default=0)),
                ("legal_basis", models.CharField(max_length=200)),
                (
                    "city",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="gates", to="training.course"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["verb", "role", "starts_on"],
                "constraints": [
                    models.UniqueConstraint(fields=("city", "course", "verb", "role", "starts_on"), name="gate_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            ("ended_by__isnull", False),
                            _connector="OR",
                        ),
                        name="gate_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("legal_basis", ""), _negated=True), models.Q(("verb", ""), _negated=True)
                        ),
                        name="gate_has_basis",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Material",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "name",
                    models.CharField(
                        default=pendamping.training.models.curriculum.material_name,
                        editable=False,
                        max_length=32,
                        unique=True,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("language", models.CharField(default="id", max_length=2)),
                ("content_type", models.CharField(max_length=40)),
                ("bytes", models.PositiveIntegerField()),
                ("pages", models.PositiveSmallIntegerField(default=0)),
                ("sha256", models.CharField(max_length=64)),
                (
                    "file",
                    models.FileField(
                        storage=pendamping.training.models.curriculum.material_storage,
                        upload_to=pendamping.training.models.curriculum.material_path,
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="materials", to="training.activity"
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("bytes__gt", 0)), name="material_is_not_empty")
                ],
            },
        ),
        migrations.CreateModel(
            name="Module",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("key", models.SlugField(max_length=40)),
                ("title", models.JSONField()),
                ("summary", models.JSONField(default=dict)),
                ("hours", models.DecimalField(decimal_places=1, max_digits=4)),
                ("serves", models.JSONField(default=list)),
                ("competencies", models.ManyToManyField(blank=True, related_name="modules", to="training.competency")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="modules", to="training.courseversion"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("version", "key"), name="module_once_per_version"),
                    models.UniqueConstraint(fields=("version", "position"), name="module_one_per_position"),
                    models.CheckConstraint(
                        condition=models.Q(("hours__gt", 0), models.Q(("key", ""), _negated=True)),
                        name="module_has_hours_and_key",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="activity",
            name="module",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="activities", to="training.module"
            ),
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("period", models.PositiveIntegerField()),
                ("marks", models.JSONField()),
                ("words", models.TextField(blank=True)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to="training.courseversion",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["version", "period"], name="opinion_version_idx")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("period__gte", 202001)), name="opinion_has_month")
                ],
            },
        ),
        migrations.CreateModel(
            name="PracticeCard",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("due_at", models.DateTimeField()),
                ("memory", models.JSONField()),
                ("reviews", models.PositiveSmallIntegerField(default=0)),
                ("last_at", models.DateTimeField(blank=True, null=True)),
                ("last_right", models.BooleanField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="practice_cards",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="facilitators.question"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["account", "due_at"], name="practice_due_idx")],
                "constraints": [models.UniqueConstraint(fields=("account", "question"), name="practice_card_once")],
            },
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("key", models.SlugField(max_length=40)),
                ("title", models.JSONField()),
                ("about", models.JSONField(default=dict)),
                (
                    "city",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("city", "key"), name="programme_once_per_city"),
                    models.CheckConstraint(condition=models.Q(("key", ""), _negated=True), name="programme_has_key"),
                ],
            },
        ),
        migrations.AddField(
            model_name="course",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="courses", to="training.programme"
            ),
        ),
        migrations.CreateModel(
            name="Progress",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("opened_at", models.DateTimeField()),
                ("place", models.PositiveSmallIntegerField(default=0)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="training.activity"
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="progress", to="training.enrolment"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("enrolment", "activity"), name="progress_once"),
                    models.CheckConstraint(condition=models.Q(("place__lte", 100)), name="progress_place_is_percent"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Quiz",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("check", "Check of the module"),
                            ("before", "Before the course"),
                            ("after", "After the course"),
                        ],
                        default="check",
                        max_length=6,
                    ),
                ),
                ("topics", models.JSONField()),
                ("number", models.PositiveSmallIntegerField()),
                ("pass_percent", models.PositiveSmallIntegerField(default=70)),
                ("attempts_most", models.PositiveSmallIntegerField(default=0)),
                ("minutes", models.PositiveSmallIntegerField(default=0)),
                (
                    "activity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="quiz", to="training.activity"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__gt", 0), ("pass_percent__lte", 100)), name="quiz_sensible"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("soon", "Ends soon"), ("last", "Ends within days"), ("over", "Has ended")],
                        max_length=4,
                    ),
                ),
                ("sent_at", models.DateTimeField()),
                (
                    "certificate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reminders", to="training.certificate"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("certificate", "kind"), name="reminder_once")],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("code", models.CharField(editable=False, max_length=12, unique=True)),
                ("region_path", models.CharField(editable=False, max_length=16)),
                ("period", models.PositiveIntegerField(editable=False)),
                (
                    "city_path",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Substr("region_path", 1, 4),
                        output_field=models.CharField(max_length=4),
                    ),
                ),
                (
                    "district_path",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Substr("region_path", 1, 6),
                        output_field=models.CharField(max_length=6),
                    ),
                ),
                (
                    "ward_path",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Substr("region_path", 1, 10),
                        output_field=models.CharField(max_length=10),
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("place", models.CharField(max_length=160)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("capacity", models.PositiveSmallIntegerField()),
                ("taken", models.PositiveSmallIntegerField(default=0)),
                ("trainer_office", models.CharField(blank=True, max_length=120)),
                ("materials", models.TextField(blank=True)),
                ("opens_minutes", models.PositiveSmallIntegerField(default=30)),
                ("late_minutes", models.PositiveSmallIntegerField(default=15)),
                ("closes_minutes", models.PositiveSmallIntegerField(default=60)),
                ("secret", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Planned"), ("held", "Held"), ("cancelled", "Cancelled")],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("sequence", models.PositiveSmallIntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="training.activity",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
                    ),
                ),
                (
                    "trainer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="training.courseversion",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["city_path", "-id"], name="session_city_idx"),
                    models.Index(fields=["district_path", "-id"], name="session_district_idx"),
                    models.Index(fields=["ward_path", "-id"], name="session_ward_idx"),
                    models.Index(fields=["starts_at"], name="session_starts_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("capacity__gt", 0), ("starts_at__lt", models.F("ends_at"))),
                        name="session_sensible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("taken__lte", models.F("capacity"))), name="session_is_not_overfull"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("state", "planned")),
                            models.Q(("closed_at__isnull", False), ("state", "held")),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("state", "cancelled"),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="session_moments_fit_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("row", models.PositiveSmallIntegerField()),
                ("given_up_at", models.DateTimeField(blank=True, null=True)),
                (
                    "presence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("present", "Present"),
                            ("late", "Late"),
                            ("excused", "Excused"),
                            ("absent", "Absent"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("qr", "By QR code"),
                            ("list", "By the trainer's list"),
                            ("sheet", "By the printed sheet"),
                        ],
                        max_length=5,
                    ),
                ),
                ("marked_at", models.DateTimeField(blank=True, null=True)),
                ("device", models.CharField(blank=True, max_length=64)),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="places", to="training.enrolment"
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "marked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="places", to="training.session"
                    ),
                ),
            ],
            options={
                "ordering": ["row"],
                "constraints": [
                    models.UniqueConstraint(fields=("session", "enrolment"), name="place_once_per_session"),
                    models.UniqueConstraint(fields=("session", "row"), name="place_one_per_row"),
                    models.UniqueConstraint(
                        condition=models.Q(("device", ""), _negated=True),
                        fields=("session", "device"),
                        name="place_one_person_per_device",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("channel", ""), ("device", ""), ("marked_at__isnull", True), ("presence", "")),
                            models.Q(
                                models.Q(("presence", ""), _negated=True),
                                models.Q(("channel", ""), _negated=True),
                                ("marked_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="place_marked_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SheetReading",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("rows", models.JSONField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="readings", to="training.session"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            ("confirmed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="sheet_reading_confirmed_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SigningKey",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("number", models.PositiveSmallIntegerField(unique=True)),
                ("public", models.CharField(max_length=64)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("public", ""), _negated=True), name="signing_key_is_one")
                ],
            },
        ),
        migrations.AddField(
            model_name="certificate",
            name="signing_key",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="training.signingkey"
            ),
        ),
        migrations.CreateModel(
            name="StatusList",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("number", models.PositiveSmallIntegerField(unique=True)),
                ("length", models.PositiveIntegerField(default=131072)),
                ("used", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("used__lte", models.F("length"))), name="status_list_is_not_overfull"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="certificate",
            name="status_list",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="certificates", to="training.statuslist"
            ),
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "Waits for assessment"),
                            ("returned", "Returned"),
                            ("assessed", "Assessed"),
                        ],
                        default="submitted",
                        max_length=10,
                    ),
                ),
                ("scores", models.JSONField(default=dict)),
                ("percent", models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                ("remark", models.TextField(blank=True)),
                ("assessed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="training.activity"
                    ),
                ),
                (
                    "assessed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="submissions", to="training.enrolment"
                    ),
                ),
                ("photos", models.ManyToManyField(blank=True, related_name="+", to="core.photo")),
            ],
            options={
                "ordering": ["enrolment", "activity", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("enrolment", "activity", "number"), name="submission_once_per_number"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "submitted")),
                        fields=("enrolment", "activity"),
                        name="submission_one_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("assessed_at__isnull", True), ("percent__isnull", True), ("state", "submitted")),
                            models.Q(
                                ("assessed_at__isnull", False),
                                ("percent__isnull", True),
                                ("state", "returned"),
                                models.Q(("remark", ""), _negated=True),
                            ),
                            models.Q(("assessed_at__isnull", False), ("percent__isnull", False), ("state", "assessed")),
                            _connector="OR",
                        ),
                        name="submission_assessed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="submission_has_words"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AttemptAnswer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("order", models.JSONField()),
                ("choice", models.JSONField(null=True)),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("saved_at", models.DateTimeField(null=True)),
                ("share", models.DecimalField(decimal_places=5, max_digits=6, null=True)),
                (
                    "attempt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="training.attempt"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="facilitators.question"
                    ),
                ),
            ],
            options={
                "ordering": ["attempt", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("attempt", "position"), name="attempt_answer_one_per_position"),
                    models.UniqueConstraint(fields=("attempt", "question"), name="attempt_answer_question_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarKey",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("digest", models.CharField(max_length=64, unique=True)),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calendar_key",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("digest", ""), _negated=True), name="calendar_key_is_one"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.UniqueConstraint(fields=("module", "key"), name="activity_once_per_module"),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.UniqueConstraint(fields=("module", "position"), name="activity_one_per_position"),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                fields=("status_list", "status_index"), name="certificate_own_status_bit"
            ),
        ),
    ]
