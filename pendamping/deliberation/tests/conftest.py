"""What tests of pages and acts begin with: a ward, and people who sign in by password alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pendamping.regions.models import Region


@pytest.fixture
def one_factor(settings: Any) -> None:
    """No second factor is asked for: `pytest.mark.usefixtures("one_factor")`."""
    settings.MFA_REQUIRED = False


@pytest.fixture
def ward() -> Region:
    from pendamping.regions.tests import factories as places  # this file is read before Django has its models

    return places.ward()
