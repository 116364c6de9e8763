import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import pendamping.core.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "__first__"),
        ("deliberation", "0001_initial"),
        ("regions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="RuleSet",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("fiscal_year", models.PositiveSmallIntegerField()),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("legal_basis", models.CharField(max_length=200)),
                ("default_ceiling", models.BigIntegerField()),
                ("infrastructure_min", models.PositiveSmallIntegerField(default=0)),
                ("infrastructure_max", models.PositiveSmallIntegerField(default=10000)),
                ("empowerment_min", models.PositiveSmallIntegerField(default=0)),
                ("empowerment_max", models.PositiveSmallIntegerField(default=10000)),
                ("tranches", models.JSONField()),
                ("note", models.TextField(blank=True)),
                (
                    "city",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
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
                "constraints": [
                    models.UniqueConstraint(fields=("city", "fiscal_year", "valid_from"), name="rule_set_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("infrastructure_max__lte", 10000),
                            ("infrastructure_min__lte", models.F("infrastructure_max")),
                            ("empowerment_max__lte", 10000),
                            ("empowerment_min__lte", models.F("empowerment_max")),
                        ),
                        name="rule_set_shares_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("default_ceiling__gte", 0)), name="rule_set_ceiling_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("legal_basis", ""), _negated=True), name="rule_set_has_basis"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SubActivity",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=30, unique=True)),
                ("name", models.CharField(max_length=200)),
                (
                    "stream",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("infrastructure", "Facilities and infrastructure"),
                            ("empowerment", "Community empowerment"),
                        ],
                        max_length=20,
                    ),
                ),
                ("indicator", models.CharField(blank=True, max_length=200)),
                ("unit", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="sub_activity_has_code"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Project",
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
                ("fiscal_year", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=160)),
                (
                    "stream",
                    models.CharField(
                        choices=[
                            ("infrastructure", "Facilities and infrastructure"),
                            ("empowerment", "Community empowerment"),
                        ],
                        max_length=20,
                    ),
                ),
                ("budget", models.BigIntegerField()),
                ("funding_source", models.CharField(max_length=80)),
                ("executor", models.CharField(max_length=120)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("prepared", "Waiting for approval"),
                            ("approved", "Approved, not started"),
                            ("running", "Under way"),
                            ("completed", "Completed"),
                            ("handed_over", "Handed over"),
                        ],
                        default="prepared",
                        max_length=12,
                    ),
                ),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("completed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="deliberation.decision"
                    ),
                ),
                (
                    "prepared_by",
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
                    "rule_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.ruleset"
                    ),
                ),
                (
                    "sub_activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.subactivity"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["city_path", "-id"], name="project_city_idx"),
                    models.Index(fields=["district_path", "-id"], name="project_district_idx"),
                    models.Index(fields=["ward_path", "-id"], name="project_ward_idx"),
                    models.Index(fields=["ward_path", "fiscal_year", "stream"], name="project_ceiling_idx"),
                    models.Index(fields=["ward_path", "state", "-id"], name="project_ward_state_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("budget__gt", 0)), name="project_budget_above_zero"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="project_dates_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="project_approved_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "prepared"), ("approved_at__isnull", False), _connector="OR"),
                        name="project_started_only_when_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            ("prepared_by__isnull", True),
                            models.Q(("approved_by", models.F("prepared_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="project_approver_not_preparer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ceiling",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("fiscal_year", models.PositiveSmallIntegerField()),
                ("amount", models.BigIntegerField()),
                ("legal_basis", models.CharField(blank=True, max_length=200)),
                (
                    "ward",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("ward", "fiscal_year"), name="ceiling_once_per_year"),
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="ceiling_not_negative"),
                ],
            },
        ),
    ]
