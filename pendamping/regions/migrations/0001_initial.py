import django.db.models.deletion
from django.db import migrations, models

import pendamping.core.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Region",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("city", "City"),
                            ("district", "District"),
                            ("ward", "Ward"),
                            ("rw", "RW"),
                            ("rt", "RT"),
                        ],
                        max_length=8,
                    ),
                ),
                ("path", models.CharField(max_length=16, unique=True)),
                ("name", models.CharField(max_length=80)),
                ("kind", models.CharField(blank=True, max_length=40)),
                ("population", models.PositiveIntegerField(blank=True, null=True)),
                ("population_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("area_km2", models.DecimalField(blank=True, decimal_places=3, max_digits=9, null=True)),
                ("latitude", models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True)),
                ("longitude", models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True)),
                ("zone", models.CharField(default="Asia/Jakarta", max_length=20)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="regions.region",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["level", "path"], name="region_level_path_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", "city"), ("parent__isnull", True)),
                            models.Q(("level", "city"), _negated=True),
                            _connector="OR",
                        ),
                        name="region_only_cities_have_no_parent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_from__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="region_valid_dates_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Boundary",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("geometry", models.JSONField()),
                ("west", models.FloatField()),
                ("south", models.FloatField()),
                ("east", models.FloatField()),
                ("north", models.FloatField()),
                ("source", models.CharField(blank=True, max_length=200)),
                (
                    "region",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="boundary", to="regions.region"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("south__lte", models.F("north")), ("west__lte", models.F("east"))),
                        name="boundary_box_in_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RegionAlias",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                ("key", models.CharField(db_index=True, max_length=80)),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="aliases", to="regions.region"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("region", "key"), name="region_alias_once")],
            },
        ),
        migrations.CreateModel(
            name="RegionCode",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("scheme", models.CharField(max_length=20)),
                ("code", models.CharField(max_length=20)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="codes", to="regions.region"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True), models.Q(("scheme", "pos"), _negated=True)),
                        fields=("scheme", "code"),
                        name="region_code_means_one_place_today",
                    ),
                    models.UniqueConstraint(fields=("region", "scheme", "code"), name="region_code_listed_once"),
                ],
            },
        ),
    ]
