import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

import pendamping.core.models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "__first__"),
        ("core", "0002_append_only"),
        ("needs", "0002_what_was_missing"),
        ("regions", "0002_path_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Category",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "city",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.region",
                    ),
                ),
                ("key", models.SlugField(max_length=40)),
                ("title", models.JSONField()),
                (
                    "menu_item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="needs.menuitem",
                    ),
                ),
                ("near_metres", models.PositiveSmallIntegerField(default=150)),
                ("near_days", models.PositiveSmallIntegerField(default=120)),
                ("is_confidential", models.BooleanField(default=False)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["position", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)),
                        fields=("city", "key"),
                        name="category_once_in_a_city",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("city__isnull", True), ("valid_to__isnull", True)),
                        fields=("key",),
                        name="category_once_for_all",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="category_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CategoryQuestion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="questions", to="needs.category"
                    ),
                ),
                ("key", models.SlugField(max_length=40)),
                ("position", models.PositiveSmallIntegerField()),
                ("label", models.JSONField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "Words"),
                            ("number", "A number"),
                            ("choice", "One of several"),
                            ("yes_no", "Yes or no"),
                        ],
                        max_length=8,
                    ),
                ),
                ("choices", models.JSONField(default=list)),
                ("is_required", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["category", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("category", "key"), name="category_question_once"),
                    models.UniqueConstraint(fields=("category", "position"), name="category_question_own_place"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "voice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="needs.voice"
                    ),
                ),
                ("speaker", models.CharField(choices=[("resident", "Resident"), ("office", "Office")], max_length=8)),
                (
                    "written_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("text", models.TextField()),
                ("asks", models.BooleanField(default=False)),
                ("is_public", models.BooleanField(default=False)),
                ("photos", models.ManyToManyField(blank=True, related_name="+", to="core.photo")),
            ],
            options={
                "ordering": ["voice", "id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="message_has_words"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("speaker", "resident"), ("written_by__isnull", True)),
                            ("speaker", "office"),
                            _connector="OR",
                        ),
                        name="message_of_a_resident_names_nobody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Complaint",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "voice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="complaints", to="needs.voice"
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaints",
                        to="needs.message",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("person", "It tells who somebody is"),
                            ("insult", "It insults or threatens"),
                            ("spam", "It is advertising or noise"),
                            ("elsewhere", "It is not about this place"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=200)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
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
                ("was_right", models.BooleanField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("was_right__isnull", True)),
                            models.Q(("settled_at__isnull", False), ("was_right__isnull", False)),
                            _connector="OR",
                        ),
                        name="complaint_settled_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("email", "E-mail"),
                            ("gateway", "Messages on the phone"),
                            ("push", "Notices of the browser"),
                        ],
                        max_length=8,
                    ),
                ),
                ("subject_key", models.BinaryField(blank=True, null=True)),
                ("address_cipher", models.BinaryField(blank=True, null=True)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("forgotten_at", models.DateTimeField(blank=True, null=True)),
                ("refusals", models.PositiveSmallIntegerField(default=0)),
                ("refused_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("digest", ""), _negated=True),
                        fields=("kind", "digest"),
                        name="contact_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("address_cipher__isnull", True),
                                ("forgotten_at__isnull", False),
                                ("subject_key__isnull", True),
                            ),
                            models.Q(
                                ("address_cipher__isnull", False),
                                ("forgotten_at__isnull", True),
                                ("subject_key__isnull", False),
                                models.Q(("digest", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="contact_whole_or_forgotten",
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
                (
                    "city",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.region",
                    ),
                ),
                ("key", models.SlugField(max_length=40)),
                ("title", models.JSONField()),
                ("help", models.JSONField(default=dict)),
                ("levels", models.JSONField()),
                ("weight", models.PositiveSmallIntegerField(default=1)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("legal_basis", models.CharField(blank=True, max_length=160)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["position", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="criterion_days_in_order",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)),
                        fields=("city", "key"),
                        name="criterion_once_in_a_city",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("city__isnull", True), ("valid_to__isnull", True)),
                        fields=("key",),
                        name="criterion_once_for_all",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "voice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deadlines", to="needs.voice"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("route", "Routed to whoever deals with it"),
                            ("answer", "First answer"),
                            ("solve", "Solved"),
                        ],
                        max_length=8,
                    ),
                ),
                ("days", models.PositiveSmallIntegerField()),
                ("starts_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                ("met_at", models.DateTimeField(blank=True, null=True)),
                ("escalated_to", models.CharField(blank=True, max_length=12)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("met_at__isnull", True)), fields=["due_on"], name="deadline_open_idx"
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("voice", "step"), name="deadline_once_per_step")],
            },
        ),
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="exports", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("page", models.CharField(max_length=20)),
                ("query", models.CharField(max_length=400)),
                (
                    "format",
                    models.CharField(
                        choices=[("csv", "CSV"), ("xlsx", "Excel (XLSX)"), ("geojson", "Map points (GeoJSON)")],
                        max_length=8,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Being made"),
                            ("ready", "Ready"),
                            ("failed", "Not made"),
                            ("gone", "Deleted"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                ("file_name", models.CharField(blank=True, max_length=64)),
                ("places", models.JSONField(default=list)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ready"), _negated=True),
                            models.Q(("file_name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="export_ready_has_file",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Following",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="followings", to="needs.contact"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("voice", "A voice"),
                            ("place", "A place"),
                            ("category", "A category in a place"),
                            ("journey", "A journey"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "voice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followings",
                        to="needs.voice",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.region",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="needs.category",
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=16)),
                ("is_speaker", models.BooleanField(default=False)),
                (
                    "pace",
                    models.CharField(
                        choices=[("daily", "At most one letter a day"), ("at_once", "At once")],
                        default="daily",
                        max_length=8,
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("told_until", models.BigIntegerField(default=0)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["place", "category"],
                        name="following_place_idx",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voice__isnull", False)),
                        fields=("contact", "voice"),
                        name="following_voice_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("category__isnull", True),
                                ("code", ""),
                                ("place__isnull", True),
                                ("voice__isnull", False),
                                ("what", "voice"),
                            ),
                            models.Q(
                                ("category__isnull", True),
                                ("code", ""),
                                ("place__isnull", False),
                                ("voice__isnull", True),
                                ("what", "place"),
                            ),
                            models.Q(
                                ("category__isnull", False),
                                ("code", ""),
                                ("place__isnull", False),
                                ("voice__isnull", True),
                                ("what", "category"),
                            ),
                            models.Q(
                                ("category__isnull", True),
                                ("place__isnull", True),
                                ("voice__isnull", True),
                                ("what", "journey"),
                                models.Q(("code", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="following_names_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_speaker", False), ("what", "voice"), _connector="OR"),
                        name="following_speaker_of_a_voice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GatewayMessage",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("gateway", models.CharField(max_length=20)),
                ("number", models.CharField(max_length=80)),
                ("sent_at", models.DateTimeField()),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="needs.contact"
                    ),
                ),
                ("text", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits for an answer about the place"),
                            ("taken", "Became a voice or a message of its thread"),
                            ("refused", "Not taken"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.region",
                    ),
                ),
                (
                    "voice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gateway_messages",
                        to="needs.voice",
                    ),
                ),
                ("refused_reason", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("gateway", "number"), name="gateway_message_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "taken"), _negated=True), ("voice__isnull", False), _connector="OR"
                        ),
                        name="gateway_message_taken_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hiding",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "voice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hidings", to="needs.voice"
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hidings",
                        to="needs.message",
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.photo",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("person", "It tells who somebody is"),
                            ("insult", "It insults or threatens"),
                            ("spam", "It is advertising or noise"),
                            ("elsewhere", "It is not about this place"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=200)),
                (
                    "hidden_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
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
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("message__isnull", True), ("photo__isnull", True), _connector="OR"),
                        name="hiding_of_one_thing",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("lifted_at__isnull", True), ("message__isnull", True), ("photo__isnull", True)
                        ),
                        fields=("voice",),
                        name="hiding_of_a_voice_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Holiday",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                (
                    "city",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.region",
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("decree", models.CharField(max_length=160)),
            ],
            options={
                "ordering": ["day"],
                "constraints": [
                    models.UniqueConstraint(fields=("day", "city"), name="holiday_once_in_a_city"),
                    models.UniqueConstraint(
                        condition=models.Q(("city__isnull", True)), fields=("day",), name="holiday_once_for_all"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Original",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "voice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="originals",
                        to="needs.voice",
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="originals",
                        to="needs.need",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="originals",
                        to="needs.message",
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.photo",
                    ),
                ),
                ("subject_key", models.BinaryField(blank=True, null=True)),
                ("text_cipher", models.BinaryField(blank=True, null=True)),
                ("file_name", models.CharField(blank=True, max_length=64)),
                (
                    "edited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("destroyed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("destroyed_at__isnull", True), ("subject_key__isnull", False)),
                            models.Q(
                                ("destroyed_at__isnull", False),
                                ("file_name", ""),
                                ("subject_key__isnull", True),
                                ("text_cipher__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="original_whole_or_destroyed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("voice__isnull", True), ("need__isnull", True), _connector="XOR"),
                        name="original_of_one_record",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pauses", to="needs.deadline"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("resident", "Waiting for the resident's answer"),
                            ("site", "The place cannot be reached"),
                            ("other_office", "Another office must answer first"),
                            ("disaster", "Disaster"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=200)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(blank=True, null=True)),
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
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_day__isnull", True), ("last_day__gte", models.F("first_day")), _connector="OR"
                        ),
                        name="pause_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", "other"), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="pause_other_has_words",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("last_day__isnull", True)), fields=("deadline",), name="pause_one_is_open"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadyAnswer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "city",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="needs.category",
                    ),
                ),
                ("status", models.CharField(blank=True, max_length=12)),
                ("title", models.CharField(max_length=80)),
                ("text", models.TextField()),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("text", ""), _negated=True)
                        ),
                        name="ready_answer_has_words",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Redaction",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "photo",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.photo"),
                ),
                (
                    "made",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.photo"
                    ),
                ),
                (
                    "voice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="redactions",
                        to="needs.voice",
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="redactions",
                        to="needs.need",
                    ),
                ),
                ("boxes", models.JSONField()),
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
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("photo", models.F("made")), _negated=True), name="redaction_makes_another"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("voice__isnull", True), ("need__isnull", True), _connector="XOR"),
                        name="redaction_of_one_record",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("page", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(max_length=400)),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="saved_view_has_name"),
                    models.UniqueConstraint(fields=("account", "page", "name"), name="saved_view_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scores", to="needs.need"
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="needs.criterion"
                    ),
                ),
                ("points", models.PositiveSmallIntegerField()),
                ("reason", models.CharField(max_length=300)),
                (
                    "scored_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="score_has_reason"),
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at__isnull", True)),
                        fields=("need", "criterion"),
                        name="score_one_in_force",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Solving",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "voice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="solving", to="needs.voice"
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes, it is solved"), ("partly", "In part"), ("no", "No")],
                        max_length=8,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("reopened_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True)),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="solving_answered_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reopened_at__isnull", True), ("answer__in", ["no", "partly"]), _connector="OR"
                        ),
                        name="solving_reopened_after_no",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StepDays",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "city",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.region",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deadlines",
                        to="needs.category",
                    ),
                ),
                ("scope", models.CharField(editable=False, max_length=60)),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("route", "Routed to whoever deals with it"),
                            ("answer", "First answer"),
                            ("solve", "Solved"),
                        ],
                        max_length=8,
                    ),
                ),
                ("days", models.PositiveSmallIntegerField()),
                ("legal_basis", models.CharField(max_length=160)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("scope", "step", "valid_from"), name="step_days_version_once"),
                    models.CheckConstraint(condition=models.Q(("days__gte", 1)), name="step_days_at_least_one"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Viewpoint",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="viewpoints", to="needs.need"
                    ),
                ),
                ("words", models.CharField(max_length=160)),
                ("latitude", models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True)),
                ("longitude", models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True)),
                ("heading", models.PositiveSmallIntegerField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="viewpoint_has_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("heading__isnull", True), ("heading__lt", 360), _connector="OR"),
                        name="viewpoint_heading",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="View",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "viewpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="views", to="needs.viewpoint"
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.photo"),
                ),
                ("taken_on", models.DateField()),
                (
                    "taken_by",
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
                "ordering": ["viewpoint", "taken_on", "id"],
                "constraints": [models.UniqueConstraint(fields=("viewpoint", "photo"), name="view_once")],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("code", models.CharField(editable=False, max_length=12, unique=True)),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
                    ),
                ),
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
                    "visited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("day", models.DateField()),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("heard", "Voices were heard"),
                            ("nothing", "Nothing to say for now"),
                            ("nobody", "Nobody was there"),
                        ],
                        max_length=8,
                    ),
                ),
                ("groups", models.JSONField(default=list)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("voices", models.ManyToManyField(blank=True, related_name="visits", to="needs.voice")),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["city_path", "-id"], name="visit_city_idx"),
                    models.Index(fields=["district_path", "-id"], name="visit_district_idx"),
                    models.Index(fields=["ward_path", "-id"], name="visit_ward_idx"),
                    models.Index(fields=["region_path", "day"], name="visit_day_idx"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Block",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "city",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("contact", "An address"), ("connection", "A connection")], max_length=10
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("reason", models.CharField(max_length=200)),
                ("until", models.DateTimeField()),
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
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "digest"], name="block_digest_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("digest", ""), _negated=True), models.Q(("reason", ""), _negated=True)
                        ),
                        name="block_with_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseMember",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "voice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="case_team", to="needs.voice"
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "named_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("voice", "account"),
                        name="case_member_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "following",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="needs.following"
                    ),
                ),
                (
                    "news",
                    models.CharField(
                        choices=[
                            ("answered", "The voice was answered."),
                            ("asked", "You are asked something about your voice."),
                            ("message", "There is a new message about the voice."),
                            ("merged", "The voice was joined with another about the same thing."),
                            ("gathered", "The voice became part of a need."),
                            ("completed", "The work that came of the voice is completed."),
                            ("solved_asked", "Is it solved? Please say so on the page of your voice."),
                            ("reopened", "The voice is open again."),
                            ("moved", "The voice went on to another office."),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="needs.message",
                    ),
                ),
                ("at", models.DateTimeField()),
                ("told_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("told_at__isnull", True)), fields=["following"], name="notice_untold_idx"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("told_at__isnull", True), ("told_at__gte", models.F("at")), _connector="OR"
                        ),
                        name="notice_told_after",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="voice",
            name="duplicate_of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="duplicates",
                to="needs.voice",
            ),
        ),
        migrations.AddField(
            model_name="voice",
            name="extra",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="voice",
            name="is_confidential",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="voice",
            name="turn",
            field=models.CharField(
                choices=[
                    ("facilitator", "Facilitator"),
                    ("ward", "Ward"),
                    ("district", "District"),
                    ("city", "City"),
                    ("resident", "Resident"),
                    ("nobody", "Nobody for now"),
                ],
                default="facilitator",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="voice",
            name="channel",
            field=models.CharField(
                choices=[
                    ("web", "Web"),
                    ("facilitator", "Recorded by the facilitator"),
                    ("counter", "Counter"),
                    ("asset", "Fault reported on an asset"),
                    ("api", "Another application"),
                    ("import", "Imported list"),
                    ("meeting", "List of a meeting"),
                    ("gateway", "Message on the phone"),
                    ("open311", "Open311"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="voice",
            name="category",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="needs.category",
            ),
        ),
        migrations.AddIndex(
            model_name="voice",
            index=models.Index(fields=["ward_path", "turn", "-id"], name="voice_turn_idx"),
        ),
        migrations.AddIndex(
            model_name="voice",
            index=models.Index(fields=["latitude", "longitude"], name="voice_pin_idx"),
        ),
        migrations.AddIndex(
            model_name="voice",
            index=models.Index(fields=["city_path", "-heard_at"], name="voice_heard_idx"),
        ),
        migrations.AddIndex(
            model_name="voice",
            index=models.Index(fields=["city_path", "menu_item", "-id"], name="voice_subject_idx"),
        ),
        migrations.AddIndex(
            model_name="voice",
            index=models.Index(fields=["source", "source_ref"], name="voice_source_idx"),
        ),
        migrations.AddConstraint(
            model_name="voice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("duplicate_of__isnull", True),
                    models.Q(("duplicate_of", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="voice_duplicate_of_another",
            ),
        ),
        migrations.AlterModelOptions(
            name="voice",
            options={"base_manager_name": "everything"},
        ),
        migrations.AlterModelManagers(
            name="voice",
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
    ]
