"""The trace, the eight steps and the timeline."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pendamping.core import drawings
from pendamping.core.components.checks import one_of
from pendamping.core.pieces import Entry
from pendamping.core.trace import STEPS, Step, Trace

register = template.Library()


@register.simple_tag
def trace(
    at: Trace | str, size: str = "small", stopped: bool = False, reason: str = "", complete: bool = False
) -> SafeString:
    """Where a record stands: a `Trace`, or the name of a step; large folds to small on phones of those at work."""
    one_of(size, ("small", "large"), "size of trace")
    found = at if isinstance(at, Trace) else Trace(Step(at), stopped=stopped, reason=reason, complete=complete)
    small = _small(found.text, tuple(way.mark.value for way in found.waypoints))
    return render_to_string("ui/trace.html", {"trace": found, "small": small}) if size == "large" else small


@functools.lru_cache(maxsize=256)
def _small(text: str, marks: tuple[str, ...]) -> SafeString:
    """Drawn once for all rows that look alike: a list shows twenty-five, nearly all the same."""
    points = [(*point, mark) for point, mark in zip(drawings.footprints(), marks, strict=True)]
    return render_to_string("ui/trace_small.html", {"text": text, "marks": points, "path": drawings.footpath()})


@register.inclusion_tag("ui/journey_line.html")
def journey_line(explain: bool = False) -> dict[str, Any]:
    """The eight steps by name; with `explain` a sentence for each."""
    sentences = {
        Step.VOICE: _("A resident says what is missing."),
        Step.NEED: _("The facilitator looks at the place and writes it down."),
        Step.PROPOSAL: _("Neighbours make a proposal of it, with a cost."),
        Step.DELIBERATION: _("The ward meets and decides in the open."),
        Step.PROJECT: _("It gets a budget, a plan and a group that builds it."),
        Step.PROGRESS: _("Photos and accounts show how the work goes."),
        Step.BENEFIT: _("Those it was built for say whether it helps."),
        Step.ASSET: _("It is handed over, looked after and inspected."),
    }
    return {"steps": [(step.label, sentences[step]) for step in STEPS], "explain": explain}


@register.inclusion_tag("ui/timeline.html")
def timeline(entries: Sequence[Entry], level: int = 3) -> dict[str, Any]:
    """What happened, newest on top."""
    return locals()
