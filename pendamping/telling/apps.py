"""What the journal holds, in sentences."""

from django.apps import AppConfig


class TellingConfig(AppConfig):
    name = "pendamping.telling"
    label = "telling"
    default_auto_field = "django.db.models.BigAutoField"
