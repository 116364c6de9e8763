"""What a returned proposal lacked above all becomes a choice, so that training can follow it."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("needs", "0001_initial")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="proposal",
            name="check_lack",
            field=models.CharField(
                blank=True,
                choices=[
                    ("land_consent", "Consent of the land owner"),
                    ("volume", "Volume"),
                    ("cost", "Cost"),
                    ("menu", "An activity of the menu"),
                    ("duplicate", "It is there twice"),
                    ("beneficiaries", "Who benefits"),
                    ("other", "Something else"),
                ],
                max_length=16,
            ),
        ),
    ]
