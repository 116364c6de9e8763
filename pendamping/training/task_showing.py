"""How field tasks are shown: their criteria in the reader's language, photos, what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping.core.languages import in_language
from pendamping.core.pieces import Photo
from pendamping.training.models import Activity, Submission

STATES = {"submitted": "waiting", "returned": "stopped", "assessed": "done"}


@dataclass(frozen=True)
class Shown:
    """Something handed in, as a page shows it."""

    submission: Submission
    photos: tuple[Photo, ...]
    points: tuple[tuple[str, str], ...]  # criterion and level reached
    sign: str


def criteria(activity: Activity) -> list[tuple[str, list[str]]]:
    """What a task is assessed by: each criterion with its levels."""
    return [(_said(one["title"]), [_level(level) for level in one["levels"]]) for one in activity.rubric]


def shown(one: Submission, activity: Activity, *, own: bool) -> Shown:
    """A submission with its photos; `own`: at the addresses of the learner, else at those of whoever assesses."""
    name = "training:my_task_photo" if own else "training:task_photo"
    photos = tuple(
        Photo(
            reverse(name, args=[one.uid, photo.name, "thumb"]), _("Photo of the field task"),
            href=reverse(name, args=[one.uid, photo.name, "full"]),
        )
        for photo in one.photos.order_by("pk")
    )  # fmt: skip
    points = tuple(
        (_said(line["title"]), next((_level(lv) for lv in line["levels"] if lv["points"] == got), str(got)))
        for line in activity.rubric
        if (got := one.scores.get(line["key"])) is not None
    )
    return Shown(one, photos, points, STATES[one.state])


def _level(level: dict[str, Any]) -> str:
    return f"{level['points']} · {_said(level['text'])}"


def _said(kept: dict[str, str]) -> str:
    return in_language(kept, get_language() or "id")
