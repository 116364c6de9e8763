"""What CI runs, every step named: `python -m tools.check [step …]`. All steps run; the answer comes at the end."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

PYTHON = sys.executable
WORKERS = os.environ.get("WORKERS", str(max(2, os.cpu_count() or 2)))
PYTEST = [PYTHON, "-m", "pytest", "-q", "-n", WORKERS, "--dist", "worksteal"]
MANAGE = [PYTHON, "-m", "pendamping"]

STEPS: dict[str, tuple[str, list[str], dict[str, str]]] = {
    "format": ("Form of the code", [PYTHON, "-m", "ruff", "format", "--check", "."], {}),
    "lint": ("Lint", [PYTHON, "-m", "ruff", "check", "."], {}),
    "types": ("Types", [PYTHON, "-m", "mypy"], {}),
    "imports": ("The journey flows one way", [os.path.join(os.path.dirname(PYTHON), "lint-imports"), "--no-logo"], {}),
    "migrations": ("Migrations are written", [*MANAGE, "makemigrations", "--check", "--dry-run"], {}),
    "translations": ("Every word is translated", [PYTHON, "-m", "tools.messages", "check"], {}),
    "deploy": (
        "Safe to put on the Internet",
        [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
        {"PENDAMPING_URL": "https://pendamping.example", "PENDAMPING_HOSTS": "pendamping.example"},
    ),
    "postgres": ("Tests on PostgreSQL", [*PYTEST, "-m", "not browser"], {"PENDAMPING_TEST_DB": "postgres"}),
    "browser": ("Browser journeys", [*PYTEST, "-m", "browser"], {}),
    "sqlite": ("Tests on SQLite", [*PYTEST, "-m", "not browser"], {}),
}


TESTS = ("postgres", "browser", "sqlite")  # each takes all cores, and says how far it is


def main(asked: list[str]) -> int:
    """Run the steps; 0 when all held."""
    unknown = set(asked) - set(STEPS)
    if unknown:
        print(f"Unknown: {', '.join(sorted(unknown))}. Steps: {', '.join(STEPS)}", file=sys.stderr)
        return 2
    chosen = asked or list(STEPS)
    with ThreadPoolExecutor(max_workers=2) as two:
        short = {name: two.submit(_run, name) for name in chosen if name not in TESTS}
    results = [(name, *(short[name].result() if name in short else _run(name))) for name in chosen]
    print("\n== Summary")
    for name, held, seconds in results:
        print(f"  {'ok  ' if held else 'FAIL'}  {name:<13} {STEPS[name][0]} ({seconds:.0f} s)")
    return 0 if all(held for _, held, _ in results) else 1


def _run(name: str) -> tuple[bool, float]:
    title, command, extra = STEPS[name]
    heading, start = f"\n== {title}: {' '.join(command[1:])}", time.monotonic()
    if name in TESTS:
        print(heading, flush=True)
    said = None if name in TESTS else subprocess.PIPE
    with tempfile.TemporaryDirectory(prefix="pendamping-check-") as data:
        environment = {**os.environ, "PENDAMPING_DATA": data, **extra}
        done = subprocess.run(
            command, env=environment, check=False, text=True, stdout=said, stderr=said and subprocess.STDOUT
        )
    if said:
        print(f"{heading}\n{done.stdout.rstrip()}", flush=True)
    return done.returncode == 0, time.monotonic() - start


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
