"""What waits for whom, and the figures."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "pendamping.insight"
    label = "insight"
    default_auto_field = "django.db.models.BigAutoField"
