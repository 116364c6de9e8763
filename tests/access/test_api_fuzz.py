"""Anything sent to the API is answered within what it says of itself, and never with a failure of ours.

Asked on PostgreSQL (`make test-pg`), which refuses more of what it is given than SQLite does.
"""

from __future__ import annotations

import os
from datetime import date
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error

from pendamping.access import tokens
from pendamping.access.tests import personas
from pendamping.config.wsgi import application
from pendamping.regions.tests import factories as places

if os.environ.get("PENDAMPING_TEST_DB", "sqlite") != "postgres":
    pytest.skip("PostgreSQL, which refuses more, is asked instead", allow_module_level=True)

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture
def key(db: None) -> str:
    """A token of somebody who may act, in a place that exists."""
    ward = places.ward()
    somebody = personas.person("ward_facilitator", ward, "peneliti")
    personas.person("ward_head", ward, "peneliti")
    return tokens.issue(account=somebody, label="uji", expires_on=date(2099, 1, 1), reads_only=False)[1]


@schema.parametrize()
@settings(max_examples=2, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_no_input_makes_the_api_fail(case: Any, key: str) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {key}"}, checks=[not_a_server_error])
