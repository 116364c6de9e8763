"""How long does a paper take: minutes of a meeting, minutes of a handover? The first of a process, then the next."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from benchmarks.figures import Table, middle, percentile
from benchmarks.options import Options
from benchmarks.site import fresh

QUESTION = "documents: milliseconds a paper"
PAPERS = 30
BUDGET = 50


def run(options: Options) -> list[Table]:
    """Papers of the demo city, printed, kept and recorded, again and again."""
    with fresh() as site:
        site.child("benchmarks.demo")
        found = site.child("benchmarks.documents")
    table = Table("Papers", ["paper", "first ms", "median ms", "p95 ms", "printing alone ms", "CPU ms", "kB"])
    for name, figures in found.items():
        typical = middle(figures["times"])
        table.add(
            name, figures["first"], typical, percentile(figures["times"], 0.95), middle(figures["printing"]),
            figures["cpu"],
            figures["size"] / 1000,
        )  # fmt: skip
        table.budget(typical <= BUDGET, f"{name}: {typical:.0f} ms after the first (budget {BUDGET})")
    return [table]


def main() -> dict[str, Any]:
    """In the site: issue each paper, withdraw it, issue it again."""
    from django.utils import timezone

    from pendamping.assets import papers as assets
    from pendamping.assets.models import Handover
    from pendamping.core.models import Document
    from pendamping.deliberation import services as deliberation
    from pendamping.deliberation.models import Meeting

    at = timezone.now()
    meeting = Meeting.objects.filter(state="closed").order_by("id")[0]
    handover = Handover.objects.order_by("id")[0]

    def minutes() -> Document:
        Meeting.objects.filter(pk=meeting.pk).update(minutes=None)
        return deliberation.issue_minutes(meeting=Meeting.objects.get(pk=meeting.pk), at=at)

    return {
        "minutes of a meeting": _timed(minutes),
        "minutes of a handover, with photos": _timed(lambda: assets.issue_minutes(handover, at=at)),
    }


def _timed(issue: Callable[[], Any]) -> dict[str, Any]:
    from django.utils import timezone

    from pendamping.core.documents import document, printing

    times: list[float] = []
    printed: list[float] = []
    compile_paper = printing._compile

    def watched(*given: Any) -> bytes:
        started = time.perf_counter()
        try:
            return compile_paper(*given)
        finally:
            printed.append(1000 * (time.perf_counter() - started))

    printing._compile = watched
    document.revoke(issue(), reason="measured anew", at=timezone.now())  # the demo's own paper, or the first
    del printed[:]
    busy = time.process_time()
    for _ in range(PAPERS + 1):
        started = time.perf_counter()
        paper = issue()
        times.append(1000 * (time.perf_counter() - started))
        size = paper.file.size
        document.revoke(paper, reason="measured anew", at=timezone.now())
    printing._compile = compile_paper
    cpu = 1000 * (time.process_time() - busy) / (PAPERS + 1)
    return {"cpu": cpu, "first": times[0], "times": times[1:], "printing": printed[1:], "size": size}
