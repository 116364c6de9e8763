"""What the public sees."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "pendamping.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"
