"""The ladder of meetings: rules of a year, reasons for what lacks, chairs, phases, objections, revisions."""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import pendamping.core.models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_append_only"),
        ("deliberation", "0001_initial"),
        ("regions", "0002_path_length"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MinutesRevision",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("closed_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Waiver",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "requirement",
                    models.CharField(
                        choices=[
                            ("window", "Held within the days of its kind"),
                            ("notice", "Called early enough"),
                            ("quorum", "Enough people"),
                            ("quorum_rts", "Enough RTs for the quorum, at the district wards"),
                            ("women", "Share of women"),
                            ("rts", "RTs that somebody came from, at the district wards"),
                            ("group_youth", "Youth among those present"),
                            ("group_elderly", "Elderly among those present"),
                            ("group_poor", "Poor households among those present"),
                            ("group_disabled", "People with a disability among those present"),
                            ("group_rt_rw", "RT and RW chairs among those present"),
                            ("group_lpm", "LPM among those present"),
                            ("group_pkk", "PKK among those present"),
                            ("split", "Money within the shares of the rules"),
                        ],
                        max_length=16,
                    ),
                ),
                ("needed", models.IntegerField()),
                ("found", models.IntegerField()),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("no_woman", "No woman in the delegation of an RT, although women were invited"),
                            ("empty_rt", "An RT without residents"),
                            ("late_rules", "Rules or budget came late"),
                            ("emergency", "Disaster or weather"),
                            ("other", "Another reason"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField()),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="meeting",
            name="revision",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="meeting",
            name="told_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="decision",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("funded", "Funded"),
                    ("recommended", "Recommended to the next meeting"),
                    ("deferred", "Deferred"),
                    ("passed_on", "Passed to the district"),
                    ("to_city", "Passed to the city"),
                    ("rejected", "Rejected"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="meeting",
            name="kind",
            field=models.CharField(
                choices=[
                    ("rw", "RW meeting"),
                    ("planning", "Ward planning meeting (musrenbang)"),
                    ("development", "Ward development meeting"),
                    ("district", "District planning meeting"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="ChairChange",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("office", models.CharField(max_length=80)),
                ("since", models.DateTimeField()),
                ("reason", models.TextField()),
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
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="chairs", to="deliberation.meeting"
                    ),
                ),
            ],
            options={
                "ordering": ["since"],
            },
        ),
        migrations.CreateModel(
            name="MeetingObjection",
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
                ("revision", models.PositiveSmallIntegerField()),
                ("words", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waiting for an answer"),
                            ("upheld", "Upheld, the meeting is opened again"),
                            ("dismissed", "Not upheld"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
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
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="deliberation.meeting",
                    ),
                ),
                (
                    "recorded_by",
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
            },
        ),
        migrations.CreateModel(
            name="MeetingPhase",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("proposals", "Call for proposals"),
                            ("agenda", "Agenda fixed"),
                            ("attendance", "Attendance"),
                            ("objections", "Objections"),
                        ],
                        max_length=10,
                    ),
                ),
                ("opens_at", models.DateTimeField()),
                ("closes_at", models.DateTimeField()),
                ("reason", models.TextField(blank=True)),
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
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="phases", to="deliberation.meeting"
                    ),
                ),
            ],
            options={
                "ordering": ["opens_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="MeetingRules",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("fiscal_year", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("rw", "RW meeting"),
                            ("planning", "Ward planning meeting (musrenbang)"),
                            ("development", "Ward development meeting"),
                            ("district", "District planning meeting"),
                        ],
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("opens_on", models.DateField(blank=True, null=True)),
                ("closes_on", models.DateField(blank=True, null=True)),
                ("notice_days", models.PositiveSmallIntegerField()),
                ("quorum", models.PositiveIntegerField()),
                ("quorum_rts", models.PositiveSmallIntegerField(default=0)),
                ("women", models.PositiveSmallIntegerField()),
                ("rts", models.PositiveSmallIntegerField()),
                ("groups", models.JSONField(default=dict)),
                ("split", models.JSONField(default=dict)),
                ("objection_days", models.PositiveSmallIntegerField()),
                ("legal_basis", models.CharField(max_length=200)),
                ("note", models.TextField(blank=True)),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("default", "Default of the software, not yet set by the city"),
                            ("carried_over", "Taken over from the year before"),
                            ("set", "Set by the city"),
                        ],
                        default="set",
                        max_length=12,
                    ),
                ),
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
        ),
        migrations.AddField(
            model_name="meeting",
            name="rules",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="deliberation.meetingrules",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("revision__gte", 1)), name="meeting_revision_from_one"
            ),
        ),
        migrations.AddField(
            model_name="minutesrevision",
            name="closed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="minutesrevision",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="revisions", to="deliberation.meeting"
            ),
        ),
        migrations.AddField(
            model_name="minutesrevision",
            name="minutes",
            field=models.OneToOneField(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.document"
            ),
        ),
        migrations.AddField(
            model_name="minutesrevision",
            name="objection",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="deliberation.meetingobjection"
            ),
        ),
        migrations.AddField(
            model_name="waiver",
            name="by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="waiver",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="waivers", to="deliberation.meeting"
            ),
        ),
        migrations.AddConstraint(
            model_name="chairchange",
            constraint=models.UniqueConstraint(fields=("meeting", "since"), name="chair_one_at_a_time"),
        ),
        migrations.AddConstraint(
            model_name="chairchange",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("reason", ""), _negated=True), models.Q(("office", ""), _negated=True)),
                name="chair_has_office_and_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="meetingobjection",
            index=models.Index(fields=["city_path", "-id"], name="meetingobjection_city_idx"),
        ),
        migrations.AddIndex(
            model_name="meetingobjection",
            index=models.Index(fields=["district_path", "-id"], name="meetingobjection_district_idx"),
        ),
        migrations.AddIndex(
            model_name="meetingobjection",
            index=models.Index(fields=["ward_path", "-id"], name="meetingobjection_ward_idx"),
        ),
        migrations.AddConstraint(
            model_name="meetingobjection",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="meeting_objection_has_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingobjection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at__isnull", True), ("state", "open")),
                    models.Q(
                        models.Q(("state", "open"), _negated=True),
                        models.Q(("answer", ""), _negated=True),
                        ("answered_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="meeting_objection_answered_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingphase",
            constraint=models.UniqueConstraint(fields=("meeting", "phase"), name="phase_once_per_meeting"),
        ),
        migrations.AddConstraint(
            model_name="meetingphase",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_at__gt", models.F("opens_at"))), name="phase_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingrules",
            constraint=models.UniqueConstraint(
                fields=("city", "fiscal_year", "kind", "version"), name="meeting_rules_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingrules",
            constraint=models.UniqueConstraint(
                fields=("city", "fiscal_year", "kind", "valid_from"), name="meeting_rules_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingrules",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("city", "fiscal_year", "kind"),
                name="meeting_rules_latest",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingrules",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("opens_on__isnull", True),
                    ("closes_on__isnull", True),
                    ("closes_on__gte", models.F("opens_on")),
                    _connector="OR",
                ),
                name="meeting_rules_window_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingrules",
            constraint=models.CheckConstraint(
                condition=models.Q(("quorum_rts__lte", 1000), ("rts__lte", 1000), ("women__lte", 1000)),
                name="meeting_rules_shares",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingrules",
            constraint=models.CheckConstraint(
                condition=models.Q(("legal_basis", ""), _negated=True), name="meeting_rules_have_basis"
            ),
        ),
        migrations.AddConstraint(
            model_name="minutesrevision",
            constraint=models.UniqueConstraint(fields=("meeting", "number"), name="minutes_revision_once"),
        ),
        migrations.AddConstraint(
            model_name="waiver",
            constraint=models.UniqueConstraint(fields=("meeting", "requirement"), name="waiver_once_per_requirement"),
        ),
        migrations.AddConstraint(
            model_name="waiver",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="waiver_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="waiver",
            constraint=models.CheckConstraint(
                condition=models.Q(("found__lt", models.F("needed"))), name="waiver_of_what_is_missing"
            ),
        ),
    ]
