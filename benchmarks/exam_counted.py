"""Compares the answers kept with those acknowledged, in a process of its own."""

from __future__ import annotations

from typing import Any

from benchmarks import exam_world


def main(**asked: Any) -> dict[str, int]:
    """Rows, answers lost, rows too many."""
    return exam_world.counted(**asked)
