import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import pendamping.core.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "__first__"),
        ("core", "0002_append_only"),
        ("regions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="MenuItem",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=10)),
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
                ("group", models.CharField(max_length=120)),
                ("group_en", models.CharField(max_length=120)),
                ("name", models.CharField(max_length=160)),
                ("name_en", models.CharField(max_length=160)),
                ("is_other", models.BooleanField(default=False)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("legal_basis", models.CharField(max_length=160)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("code", "valid_from"), name="menu_item_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)), fields=("code",), name="menu_item_one_in_force"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Need",
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
                ("summary", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waiting for a site check"),
                            ("verified", "Verified on site"),
                            ("answered", "Answered"),
                            ("proposed", "Proposed"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("finding", models.TextField(blank=True)),
                ("people_affected", models.PositiveIntegerField(blank=True, null=True)),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
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
                    "menu_item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="needs.menuitem",
                    ),
                ),
                ("photos", models.ManyToManyField(blank=True, related_name="+", to="core.photo")),
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
                    models.Index(fields=["city_path", "-id"], name="need_city_idx"),
                    models.Index(fields=["district_path", "-id"], name="need_district_idx"),
                    models.Index(fields=["ward_path", "-id"], name="need_ward_idx"),
                    models.Index(fields=["ward_path", "state", "-id"], name="need_ward_state_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verified_at__isnull", True), ("verified_by__isnull", True)),
                            models.Q(
                                ("verified_at__isnull", False),
                                ("verified_by__isnull", False),
                                models.Q(("finding", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="need_verified_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", False),
                                ("state", "answered"),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "answered"), _negated=True),
                                ("answer", ""),
                                ("answered_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="need_answered_with_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["verified", "proposed"]), _negated=True),
                            ("verified_at__isnull", False),
                            _connector="OR",
                        ),
                        name="need_proposed_only_when_verified",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
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
                ("description", models.TextField(blank=True)),
                ("place", models.CharField(max_length=200)),
                ("other_words", models.CharField(blank=True, max_length=120)),
                ("volume", models.DecimalField(decimal_places=2, max_digits=12)),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("m", "m"),
                            ("m2", "m²"),
                            ("m3", "m³"),
                            ("unit", "unit"),
                            ("paket", "package"),
                            ("orang", "person"),
                            ("kali", "time(s)"),
                            ("hok", "person-day"),
                            ("ls", "lump sum"),
                        ],
                        max_length=8,
                    ),
                ),
                ("estimated_cost", models.BigIntegerField()),
                ("women", models.PositiveIntegerField()),
                ("men", models.PositiveIntegerField()),
                ("children", models.PositiveIntegerField(default=0)),
                ("poor", models.PositiveIntegerField(default=0)),
                ("disabled", models.PositiveIntegerField(default=0)),
                (
                    "land_status",
                    models.CharField(
                        choices=[
                            ("public", "Public land"),
                            ("city", "Land of the city"),
                            ("private_consent", "Private land, with written consent"),
                            ("private_open", "Private land, consent still missing"),
                            ("not_needed", "No land needed"),
                            ("unknown", "Not known yet"),
                        ],
                        max_length=16,
                    ),
                ),
                ("land_consent", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Waiting for the check"),
                            ("returned", "Returned for repair"),
                            ("checked", "Ready for the meeting"),
                            ("on_agenda", "On the agenda of a meeting"),
                            ("funded", "Funded"),
                            ("deferred", "Deferred"),
                            ("passed_on", "Passed to the district"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("check_note", models.TextField(blank=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawal", models.TextField(blank=True)),
                ("source", models.CharField(blank=True, max_length=40)),
                ("source_ref", models.CharField(blank=True, max_length=80)),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "menu_item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="needs.menuitem"
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proposals", to="needs.need"
                    ),
                ),
                ("photos", models.ManyToManyField(blank=True, related_name="+", to="core.photo")),
                (
                    "proposed_by",
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
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
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
                    models.Index(fields=["city_path", "-id"], name="proposal_city_idx"),
                    models.Index(fields=["district_path", "-id"], name="proposal_district_idx"),
                    models.Index(fields=["ward_path", "-id"], name="proposal_ward_idx"),
                    models.Index(fields=["ward_path", "state", "-id"], name="proposal_ward_state_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("source_ref", ""), _negated=True),
                        fields=("source", "source_ref"),
                        name="proposal_source_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("estimated_cost__gte", 0), ("volume__gte", 0)),
                        name="proposal_amounts_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_at__isnull", True), ("checked_by__isnull", True)),
                            models.Q(("checked_at__isnull", False), ("checked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="proposal_checked_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checked_by__isnull", True),
                            ("proposed_by__isnull", True),
                            models.Q(("checked_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="proposal_checker_not_proposer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checked_by__isnull", True),
                            ("submitted_by__isnull", True),
                            models.Q(("checked_by", models.F("submitted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="proposal_checker_not_submitter",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "withdrawn"]), ("submitted_at__isnull", False), _connector="OR"
                        ),
                        name="proposal_submitted_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "withdrawn"),
                                ("withdrawn_at__isnull", False),
                                models.Q(("withdrawal", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "withdrawn"), _negated=True),
                                ("withdrawal", ""),
                                ("withdrawn_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_withdrawn_with_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposalRevision",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pendamping.core.models.new_uid, editable=False, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("facts", models.JSONField()),
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
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="revisions", to="needs.proposal"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("proposal", "created_at"), name="proposal_revision_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Voice",
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
                ("text", models.TextField()),
                ("other_words", models.CharField(blank=True, max_length=120)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "Web"),
                            ("facilitator", "Recorded by the facilitator"),
                            ("counter", "Counter"),
                            ("asset", "Fault reported on an asset"),
                            ("api", "Another application"),
                            ("import", "Imported list"),
                        ],
                        max_length=12,
                    ),
                ),
                ("on_behalf", models.BooleanField(default=False)),
                (
                    "behalf",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_phone", "A resident without a phone"),
                            ("elderly", "An elderly resident"),
                            ("disabled", "A resident with a disability"),
                            ("cannot_write", "A resident who does not write"),
                            ("counter", "A resident at the counter"),
                            ("meeting", "Residents at a meeting"),
                            ("visit", "A resident visited at home"),
                        ],
                        max_length=16,
                    ),
                ),
                ("heard_at", models.DateTimeField()),
                ("place_words", models.CharField(blank=True, max_length=160)),
                ("latitude", models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True)),
                ("longitude", models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("heard", "Heard, waiting"), ("gathered", "Part of a need"), ("answered", "Answered")],
                        default="heard",
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("source", models.CharField(blank=True, max_length=40)),
                ("source_ref", models.CharField(blank=True, max_length=80)),
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
                    "menu_item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="needs.menuitem",
                    ),
                ),
                ("photos", models.ManyToManyField(blank=True, related_name="+", to="core.photo")),
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
                "indexes": [
                    models.Index(fields=["city_path", "-id"], name="voice_city_idx"),
                    models.Index(fields=["district_path", "-id"], name="voice_district_idx"),
                    models.Index(fields=["ward_path", "-id"], name="voice_ward_idx"),
                    models.Index(fields=["ward_path", "state", "-id"], name="voice_ward_state_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("source_ref", ""), _negated=True),
                        fields=("source", "source_ref"),
                        name="voice_source_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                            models.Q(("latitude__isnull", False), ("longitude__isnull", False)),
                            _connector="OR",
                        ),
                        name="voice_pin_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", False),
                                ("state", "answered"),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "answered"), _negated=True),
                                ("answer", ""),
                                ("answered_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="voice_answered_with_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("behalf", ""), ("on_behalf", False)),
                            models.Q(
                                ("on_behalf", True),
                                ("recorded_by__isnull", False),
                                models.Q(("behalf", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="voice_on_behalf_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Gathering",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
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
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="gatherings", to="needs.need"
                    ),
                ),
                (
                    "voice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="gathering", to="needs.voice"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("need", "voice"), name="gathering_once")],
            },
        ),
    ]
