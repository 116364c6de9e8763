"""Keeping the tree of places right, and taking in files."""

from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "pendamping.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"
