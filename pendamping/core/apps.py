"""The ground everything stands on: acts, journal, counters, documents, photos, pages."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "pendamping.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"
