"""A decision names the result it was decided by, so that one which a recount overtook is known."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("deliberation", "0009_poll_present"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="result",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="deliberation.result",
            ),
        ),
    ]
