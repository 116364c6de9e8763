"""Under the API everything that goes wrong is a problem (RFC 9457), even what no operation of ours expected."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from pendamping.core.problems import PROBLEM

pytestmark = pytest.mark.django_db


def problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM)
    body = answer.json()
    assert (body["status"], body["code"]) == (status, code)
    assert body["request_id"] == answer["X-Request-ID"] != ""
    return dict(body)


def test_an_unknown_address(client: Any) -> None:
    problem(client.get("/api/v1/nothing-here"), 404, "not_found")


def test_an_unknown_method_names_those_known(client: Any) -> None:
    answer = client.delete("/api/v1/assets")
    problem(answer, 405, "no_such_method")
    assert "GET" in answer["Allow"]


def test_what_nobody_expected_is_logged_with_its_trace(client: Any, monkeypatch: Any, caplog: Any) -> None:
    def broken() -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("pendamping.assets.queries.assets", broken)
    with caplog.at_level(logging.ERROR, logger="pendamping.core.problems"):
        body = problem(client.get("/api/v1/assets"), 500, "failed")
    assert "broken on purpose" not in str(body)
    (entry,) = [record for record in caplog.records if record.name == "pendamping.core.problems"]
    assert body["request_id"] in entry.getMessage()
    assert "broken on purpose" in str(entry.exc_info)


def test_pages_keep_their_own_words(client: Any) -> None:
    assert client.get("/tidak-ada/")["Content-Type"].startswith("text/html")
