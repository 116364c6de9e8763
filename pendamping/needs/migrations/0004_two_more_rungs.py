"""A proposal may be recommended to the next meeting or passed to the city."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("needs", "0003_listening"),
    ]

    operations = [
        migrations.AlterField(
            model_name="proposal",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("submitted", "Waiting for the check"),
                    ("returned", "Returned for repair"),
                    ("checked", "Ready for the meeting"),
                    ("on_agenda", "On the agenda of a meeting"),
                    ("funded", "Funded"),
                    ("deferred", "Deferred"),
                    ("recommended", "Recommended to the next meeting"),
                    ("passed_on", "Passed to the district"),
                    ("to_city", "Passed to the city"),
                    ("rejected", "Rejected"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="draft",
                max_length=12,
            ),
        ),
    ]
