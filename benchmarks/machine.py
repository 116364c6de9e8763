"""What this machine is, and what a tree of processes costs it: read from /proc, nothing installed."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

SYNCS = 100


def facts() -> dict[str, Any]:
    """What a figure must be read beside."""
    memory = next(line for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal"))
    model = next((x for x in Path("/proc/cpuinfo").read_text().splitlines() if x.startswith("model name")), ": unknown")
    return {
        "when": datetime.now().astimezone().isoformat(timespec="seconds"),
        "processor": model.partition(":")[2].strip(),
        "cores": os.cpu_count(),
        "memory_mb": int(memory.split()[1]) // 1024,
        "kernel": platform.release(),
        "python": sys.version.split()[0],
        "load_before": os.getloadavg()[0],
        "steal_percent": steal(),
        "fdatasync_ms": round(sync_ms(), 2),
        "engine": "postgresql" if os.environ.get("DATABASE_URL") else "sqlite",
    }


def sync_ms(folder: str | None = None) -> float:
    """The median time to bring 4 kB safely onto the disk: no durable commit can be quicker."""
    times = []
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        for _ in range(SYNCS):
            started = time.perf_counter()
            os.write(file.fileno(), b"x" * 4096)
            os.fdatasync(file.fileno())
            times.append(1000 * (time.perf_counter() - started))
    return sorted(times)[SYNCS // 2]


def steal() -> float:
    """The share of processor time that others on the same host have taken since the start, in percent."""
    cells = [int(cell) for cell in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return round(100 * cells[7] / sum(cells), 1)


def tree(root: int) -> list[int]:
    """A process and all below it."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def named(pids: list[int], word: str) -> list[int]:
    """Those of some processes whose command line holds a word."""
    return [pid for pid in pids if word in _text(pid, "cmdline").replace("\0", " ")]


def cpu_ms(pids: list[int]) -> float:
    """Processor time spent so far by every thread of some processes, in milliseconds; precise to the nanosecond."""
    total = 0
    for pid in pids:
        try:
            threads = list(Path(f"/proc/{pid}/task").iterdir())
        except OSError:
            continue
        for thread in threads:
            try:
                total += int((thread / "schedstat").read_text().split()[0])
            except (OSError, IndexError):
                continue
    return total / 1e6


def memory_mb(pids: list[int], what: str = "Pss") -> float:
    """Memory of some processes; Pss shares out what they have in common, Rss counts it for each."""
    total = 0
    for pid in pids:
        lines = _text(pid, "smaps_rollup").splitlines()
        total += next((int(line.split()[1]) for line in lines if line.startswith(f"{what}:")), 0)
    return total / 1024


def peak_mb(pids: list[int]) -> float:
    """The highest resident memory each of some processes ever had, added up."""
    total = 0
    for pid in pids:
        lines = _text(pid, "status").splitlines()
        total += next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)
    return total / 1024


def _text(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text()
    except OSError:
        return ""
