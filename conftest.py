"""What every test gets: a data folder of its own, its database, no network, strict templates."""

from __future__ import annotations

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "pendamping.config.settings"

from tests.harness import environment

environment.prepare()  # before anything reads the settings

pytest_plugins = [
    "tests.harness.strict",
    "tests.harness.browser",
    "tests.harness.emptying",
    "tests.harness.together",
    "tests.harness.engines",
]
