"""The journal cannot be changed or removed, by order of the database."""

from django.db import migrations

from pendamping.core import triggers


def add(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        triggers.add(cursor, schema_editor.connection.vendor)


def remove(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        triggers.remove(cursor, schema_editor.connection.vendor)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
