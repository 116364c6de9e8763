"""Every field that can hold words says whether it holds personal data, why, on what basis, how long and for whom."""

from __future__ import annotations

import pytest

from pendamping.core.personal.register import declared, fields

FOUND = sorted(fields())


@pytest.mark.parametrize("app", sorted({app for app, _field in FOUND}))
def test_every_field_is_declared_once_and_no_declaration_is_left_over(app: str) -> None:
    personal, plain = declared(app)
    names = {name for owner, name in FOUND if owner == app}
    assert names - set(personal) - plain == set(), "declare these in privacy.py"
    assert (set(personal) | plain) - names == set(), "these fields are gone"
    assert set(personal) & plain == set()


def test_every_declaration_is_whole() -> None:
    for app in sorted({app for app, _field in FOUND}):
        for name, entry in declared(app)[0].items():
            assert all((entry.purpose, entry.basis, entry.retention, entry.recipients)), name
