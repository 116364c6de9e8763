"""How long does proving the books take: counting everything again, walking every chain of the journal?"""

from __future__ import annotations

import time
from typing import Any

from benchmarks.figures import Table
from benchmarks.options import Options
from benchmarks.site import fresh

QUESTION = "books: recount and journal verify"


def run(options: Options) -> list[Table]:
    """At each size; the world is built in bulk, so this also proves that it was built whole."""
    columns = ["needs", "records", "cells", "recount s", "entries", "verify s", "verify s a 100,000", "peak MB"]
    table = Table("Proving the books", columns)
    for size in options.sizes:
        with fresh() as site:
            world = site.child("benchmarks.world", needs=size)
            found = site.child("benchmarks.books")
        table.add(
            f"{size:,}", f"{found['records']:,}", f"{world['cells']:,}", found["recount"], f"{found['entries']:,}",
            found["verify"], found["verify"] / found["entries"] * 100_000, found["peak"],
        )  # fmt: skip
        right = found["differences"] == 0 and found["faults"] == 0
        table.budget(right, f"{size:,} needs: {found['differences']} counters off, {found['faults']} journal faults")
    return [table]


def main() -> dict[str, Any]:
    """In the site: recount, then verify."""
    import resource

    from pendamping.core import counters, journal
    from pendamping.core.models import JournalEntry
    from pendamping.needs.models import Need, Proposal, Voice

    started = time.perf_counter()
    differences = list(counters.differences())
    recounted = time.perf_counter()
    faults = list(journal.verify())
    verified = time.perf_counter()
    return {
        "records": sum(model._default_manager.count() for model in (Voice, Need, Proposal)),
        "entries": JournalEntry.objects.count(),
        "differences": len(differences),
        "faults": len(faults),
        "recount": recounted - started,
        "verify": verified - recounted,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
