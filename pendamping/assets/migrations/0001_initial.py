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
        ("planning", "0001_initial"),
        ("regions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Handover",
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
                ("number", models.CharField(max_length=80)),
                ("handed_over_on", models.DateField()),
                ("giver", models.CharField(max_length=120)),
                ("custodian", models.CharField(max_length=120)),
                ("value", models.BigIntegerField()),
                ("volume", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("condition_note", models.TextField(blank=True)),
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
                    "document",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.document",
                    ),
                ),
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planning.project"
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
                    models.Index(fields=["city_path", "-id"], name="handover_city_idx"),
                    models.Index(fields=["district_path", "-id"], name="handover_district_idx"),
                    models.Index(fields=["ward_path", "-id"], name="handover_ward_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("value__gt", 0)), name="handover_value_above_zero"),
                    models.CheckConstraint(
                        condition=models.Q(("custodian", ""), _negated=True), name="handover_has_custodian"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("volume__isnull", True),
                            models.Q(("volume__gte", 0), ("volume__lt", 10000000000)),
                            _connector="OR",
                        ),
                        name="handover_volume_in_bounds",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Asset",
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
                ("name", models.CharField(max_length=160)),
                ("place", models.CharField(max_length=200)),
                ("custodian", models.CharField(max_length=120)),
                ("value", models.BigIntegerField()),
                ("built_on", models.DateField()),
                (
                    "condition",
                    models.CharField(
                        choices=[
                            ("good", "Good"),
                            ("light_damage", "Lightly damaged"),
                            ("heavy_damage", "Heavily damaged"),
                            ("gone", "Not there any more"),
                        ],
                        default="good",
                        max_length=14,
                    ),
                ),
                ("inspected_on", models.DateField(blank=True, null=True)),
                ("next_inspection_on", models.DateField()),
                ("photos", models.ManyToManyField(blank=True, related_name="+", to="core.photo")),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
                    ),
                ),
                (
                    "handover",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="asset", to="assets.handover"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["city_path", "-id"], name="asset_city_idx"),
                    models.Index(fields=["district_path", "-id"], name="asset_district_idx"),
                    models.Index(fields=["ward_path", "-id"], name="asset_ward_idx"),
                    models.Index(fields=["ward_path", "next_inspection_on"], name="asset_ward_due_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("value__gt", 0)), name="asset_value_above_zero")
                ],
            },
        ),
        migrations.CreateModel(
            name="Inspection",
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
                ("inspected_on", models.DateField()),
                (
                    "condition",
                    models.CharField(
                        choices=[
                            ("good", "Good"),
                            ("light_damage", "Lightly damaged"),
                            ("heavy_damage", "Heavily damaged"),
                            ("gone", "Not there any more"),
                        ],
                        max_length=14,
                    ),
                ),
                ("finding", models.TextField(blank=True)),
                ("next_inspection_on", models.DateField()),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="inspections", to="assets.asset"
                    ),
                ),
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
                ("photos", models.ManyToManyField(blank=True, related_name="+", to="core.photo")),
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
                    models.Index(fields=["city_path", "-id"], name="inspection_city_idx"),
                    models.Index(fields=["district_path", "-id"], name="inspection_district_idx"),
                    models.Index(fields=["ward_path", "-id"], name="inspection_ward_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("next_inspection_on__gt", models.F("inspected_on"))),
                        name="inspection_next_lies_after",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("condition", "good"), models.Q(("finding", ""), _negated=True), _connector="OR"
                        ),
                        name="inspection_damage_described",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FaultReport",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="faults", to="assets.asset"
                    ),
                ),
                (
                    "voice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="needs.voice"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("asset", "voice"), name="fault_report_once")],
            },
        ),
    ]
