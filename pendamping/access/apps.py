"""Who may do what, where and until when."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "pendamping.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
