"""A believable city to look at."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "pendamping.demo"
    label = "demo"
