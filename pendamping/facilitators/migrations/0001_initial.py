import datetime

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import pendamping.core.models
import pendamping.facilitators.models.evidence
import pendamping.facilitators.models.rounds


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0003_roles_of_selection"),
        ("access", "__first__"),
        ("core", "0002_append_only"),
        ("regions", "0002_path_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Requirement",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("key", models.UUIDField(editable=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=300)),
                ("regulation", models.CharField(max_length=200)),
                ("article", models.CharField(blank=True, max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("document", "A document is handed in"),
                            ("declaration", "The applicant declares it"),
                            ("fact", "Read from the form"),
                        ],
                        max_length=12,
                    ),
                ),
                ("evidence", models.CharField(max_length=200)),
                ("checked_by", models.CharField(max_length=120)),
                ("checked_against", models.CharField(max_length=200)),
                ("is_disqualifying", models.BooleanField(default=True)),
                ("needs_second_check", models.BooleanField(default=False)),
                ("register_name", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("regulation", ""), _negated=True), models.Q(("text", ""), _negated=True)
                        ),
                        name="requirement_has_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("needs_second_check", True), models.Q(("register_name", ""), _negated=True)),
                            models.Q(("needs_second_check", False), ("register_name", "")),
                            _connector="OR",
                        ),
                        name="requirement_second_check_names_register",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Application",
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
                        choices=[("draft", "Being filled in"), ("submitted", "Handed in"), ("withdrawn", "Withdrawn")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("subject_key", models.BinaryField(null=True)),
                ("name_cipher", models.BinaryField(null=True)),
                ("email_cipher", models.BinaryField(null=True)),
                ("phone_cipher", models.BinaryField(null=True)),
                ("address_cipher", models.BinaryField(null=True)),
                ("nik_index", models.CharField(blank=True, max_length=64, null=True)),
                ("nik_last_four", models.CharField(blank=True, max_length=4)),
                ("born_on", models.DateField(blank=True, null=True)),
                ("sex", models.CharField(blank=True, choices=[("f", "Woman"), ("m", "Man")], max_length=1)),
                ("secret_hash", models.CharField(max_length=64)),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                ("saved_at", models.DateTimeField(blank=True, null=True)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=200)),
                ("declined_at", models.DateTimeField(blank=True, null=True)),
                ("declined_reason", models.CharField(blank=True, max_length=200)),
                ("forgotten_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("handled_by", models.ManyToManyField(blank=True, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
                    ),
                ),
                (
                    "verified_by",
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
                "abstract": False,
                "indexes": [
                    models.Index(fields=["city_path", "-id"], name="application_city_idx"),
                    models.Index(fields=["district_path", "-id"], name="application_district_idx"),
                    models.Index(fields=["ward_path", "-id"], name="application_ward_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "draft"), ("submitted_at__isnull", True)),
                            models.Q(("state", "submitted"), ("submitted_at__isnull", False)),
                            ("state", "withdrawn"),
                            _connector="OR",
                        ),
                        name="application_submitted_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), ("withdrawn_at__isnull", False)),
                            models.Q(models.Q(("state", "withdrawn"), _negated=True), ("withdrawn_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="application_withdrawn_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("declined_at__isnull", True), ("declined_reason", "")),
                            models.Q(("declined_at__isnull", False), models.Q(("declined_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="application_declined_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
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
                            ("ward_facilitator", "Ward facilitator"),
                            ("area_coordinator", "Area coordinator (Askot)"),
                            ("city_coordinator", "City coordinator (Korkot)"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "specialism",
                    models.CharField(
                        choices=[
                            ("any", "Any field"),
                            ("technical", "Technical"),
                            ("social", "Social"),
                            ("economic", "Economic"),
                        ],
                        default="any",
                        max_length=10,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("ended_reason", models.CharField(blank=True, max_length=200)),
                ("ended_with_decree", models.BooleanField(default=False)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("skipped", models.CharField(blank=True, max_length=200)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="facilitators.application",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successors",
                        to="facilitators.appointment",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["city_path", "-id"], name="appointment_city_idx"),
                    models.Index(fields=["district_path", "-id"], name="appointment_district_idx"),
                    models.Index(fields=["ward_path", "-id"], name="appointment_ward_idx"),
                    models.Index(fields=["account"], name="appointment_who_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="appointment_term_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", True), ("ended_reason", "")),
                            models.Q(("ended_on__isnull", False), models.Q(("ended_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="appointment_ended_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaces__isnull", True), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="appointment_replaces_with_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_with_decree", False)),
                        fields=("application",),
                        name="appointment_application_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_with_decree", False)),
                        fields=("replaces",),
                        name="appointment_successor_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contract",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("fiscal_year", models.PositiveSmallIntegerField()),
                ("number", models.CharField(max_length=80)),
                ("signed_on", models.DateField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("monthly", models.BigIntegerField()),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "appointment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracts",
                        to="facilitators.appointment",
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
                    "renews",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewed_by",
                        to="facilitators.contract",
                    ),
                ),
            ],
            options={
                "ordering": ["fiscal_year"],
                "constraints": [
                    models.UniqueConstraint(fields=("appointment", "fiscal_year"), name="contract_one_per_year"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="contract_dates_in_order"
                    ),
                    models.CheckConstraint(condition=models.Q(("monthly__gt", 0)), name="contract_pays"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("renews__isnull", True), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="contract_renewed_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decree",
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
                            ("appointment", "Appointment"),
                            ("replacement", "Replacement mid-term"),
                            ("dismissal", "Dismissal"),
                        ],
                        default="appointment",
                        max_length=12,
                    ),
                ),
                ("number", models.CharField(max_length=80)),
                ("dated_on", models.DateField()),
                ("signatory", models.CharField(max_length=80)),
                ("about", models.CharField(max_length=200)),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("revoked_on", models.DateField(blank=True, null=True)),
                ("revoked_reason", models.CharField(blank=True, max_length=200)),
                (
                    "annex",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.document",
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
                    models.Index(fields=["city_path", "-id"], name="decree_city_idx"),
                    models.Index(fields=["district_path", "-id"], name="decree_district_idx"),
                    models.Index(fields=["ward_path", "-id"], name="decree_ward_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("region", "number"), name="decree_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revoked_on__isnull", True), ("revoked_reason", "")),
                            models.Q(("revoked_on__isnull", False), models.Q(("revoked_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="decree_revoked_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ends_on__isnull", True), ("starts_on__isnull", True)),
                            models.Q(("ends_on__gte", models.F("starts_on")), ("starts_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="decree_term_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ceremony",
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
                ("place", models.CharField(max_length=200)),
                ("held_on", models.DateField()),
                ("starts_at", models.TimeField(blank=True, null=True)),
                ("oath_version", models.CharField(blank=True, max_length=80)),
                ("oath_text", models.TextField(blank=True)),
                ("oath_read_by", models.CharField(blank=True, max_length=80)),
                ("oath_witnesses", models.CharField(blank=True, max_length=200)),
                ("oath_at", models.DateTimeField(blank=True, null=True)),
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
                    "oath_by",
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
                (
                    "decree",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ceremonies", to="facilitators.decree"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["city_path", "-id"], name="ceremony_city_idx"),
                    models.Index(fields=["district_path", "-id"], name="ceremony_district_idx"),
                    models.Index(fields=["ward_path", "-id"], name="ceremony_ward_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("oath_at__isnull", True), ("oath_by__isnull", True), ("oath_text", "")),
                            models.Q(
                                ("oath_at__isnull", False),
                                models.Q(("oath_text", ""), _negated=True),
                                models.Q(("oath_read_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="ceremony_oath_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
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
                    "role",
                    models.CharField(
                        choices=[
                            ("ward_facilitator", "Ward facilitator"),
                            ("area_coordinator", "Area coordinator (Askot)"),
                            ("city_coordinator", "City coordinator (Korkot)"),
                        ],
                        max_length=20,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("ended_reason", models.CharField(blank=True, max_length=200)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "appointment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="facilitators.appointment",
                    ),
                ),
                (
                    "grant",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.grant",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
                    ),
                ),
                (
                    "decree",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="facilitators.decree",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["city_path", "-id"], name="assignment_city_idx"),
                    models.Index(fields=["district_path", "-id"], name="assignment_district_idx"),
                    models.Index(fields=["ward_path", "-id"], name="assignment_ward_idx"),
                    models.Index(fields=["account"], name="assignment_who_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="assignment_dates_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", True), ("ended_reason", "")),
                            models.Q(("ended_on__isnull", False), models.Q(("ended_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="assignment_ended_with_reason",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="appointment",
            name="decree",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="appointments", to="facilitators.decree"
            ),
        ),
        migrations.CreateModel(
            name="Deduction",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("name", models.CharField(max_length=80)),
                ("legal_basis", models.CharField(max_length=200)),
                ("rate", models.PositiveSmallIntegerField()),
                ("rate_without_tax_number", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
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
                "ordering": ["valid_from", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("legal_basis", ""), _negated=True), models.Q(("name", ""), _negated=True)
                        ),
                        name="deduction_has_basis",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rate__lte", 10000),
                            models.Q(
                                ("rate_without_tax_number__isnull", True),
                                ("rate_without_tax_number__lte", 10000),
                                _connector="OR",
                            ),
                        ),
                        name="deduction_rate_within_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="deduction_dates_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DutyHandover",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("works", models.JSONField(default=list)),
                ("missing", models.TextField(blank=True)),
                (
                    "successor",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duty_handover",
                        to="facilitators.appointment",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="EthicsCase",
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
                ("report", models.TextField()),
                ("subject_key", models.BinaryField(null=True)),
                ("contact_cipher", models.BinaryField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("called", "The person is asked to answer"),
                            ("heard", "The person was heard"),
                            ("proposed", "A second member has to confirm the decision"),
                            ("decided", "Decided"),
                            ("closed", "Closed: it does not concern a facilitator"),
                        ],
                        default="received",
                        max_length=8,
                    ),
                ),
                ("panel_least", models.PositiveSmallIntegerField()),
                ("answer_days", models.PositiveSmallIntegerField()),
                ("allegation", models.TextField(blank=True)),
                ("called_at", models.DateTimeField(blank=True, null=True)),
                ("answer_by", models.DateField(blank=True, null=True)),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("statement", models.TextField(blank=True)),
                ("heard_at", models.DateTimeField(blank=True, null=True)),
                (
                    "sanction",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "No breach"),
                            ("oral", "Oral warning"),
                            ("written_1", "First written warning"),
                            ("written_2", "Second written warning"),
                            ("written_3", "Third written warning"),
                            ("suspension", "Suspension"),
                            ("termination", "Termination"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("skip_reason", models.TextField(blank=True)),
                ("suspended_from", models.DateField(blank=True, null=True)),
                ("suspended_until", models.DateField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("sent_back_reason", models.CharField(blank=True, max_length=200)),
                (
                    "about",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ethics_cases",
                        to="facilitators.appointment",
                    ),
                ),
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
                    "decided_by",
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
                    "ward",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.region",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["city_path", "-id"], name="ethicscase_city_idx"),
                    models.Index(fields=["district_path", "-id"], name="ethicscase_district_idx"),
                    models.Index(fields=["ward_path", "-id"], name="ethicscase_ward_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(
                                    models.Q(("decided_at__isnull", False), ("state", "decided")),
                                    models.Q(
                                        ("decided_at__isnull", True),
                                        ("decided_by__isnull", False),
                                        ("state", "proposed"),
                                    ),
                                    _connector="OR",
                                ),
                                ("heard_at__isnull", False),
                                models.Q(("sanction", ""), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ["decided", "proposed"]), _negated=True),
                                ("decided_at__isnull", True),
                                ("sanction", ""),
                            ),
                            _connector="OR",
                        ),
                        name="ethics_case_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("about__isnull", False),
                                ("called_at__isnull", False),
                                ("state__in", ["called", "heard", "proposed"]),
                            ),
                            ("state__in", ["received", "decided", "closed"]),
                            _connector="OR",
                        ),
                        name="ethics_case_called_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True)),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="ethics_case_answered_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_by__isnull", False),
                                ("sanction__in", ["suspension", "termination"]),
                                ("state", "decided"),
                                models.Q(("confirmed_by", models.F("decided_by")), _negated=True),
                            ),
                            models.Q(
                                models.Q(
                                    ("sanction__in", ["suspension", "termination"]), ("state", "decided"), _negated=True
                                ),
                                ("confirmed_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="ethics_case_heavy_confirmed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sanction", "suspension"), ("suspended_until__gte", models.F("suspended_from"))),
                            models.Q(
                                models.Q(("sanction", "suspension"), _negated=True),
                                ("suspended_from__isnull", True),
                                ("suspended_until__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="ethics_case_suspension_has_dates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EthicsCode",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("version", models.PositiveSmallIntegerField()),
                ("text_id", models.TextField()),
                ("text_en", models.TextField(blank=True)),
                ("is_proposal", models.BooleanField(default=False)),
                ("legal_basis", models.CharField(blank=True, max_length=200)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("panel_least", models.PositiveSmallIntegerField(default=3)),
                ("answer_days", models.PositiveSmallIntegerField(default=7)),
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
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.region",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("region", "version"), name="ethics_code_one_per_version"),
                    models.UniqueConstraint(
                        condition=models.Q(("region__isnull", True)),
                        fields=("version",),
                        name="ethics_code_one_default_per_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("region__isnull", True), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="ethics_code_has_reason",
                    ),
                    models.CheckConstraint(condition=models.Q(("panel_least__gte", 2)), name="ethics_code_panel_sits"),
                ],
            },
        ),
        migrations.CreateModel(
            name="EthicsSignature",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "appointment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="facilitators.appointment",
                    ),
                ),
                (
                    "ethics_code",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="facilitators.ethicscode",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("ethics_code", "appointment"), name="ethics_signed_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="EvaluationRules",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("version", models.PositiveSmallIntegerField()),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("legal_basis", models.CharField(max_length=200)),
                ("is_proposal", models.BooleanField(default=False)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("weak_below", models.PositiveSmallIntegerField()),
                ("judged_least", models.PositiveSmallIntegerField()),
                ("reply_days", models.PositiveSmallIntegerField()),
                ("coaching_days", models.PositiveSmallIntegerField()),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.region",
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
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("region", "version"), name="evaluation_rules_one_per_version"),
                    models.UniqueConstraint(
                        condition=models.Q(("region__isnull", True)),
                        fields=("version",),
                        name="evaluation_rules_one_proposal",
                    ),
                    models.UniqueConstraint(fields=("region", "valid_from"), name="evaluation_rules_one_per_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="evaluation_rules_dates_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("legal_basis", ""), _negated=True), name="evaluation_rules_have_basis"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("judged_least__lte", 100), ("weak_below__lte", 100)),
                        name="evaluation_rules_in_bounds",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evaluation",
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
                    "role",
                    models.CharField(
                        choices=[
                            ("ward_facilitator", "Ward facilitator"),
                            ("area_coordinator", "Area coordinator (Askot)"),
                            ("city_coordinator", "City coordinator (Korkot)"),
                        ],
                        max_length=20,
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("half", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Computed, not shown yet"),
                            ("shown", "Shown to the person"),
                            ("replied", "The person replied"),
                            ("settled", "Settled"),
                        ],
                        default="draft",
                        max_length=8,
                    ),
                ),
                ("served", models.JSONField(default=list)),
                ("days_served", models.PositiveSmallIntegerField()),
                ("total", models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                ("judged_weight", models.PositiveSmallIntegerField()),
                ("whole_weight", models.PositiveSmallIntegerField()),
                ("computed_at", models.DateTimeField()),
                ("shown_at", models.DateTimeField(blank=True, null=True)),
                ("reply_by", models.DateField(blank=True, null=True)),
                ("reply", models.TextField(blank=True)),
                ("replied_at", models.DateTimeField(blank=True, null=True)),
                ("words", models.TextField(blank=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("settled_alone", models.BooleanField(default=False)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "appointment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluations",
                        to="facilitators.appointment",
                    ),
                ),
                (
                    "computed_by",
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
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rules",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluations",
                        to="facilitators.evaluationrules",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["city_path", "-id"], name="evaluation_city_idx"),
                    models.Index(fields=["district_path", "-id"], name="evaluation_district_idx"),
                    models.Index(fields=["ward_path", "-id"], name="evaluation_ward_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("account", "year", "half"), name="evaluation_one_per_half_year"),
                    models.CheckConstraint(condition=models.Q(("half__in", [1, 2])), name="evaluation_half_known"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("total__isnull", True), models.Q(("total__gte", 0), ("total__lte", 100)), _connector="OR"
                        ),
                        name="evaluation_total_of_hundred",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reply_by__isnull", True), ("shown_at__isnull", True), ("state", "draft")),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                ("reply_by__isnull", False),
                                ("shown_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="evaluation_shown_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("replied_at__isnull", True), ("reply", "")),
                            models.Q(models.Q(("reply", ""), _negated=True), ("replied_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="evaluation_reply_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("settled_at__isnull", False),
                                ("state", "settled"),
                                models.Q(("words", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "settled"), _negated=True),
                                ("settled_at__isnull", True),
                                ("words", ""),
                            ),
                            _connector="OR",
                        ),
                        name="evaluation_settled_with_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("settled_by__isnull", True),
                            ("computed_by__isnull", True),
                            models.Q(("settled_by", models.F("computed_by")), _negated=True),
                            ("settled_alone", True),
                            _connector="OR",
                        ),
                        name="evaluation_settled_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EvaluationValue",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("indicator", models.CharField(max_length=40)),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("professional", "Professional: is the work recorded, on time and right at first?"),
                            ("responsive", "Responsive: how long do residents wait?"),
                            ("participatory", "Participatory: who takes part and who was never heard?"),
                            ("result", "Result: does it help, and does it still stand?"),
                        ],
                        max_length=14,
                    ),
                ),
                ("unit", models.CharField(choices=[("share", "share"), ("days", "days")], max_length=6)),
                ("value", models.DecimalField(blank=True, decimal_places=4, max_digits=9, null=True)),
                ("at_least", models.BooleanField(default=False)),
                ("part", models.PositiveIntegerField(blank=True, null=True)),
                ("still_open", models.PositiveIntegerField(default=0)),
                ("sample", models.PositiveIntegerField()),
                ("inputs", models.JSONField(default=list)),
                ("weight", models.PositiveSmallIntegerField()),
                ("sample_least", models.PositiveSmallIntegerField()),
                ("good", models.DecimalField(decimal_places=4, max_digits=9)),
                ("poor", models.DecimalField(decimal_places=4, max_digits=9)),
                ("points", models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                ("is_struck", models.BooleanField(default=False)),
                (
                    "evaluation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="values", to="facilitators.evaluation"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("evaluation", "indicator"), name="evaluation_value_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("points__isnull", True),
                            models.Q(
                                ("points__gte", 0),
                                ("points__lte", 100),
                                ("sample__gte", models.F("sample_least")),
                                ("value__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="evaluation_value_judged_on_enough",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CoachingTask",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("due_on", models.DateField()),
                ("steps", models.TextField(blank=True)),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                ("result", models.TextField(blank=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "evaluation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coaching",
                        to="facilitators.evaluation",
                    ),
                ),
                (
                    "value",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coaching",
                        to="facilitators.evaluationvalue",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_at__isnull", True), ("steps", "")),
                            models.Q(("agreed_at__isnull", False), models.Q(("steps", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="coaching_agreed_with_steps",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", True), ("result", "")),
                            models.Q(
                                ("agreed_at__isnull", False),
                                ("done_at__isnull", False),
                                models.Q(("result", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="coaching_done_with_result",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IndicatorRule",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("indicator", models.CharField(max_length=40)),
                ("weight", models.PositiveSmallIntegerField()),
                ("sample_least", models.PositiveSmallIntegerField()),
                ("good", models.DecimalField(decimal_places=4, max_digits=9)),
                ("poor", models.DecimalField(decimal_places=4, max_digits=9)),
                (
                    "rules",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="facilitators.evaluationrules",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("rules", "indicator"), name="indicator_rule_once"),
                    models.CheckConstraint(
                        condition=models.Q(("good", models.F("poor")), _negated=True),
                        name="indicator_rule_bounds_differ",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sample_least__gte", 1), ("weight__lte", 100)),
                        name="indicator_rule_in_bounds",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Interview",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("revealed_at", models.DateTimeField()),
                ("scorers", models.PositiveSmallIntegerField()),
                ("closed_reason", models.CharField(blank=True, max_length=400)),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interview",
                        to="facilitators.application",
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
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scorers__gt", 0), models.Q(("closed_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="interview_scored_or_missed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_by__isnull", True), models.Q(("closed_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="interview_closed_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LogEntry",
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
                ("day", models.DateField()),
                ("begins", models.TimeField(blank=True, null=True)),
                ("ends", models.TimeField(blank=True, null=True)),
                (
                    "activity",
                    models.CharField(
                        choices=[
                            ("visit", "Visit"),
                            ("meeting", "Meeting with residents"),
                            ("check", "Check of a need, a work or an asset"),
                            ("assistance", "Help with a proposal or a plan"),
                            ("coordination", "Coordination with an office"),
                            ("training", "Training"),
                            ("complaint", "Complaint or problem followed up"),
                            ("administration", "Reports and data"),
                            ("other", "Something else"),
                        ],
                        max_length=16,
                    ),
                ),
                ("what", models.TextField()),
                ("place", models.CharField(blank=True, max_length=120)),
                ("latitude", models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True)),
                ("longitude", models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True)),
                ("accuracy_m", models.PositiveIntegerField(blank=True, null=True)),
                ("women", models.PositiveSmallIntegerField(default=0)),
                ("men", models.PositiveSmallIntegerField(default=0)),
                ("vulnerable", models.PositiveSmallIntegerField(default=0)),
                ("problem", models.TextField(blank=True)),
                ("solution", models.TextField(blank=True)),
                ("follow_up", models.TextField(blank=True)),
                ("follow_up_by", models.DateField(blank=True, null=True)),
                ("follow_up_done_on", models.DateField(blank=True, null=True)),
                ("linked_code", models.CharField(blank=True, max_length=12)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("written", "Waits to be verified"),
                            ("verified", "Verified"),
                            ("returned", "Sent back for repair"),
                        ],
                        default="written",
                        max_length=10,
                    ),
                ),
                ("written_at", models.DateTimeField()),
                ("noted_at", models.DateTimeField(blank=True, null=True)),
                ("late_reason", models.CharField(blank=True, max_length=200)),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                ("returned_at", models.DateTimeField(blank=True, null=True)),
                ("returned_reason", models.TextField(blank=True)),
                ("returns", models.PositiveSmallIntegerField(default=0)),
                ("source", models.PositiveBigIntegerField(blank=True, null=True)),
                ("verb", models.CharField(blank=True, max_length=60)),
                ("text_key", models.CharField(blank=True, max_length=64)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="log_entries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="log_entries",
                        to="facilitators.assignment",
                    ),
                ),
                ("photos", models.ManyToManyField(blank=True, related_name="+", to="core.photo")),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
                    ),
                ),
                (
                    "verified_by",
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
                "abstract": False,
                "indexes": [
                    models.Index(fields=["city_path", "-id"], name="logentry_city_idx"),
                    models.Index(fields=["district_path", "-id"], name="logentry_district_idx"),
                    models.Index(fields=["ward_path", "-id"], name="logentry_ward_idx"),
                    models.Index(fields=["account", "day", "id"], name="logentry_days_idx"),
                    models.Index(fields=["account", "text_key"], name="logentry_text_idx"),
                    models.Index(fields=["state", "region_path", "id"], name="logentry_state_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("account", "source"), name="logentry_once_per_source"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source__isnull", True), ("verb", "")),
                            models.Q(("source__isnull", False), models.Q(("verb", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="logentry_source_with_verb",
                    ),
                    models.CheckConstraint(condition=models.Q(("what", ""), _negated=True), name="logentry_says_what"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends__isnull", True),
                            models.Q(("begins__isnull", False), ("ends__gte", models.F("begins"))),
                            _connector="OR",
                        ),
                        name="logentry_times_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("accuracy_m__isnull", True), ("latitude__isnull", True), ("longitude__isnull", True)
                            ),
                            models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                            _connector="OR",
                        ),
                        name="logentry_fix_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "vulnerable__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("women"), "+", models.F("men")
                                ),
                            )
                        ),
                        name="logentry_vulnerable_among_met",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("follow_up_by__isnull", True),
                                models.Q(("follow_up", ""), _negated=True),
                                _connector="OR",
                            ),
                            models.Q(
                                ("follow_up_done_on__isnull", True),
                                models.Q(("follow_up", ""), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="logentry_follow_up_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "verified"), ("verified_at__isnull", False)),
                            models.Q(
                                models.Q(("state", "verified"), _negated=True),
                                ("verified_at__isnull", True),
                                ("verified_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="logentry_verified_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "verified"), _negated=True),
                            ("verified_by__isnull", False),
                            ("source__isnull", False),
                            _connector="OR",
                        ),
                        name="logentry_verified_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            models.Q(
                                ("returned_at__isnull", False),
                                ("returns__gte", 1),
                                models.Q(("returned_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="logentry_returned_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verified_by__isnull", True),
                            models.Q(("verified_by", models.F("account")), _negated=True),
                            _connector="OR",
                        ),
                        name="logentry_verifier_not_writer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LogFlag",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("no_fix", "No place fix"),
                            ("outside", "Outside the ward"),
                            ("too_close", "Two places in too short a time"),
                            ("same_photo", "Same photo as before"),
                            ("same_text", "Same words as before"),
                            ("round_times", "Always round times"),
                            ("out_of_hours", "Outside working hours"),
                            ("late", "Written late"),
                            ("held_back", "Arrived long after it was noted"),
                        ],
                        max_length=16,
                    ),
                ),
                ("figure", models.PositiveIntegerField(default=0)),
                ("note", models.CharField(blank=True, max_length=40)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="flags", to="facilitators.logentry"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("entry", "kind"), name="log_flag_once_per_kind")],
            },
        ),
        migrations.CreateModel(
            name="LogVersion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("said", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="facilitators.logentry"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="LogRules",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("valid_from", models.DateField()),
                ("legal_basis", models.CharField(max_length=200)),
                ("ward_radius_m", models.PositiveIntegerField(default=2000)),
                ("slack_m", models.PositiveIntegerField(default=250)),
                ("gap_minutes", models.PositiveSmallIntegerField(default=15)),
                ("gap_m", models.PositiveIntegerField(default=1000)),
                ("photo_bits", models.PositiveSmallIntegerField(default=3)),
                ("look_back_days", models.PositiveSmallIntegerField(default=92)),
                ("text_letters", models.PositiveSmallIntegerField(default=20)),
                ("round_minutes", models.PositiveSmallIntegerField(default=30)),
                ("round_run", models.PositiveSmallIntegerField(default=6)),
                ("opens", models.TimeField(default=datetime.time(6, 0))),
                ("closes", models.TimeField(default=datetime.time(22, 0))),
                ("work_days", models.CharField(default="12345", max_length=7)),
                ("late_days", models.PositiveSmallIntegerField(default=3)),
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
                "ordering": ["-valid_from"],
                "constraints": [
                    models.UniqueConstraint(fields=("city", "valid_from"), name="log_rules_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(("legal_basis", ""), _negated=True), name="log_rules_have_basis"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("opens__lt", models.F("closes"))), name="log_rules_hours_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("photo_bits__lte", 64), ("round_minutes__gte", 1), ("round_run__gte", 2)),
                        name="log_rules_sensible",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MonthPlan",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("region_path", models.CharField(editable=False, max_length=16)),
                ("year", models.PositiveSmallIntegerField()),
                ("month", models.PositiveSmallIntegerField()),
                ("sent_at", models.DateTimeField()),
                ("is_late", models.BooleanField(default=False)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="month_plans",
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
                "indexes": [models.Index(fields=["region_path", "year", "month"], name="month_plan_where_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("account", "year", "month"), name="month_plan_once"),
                    models.CheckConstraint(condition=models.Q(("month__range", (1, 12))), name="month_plan_has_month"),
                ],
            },
        ),
        migrations.CreateModel(
            name="MonthReport",
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
                ("year", models.PositiveSmallIntegerField()),
                ("month", models.PositiveSmallIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("ward_facilitator", "Ward facilitator"),
                            ("area_coordinator", "Area coordinator (Askot)"),
                            ("city_coordinator", "City coordinator (Korkot)"),
                        ],
                        max_length=20,
                    ),
                ),
                ("served_from", models.DateField()),
                ("served_to", models.DateField()),
                ("note", models.TextField(blank=True)),
                ("figures", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("sendings", models.PositiveSmallIntegerField(default=1)),
                ("sent_at", models.DateTimeField()),
                ("is_late", models.BooleanField(default=False)),
                ("closes_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "Sent"),
                            ("recommended", "Recommended"),
                            ("returned", "Sent back for repair"),
                            ("approved", "Approved"),
                        ],
                        default="sent",
                        max_length=12,
                    ),
                ),
                (
                    "awaits",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("area_coordinator", "Area coordinator"),
                            ("city_coordinator", "City coordinator"),
                            ("secretariat", "Programme secretariat"),
                        ],
                        max_length=20,
                    ),
                ),
                ("returned_reason", models.CharField(blank=True, max_length=500)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="month_reports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["city_path", "-id"], name="monthreport_city_idx"),
                    models.Index(fields=["district_path", "-id"], name="monthreport_district_idx"),
                    models.Index(fields=["ward_path", "-id"], name="monthreport_ward_idx"),
                    models.Index(fields=["state", "awaits", "region_path"], name="month_report_state_idx"),
                    models.Index(fields=["city_path", "year", "month"], name="month_report_month_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("account", "year", "month"), name="month_report_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("month__range", (1, 12)), ("sendings__gte", 1), ("served_to__gte", models.F("served_from"))
                        ),
                        name="month_report_has_month",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_at__isnull", False), ("approved_by__isnull", False), ("state", "approved")
                            ),
                            models.Q(
                                models.Q(("state", "approved"), _negated=True),
                                ("approved_at__isnull", True),
                                ("approved_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="month_report_approved_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["sent", "recommended"]), models.Q(("awaits", ""), _negated=True)),
                            models.Q(("awaits", ""), ("state__in", ["returned", "approved"])),
                            _connector="OR",
                        ),
                        name="month_report_waits_for_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            models.Q(("returned_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="month_report_returned_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("account")), _negated=True),
                            _connector="OR",
                        ),
                        name="month_report_not_alone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MonthDecision",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("sending", models.PositiveSmallIntegerField()),
                (
                    "office",
                    models.CharField(
                        choices=[
                            ("area_coordinator", "Area coordinator"),
                            ("city_coordinator", "City coordinator"),
                            ("secretariat", "Programme secretariat"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("recommended", "Recommended"), ("returned", "Sent back"), ("approved", "Approved")],
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("digest", models.CharField(max_length=64)),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="facilitators.monthreport",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "returned"), _negated=True),
                        fields=("report", "sending", "office"),
                        name="month_decision_once_per_office",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "returned"), _negated=True),
                        fields=("report", "sending", "decided_by"),
                        name="month_decision_once_per_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "returned"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="month_decision_returned_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MonthRules",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("valid_from", models.DateField()),
                ("legal_basis", models.CharField(max_length=200)),
                ("plan_day", models.PositiveSmallIntegerField(default=25)),
                ("correction_days", models.PositiveSmallIntegerField(default=3)),
                ("pay_day", models.PositiveSmallIntegerField(default=10)),
                ("pays_suspension", models.BooleanField(default=False)),
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
                "ordering": ["-valid_from"],
                "constraints": [
                    models.UniqueConstraint(fields=("city", "valid_from"), name="month_rules_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(("legal_basis", ""), _negated=True), name="month_rules_have_basis"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("correction_days__lte", 28), ("pay_day__range", (1, 28)), ("plan_day__range", (1, 28))
                        ),
                        name="month_rules_sensible",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PanelMember",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("is_chair", models.BooleanField(default=False)),
                ("seated_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_reason", models.CharField(blank=True, max_length=200)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_reason", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("ended_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="panel_member_left_with_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ConflictDeclaration",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("has_conflict", models.BooleanField()),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("family", "Family by blood or marriage"),
                            ("work", "Work or business together, now or in the last two years"),
                            ("party", "The same party, campaign or association board"),
                            ("dispute", "A dispute between us"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=400)),
                ("declared_at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                ("lifted_reason", models.CharField(blank=True, max_length=400)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declarations",
                        to="facilitators.application",
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declarations",
                        to="facilitators.panelmember",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at__isnull", True)),
                        fields=("member", "application"),
                        name="conflict_declared_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at__isnull", True), ("lifted_reason", "")),
                            models.Q(
                                ("has_conflict", True),
                                ("lifted_at__isnull", False),
                                models.Q(("lifted_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="conflict_lifted_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("has_conflict", False), ("kind", ""), ("reason", "")),
                            models.Q(
                                ("has_conflict", True),
                                models.Q(("kind", ""), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="conflict_has_kind_and_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PanelSeat",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                ("left_reason", models.CharField(blank=True, max_length=200)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="facilitators.ethicscase"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "account"), name="panel_seat_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("left_at__isnull", True), ("left_reason", "")),
                            models.Q(("left_at__isnull", False), models.Q(("left_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="panel_seat_left_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PayAccount",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("subject_key", models.BinaryField(null=True)),
                ("bank", models.CharField(max_length=60)),
                ("number_cipher", models.BinaryField()),
                ("holder_cipher", models.BinaryField()),
                ("tax_number_cipher", models.BinaryField(null=True)),
                ("last_four", models.CharField(max_length=4)),
                ("has_tax_number", models.BooleanField(default=False)),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pay_accounts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "city",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at__isnull", True)),
                        fields=("account",),
                        name="pay_account_one_in_use",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaced_at__isnull", False), ("subject_key__isnull", False), _connector="OR"
                        ),
                        name="pay_account_readable",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PayRun",
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
                ("year", models.PositiveSmallIntegerField()),
                ("month", models.PositiveSmallIntegerField()),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("made", "Made"),
                            ("handed_over", "With the treasurer"),
                            ("paid", "Paid"),
                            ("closed", "Closed: nobody could be paid"),
                        ],
                        default="made",
                        max_length=12,
                    ),
                ),
                ("handed_over_at", models.DateTimeField(blank=True, null=True)),
                ("file_taken_at", models.DateTimeField(blank=True, null=True)),
                ("paid_at", models.DateTimeField(blank=True, null=True)),
                ("paid_on", models.DateField(blank=True, null=True)),
                ("reference", models.CharField(blank=True, max_length=80)),
                (
                    "handed_over_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "paid_by",
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
                    models.Index(fields=["city_path", "-id"], name="payrun_city_idx"),
                    models.Index(fields=["district_path", "-id"], name="payrun_district_idx"),
                    models.Index(fields=["ward_path", "-id"], name="payrun_ward_idx"),
                    models.Index(fields=["state", "region_path"], name="pay_run_state_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("region", "year", "month", "number"), name="pay_run_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("month__range", (1, 12)), ("number__gte", 1)), name="pay_run_has_month"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handed_over_at__isnull", True), ("state", "made")),
                            models.Q(("handed_over_at__isnull", False), ("state__in", ["handed_over", "paid"])),
                            ("state", "closed"),
                            _connector="OR",
                        ),
                        name="pay_run_handed_over_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("paid_at__isnull", False),
                                ("paid_by__isnull", False),
                                ("paid_on__isnull", False),
                                ("state", "paid"),
                                models.Q(("reference", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "paid"), _negated=True),
                                ("paid_at__isnull", True),
                                ("paid_by__isnull", True),
                                ("paid_on__isnull", True),
                                ("reference", ""),
                            ),
                            _connector="OR",
                        ),
                        name="pay_run_paid_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("paid_by__isnull", True),
                            ("made_by__isnull", True),
                            models.Q(("paid_by", models.F("made_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="pay_run_payer_not_maker",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PayLine",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("parts", models.JSONField()),
                ("deductions", models.JSONField()),
                ("gross", models.BigIntegerField()),
                ("net", models.BigIntegerField()),
                ("pointed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits for bank details"),
                            ("ready", "On the list"),
                            ("paid", "Paid, to be confirmed"),
                            ("received", "Received"),
                            ("denied", "Did not arrive"),
                            ("failed", "Failed; goes on the next list"),
                        ],
                        default="ready",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("said", models.CharField(blank=True, max_length=300)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pay_lines",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pay_lines",
                        to="facilitators.contract",
                    ),
                ),
                (
                    "pay_account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pay_lines",
                        to="facilitators.payaccount",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pay_lines",
                        to="facilitators.monthreport",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="facilitators.payrun"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "failed"), _negated=True),
                        fields=("report",),
                        name="pay_line_paid_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("gross__gte", 0), ("net__gte", 0), ("net__lte", models.F("gross"))),
                        name="pay_line_amounts_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "failed"),
                            models.Q(("pay_account__isnull", True), ("state", "waiting")),
                            models.Q(models.Q(("state", "waiting"), _negated=True), ("pay_account__isnull", False)),
                            _connector="OR",
                        ),
                        name="pay_line_goes_somewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="pay_line_failed_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["received", "denied"]), _negated=True),
                            ("answered_at__isnull", False),
                            _connector="OR",
                        ),
                        name="pay_line_answered_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanLine",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("what", models.CharField(max_length=200)),
                (
                    "activity",
                    models.CharField(
                        choices=[
                            ("visit", "Visit"),
                            ("meeting", "Meeting with residents"),
                            ("check", "Check of a need, a work or an asset"),
                            ("assistance", "Help with a proposal or a plan"),
                            ("coordination", "Coordination with an office"),
                            ("training", "Training"),
                            ("complaint", "Complaint or problem followed up"),
                            ("administration", "Reports and data"),
                            ("other", "Something else"),
                        ],
                        max_length=16,
                    ),
                ),
                ("wanted", models.PositiveSmallIntegerField(default=1)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="facilitators.monthplan"
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
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "position"), name="plan_line_position_once"),
                    models.CheckConstraint(condition=models.Q(("wanted__gte", 1)), name="plan_line_wants_something"),
                    models.CheckConstraint(condition=models.Q(("what", ""), _negated=True), name="plan_line_says_what"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ward_facilitator", "Ward facilitator"),
                            ("area_coordinator", "Area coordinator (Askot)"),
                            ("city_coordinator", "City coordinator (Korkot)"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "specialism",
                    models.CharField(
                        choices=[
                            ("any", "Any field"),
                            ("technical", "Technical"),
                            ("social", "Social"),
                            ("economic", "Economic"),
                        ],
                        default="any",
                        max_length=10,
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1)),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [models.CheckConstraint(condition=models.Q(("number__gt", 0)), name="post_has_places")],
            },
        ),
        migrations.AddField(
            model_name="application",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="applications", to="facilitators.post"
            ),
        ),
        migrations.CreateModel(
            name="QuestionBank",
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
                ("name", models.CharField(max_length=80)),
                ("about", models.CharField(blank=True, max_length=200)),
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
                    models.Index(fields=["city_path", "-id"], name="questionbank_city_idx"),
                    models.Index(fields=["district_path", "-id"], name="questionbank_district_idx"),
                    models.Index(fields=["ward_path", "-id"], name="questionbank_ward_idx"),
                ],
                "constraints": [models.UniqueConstraint(fields=("region", "name"), name="question_bank_named_once")],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("single", "One of several"),
                            ("multiple", "Several of several"),
                            ("true_false", "True or false"),
                            ("short_number", "A number"),
                            ("short_text", "A word or two"),
                            ("ordering", "Put in order"),
                            ("matching", "Match pairs"),
                        ],
                        max_length=12,
                    ),
                ),
                ("topic", models.CharField(max_length=80)),
                (
                    "difficulty",
                    models.CharField(
                        blank=True,
                        choices=[("", "Not stated"), ("easy", "Easy"), ("medium", "Medium"), ("hard", "Hard")],
                        default="",
                        max_length=6,
                    ),
                ),
                ("text", models.TextField()),
                ("options", models.JSONField()),
                ("feedback", models.TextField(blank=True)),
                ("translations", models.JSONField(default=dict)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("digest", models.CharField(max_length=64)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                ("retired_reason", models.CharField(blank=True, max_length=200)),
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
                (
                    "bank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="facilitators.questionbank",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["bank", "topic", "difficulty"], name="question_topic_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("bank", "digest"), name="question_once_per_bank"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True), models.Q(("topic", ""), _negated=True)
                        ),
                        name="question_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("retired_at__isnull", True), ("retired_reason", "")),
                            models.Q(("retired_at__isnull", False), models.Q(("retired_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="question_retired_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Renewal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("renew", "Renew"),
                            ("conditions", "Renew with conditions"),
                            ("not_renewed", "Do not renew"),
                        ],
                        max_length=12,
                    ),
                ),
                ("conditions", models.TextField(blank=True)),
                ("reason", models.TextField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "evaluation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewal",
                        to="facilitators.evaluation",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="renewal_has_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "conditions"), models.Q(("conditions", ""), _negated=True)),
                            models.Q(models.Q(("outcome", "conditions"), _negated=True), ("conditions", "")),
                            _connector="OR",
                        ),
                        name="renewal_conditions_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("is_answer", models.BooleanField(default=False)),
                (
                    "name",
                    models.CharField(
                        default=pendamping.facilitators.models.evidence.evidence_name,
                        editable=False,
                        max_length=32,
                        unique=True,
                    ),
                ),
                ("declared_at", models.DateTimeField(blank=True, null=True)),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        storage=pendamping.facilitators.models.evidence.evidence_storage,
                        upload_to=pendamping.facilitators.models.evidence.evidence_path,
                    ),
                ),
                ("content_type", models.CharField(blank=True, max_length=40)),
                ("bytes", models.PositiveIntegerField(default=0)),
                ("pages", models.PositiveSmallIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="facilitators.application",
                    ),
                ),
                (
                    "requirement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="facilitators.requirement"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_answer", False)),
                        fields=("application", "requirement"),
                        name="evidence_once_per_requirement",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("declared_at__isnull", False),
                            models.Q(models.Q(("file", ""), _negated=True), ("bytes__gt", 0)),
                            _connector="OR",
                        ),
                        name="evidence_is_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("is_there", models.BooleanField()),
                (
                    "right",
                    models.CharField(
                        choices=[("yes", "Right"), ("no", "Not right"), ("unclear", "Needs clarification")],
                        max_length=8,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("reference", models.CharField(blank=True, max_length=80)),
                ("reason", models.TextField(blank=True)),
                ("checked_at", models.DateTimeField()),
                ("answer_until", models.DateField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.TextField(blank=True)),
                ("earlier", models.TextField(blank=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="facilitators.application",
                    ),
                ),
                (
                    "checker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "requirement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="facilitators.requirement"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("application", "requirement"), name="check_once_per_requirement"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_there", True), models.Q(("right", "yes"), _negated=True), _connector="OR"
                        ),
                        name="check_missing_is_not_right",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("right", "yes"), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="check_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("right", "unclear"), _negated=True),
                            ("answer_until__isnull", False),
                            _connector="OR",
                        ),
                        name="check_question_has_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RequirementSet",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("version", models.PositiveSmallIntegerField()),
                ("reason", models.TextField(blank=True)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
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
                "ordering": ["version"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("version", 1), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="requirement_set_change_has_reason",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="requirement",
            name="requirement_set",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="requirements",
                to="facilitators.requirementset",
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="requirement_set",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="facilitators.requirementset"
            ),
        ),
        migrations.CreateModel(
            name="Round",
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
                ("legal_basis", models.CharField(max_length=200)),
                ("legal_article", models.CharField(blank=True, max_length=80)),
                ("fiscal_year", models.PositiveSmallIntegerField()),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("draft", "Being prepared"),
                            ("open", "Registration is open"),
                            ("checking", "File check"),
                            ("testing", "Computer test"),
                            ("interviewing", "Interviews"),
                            ("ranked", "Provisional result, objections are open"),
                            ("final", "Final result"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="draft",
                        max_length=14,
                    ),
                ),
                ("opens_on", models.DateField()),
                ("closes_on", models.DateField()),
                ("files_on", models.DateField(blank=True, null=True)),
                ("exam_on", models.DateField(blank=True, null=True)),
                ("interview_on", models.DateField(blank=True, null=True)),
                ("announced_on", models.DateField(blank=True, null=True)),
                ("exam_weight", models.PositiveSmallIntegerField(default=60)),
                ("interview_weight", models.PositiveSmallIntegerField(default=40)),
                ("exam_pass", models.DecimalField(decimal_places=2, default=60, max_digits=5)),
                ("interview_pass", models.DecimalField(decimal_places=2, default=60, max_digits=5)),
                ("tie_rule", models.JSONField(default=pendamping.facilitators.models.rounds.tie_rule)),
                ("lottery_seed", models.CharField(blank=True, max_length=64)),
                ("interview_least", models.PositiveSmallIntegerField(default=3)),
                ("outlier_over", models.DecimalField(decimal_places=2, default=15, max_digits=5)),
                ("reserves", models.PositiveSmallIntegerField(default=2)),
                ("objection_days", models.PositiveSmallIntegerField(default=3)),
                ("objections_until", models.DateTimeField(blank=True, null=True)),
                ("reserve_days", models.PositiveSmallIntegerField(default=365)),
                ("retention_days", models.PositiveSmallIntegerField(default=180)),
                ("ranking_version", models.PositiveSmallIntegerField(default=0)),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_reason", models.CharField(blank=True, max_length=400)),
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
                    models.Index(fields=["city_path", "-id"], name="round_city_idx"),
                    models.Index(fields=["district_path", "-id"], name="round_district_idx"),
                    models.Index(fields=["ward_path", "-id"], name="round_ward_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closes_on__gte", models.F("opens_on"))), name="round_dates_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "exam_weight",
                                django.db.models.expressions.CombinedExpression(
                                    models.Value(100), "-", models.F("interview_weight")
                                ),
                            )
                        ),
                        name="round_weights_make_a_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("exam_pass__range", (0, 100)), ("interview_pass__range", (0, 100))),
                        name="round_marks_of_100",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("interview_least__gt", 0), ("outlier_over__range", (0, 100))),
                        name="round_interview_rules",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cancelled_at__isnull", False),
                                ("stage", "cancelled"),
                                models.Q(("cancelled_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("stage", "cancelled"), _negated=True),
                                ("cancelled_at__isnull", True),
                                ("cancelled_reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="round_cancelled_with_reason",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="requirementset",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="requirement_sets", to="facilitators.round"
            ),
        ),
        migrations.CreateModel(
            name="Ranking",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("version", models.PositiveSmallIntegerField()),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("first", "The first result"),
                            ("objection", "An objection was upheld"),
                            ("withdrawal", "An applicant withdrew"),
                            ("exam", "A computer test was held after an objection"),
                            ("interview", "An interview was held after an objection"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("document", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("moves", models.JSONField(default=list)),
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
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rankings", to="facilitators.round"
                    ),
                ),
            ],
            options={
                "ordering": ["version"],
                "constraints": [
                    models.UniqueConstraint(fields=("round", "version"), name="ranking_one_per_version"),
                    models.CheckConstraint(
                        condition=models.Q(("version__gt", 0), models.Q(("document", ""), _negated=True)),
                        name="ranking_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version", 1), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="ranking_change_has_reason",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="post",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="facilitators.round"
            ),
        ),
        migrations.AddField(
            model_name="panelmember",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="panel", to="facilitators.round"
            ),
        ),
        migrations.CreateModel(
            name="Objection",
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
                    "stage",
                    models.CharField(
                        choices=[("files", "File check"), ("exam", "Computer test"), ("interview", "Interview")],
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Waiting for an answer"), ("rejected", "Rejected"), ("upheld", "Upheld")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("old_score", models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True)),
                ("new_score", models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True)),
                ("new_version", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="facilitators.application",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="objections", to="facilitators.round"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["city_path", "-id"], name="objection_city_idx"),
                    models.Index(fields=["district_path", "-id"], name="objection_district_idx"),
                    models.Index(fields=["ward_path", "-id"], name="objection_ward_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "stage", "version"), name="objection_once_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("application", "stage"),
                        name="objection_one_open_per_stage",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("answered_at__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="objection_answered_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("new_score__isnull", True),
                            models.Q(
                                ("new_score__range", (0, 100)), ("new_version__isnull", False), ("state", "upheld")
                            ),
                            _connector="OR",
                        ),
                        name="objection_correction_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("about", models.CharField(blank=True, max_length=300)),
                ("weight", models.PositiveSmallIntegerField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="criteria", to="facilitators.round"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("round", "position"), name="criterion_one_per_position"),
                    models.CheckConstraint(
                        condition=models.Q(("weight__range", (1, 100))), name="criterion_weighs_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Blueprint",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("minutes", models.PositiveSmallIntegerField()),
                ("grace_seconds", models.PositiveSmallIntegerField(default=20)),
                ("sample_least", models.PositiveSmallIntegerField(default=30)),
                ("hard_below", models.DecimalField(decimal_places=2, default="0.20", max_digits=3)),
                ("easy_above", models.DecimalField(decimal_places=2, default="0.90", max_digits=3)),
                ("weak_below", models.DecimalField(decimal_places=2, default="0.20", max_digits=3)),
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
                (
                    "bank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="facilitators.questionbank"
                    ),
                ),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="blueprint", to="facilitators.round"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("minutes__gt", 0)), name="blueprint_has_time")
                ],
            },
        ),
        migrations.AddField(
            model_name="application",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="applications", to="facilitators.round"
            ),
        ),
        migrations.CreateModel(
            name="ScoreSheet",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("marks", models.JSONField()),
                ("total", models.DecimalField(decimal_places=3, max_digits=6)),
                ("note", models.TextField(blank=True)),
                ("saved_at", models.DateTimeField()),
                ("locked_at", models.DateTimeField(blank=True, null=True)),
                ("is_outlier", models.BooleanField(default=False)),
                ("outlier_note", models.TextField(blank=True)),
                ("noted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="facilitators.application",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="facilitators.panelmember",
                    ),
                ),
                (
                    "noted_by",
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
                    models.UniqueConstraint(fields=("member", "application"), name="score_sheet_once"),
                    models.CheckConstraint(condition=models.Q(("total__range", (0, 100))), name="score_sheet_of_100"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("noted_at__isnull", True), ("outlier_note", "")),
                            models.Q(
                                ("is_outlier", True),
                                ("noted_at__isnull", False),
                                models.Q(("outlier_note", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="score_sheet_noted_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("pin_version", models.PositiveSmallIntegerField(default=1)),
                ("entry", models.PositiveSmallIntegerField(default=0)),
                ("entered_at", models.DateTimeField(blank=True, null=True)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("extra_minutes", models.PositiveSmallIntegerField(default=0)),
                ("extra_reason", models.TextField(blank=True)),
                ("last_seen_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "finish",
                    models.CharField(
                        blank=True,
                        choices=[("handed_in", "Handed in"), ("time", "Time was up"), ("absent", "Did not begin")],
                        max_length=10,
                    ),
                ),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seat", to="facilitators.application"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finish", ""), ("finished_at__isnull", True)),
                            models.Q(("finished_at__isnull", False), models.Q(("finish", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="seat_finished_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("points", models.DecimalField(decimal_places=2, max_digits=6)),
                ("order", models.JSONField()),
                ("choice", models.JSONField(null=True)),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("saved_at", models.DateTimeField(null=True)),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="facilitators.question"
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="facilitators.seat"
                    ),
                ),
            ],
            options={
                "ordering": ["seat", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("seat", "position"), name="answer_one_per_position"),
                    models.UniqueConstraint(fields=("seat", "question"), name="answer_question_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SecondCheck",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("register", models.CharField(max_length=120)),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("clear", "Nothing found: the requirement is fulfilled"),
                            ("found", "Found: the requirement is not fulfilled"),
                        ],
                        max_length=6,
                    ),
                ),
                ("done_on", models.DateField()),
                ("reference", models.CharField(max_length=80)),
                ("reason", models.TextField(blank=True)),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="second_checks",
                        to="facilitators.application",
                    ),
                ),
                (
                    "checker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "requirement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="facilitators.requirement"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at__isnull", True)),
                        fields=("application", "requirement"),
                        name="second_check_once_per_requirement",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reference", ""), _negated=True), name="second_check_has_reference"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("result", "clear"), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="second_check_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sitting",
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
                ("place", models.CharField(max_length=160)),
                ("starts_at", models.DateTimeField()),
                ("minutes", models.PositiveSmallIntegerField()),
                ("late_minutes", models.PositiveSmallIntegerField(default=30)),
                ("seats", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Not open yet"),
                            ("open", "Running"),
                            ("closed", "Closed, result sealed"),
                            ("called_off", "Called off"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("seed", models.CharField(max_length=64)),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
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
                    "invigilator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
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
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sittings", to="facilitators.round"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["city_path", "-id"], name="sitting_city_idx"),
                    models.Index(fields=["district_path", "-id"], name="sitting_district_idx"),
                    models.Index(fields=["ward_path", "-id"], name="sitting_ward_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gt", 0), ("seats__gt", 0)), name="sitting_has_room_and_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", True),
                                ("opened_at__isnull", True),
                                ("state__in", ["planned", "called_off"]),
                            ),
                            models.Q(("closed_at__isnull", True), ("opened_at__isnull", False), ("state", "open")),
                            models.Q(("closed_at__isnull", False), ("opened_at__isnull", False), ("state", "closed")),
                            _connector="OR",
                        ),
                        name="sitting_moments_fit_state",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="seat",
            name="sitting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="places", to="facilitators.sitting"
            ),
        ),
        migrations.CreateModel(
            name="StageResult",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "stage",
                    models.CharField(
                        choices=[("files", "File check"), ("exam", "Computer test"), ("interview", "Interview")],
                        max_length=10,
                    ),
                ),
                ("passed", models.BooleanField()),
                ("score", models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True)),
                ("reason", models.TextField()),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="facilitators.application",
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("application", "stage"), name="stage_result_once"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="stage_result_has_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("version", models.PositiveSmallIntegerField()),
                ("rank", models.PositiveIntegerField(blank=True, null=True)),
                ("total", models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[("chosen", "Selected"), ("reserve", "Reserve"), ("failed", "Not selected")],
                        max_length=8,
                    ),
                ),
                ("reason", models.TextField()),
                ("pseudonym", models.CharField(blank=True, max_length=16)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standings",
                        to="facilitators.application",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="standings", to="facilitators.round"
                    ),
                ),
            ],
            options={
                "ordering": ["rank", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("version", "application"), name="standing_once_per_version"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="standing_has_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VoidedQuestion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("reason", models.CharField(max_length=300)),
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
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="facilitators.question"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="voided", to="facilitators.round"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("round", "question"), name="voided_question_once"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="voided_question_has_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Absence",
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
                        choices=[("leave", "Leave"), ("sick", "Sick"), ("duty_travel", "Duty travel")], max_length=12
                    ),
                ),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("subject_key", models.BinaryField(blank=True, null=True)),
                ("reason_cipher", models.BinaryField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Waits for an answer"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_reason", models.CharField(blank=True, max_length=200)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
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
                    models.Index(fields=["city_path", "-id"], name="absence_city_idx"),
                    models.Index(fields=["district_path", "-id"], name="absence_district_idx"),
                    models.Index(fields=["ward_path", "-id"], name="absence_ward_idx"),
                    models.Index(fields=["account", "first_day"], name="absence_days_idx"),
                    models.Index(fields=["state", "region_path"], name="absence_state_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))), name="absence_days_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("state__in", ["asked", "withdrawn"]),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("state__in", ["approved", "refused"]),
                            ),
                            _connector="OR",
                        ),
                        name="absence_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("decided_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="absence_refused_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("account")), _negated=True),
                            _connector="OR",
                        ),
                        name="absence_not_decided_alone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BlueprintLine",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("topic", models.CharField(max_length=80)),
                (
                    "difficulty",
                    models.CharField(
                        blank=True,
                        choices=[("", "Not stated"), ("easy", "Easy"), ("medium", "Medium"), ("hard", "Hard")],
                        default="",
                        max_length=6,
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("points", models.DecimalField(decimal_places=2, default=1, max_digits=6)),
                (
                    "blueprint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="facilitators.blueprint"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("blueprint", "topic", "difficulty"), name="blueprint_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gt", 0), ("points__gt", 0)), name="blueprint_line_asks"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendee",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("ticket", models.CharField(max_length=10, unique=True)),
                ("attended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "manner",
                    models.CharField(
                        blank=True,
                        choices=[("ticket", "By the code of the invitation"), ("manual", "Ticked by hand")],
                        max_length=8,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "appointment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="facilitators.appointment",
                    ),
                ),
                (
                    "attended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ceremony",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendees",
                        to="facilitators.ceremony",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("ceremony", "appointment"), name="attendee_invited_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("attended_at__isnull", True), ("manner", "")),
                            models.Q(("attended_at__isnull", False), models.Q(("manner", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="attendee_came_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("manner", "manual"), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="attendee_by_hand_with_reason",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.UniqueConstraint(
                fields=("requirement_set", "position"), name="requirement_one_per_position"
            ),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.UniqueConstraint(fields=("requirement_set", "key"), name="requirement_once_per_version"),
        ),
        migrations.AddConstraint(
            model_name="requirementset",
            constraint=models.UniqueConstraint(fields=("round", "version"), name="requirement_set_one_per_version"),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(
                fields=("round", "kind", "specialism", "region"), name="post_named_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="panelmember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)), fields=("round", "account"), name="panel_member_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="panelmember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True), ("is_chair", True)),
                fields=("round",),
                name="panel_member_one_chair",
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["round", "state"], name="application_idx"),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                condition=models.Q(("nik_index__isnull", False), ("state", "submitted")),
                fields=("round", "nik_index"),
                name="application_once_per_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.UniqueConstraint(fields=("sitting", "number"), name="seat_one_per_number"),
        ),
    ]
