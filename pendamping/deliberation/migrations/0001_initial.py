import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import pendamping.core.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "__first__"),
        ("core", "0001_initial"),
        ("needs", "0001_initial"),
        ("regions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Meeting",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("rw", "RW meeting"),
                            ("planning", "Ward planning meeting (musrenbang)"),
                            ("development", "Ward development meeting"),
                        ],
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("fiscal_year", models.PositiveSmallIntegerField()),
                ("held_on", models.DateField()),
                ("starts_at", models.TimeField(blank=True, null=True)),
                ("place", models.CharField(max_length=200)),
                ("agenda", models.TextField()),
                ("chair_office", models.CharField(max_length=80)),
                (
                    "state",
                    models.CharField(
                        choices=[("called", "Called"), ("closed", "Closed, minutes fixed"), ("cancelled", "Cancelled")],
                        default="called",
                        max_length=10,
                    ),
                ),
                ("notes", models.TextField(blank=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("cancellation", models.TextField(blank=True)),
                (
                    "called_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "minutes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.document",
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
                    models.Index(fields=["city_path", "-id"], name="meeting_city_idx"),
                    models.Index(fields=["district_path", "-id"], name="meeting_district_idx"),
                    models.Index(fields=["ward_path", "-id"], name="meeting_ward_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("closed_by__isnull", False), ("state", "closed")),
                            models.Q(
                                models.Q(("state", "closed"), _negated=True),
                                ("closed_at__isnull", True),
                                ("closed_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="meeting_closed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cancelled_at__isnull", False),
                                ("state", "cancelled"),
                                models.Q(("cancellation", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "cancelled"), _negated=True),
                                ("cancellation", ""),
                                ("cancelled_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="meeting_cancelled_with_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("women", models.PositiveIntegerField()),
                ("men", models.PositiveIntegerField()),
                ("youth", models.PositiveIntegerField(default=0)),
                ("elderly", models.PositiveIntegerField(default=0)),
                ("poor", models.PositiveIntegerField(default=0)),
                ("disabled", models.PositiveIntegerField(default=0)),
                ("rt_rw", models.PositiveIntegerField(default=0)),
                ("lpm", models.PositiveIntegerField(default=0)),
                ("pkk", models.PositiveIntegerField(default=0)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendance",
                        to="deliberation.meeting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("women__gt", 0), ("men__gt", 0), _connector="OR"),
                        name="attendance_somebody_came",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("state_before", models.CharField(max_length=12)),
                ("year_before", models.PositiveSmallIntegerField()),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="needs.proposal"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="deliberation.meeting"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "proposal"), name="agenda_item_once"),
                    models.UniqueConstraint(fields=("meeting", "position"), name="agenda_one_item_per_position"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("funded", "Funded"),
                            ("deferred", "Deferred"),
                            ("passed_on", "Passed to the district"),
                            ("rejected", "Rejected"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField()),
                ("amount", models.BigIntegerField(blank=True, null=True)),
                ("method", models.CharField(default="consensus", max_length=20)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="deliberation.agendaitem",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="decision_has_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__gt", 0), ("outcome", "funded")),
                            models.Q(models.Q(("outcome", "funded"), _negated=True), ("amount__isnull", True)),
                            _connector="OR",
                        ),
                        name="decision_amount_only_when_funded",
                    ),
                ],
            },
        ),
    ]
