"""The trace (id: jejak): the eight steps from a voice to an asset, and where one record stands on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Step(TextChoices):
    """One step of the journey (id: langkah)."""

    VOICE = "voice", gettext_lazy("voice")
    NEED = "need", gettext_lazy("need")
    PROPOSAL = "proposal", gettext_lazy("proposal")
    DELIBERATION = "deliberation", gettext_lazy("deliberation")
    PROJECT = "project", gettext_lazy("project")
    PROGRESS = "progress", gettext_lazy("progress")
    BENEFIT = "benefit", gettext_lazy("benefit")
    ASSET = "asset", gettext_lazy("asset")


STEPS = tuple(Step)


class Mark(Enum):
    """How a step is drawn: filled, ringed, hollow, square."""

    PASSED = "passed"
    PRESENT = "present"
    FUTURE = "future"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Waypoint:
    """One mark of the trace, with the day and the office if they are known."""

    step: Step
    number: int
    mark: Mark
    on: date | datetime | None = None
    office: str = ""

    @property
    def word(self) -> str:
        """What the mark means, for those who do not see it."""
        return {
            Mark.PASSED: _("passed"),
            Mark.PRESENT: _("now"),
            Mark.FUTURE: _("still to come"),
            Mark.STOPPED: _("stopped"),
        }[self.mark]


@dataclass(frozen=True)
class Trace:
    """Where a record stands on the eight steps."""

    step: Step
    stopped: bool = False
    complete: bool = False
    over: bool = False  # this step is done and none is under way
    reason: str = ""
    days: Mapping[Step, date | datetime] | None = None
    offices: Mapping[Step, str] | None = None

    @property
    def number(self) -> int:
        return STEPS.index(self.step) + 1

    @property
    def waypoints(self) -> tuple[Waypoint, ...]:
        days, offices = self.days or {}, self.offices or {}
        return tuple(
            Waypoint(step, number, self._mark(number), days.get(step), offices.get(step, ""))
            for number, step in enumerate(STEPS, start=1)
        )

    def _mark(self, number: int) -> Mark:
        if number < self.number or self.complete or (self.over and number == self.number):
            return Mark.PASSED
        if number > self.number:
            return Mark.FUTURE
        return Mark.STOPPED if self.stopped else Mark.PRESENT

    @property
    def text(self) -> str:
        """ "langkah 4 dari 8: musyawarah", with the reason when it stopped there."""
        if self.complete:
            return _("all 8 steps done: %(step)s") % {"step": self.step.label}
        if self.stopped:
            text = _("stopped at step %(number)d of 8: %(step)s") % {"number": self.number, "step": self.step.label}
            return f"{text} ({self.reason})" if self.reason else text
        if self.over:
            return _("step %(number)d of 8 done: %(step)s") % {"number": self.number, "step": self.step.label}
        return _("step %(number)d of 8: %(step)s") % {"number": self.number, "step": self.step.label}
