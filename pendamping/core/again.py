"""What the worker could not do is tried again a few times, each time later."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django_tasks.base import Task

WAITS = (timedelta(minutes=2), timedelta(minutes=20), timedelta(hours=2), timedelta(hours=12))


def later(task: Task[..., Any], *given: Any, tried: int) -> None:
    """Try a task again that failed for the (`tried` + 1)th time; after the last wait it is let go of.

    It takes what was given and how often it was tried.
    """
    if tried < len(WAITS):
        task.using(run_after=timezone.now() + WAITS[tried]).enqueue(*given, tried + 1)
